"""A message to all Träger: first how it reads and how many get it, then it is sent."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from openday.forms.broadcast import BroadcastForm
from openday.services.broadcast import (
    NoTraegerToTell,
    TooManyBroadcasts,
    circles_of,
    plan_broadcast,
    send_broadcast,
    sent_broadcasts,
)
from openday.web.guard import current_scope
from openday.web.verband.queue import refuse_others

bp = Blueprint("broadcast", __name__)
bp.before_request(refuse_others)


@bp.route("/konto/verband/nachricht", methods=["GET", "POST"])
def write() -> ResponseReturnValue:
    """Ask for the message; on POST show it with its readers, and on the second one send it."""
    scope = current_scope()
    circles = circles_of(scope)
    form = BroadcastForm(circles)
    plan = None
    if form.validate_on_submit():
        try:
            if form.is_to_be_done:
                told = send_broadcast(scope, form.to_request())
                flash(ngettext("An %(num)s Adresse gesendet.", "An %(num)s Adressen gesendet.", told))
                return redirect(url_for(".write"), code=303)
            plan = plan_broadcast(scope, form.to_request())
            form.remember()
        except (NoTraegerToTell, TooManyBroadcasts) as refusal:
            form.text.errors = [refusal.message]
    page = render_template(
        "verband/broadcast/write.html", form=form, circles=circles, plan=plan, sent=sent_broadcasts(scope)
    )
    return page, 422 if form.errors else 200
