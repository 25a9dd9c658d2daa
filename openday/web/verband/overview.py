"""Where the campaign stands: numbers, gaps, who is silent; each number leads to its events."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from openday.errors import NotFound
from openday.exports.plain_table import PlainTable, as_csv, as_xlsx
from openday.forms.overview_filter import (
    NAMES,
    STAGE_WORDS,
    TABLES,
    as_table,
    event_table,
    gap_table,
    read_wanted,
    row_name,
    silent_table,
    words_of,
)
from openday.geo import REGIONS
from openday.services.overview import PAGE, STAGES, all_behind, answered_among, behind, overview
from openday.web.guard import current_scope
from openday.web.verband.queue import refuse_others

bp = Blueprint("overview", __name__)
bp.before_request(refuse_others)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_xlsx, XLSX)}
OTHERS = {"luecken": gap_table, "ohne-meldung": silent_table}


@bp.get("/konto/verband")
def show() -> ResponseReturnValue:
    """Show the gaps first, then the numbers."""
    return render_template(
        "verband/overview/show.html",
        overview=overview(current_scope()),
        tables=TABLES,
        stages=STAGES,
        stage_words=STAGE_WORDS,
        row_name=row_name,
        regions=REGIONS,
    )


@bp.get("/konto/verband/termine")
def events() -> ResponseReturnValue:
    """List the events behind a number."""
    wanted = read_wanted(request.args)
    found, total = behind(current_scope(), wanted)
    return render_template(
        "verband/overview/events.html",
        events=found,
        answered=answered_among(current_scope(), found),
        about=words_of(request.args),
        total=total,
        page=wanted.page,
        pages=max(1, -(-total // PAGE)),
        query={name: request.args[name] for name in NAMES if name in request.args},
    )


@bp.get("/konto/verband/termine.<any(csv, xlsx):file_format>")
def download_events(file_format: str) -> ResponseReturnValue:
    """Hand out all events behind a number as a file."""
    return as_file(event_table(all_behind(current_scope(), read_wanted(request.args))), "termine", file_format)


TABLE = "<any(land, verband, programm, art, woche, luecken, 'ohne-meldung'):table>"


@bp.get(f"/konto/verband/{TABLE}.<any(csv, xlsx):file_format>")
def download(table: str, file_format: str) -> ResponseReturnValue:
    """Hand out one table as a file; there is no guest in it."""
    found = overview(current_scope())
    if found is None:
        raise NotFound
    content = OTHERS[table](found) if table in OTHERS else as_table(table, found)
    return as_file(content, f"{table}-{found.year}", file_format)


def as_file(table: PlainTable, name: str, file_format: str) -> ResponseReturnValue:
    """Return a table to be kept."""
    writer, content_type = FORMATS[file_format]
    response = make_response(writer(table))
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response
