"""The times of an event: planned, looked at, taken over, removed."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from openday import clock, wording
from openday.errors import Refusal
from openday.exports.words import MODES
from openday.forms.slot import CopyDayForm, SlotForm
from openday.forms.validators import iso_day
from openday.models import Event
from openday.services.scope import editable_event
from openday.services.shown_day import slots_at_desk
from openday.services.slot import SlotBooked, TakenTimes, copy_day, modes_of, remove_slot, staying, take_times
from openday.services.slot_plan import NoSuchTime, PlannedTime, TooManyTimes, planned_times
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
            slot_plan = form.to_request()
            planned = planned_times(slot_plan, staying(event.slots, slot_plan))
        except (NoSuchTime, TooManyTimes) as refusal:
            form.start.errors = [refusal.message]
            return page_of(event, form, [], 422)
        if form.is_taken_over:
            return take_over(event, form, planned)
        form.remember()
    return page_of(event, form, planned, 422 if form.errors else 200)


def take_over(event: Event, form: SlotForm, planned: list[PlannedTime]) -> ResponseReturnValue:
    """Make the ticked times; when the plan was changed after the preview, show the new one first."""
    if not form.is_as_previewed:
        form.remember()
        form.day.errors = [_("Sie haben den Plan geändert. Prüfen Sie die neue Vorschau und übernehmen Sie sie dann.")]
        return page_of(event, form, planned, 422)
    keys = set(request.form.getlist("pick"))
    if not keys & {one.key for one in planned}:
        form.day.errors = [_("Wählen Sie mindestens eine Uhrzeit aus")]
        return page_of(event, form, planned, 422)
    flash(news_of(take_times(current_scope(), event.id, form.to_request(), keys)))
    return redirect(url_for(".plan", event_id=event.id), code=303)


def news_of(taken: TakenTimes) -> str:
    """Return what happened to the times: made, replaced, booked and therefore left; and how long the event is now."""
    news = [ngettext("%(num)s Uhrzeit ist angelegt.", "%(num)s Uhrzeiten sind angelegt.", taken.added)]
    if taken.removed:
        news.append(ngettext("%(num)s freie ist ersetzt.", "%(num)s freie sind ersetzt.", taken.removed))
    if taken.booked:
        times = ", ".join(
            f"{wording.day_in_subject(slot.berlin_day)} {wording.clock_time(slot.starts_at)}" for slot in taken.booked
        )
        news.append(_("Gebucht und geblieben: %(times)s.", times=times))
    if taken.days and taken.days.starts_on:
        when = [wording.days_in_words(taken.days.starts_on, taken.days.ends_on)]
        when += [wording.times_in_words(taken.days.start_time, taken.days.end_time)] if taken.days.start_time else []
        news.append(_("Der Termin ist jetzt: %(when)s.", when=", ".join(when)))
    return " ".join(news)


def page_of(
    event: Event,
    form: SlotForm,
    planned: list[PlannedTime],
    status: int,
    *,
    refusal: Refusal | None = None,
    copy: CopyDayForm | None = None,
) -> ResponseReturnValue:
    """Return the page with the plan, its preview and the times there are."""
    page = render_template(
        "console/slot/plan.html",
        event=event,
        shown=slots_at_desk(event.slots, clock.now(), wanted_day()),
        form=form,
        planned=planned,
        mode_names=MODES,
        refusal=refusal,
        copy=copy or CopyDayForm(event, formdata=None),
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
        return page_of(event, SlotForm(event, modes_of(event), formdata=None), [], 409, refusal=refusal)
    flash(_("Die Uhrzeit ist entfernt."))
    return redirect(url_for(".plan", event_id=event_id, tag=wanted_day()), code=303)


def wanted_day() -> date | None:
    """Return the day whose times are looked at, where there are many."""
    return iso_day(request.args.get("tag", ""))


@bp.post("/konto/termine/<id:event_id>/uhrzeiten/tag-kopieren")
def copy(event_id: int) -> ResponseReturnValue:
    """Make the times of one day on another one too."""
    event = editable_event(current_scope(), event_id)
    form = CopyDayForm(event)
    if form.validate_on_submit():
        try:
            taken = copy_day(current_scope(), event_id, form.source_day, form.target.data)
        except NoSuchTime as refusal:
            form.target.errors = [refusal.message]
        else:
            flash(news_of(taken))
            return redirect(url_for(".plan", event_id=event_id), code=303)
    return page_of(event, SlotForm(event, modes_of(event), formdata=None), [], 422, copy=form)
