"""Calling an event off: one page that says who will be told."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from openday.forms.cancellation import CancelEventForm, reach_of
from openday.models.words import EventState
from openday.services.event_cancellation import cancel_event, cancel_times, told_by_cancelling
from openday.services.scope import Ability, event_in_scope, slot_in_scope
from openday.services.slot_change import TimeOver
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
        flash(_("Der Termin ist abgesagt.") + told_words(told))
        return redirect(url_for("console.event.show", event_id=event_id), code=303)
    page = render_template(
        "console/event_cancellation/ask.html", form=form, event=event, plan=told_by_cancelling(event)
    )
    return page, 422 if form.errors else 200


@bp.route("/konto/termine/<id:event_id>/uhrzeiten/<id:slot_id>/absagen", methods=["GET", "POST"])
def ask_time(event_id: int, slot_id: int) -> ResponseReturnValue:
    """The same for one time, or with ``?umfang=day`` for those of its day that are to come."""
    slot = slot_in_scope(current_scope(), event_id, slot_id)
    reach = reach_of(request.args.get("umfang"))
    form = CancelEventForm()
    try:
        if form.validate_on_submit():
            told = cancel_times(current_scope(), event_id, slot_id, reach, form.reason.data)
            flash(_("Abgesagt.") + told_words(told))
            return redirect(url_for("console.seat_table.show", event_id=event_id), code=303)
        plan = told_by_cancelling(slot.event, slot_id, reach)
    except TimeOver as refusal:
        flash(str(refusal))
        return redirect(url_for("console.seat_table.show", event_id=event_id), code=303)
    page = render_template(
        "console/event_cancellation/ask_time.html", form=form, event=slot.event, slot=slot, reach=reach, plan=plan
    )
    return page, 422 if form.errors else 200


def told_words(told: int) -> str:
    """Return the sentence about the mails, empty when there are none."""
    if not told:
        return ""
    words = ngettext("%(num)s E-Mail ist unterwegs.", "%(num)s E-Mails sind unterwegs.", told)
    return f" {words}"
