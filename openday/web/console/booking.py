"""A booking of somebody who called."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from openday.services.cancellation import cancel_for_visitor
from openday.services.scope import booking_in_scope
from openday.web.guard import current_scope

bp = Blueprint("booking", __name__)


@bp.route("/konto/termine/<id:event_id>/gaeste/<id:booking_id>/absagen", methods=["GET", "POST"])
def cancel(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Ask once, then cancel for the guest, who gets a mail."""
    booking = booking_in_scope(current_scope(), event_id, booking_id)
    if FlaskForm().validate_on_submit():
        is_first = cancel_for_visitor(booking_id, current_scope().user_id)
        flash(_("Die Buchung ist abgesagt.") if is_first else _("Die Buchung war schon abgesagt."))
        return redirect(url_for("console.attendee_list.show", event_id=event_id), code=303)
    return render_template("console/booking/cancel.html", booking=booking, event_id=event_id)
