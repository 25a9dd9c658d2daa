"""A request that waits for the house's answer."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from openday.services.scope import Ability, booking_in_scope
from openday.web.guard import current_scope

bp = Blueprint("visit_request", __name__)


@bp.route("/konto/termine/<id:event_id>/anfragen/<id:booking_id>")
def show(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Show who wants to come and what for, with the ways to answer."""
    booking = booking_in_scope(current_scope(), event_id, booking_id, Ability.SEE_GUESTS)
    return render_template("console/visit_request/show.html", booking=booking)
