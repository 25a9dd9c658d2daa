"""The door for staff: events, times, guests. Every page asks the scope first."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from openday.errors import EventCancelled, NotAllowed
from openday.web.console import (
    account,
    agreement,
    announcement,
    attendee_list,
    booking,
    check_in,
    code,
    dashboard,
    door_link,
    event,
    event_cancellation,
    event_copy,
    event_history,
    event_host,
    event_settings,
    event_task,
    event_text,
    invitation,
    logo,
    place,
    planning,
    publication,
    question,
    room,
    seat_table,
    shared_list,
    slot,
    slot_change,
    team,
    traeger,
    visit_request,
)
from openday.web.guard import answer_expired_form, protect_forms, require_sign_in

bp = Blueprint("console", __name__)
PARTS = (
    dashboard,
    event,
    event_task,
    event_copy,
    event_text,
    event_history,
    place,
    slot,
    seat_table,
    event_settings,
    invitation,
    question,
    planning,
    publication,
    room,
    slot_change,
    event_cancellation,
    announcement,
    event_host,
    shared_list,
    attendee_list,
    door_link,
    check_in,
    code,
    booking,
    visit_request,
    traeger,
    logo,
    agreement,
    team,
    account,
)
for part in PARTS:
    bp.register_blueprint(part.bp, url_defaults={"language": "de"})
bp.before_request(require_sign_in)
bp.before_request(protect_forms)
bp.register_error_handler(CSRFError, answer_expired_form)


@bp.errorhandler(EventCancelled)
def answer_cancelled(_refusal: EventCancelled) -> ResponseReturnValue:
    """What was called off can be looked at, not changed."""
    flash(_("Dieser Termin ist abgesagt und lässt sich nicht mehr ändern."))
    return redirect(url_for("console.event.show", event_id=(request.view_args or {})["event_id"]), code=303)


@bp.errorhandler(NotAllowed)
def answer_not_allowed(refusal: NotAllowed) -> ResponseReturnValue:
    """Say who can help."""
    return render_template("console/not_allowed.html", refusal=refusal), 403
