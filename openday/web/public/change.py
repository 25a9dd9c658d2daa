"""Changing a booking oneself: another time, another number of people, other details, the link once more."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday.errors import BookingClosed, EventCancelled, SlotFull
from openday.forms.change import PeopleForm, TimeForm
from openday.forms.details import FORMS
from openday.forms.validators import iso_day
from openday.services.alternatives import nearest_free
from openday.services.change import TimeChoice, times_for
from openday.services.guest_change import correct_details, details_of
from openday.services.lost_link import resend_link
from openday.services.moving import move_booking, resize_booking
from openday.services.own_booking import OwnBooking
from openday.services.rate_limit import CHANGES, Caller, spend
from openday.services.seats import audience_of
from openday.services.shown_day import shown_times
from openday.web.public.booking import own

bp = Blueprint("change", __name__)


@bp.route("/buchung/<token>/uhrzeit", methods=["GET", "POST"])
def time(token: str) -> ResponseReturnValue:
    """Offer the event's other times; on POST move there, or say that it is full and change nothing."""
    booking = own(token)
    if not booking.can_change:
        return closed(booking, token)
    choices = times_for(booking)
    form = TimeForm(booking, [choice.visit for choice in choices])
    if not form.validate_on_submit() or form.slot_id is None:
        return time_page(booking, token, form, choices), 422 if form.errors else 200
    try:
        spend_change(booking)
        move_booking(token, form.slot_id, form.wanted_mode)
    except (SlotFull, BookingClosed, EventCancelled):
        booking = own(token)
        if not booking.can_change:
            return closed(booking, token)
        return time_page(booking, token, form, times_for(booking), is_lost=True), 409
    return saved(token)


def time_page(
    booking: OwnBooking, token: str, form: TimeForm, choices: list[TimeChoice], *, is_lost: bool = False
) -> str:
    """Return the page with the times; of many only those of one day are on it."""
    picked = next((choice.day for choice in choices if choice.visit.slot_id == form.slot_id), None)
    present = booking.visit.day if booking.visit else None
    wishes = (picked, iso_day(request.args.get("tag", "")), present)
    return render_template(
        "public/change/time.html",
        booking=booking,
        token=token,
        form=form,
        shown=shown_times(choices, lambda choice: choice.is_free, *wishes),
        is_lost=is_lost,
    )


@bp.route("/buchung/<token>/personen", methods=["GET", "POST"])
def people(token: str) -> ResponseReturnValue:
    """Ask how many come; on POST take or give back seats."""
    booking = own(token)
    if not booking.can_correct:
        return closed(booking, token)
    form = PeopleForm(booking)
    if not form.validate_on_submit():
        return people_page(booking, token, form), 422 if form.errors else 200
    try:
        spend_change(booking)
        resize_booking(token, form.party_size.data)
    except SlotFull as refusal:
        return people_page(booking, token, form, refusal), 409
    except (BookingClosed, EventCancelled):
        return closed(own(token), token)
    if booking.event.registers_companions and form.party_size.data != booking.party_size:
        return redirect(url_for(".details", token=token, geaendert=1), code=303)
    return saved(token)


def people_page(booking: OwnBooking, token: str, form: PeopleForm, refusal: SlotFull | None = None) -> str:
    """Return the page of the head-count, after a refusal with the times that have room for all."""
    times = []
    if refusal and booking.visit:
        times = nearest_free(booking.visit, form.party_size.data, booking.mode, audience_of(booking.guest_kind))
    return render_template(
        "public/change/people.html", booking=booking, token=token, form=form, refusal=refusal, times=times
    )


@bp.route("/buchung/<token>/angaben", methods=["GET", "POST"])
def details(token: str) -> ResponseReturnValue:
    """Show what was said; on POST store what was corrected."""
    booking = own(token)
    if not booking.can_correct:
        return closed(booking, token)
    form = FORMS[booking.guest_kind](booking, details_of(token))
    if form.validate_on_submit():
        try:
            spend_change(booking)
            correct_details(token, form.to_details())
        except (BookingClosed, EventCancelled):
            return closed(own(token), token)
        return saved(token)
    page = render_template("public/change/details.html", booking=booking, token=token, form=form)
    return page, 422 if form.errors else 200


@bp.post("/buchung/<token>/link")
def resend(token: str) -> ResponseReturnValue:
    """Send the link once more to the address of the booking."""
    spend_change(own(token))
    resend_link(token)
    return redirect(url_for("public.booking.show", token=token, gesendet=1), code=303)


def spend_change(booking: OwnBooking) -> None:
    """Count a change; raises ``TooManyRequests``."""
    spend(CHANGES, Caller.known_as(f"change {booking.id}"))


def saved(token: str) -> ResponseReturnValue:
    """Go back to the booking, which says that it is done."""
    return redirect(url_for("public.booking.show", token=token, geaendert=1), code=303)


def closed(booking: OwnBooking, token: str) -> ResponseReturnValue:
    """Say why nothing can be changed here any more, and whom to call."""
    page = render_template("public/change/closed.html", booking=booking, token=token)
    return page, 409 if request.method == "POST" else 200
