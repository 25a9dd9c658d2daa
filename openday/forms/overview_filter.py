"""Which events a link of the overview leads to, and what its tables are called."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from openday import wording
from openday.exports.plain_table import PlainTable
from openday.forms.validators import whole_number
from openday.forms.words import KINDS
from openday.geo import REGIONS
from openday.services.overview import STAGES, Line, Overview, Wanted

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
WEEK_WORDS: Mapping[str, LazyString] = {
    "before": _l("Vor der Aktionswoche"),
    "during": _l("In der Aktionswoche"),
    "after": _l("Nach der Aktionswoche"),
    "undated": _l("Ohne festen Tag"),
}
LAST_PAGE = 10_000


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """Return the wish of ``?land=SN&stand=online&seite=2``; what nobody understands finds nothing."""
    page = max(1, min(whole_number(query.get("seite")) or 1, LAST_PAGE))
    return Wanted(**{field: query[name][:120] for name, field in NAMES.items() if name in query}, page=page)


def words_of(query: Mapping[str, str]) -> str:
    """Return what a wish says, ``Sachsen, Online``; empty for what nobody understands."""
    known = {"land": REGIONS, "art": KINDS, "woche": WEEK_WORDS, "stand": STAGE_WORDS}
    asked = ((name, query[name][:120]) for name in NAMES if name in query)
    words = (known[name].get(value, "") if name in known else value for name, value in asked)
    return ", ".join(str(word) for word in words if word)


def row_name(table: str, line: Line) -> str:
    """Return what a row is called."""
    if not line.word:
        return str(_("Ohne Angabe"))
    words: Mapping[str, object] = {"land": REGIONS, "art": KINDS, "woche": WEEK_WORDS}.get(table, {})
    return str(words.get(line.word, line.word))


def as_table(table: str, overview: Overview) -> PlainTable:
    """Return a table as a file has it; persons are as rough as on the page."""
    headers = [str(TABLES[table]), *(str(STAGE_WORDS[stage]) for stage in STAGES), str(_("Personen"))]
    rows: list[list[str | int]] = [
        [row_name(table, line), *(line.events[stage] for stage in STAGES), wording.rough(line.persons)]
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
