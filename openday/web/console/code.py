"""A code scanned at the entrance, for people of its Träger."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from openday.services.door_list import door_of_reference
from openday.web.guard import current_scope

bp = Blueprint("code", __name__)


@bp.route("/konto/eingang/<code>")
def show(code: str) -> ResponseReturnValue:
    """Go on to the guest's row on the list of the day; for everybody else there is no such code."""
    event_id, day = door_of_reference(current_scope(), code)
    return redirect(url_for("console.check_in.show", event_id=event_id, day=day.isoformat(), q=code), code=303)
