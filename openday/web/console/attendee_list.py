"""Who is expected: searched and filtered by links, taken along as a file."""

from collections.abc import Callable, Iterable, Mapping

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from openday import wording
from openday.exports.attendee_csv import as_csv
from openday.exports.attendee_list import AttendeeList, file_name
from openday.exports.attendee_pdf import as_pdf
from openday.exports.attendee_xlsx import as_xlsx
from openday.exports.words import GUEST_KINDS, STATES
from openday.forms.attendee_filter import as_query, attendee_filter
from openday.forms.validators import whole_number
from openday.mailing.links import link_to
from openday.services.attendee_list import attendee_page, export_attendees
from openday.services.scope import Ability, abilities, event_in_scope
from openday.services.undelivered import undelivered_mails
from openday.web.guard import current_scope

bp = Blueprint("attendee_list", __name__)

FORMATS: Mapping[str, tuple[Callable[[AttendeeList], Iterable[bytes]], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (lambda listing: [as_xlsx(listing)], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (lambda listing: [as_pdf(listing)], "application/pdf"),
}


@bp.route("/konto/termine/<id:event_id>/gaeste")
def show(event_id: int) -> ResponseReturnValue:
    """Show the list by pages of a hundred; the filter is in the query string."""
    event = event_in_scope(current_scope(), event_id, Ability.SEE_GUESTS)
    wanted = attendee_filter(request.args)
    listing = attendee_page(event_id, wanted, whole_number(request.args.get("seite")) or 1)
    return render_template(
        "console/attendee_list/show.html",
        event=event,
        page_link=link_to("public.event.show", slug=event.slug),
        can=abilities(current_scope(), event),
        listing=listing,
        groups=[(count, words) for words, count in listing.summary.groups],
        has_several_days=len({wording.berlin_day(slot.starts_at) for slot in listing.slots}) > 1,
        wanted=wanted,
        query=as_query(wanted),
        undelivered=undelivered_mails(event_id),
        kinds=GUEST_KINDS,
        states=STATES,
    )


@bp.route("/konto/termine/<id:event_id>/gaeste/<any(csv, xlsx, pdf):file_format>", methods=["POST"])
def export(event_id: int, file_format: str) -> ResponseReturnValue:
    """Hand out the filtered list as a file. By POST, because it is written down who took it."""
    event_in_scope(current_scope(), event_id, Ability.SEE_GUESTS)
    wanted = attendee_filter(request.args)
    listing = export_attendees(event_id, wanted, actor_id=current_scope().user_id, file_format=file_format)
    writer, content_type = FORMATS[file_format]
    response = make_response(b"".join(writer(listing)))
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(listing, file_format)}"'
    return response
