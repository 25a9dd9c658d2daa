"""The times of an event: planned, looked at, taken over, removed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from openday.errors import Refusal
from openday.exports.words import MODES
from openday.forms.slot import SlotForm
from openday.models import Event
from openday.services.scope import editable_event
from openday.services.slot import (
    NoSuchTime,
    PlannedTime,
    SlotBooked,
    TooManyTimes,
    modes_of,
    planned_times,
    remove_slot,
    take_times,
)
from openday.web.guard import current_scope

bp = Blueprint("slot", __name__)


@bp.route("/konto/termine/<id:event_id>/uhrzeiten", methods=["GET", "POST"])
def plan(event_id: int) -> ResponseReturnValue:
    """Show the times there are and plan more: first a preview with checkboxes, then they are taken over."""
    event = editable_event(current_scope(), event_id)
    form = SlotForm(event, modes_of(event))
    planned: list[PlannedTime] = []
    if form.validate_on_submit():
        try:
            planned = planned_times(form.to_plan(), event.slots)
        except (NoSuchTime, TooManyTimes) as refusal:
            form.start.errors = [refusal.message]
            return page_of(event, form, [], 422)
        if form.is_taken_over:
            return take_over(event, form, planned)
        form.remember(planned)
    return page_of(event, form, planned, 422 if form.errors else 200)


def take_over(event: Event, form: SlotForm, planned: list[PlannedTime]) -> ResponseReturnValue:
    """Make the ticked times; when the plan was changed after the preview, show the new one first."""
    if not form.is_as_previewed:
        form.remember(planned)
        form.day.errors = [_("Sie haben den Plan geändert. Prüfen Sie die neue Vorschau und übernehmen Sie sie dann.")]
        return page_of(event, form, planned, 422)
    keys = set(request.form.getlist("pick"))
    if not keys & {one.key for one in planned}:
        form.day.errors = [_("Wählen Sie mindestens eine Uhrzeit aus")]
        return page_of(event, form, planned, 422)
    count = take_times(current_scope(), event.id, form.to_plan(), keys)
    flash(ngettext("%(num)s Uhrzeit ist angelegt.", "%(num)s Uhrzeiten sind angelegt.", count))
    return redirect(url_for(".plan", event_id=event.id), code=303)


def page_of(
    event: Event, form: SlotForm, planned: list[PlannedTime], status: int, refusal: Refusal | None = None
) -> ResponseReturnValue:
    """Return the page with the plan, its preview and the times there are."""
    page = render_template(
        "console/slot/plan.html",
        event=event,
        form=form,
        planned=planned,
        mode_names=MODES,
        refusal=refusal,
        seats=form.seats_of(planned),
    )
    return page, status


@bp.route("/konto/termine/<id:event_id>/uhrzeiten/<id:slot_id>/entfernen", methods=["POST"])
def remove(event_id: int, slot_id: int) -> ResponseReturnValue:
    """Remove a time nobody has booked; a booked one stays and the page says so."""
    try:
        remove_slot(current_scope(), event_id, slot_id)
    except SlotBooked as refusal:
        event = editable_event(current_scope(), event_id)
        return page_of(event, SlotForm(event, modes_of(event), formdata=None), [], 409, refusal)
    flash(_("Die Uhrzeit ist entfernt."))
    return redirect(url_for(".plan", event_id=event_id), code=303)
