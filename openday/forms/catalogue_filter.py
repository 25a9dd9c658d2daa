"""The query string of the catalogue, in words people can share. What nobody understands is left out and said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from openday import wording
from openday.forms import words
from openday.geo import REGIONS
from openday.models.words import AccessFeature, Attendance, GuestKind
from openday.services.catalogue import ProgrammeName
from openday.services.catalogue_conditions import Area, Wish

W = TypeVar("W", bound=StrEnum)

RADII_KM = (5, 10, 25, 50, 100)
USUAL_RADIUS_KM = 25
LAST_PAGE = 5000
MOST_VALUES = 14

FORMATS: dict[str, Attendance] = {
    "vor-ort": Attendance.ONSITE,
    "hybrid": Attendance.HYBRID,
    "digital": Attendance.ONLINE,
}
ACCESS: dict[str, AccessFeature] = {
    "stufenlos": AccessFeature.STEP_FREE,
    "toilette": AccessFeature.ACCESSIBLE_TOILET,
    "hoeranlage": AccessFeature.HEARING_LOOP,
    "gebaerdensprache": AccessFeature.SIGN_LANGUAGE,
    "leichte-sprache": AccessFeature.EASY_LANGUAGE,
    "ruheraum": AccessFeature.QUIET_ROOM,
}
FILTER_OF = {
    "tag": "days",
    "art": "attendances",
    "programm": "programmes",
    "land": "region",
    "plz": "area",
    "zugang": "access",
    "frei": "only_free",
    "fuer": "audience",
}
"""Names in the query string and the fields of a wish they fill."""


@dataclass(frozen=True)
class Choices:
    """What the filter offers, as (value, words)."""

    days: tuple[tuple[str, str], ...]
    formats: tuple[tuple[str, str], ...]
    programmes: tuple[tuple[str, str], ...]
    regions: tuple[tuple[str, str], ...]
    audiences: tuple[tuple[str, str], ...]
    access: tuple[tuple[str, str], ...]
    radii: tuple[int, ...] = RADII_KM


@dataclass(frozen=True)
class Chip:
    """A filter in use, in words, with the query string that is left without it."""

    name: str
    words: str
    query: str


@dataclass(frozen=True)
class CatalogueFilter:
    """A query string as it was understood; ``ignored`` are the values nobody understood, but for the postcode."""

    wish: Wish
    pairs: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    unknown_postcode: str = ""

    def values(self, name: str) -> tuple[str, ...]:
        """Return the understood values of a name, for ticking boxes."""
        return tuple(value for key, value in self.pairs if key == name)

    def query(self, *, page: int = 1) -> str:
        """Return the query string of another page of the same listing."""
        return join_query((*self.pairs, ("seite", str(page))) if page > 1 else self.pairs)

    def chips(self) -> list[Chip]:
        """Return the filters in use, each with a way to drop it."""
        found = []
        for name, value in self.pairs:
            if name in ("jahr", "km"):
                continue
            left = [pair for pair in self.pairs if pair != (name, value) and not (name == "plz" and pair[0] == "km")]
            found.append(Chip(name, chip_words(name, value, self.wish), join_query(left)))
        return found

    def query_without(self, field: str) -> str:
        """Return the query string without one filter, named as the wish names it."""
        names = {name for name, of in FILTER_OF.items() if of == field} | ({"km"} if field == "area" else set())
        return join_query(pair for pair in self.pairs if pair[0] not in names)

    @property
    def is_active(self) -> bool:
        """Whether anything but the year is filtered."""
        return any(name != "jahr" for name, _value in self.pairs)


class Reader:
    """Reads a query string once, keeping what was understood and what was not."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self.args = args
        self.pairs: list[tuple[str, str]] = []
        self.ignored: list[str] = []
        self.unknown_postcode = ""

    def raw(self, name: str) -> list[str]:
        """Return the values of a name, each once, empty ones left out as browsers send them for untouched fields."""
        return list(dict.fromkeys(value.strip() for value in self.args.getlist(name) if value.strip()))[:MOST_VALUES]

    def miss(self, value: str) -> None:
        """Remember a value nobody understood, cut to what a sentence can hold."""
        self.ignored.append(value[:40])

    def several(self, name: str, known: dict[str, W]) -> tuple[W, ...]:
        """Return the known words of a name."""
        found = []
        for value in self.raw(name):
            if value in known:
                self.pairs.append((name, value))
                found.append(known[value])
            else:
                self.miss(value)
        return tuple(found)

    def one(self, name: str, known: Iterable[str]) -> str:
        """Return the known word of a name, or an empty string."""
        for value in self.raw(name):
            if value in known:
                self.pairs.append((name, value))
                return value
            self.miss(value)
        return ""

    def days(self, name: str) -> tuple[date, ...]:
        """Return the days of a name."""
        found = []
        for value in self.raw(name):
            try:
                day = date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) else None
            except ValueError:
                day = None
            if day is None:
                self.miss(value)
                continue
            self.pairs.append((name, value))
            found.append(day)
        return tuple(found)

    def programmes(self) -> tuple[str, ...]:
        """Return programme codes; whether there are such programmes is the database's to say."""
        found = []
        for value in self.raw("programm"):
            if re.fullmatch(r"[A-Za-z0-9-]{1,16}", value, re.ASCII):
                self.pairs.append(("programm", value.lower()))
                found.append(value.upper())
            else:
                self.miss(value)
        return tuple(found)

    def number(self, name: str, lowest: int, highest: int) -> int | None:
        """Return a whole number between two bounds."""
        for value in self.raw(name):
            if re.fullmatch(r"\d{1,6}", value, re.ASCII) and lowest <= int(value) <= highest:
                return int(value)
            self.miss(value)
        return None

    def area(self) -> Area | None:
        """Return the circle around a postcode; a radius without a postcode means nothing."""
        km = self.number("km", 1, 200)
        for value in self.raw("plz"):
            circle = Area.around(value, km or USUAL_RADIUS_KM) if re.fullmatch(r"\d{5}", value, re.ASCII) else None
            if circle is not None:
                self.pairs += [("plz", value), ("km", str(circle.km))]
                return circle
            self.unknown_postcode = value[:40]
        return None


def read_filter(args: MultiDict[str, str]) -> CatalogueFilter:
    """Return the wish behind a query string."""
    reader = Reader(args)
    year = reader.number("jahr", 2000, 2999)
    if year is not None:
        reader.pairs.append(("jahr", str(year)))
    wish = Wish(
        year=year,
        days=reader.days("tag"),
        attendances=reader.several("art", FORMATS),
        programmes=reader.programmes(),
        region=reader.one("land", REGIONS),
        area=reader.area(),
        access=reader.several("zugang", ACCESS),
        only_free=reader.one("frei", ("1",)) == "1",
        audience=reader.one("fuer", tuple(GuestKind)),
        page=reader.number("seite", 1, LAST_PAGE) or 1,
    )
    return CatalogueFilter(wish, tuple(reader.pairs), tuple(reader.ignored), reader.unknown_postcode)


def choices(days: Iterable[date], programmes: Iterable[ProgrammeName]) -> Choices:
    """Return the choices of a campaign in the language of the request."""
    return Choices(
        days=tuple((day.isoformat(), wording.day_in_words(day)) for day in days),
        formats=tuple((name, str(words.ATTENDANCES[word])) for name, word in FORMATS.items()),
        programmes=tuple((programme.code.lower(), programme.code) for programme in programmes),
        regions=tuple(REGIONS.items()),
        audiences=tuple((name, str(text)) for name, text in words.AUDIENCES.items()),
        access=tuple((name, str(words.ACCESS_FEATURES[word])) for name, word in ACCESS.items()),
    )


def join_query(pairs: Iterable[tuple[str, str]]) -> str:
    """Return ``?a=b&c=d`` or nothing; every value is plain ASCII by now."""
    text = "&".join(f"{name}={value}" for name, value in pairs)
    return f"?{text}" if text else ""


def chip_words(name: str, value: str, wish: Wish) -> str:
    """Return what a filter in use is called."""
    if name == "tag":
        return str(wording.day_in_words(date.fromisoformat(value)))
    if name == "plz" and wish.area:
        return str(_("%(km)s km um %(postcode)s", km=wish.area.km, postcode=value))
    named: dict[str, object] = {
        "art": words.ATTENDANCES.get(FORMATS.get(value, ""), value),
        "programm": value.upper(),
        "land": REGIONS.get(value, value),
        "zugang": words.ACCESS_FEATURES.get(ACCESS.get(value, ""), value),
        "frei": _("Nur freie Plätze"),
        "fuer": _("Für: %(audience)s", audience=words.AUDIENCES.get(value, value)),
    }
    return str(named.get(name, value))
