"""The guests of an event as a partner may see them."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from openday.exports.attendee_list import file_name
from openday.services.scope import event_in_scope
from openday.services.shared_list import export_shared, shared_list
from openday.web.console.attendee_list import FORMATS
from openday.web.guard import current_scope

bp = Blueprint("shared_list", __name__)
ADDRESS = "/konto/termine/<id:event_id>/geteilte-liste"


@bp.get(ADDRESS)
def show(event_id: int) -> ResponseReturnValue:
    """Show the columns that were agreed."""
    event, listing = event_in_scope(current_scope(), event_id), shared_list(current_scope(), event_id)
    return render_template("console/shared_list/show.html", event=event, listing=listing)


@bp.post(f"{ADDRESS}/<any(csv, xlsx):file_format>")
def export(event_id: int, file_format: str) -> ResponseReturnValue:
    """Hand the same out as a file. By POST, because it is written down who took it."""
    listing = export_shared(current_scope(), event_id, file_format)
    writer, content_type = FORMATS[file_format]
    response = make_response(b"".join(writer(listing)))
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(listing, file_format)}"'
    return response
