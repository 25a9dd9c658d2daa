"""Which events a link of the overview leads to, and what its tables are called."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from openday import wording
from openday.exports.plain_table import PlainTable
from openday.forms.validators import whole_number
from openday.forms.words import KINDS
from openday.geo import REGIONS
from openday.mailing.links import link_to
from openday.models import Event
from openday.services.overview import STAGES, STATE_OF, Line, Overview, Wanted
from openday.services.roll_lines import UNDATED

NAMES: Mapping[str, str] = {
    "land": "land", "verband": "verband", "programm": "programme", "art": "kind", "woche": "week", "stand": "stage",
}  # fmt: skip
"""What a query string calls the fields of a wish."""
TABLES: Mapping[str, LazyString] = {
    "land": _l("Nach Bundesland"),
    "verband": _l("Nach Verband"),
    "programm": _l("Nach Programm"),
    "art": _l("Nach Art"),
    "woche": _l("Nach Woche"),
}
STAGE_WORDS: Mapping[str, LazyString] = {
    "planned": _l("Geplant"),
    "online": _l("Online"),
    "cancelled": _l("Abgesagt"),
}
LAST_PAGE = 10_000


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """Return the wish of ``?land=SN&stand=online&seite=2``; what nobody understands finds nothing."""
    page = max(1, min(whole_number(query.get("seite")) or 1, LAST_PAGE))
    return Wanted(**{field: query[name][:120] for name, field in NAMES.items() if name in query}, page=page)


def words_of(query: Mapping[str, str]) -> str:
    """Return what a wish says, ``Sachsen, Online``; empty for what nobody understands."""
    known = {"land": REGIONS, "art": KINDS, "stand": STAGE_WORDS}
    asked = {name: query[name][:120] for name in NAMES if name in query}
    words = {name: known[name].get(value, "") if name in known else value for name, value in asked.items()}
    if "woche" in words:
        words["woche"] = week_words(asked["woche"])
    return ", ".join(str(word) for word in words.values() if word)


def week_words(word: str, overview: Overview | None = None) -> str:
    """Return ``14. bis 20. September 2026 (Aktionswoche)`` for a Monday; nothing for what is none."""
    if word == UNDATED:
        return str(_("Ohne festen Tag"))
    try:
        monday = date.fromisoformat(word)
        sunday = monday + timedelta(days=6)
    except (ValueError, OverflowError):
        return ""
    days = wording.days_in_words(monday, sunday)
    first, last = (overview.starts_on, overview.ends_on) if overview else (None, None)
    is_official = first is not None and last is not None and monday <= last and first <= sunday
    return str(_("%(days)s (Aktionswoche)", days=days)) if is_official else days


def row_name(table: str, line: Line, overview: Overview) -> str:
    """Return what a row is called."""
    if not line.word:
        return str(_("Ohne Angabe"))
    if table == "woche":
        return week_words(line.word, overview)
    words: Mapping[str, object] = {"land": REGIONS, "art": KINDS}.get(table, {})
    return str(words.get(line.word, line.word))


def as_table(table: str, overview: Overview) -> PlainTable:
    """Return a table as a file has it; persons are as rough as on the page."""
    headers = [str(TABLES[table]), *(str(STAGE_WORDS[stage]) for stage in STAGES), str(_("Personen"))]
    rows: list[list[str | int]] = [
        [row_name(table, line, overview), *(line.events[stage] for stage in STAGES), wording.rough(line.persons)]
        for line in overview.table(table)
    ]
    return PlainTable(table, headers, rows)


def silent_table(overview: Overview) -> PlainTable:
    """Return the Träger that have not reported anything, with their public contact."""
    headers = [str(_("Träger")), str(_("Ort")), str(_("Bundesland")), str(_("E-Mail-Adresse")), str(_("Telefon"))]
    rows = [
        [
            one.name,
            one.locality or "",
            REGIONS.get(one.region or "", ""),
            one.contact_email or "",
            one.contact_phone or "",
        ]
        for one in overview.silent
    ]
    return PlainTable("ohne-meldung", headers, rows)


def gap_table(overview: Overview) -> PlainTable:
    """Return the gaps, one row for each Land and programme."""
    rows = [[REGIONS[gap.land], code] for gap in overview.gaps for code in gap.programmes]
    return PlainTable("luecken", [str(_("Bundesland")), str(_("Programm"))], rows)


def event_table(events: Iterable[tuple[Event, int]]) -> PlainTable:
    """Return the events behind a number, one a row, with about how many come."""
    headers = [_("Termin"), _("Träger"), _("Erster Tag"), _("Letzter Tag"), _("Beginn"), _("Ende"), _("Wann"), _("Ort")]
    headers += [_("Bundesland"), _("Programm"), _("Art"), _("Stand"), _("Personen"), _("Link")]
    return PlainTable("termine", list(map(str, headers)), [event_row(event, persons) for event, persons in events])


def event_row(event: Event, persons: int) -> list[str | int]:
    """Return what a file says of an event; where somebody used words instead of a day or an hour, they stand there."""
    stages = {state: STAGE_WORDS[stage] for stage, state in STATE_OF.items()}
    regions = dict.fromkeys(place.region for place in event.places if place.region)
    return [
        event.title,
        event.traeger.name,
        *(day.strftime("%d.%m.%Y") if day else "" for day in (event.starts_on, event.ends_on)),
        *(wording.clock_time(at) if at else "" for at in (event.start_time, event.end_time)),
        ", ".join(filter(None, (event.date_words, event.time_words))),
        ", ".join(dict.fromkeys(place.locality for place in event.places if place.locality)),
        ", ".join(REGIONS[region] for region in regions),
        ", ".join(programme.code for programme in event.programmes),
        str(KINDS[event.kind]),
        str(stages.get(event.state, "")),
        wording.rough(persons),
        link_to("public.event.show", slug=event.slug),
    ]
