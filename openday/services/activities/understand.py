"""From text cells to facts. What can't be understood is refused with column and reason; nothing is guessed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from urllib.parse import urlsplit

from flask_babel import gettext as _

from openday import clock
from openday.geo import REGIONS
from openday.models.words import Admission, Attendance, EventKind, GuestKind
from openday.services.activities.row import ActivityRow, PlaceFacts
from openday.services.activities.table import Problem, RawRow
from openday.services.reference import PROGRAMMES, SPITZENVERBAENDE, TRAEGERGRUPPEN

ATTENDANCE = {"": None, "in_person": Attendance.ONSITE, "hybrid": Attendance.HYBRID, "digital": Attendance.ONLINE}
REGISTRATION = {"": None, "unknown": None, "yes": Admission.REQUIRED, "no": Admission.OPEN}
REGION_CODES = {name.casefold(): code for code, name in REGIONS.items()}
LONGEST = {
    "traeger": 200, "title": 200, "venue": 200, "street": 200, "city": 400, "source_url": 500,
    "cooperation_partners": 2000, "language_or_access_notes": 2000, "notes": 5000,
}  # fmt: skip
LONGEST_NAME = 200
LONGEST_TOWN = 120
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CLOCK_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
MULTI_DAY = re.compile(r"\bMULTI-DAY\b\s*(\S*)")
DAY_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})[.,;]?")
YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
ON_INVITATION = re.compile(r"\b(closed|by invitation)\b", re.IGNORECASE)
ASKED_FOR = re.compile(r"\bREG-ASKED\b")
SHORT_NAME = re.compile(r"\(([^()]+)\)\s*$")
LINE_BREAKS = frozenset("\n\r\t")
TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class NotUnderstood(Exception):
    """A cell says something nobody can store; ``column`` names it."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def understand(raw: RawRow, year: int | None = None) -> ActivityRow | Problem:
    """Return the row's facts or why it is refused; ``year`` is for rows that name neither a day nor one year."""
    try:
        cells = {column: clean(column, text) for column, text in raw.cells.items()}
        return facts_of(raw.line, cells, year)
    except NotUnderstood as refusal:
        return Problem(raw.line, refusal.column, refusal.reason)


def facts_of(line: int, cells: dict[str, str], year: int | None) -> ActivityRow:
    """Read every cell; raises ``NotUnderstood`` at the first that is wrong."""
    starts_on, ends_on = days_of(cells["date"], cells["notes"])
    start_time, end_time = times_of(cells["start"], cells["end"])
    traeger = required(cells, "traeger")
    return ActivityRow(
        line=line,
        year=starts_on.year if starts_on else year_of(cells["notes"], year),
        names_year=starts_on is not None or len(years_in(cells["notes"])) == 1,
        traeger=traeger,
        verbaende=tuple(short_name(name) for name in names_in("verband", cells["verband"])),
        programmes=tuple(words_in("programme", cells["programme"], PROGRAMMES)),
        kind=EventKind(one_of("activity_type", cells["activity_type"], [kind.value for kind in EventKind])),
        title=required(cells, "title"),
        starts_on=starts_on,
        ends_on=ends_on,
        start_time=start_time,
        end_time=end_time,
        attendance=ATTENDANCE[one_of("format", cells["format"], list(ATTENDANCE))],
        places=tuple(places_of(cells)),
        partners=tuple(
            name for name in names_in("cooperation_partners", cells["cooperation_partners"]) if name != traeger
        ),
        audiences=tuple(words_in("audience", cells["audience"], [kind.value for kind in GuestKind])),
        access_notes=cells["language_or_access_notes"] or None,
        admission=admission_of(cells["registration_required"], cells["notes"]),
        source_url=url_of(cells["source_url"]),
        notes=cells["notes"] or None,
    )


def clean(column: str, text: str) -> str:
    """Return the text in composed characters without outer or repeated blanks; refuses control characters."""
    text = unicodedata.normalize("NFC", text)
    if bad := next((sign for sign in text if is_control(sign)), None):
        raise NotUnderstood(
            column, _("Die Zelle enthält ein unsichtbares Steuerzeichen (U+%(sign)s).", sign=f"{ord(bad):04X}")
        )
    text = " ".join(text.split())
    longest = LONGEST.get(column, 200)
    if len(text) > longest:
        raise NotUnderstood(
            column, _("Der Text hat %(length)s Zeichen, möglich sind %(most)s.", length=len(text), most=longest)
        )
    return text


def is_control(sign: str) -> bool:
    """Whether a character is invisible and changes how others are shown."""
    return sign in TURNERS or (unicodedata.category(sign) == "Cc" and sign not in LINE_BREAKS)


def required(cells: dict[str, str], column: str) -> str:
    """Return a cell that must not be empty."""
    if not cells[column]:
        raise NotUnderstood(column, _("Die Zelle ist leer. Ohne diese Angabe wird keine Veranstaltung daraus."))
    return cells[column]


def one_of(column: str, word: str, words: list[str]) -> str:
    """Return the word if it is one of the possible ones."""
    if word not in words:
        possible = ", ".join(f"„{each}“" if each else "leer" for each in words)
        raise NotUnderstood(
            column, _("„%(word)s“ ist nicht bekannt. Möglich: %(possible)s.", word=word, possible=possible)
        )
    return word


def names_in(column: str, text: str) -> Iterator[str]:
    """Yield each name of a comma-separated list once."""
    for name in dict.fromkeys(part.strip() for part in text.split(",")):
        if len(name) > LONGEST_NAME:
            raise NotUnderstood(column, too_long(name, LONGEST_NAME))
        if name:
            yield name


def too_long(name: str, most: int) -> str:
    """Return the reason of a name no column can hold."""
    return str(_("„%(name)s…“ ist länger als %(most)s Zeichen.", name=name[:30], most=most))


def words_in(column: str, text: str, words: list[str] | dict[str, str]) -> Iterator[str]:
    """Yield each word of a comma-separated list; all must be known."""
    for word in names_in(column, text):
        yield one_of(column, word, list(words))


def short_name(name: str) -> str:
    """Return ``BAG EJSA`` for ``Ev. Jugendsozialarbeit (BAG EJSA)``: the name openday knows the Verband by."""
    found = SHORT_NAME.search(name)
    if found and found[1] in (*SPITZENVERBAENDE, *TRAEGERGRUPPEN):
        return found[1]
    if len(name) > LONGEST_TOWN:
        raise NotUnderstood("verband", too_long(name, LONGEST_TOWN))
    return name


def day_of(column: str, text: str) -> date:
    """Return a day written ``2024-09-16`` or ``16.09.2024``; a year of two digits is refused."""
    german = GERMAN_DAY.fullmatch(text)
    try:
        if german:
            day = date(int(german[3]), int(german[2]), int(german[1]))
        elif ISO_DAY.fullmatch(text):
            day = date.fromisoformat(text)
        else:
            raise NotUnderstood(
                column, _("„%(text)s“ ist kein Datum. Schreiben Sie 2024-09-16 oder 16.09.2024.", text=text)
            )
    except ValueError as error:
        raise NotUnderstood(column, _("Den Tag „%(text)s“ gibt es nicht.", text=text)) from error
    if not 2000 <= day.year <= clock.today().year + 5:
        raise NotUnderstood(column, _("Das Jahr %(year)s kann nicht stimmen.", year=day.year))
    return day


def days_of(text: str, notes: str) -> tuple[date | None, date | None]:
    """Return first and last day: the day of the column, the range of a ``MULTI-DAY a..b`` in the notes."""
    day = day_of("date", text) if text else None
    mark = MULTI_DAY.search(notes)
    if mark is None:
        return day, None
    found = DAY_RANGE.fullmatch(mark[1])
    if found is None:
        raise NotUnderstood("notes", _("Nach MULTI-DAY fehlt der Zeitraum, zum Beispiel 2024-09-16..2024-09-20."))
    first, last = day_of("notes", found[1]), day_of("notes", found[2])
    if last < first:
        raise NotUnderstood("notes", _("Der letzte Tag liegt vor dem ersten."))
    if day is not None and day != first:
        raise NotUnderstood(
            "date",
            _("Das Datum %(day)s ist nicht der erste Tag des Zeitraums in „notes“ (%(first)s).", day=day, first=first),
        )
    return first, last


def years_in(notes: str) -> list[int]:
    """Return the years a campaign may have had among the numbers of a text."""
    return sorted({int(year) for year in YEAR.findall(notes) if 2010 <= int(year) <= clock.today().year + 1})


def year_of(notes: str, given: int | None) -> int:
    """Return the year of a row without a day: the only one its notes name, else the one the caller gave."""
    years = years_in(notes)
    if len(years) == 1:
        return years[0]
    if given is not None:
        return given
    if years:
        found = ", ".join(map(str, years))
        reason = _(
            "Es fehlt der Tag, und „notes“ nennt mehrere Jahre (%(years)s): "
            "Tragen Sie ein Datum ein, oder nennen Sie das Jahr für Zeilen ohne Jahr.",
            years=found,
        )
    else:
        reason = _(
            "Es fehlt der Tag, und „notes“ nennt kein Jahr: "
            "Tragen Sie ein Datum ein, oder nennen Sie das Jahr für Zeilen ohne Jahr."
        )
    raise NotUnderstood("date", reason)


def times_of(start: str, end: str) -> tuple[time | None, time | None]:
    """Return the clock times; an end needs a start before it."""
    first = time_of("start", start) if start else None
    last = time_of("end", end) if end else None
    if last and first is None:
        raise NotUnderstood("start", _("Es gibt ein Ende, aber keinen Beginn."))
    if first and last and last <= first:
        raise NotUnderstood("end", _("Das Ende %(end)s liegt nicht nach dem Beginn %(start)s.", end=end, start=start))
    return first, last


def time_of(column: str, text: str) -> time:
    """Return a clock time written ``9:00`` or ``09:00``."""
    found = CLOCK_TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise NotUnderstood(column, _("„%(text)s“ ist keine Uhrzeit. Schreiben Sie zum Beispiel 14:30.", text=text))
    return time(int(found[1]), int(found[2]))


def places_of(cells: dict[str, str]) -> Iterator[PlaceFacts]:
    """Yield one place per town; without a town at most one, with what else is known."""
    region = REGION_CODES.get(cells["bundesland"].casefold())
    if cells["bundesland"] and region is None:
        raise NotUnderstood("bundesland", _("„%(text)s“ ist kein Bundesland.", text=cells["bundesland"]))
    if cells["postcode"] and not re.fullmatch(r"[0-9]{5}", cells["postcode"]):
        raise NotUnderstood(
            "postcode", _("„%(text)s“ ist keine Postleitzahl: Sie hat fünf Ziffern.", text=cells["postcode"])
        )
    address = PlaceFacts(cells["venue"] or None, cells["street"] or None, cells["postcode"] or None, region=region)
    is_exact = bool(address.name or address.street or address.postcode)
    towns: list[str | None] = [*names_in("city", cells["city"])]
    if long_town := next((town for town in towns if town and len(town) > LONGEST_TOWN), None):
        raise NotUnderstood("city", too_long(long_town, LONGEST_TOWN))
    if len(towns) > 1 and is_exact:
        raise NotUnderstood("city", _("Es sind mehrere Orte, aber nur eine Anschrift: Zu welchem Ort gehört sie?"))
    if not towns and (region or is_exact):
        towns = [None]
    for town in towns:
        yield replace(address, locality=town)


def admission_of(registration: str, notes: str) -> Admission | None:
    """Return whether one registers; remarks in the notes are more exact than the column."""
    stated = REGISTRATION[one_of("registration_required", registration, list(REGISTRATION))]
    if ON_INVITATION.search(notes):
        return Admission.INVITATION
    return Admission.WELCOME if ASKED_FOR.search(notes) else stated


def url_of(text: str) -> str | None:
    """Return a web address; refuses everything a browser would run instead of opening it."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in text:
        raise NotUnderstood("source_url", _("Das ist keine Web-Adresse. Sie beginnt mit https:// oder http://."))
    return text
