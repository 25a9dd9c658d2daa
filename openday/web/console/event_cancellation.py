"""Calling an event off: one page that says who will be told."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from openday.forms.cancellation import CancelEventForm
from openday.models.words import EventState
from openday.services.event_cancellation import affected_by_cancelling, cancel_event
from openday.services.scope import Ability, event_in_scope
from openday.web.guard import current_scope

bp = Blueprint("event_cancellation", __name__)


@bp.route("/konto/termine/<id:event_id>/absagen", methods=["GET", "POST"])
def ask(event_id: int) -> ResponseReturnValue:
    """Ask for the reason and say who gets a mail; on POST call the event off."""
    event = event_in_scope(current_scope(), event_id, Ability.EDIT)
    if event.state is EventState.DRAFT:
        return redirect(url_for("console.event.remove", event_id=event_id), code=303)
    form = CancelEventForm()
    if form.validate_on_submit():
        told = cancel_event(current_scope(), event_id, form.reason.data)
        news = ngettext("%(num)s Buchung bekommt eine E-Mail.", "%(num)s Buchungen bekommen eine E-Mail.", told)
        flash(_("Der Termin ist abgesagt.") + (f" {news}" if told else ""))
        return redirect(url_for("console.event.show", event_id=event_id), code=303)
    page = render_template(
        "console/event_cancellation/ask.html", form=form, event=event, affected=affected_by_cancelling(event_id)
    )
    return page, 422 if form.errors else 200
