"""Everything on paper for one day at the entrance: time table, list, signs, name cards. No address, no telephone."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from openday.exports.attendee_list import named
from openday.exports.glyphs import MISSING, printable
from openday.exports.sheet import set_sheet
from openday.wording import day_heading, day_in_words, language, moment_in_words, times_in_words


@dataclass(frozen=True)
class PackTime:
    """One time of the day; instants are aware UTC."""

    id: int
    starts_at: datetime
    ends_at: datetime | None
    label: str = ""


@dataclass(frozen=True)
class PackGuest:
    """One party; ``kind`` is empty for the public. Without ``is_expected`` it has no place yet: no square to tick."""

    time_id: int
    name: str
    reference: str
    party_size: int
    kind: str
    needs: str
    is_expected: bool = True


@dataclass(frozen=True)
class DoorPack:
    """The day. ``place`` is one line; ``guests`` stand in the order of the list."""

    title: str
    organiser: str
    day: date
    place: str
    directions: str
    generated_at: datetime
    shred_on: date
    times: tuple[PackTime, ...]
    guests: tuple[PackGuest, ...]


def as_pdf(pack: DoorPack) -> bytes:
    """Return the pack as one tagged PDF/UA-1. Raises ``TypesettingError``."""
    return set_sheet("door_pack.typ", [_document(pack)], pack.generated_at)


def file_name(pack: DoorPack) -> str:
    """Return an ASCII download name such as ``eingang-tag-der-offenen-tuer-2024-09-15.pdf``."""
    return named(("eingang", pack.title), pack.day, "pdf")


def _document(pack: DoorPack) -> dict[str, object]:
    parts = [_time_part(pack, time) for time in pack.times]
    expected = [guest for guest in pack.guests if guest.is_expected]
    return {
        "title": printable(" · ".join((_("Am Eingang"), pack.title))),
        "event": printable(pack.title),
        "organiser": printable(pack.organiser),
        "language": language(),
        "day": printable(day_heading(pack.day)),
        "place": printable(pack.place),
        "directions": printable(pack.directions),
        "as_of": _("Stand: %(moment)s", moment=moment_in_words(pack.generated_at)),
        "sums": printable(_sums(expected)),
        "missing": _missing_note() if MISSING in json.dumps(parts, ensure_ascii=False) else None,
        "empty": _("Noch keine Buchung."),
        "programme": {
            "heading": _("Ablauf"),
            "headers": [_("Zeit"), _("Was"), _("Buchungen"), _("Personen"), _("Davon")],
            "rows": [_programme_row(pack, time) for time in pack.times],
        },
        "list": {
            "heading": _("Wer kommt"),
            "headers": [_("Da"), _("Name"), _("Pers."), _("Gruppe"), _("Hinweise")],
            "walk_in": _("Ohne Anmeldung: ein Strich für jede Person"),
            "parts": parts,
        },
        "signs": [
            {"words": _("Eingang"), "arrow": "none"},
            {"words": _("Zum Eingang: links"), "arrow": "left"},
            {"words": _("Zum Eingang: geradeaus"), "arrow": "ahead"},
            {"words": _("Zum Eingang: rechts"), "arrow": "right"},
        ],
        "sign_heading": _("Offene Tür"),
        "sign_when": printable(f"{day_in_words(pack.day)}{_hours(pack)}"),
        "cards": {
            "heading": _("Namensschilder"),
            "rows": [{"name": _on_card(guest), "kind": printable(guest.kind)} for guest in expected],
        },
        "confidential": _("Vertraulich · vernichten bis %(date)s", date=f"{pack.shred_on:%d.%m.%Y}"),
        "page": _("Seite %(page)s von %(pages)s", page="{page}", pages="{pages}"),
    }


def _time_part(pack: DoorPack, time: PackTime) -> dict[str, object]:
    return {
        "heading": printable(" · ".join(filter(None, (times_in_words(time.starts_at, time.ends_at), time.label)))),
        "rows": [_row(guest) for guest in pack.guests if guest.time_id == time.id],
    }


def _row(guest: PackGuest) -> tuple[str | bool, ...]:
    name = printable(guest.name)
    if MISSING in name:  # then the number on the guest's confirmation finds the row
        name += f" ({guest.reference})"
    state = "" if guest.is_expected else _("noch nicht bestätigt")
    notes = printable(" · ".join(filter(None, (state, guest.needs))))
    return name, str(guest.party_size), printable(guest.kind), notes, guest.is_expected


def _programme_row(pack: DoorPack, time: PackTime) -> tuple[str, ...]:
    guests = [guest for guest in pack.guests if guest.time_id == time.id and guest.is_expected]
    kinds = list(dict.fromkeys(guest.kind for guest in guests if guest.kind))
    shares = [f"{sum(guest.party_size for guest in guests if guest.kind == kind)} {kind}" for kind in kinds]
    persons = sum(guest.party_size for guest in guests)
    when = times_in_words(time.starts_at, time.ends_at)
    return printable(when), printable(time.label), str(len(guests)), str(persons), printable(", ".join(shares))


def _sums(expected: list[PackGuest]) -> str:
    persons = sum(guest.party_size for guest in expected)
    bookings = ngettext("%(num)d Buchung", "%(num)d Buchungen", len(expected))
    return f"{bookings}, {ngettext('%(num)d Person', '%(num)d Personen', persons)}"


def _hours(pack: DoorPack) -> str:
    """Return from when to when the door is open on the sign; one whose last time has no end says the beginning only."""
    if not pack.times:
        return ""
    ends = [time.ends_at for time in pack.times]
    last = max((end for end in ends if end), default=None) if all(ends) else None
    return f", {times_in_words(pack.times[0].starts_at, last)}"


def _on_card(guest: PackGuest) -> str:
    """Return the name; nothing where a part of it can't be printed, so that the guest writes it."""
    name = printable(guest.name)
    return "" if MISSING in name else name


def _missing_note() -> str:
    return str(_("%(sign)s steht für ein Zeichen, das hier nicht gedruckt werden kann.", sign=MISSING))
