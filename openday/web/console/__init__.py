"""The door for staff: events, times, guests. Every page asks the scope first."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from openday.errors import NotAllowed
from openday.web.console import (
    attendee_list,
    booking,
    dashboard,
    event,
    event_cancellation,
    event_task,
    place,
    publication,
    slot,
)
from openday.web.guard import answer_expired_form, protect_forms, require_sign_in

bp = Blueprint("console", __name__)
PARTS = (dashboard, event, event_task, place, slot, publication, event_cancellation, attendee_list, booking)
for part in PARTS:
    bp.register_blueprint(part.bp, url_defaults={"language": "de"})
bp.before_request(require_sign_in)
bp.before_request(protect_forms)
bp.register_error_handler(CSRFError, answer_expired_form)


@bp.errorhandler(NotAllowed)
def answer_not_allowed(refusal: NotAllowed) -> ResponseReturnValue:
    """Say who can help."""
    return render_template("console/not_allowed.html", refusal=refusal), 403
