"""The times of an event with their seats: one picture, and the page on which each is set."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from openday import clock, wording
from openday.errors import EventCancelled
from openday.exports.words import MODES
from openday.forms.seat_table import SeatTableForm
from openday.forms.validators import iso_day
from openday.models.words import SlotState
from openday.services.capacity import SeatsTaken
from openday.services.scope import editable_event, slot_in_scope
from openday.services.seat_table import change_seats, seats_in_words, table_modes
from openday.services.shown_day import slots_at_desk
from openday.web.guard import current_scope

bp = Blueprint("seat_table", __name__)


@bp.route("/konto/termine/<id:event_id>/plaetze")
def show(event_id: int) -> ResponseReturnValue:
    """Show the times by day, each with its seats and what can be done with it; ``?tag=`` chooses a day of many."""
    event, at = editable_event(current_scope(), event_id), clock.now()
    shown = slots_at_desk(event.slots, at, iso_day(request.args.get("tag", "")))
    seats = {slot.id: seats_in_words(slot) for slot in shown.times}
    return render_template("console/seat_table/show.html", event=event, shown=shown, seats=seats, at=at)


@bp.route("/konto/termine/<id:event_id>/uhrzeiten/<id:slot_id>/plaetze", methods=["GET", "POST"])
def edit(event_id: int, slot_id: int) -> ResponseReturnValue:
    """Show the seats of one time; on POST set them for it, its day or all times that are to come."""
    slot = slot_in_scope(current_scope(), event_id, slot_id)
    if slot.state is SlotState.CANCELLED:
        raise EventCancelled
    form = SeatTableForm(slot, table_modes(slot.event, slot))
    status = 200
    if form.validate_on_submit():
        try:
            changed = change_seats(current_scope(), event_id, slot_id, form.to_request())
        except SeatsTaken as refusal:
            other = refusal.slot.id != slot_id
            form.explain(refusal, wording.moment_in_words(refusal.slot.starts_at) if other else "")
            status = 409
        else:
            flash(ngettext("Gespeichert für %(num)s Uhrzeit.", "Gespeichert für %(num)s Uhrzeiten.", changed))
            day = slots_at_desk(slot.event.slots, clock.now(), slot.berlin_day).day
            return redirect(url_for(".show", event_id=event_id, tag=day), code=303)
    page = render_template("console/seat_table/edit.html", form=form, slot=slot, event=slot.event, mode_names=MODES)
    return page, status if status != 200 else 422 if form.errors else 200
