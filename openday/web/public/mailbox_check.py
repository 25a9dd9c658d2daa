"""The click that proves a mailbox: the page behind the link of a check mail, and its one button."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday.errors import BookingClosed, EventCancelled, SlotFull
from openday.services.alternatives import nearest_free
from openday.services.mailbox_proof import confirm_mailbox
from openday.services.own_booking import OwnBooking
from openday.services.rate_limit import CHANGES, Caller, spend
from openday.services.seats import audience_of
from openday.web.public.booking import own

bp = Blueprint("mailbox_check", __name__)


@bp.route("/buchung/<token>/bestaetigen", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    """Confirm on POST; whoever only opens the address gets to the booking, and nothing has changed."""
    booking = own(token)
    if request.method == "GET":
        return redirect(url_for("public.booking.show", token=token), code=303)
    spend(CHANGES, Caller.known_as(f"change {booking.id}"))
    try:
        confirm_mailbox(token)
    except SlotFull as refusal:
        return full(booking, token, refusal)
    except (BookingClosed, EventCancelled):
        return render_template("public/mailbox_check/closed.html", booking=own(token), token=token), 409
    return redirect(url_for("public.booking.show", token=token), code=303)


def full(booking: OwnBooking, token: str, refusal: SlotFull) -> ResponseReturnValue:
    """Say that the time filled up before the click, with the nearest times that fit."""
    visit = booking.visit
    times = nearest_free(visit, booking.party_size, booking.mode, audience_of(booking.guest_kind)) if visit else []
    page = render_template("public/mailbox_check/full.html", booking=booking, token=token, refusal=refusal, times=times)
    return page, 409
