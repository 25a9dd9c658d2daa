"""The way into a digital session. Its link is given to who pressed the button, and to nobody who only opened a page.

The policy of every page forbids a form to end up on another site (``form-action``), so the button leads to a page of
our own that goes on by itself.
"""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from openday.services.own_booking import OwnBooking
from openday.services.room import RoomClosed, join_room
from openday.web.public.booking import own

bp = Blueprint("room", __name__)


@bp.get("/buchung/<token>/teilnahme")
def show(token: str) -> ResponseReturnValue:
    """Show from when on the session is open, then the button and the dial-in."""
    booking = own(token)
    if booking.room is None:
        return redirect(url_for("public.booking.show", token=token), code=303)
    return page_of(booking, token), 200 if booking.is_confirmed else 403


@bp.post("/buchung/<token>/teilnahme")
def join(token: str) -> ResponseReturnValue:
    """Note that the party comes in and open the way."""
    booking = own(token)
    try:
        join_room(token)
    except RoomClosed:
        return page_of(booking, token), 409 if booking.is_confirmed else 403
    return redirect(url_for(".enter", token=token), code=303)


@bp.get("/buchung/<token>/raum")
def enter(token: str) -> ResponseReturnValue:
    """Lead into the session: the link of the moment, for who pressed the button and while it is open."""
    booking = own(token)
    if booking.room is None or booking.room.url is None or booking.joined_at is None:
        return redirect(url_for(".show", token=token), code=303)
    return render_template("public/room/enter.html", booking=booking, token=token)


def page_of(booking: OwnBooking, token: str) -> str:
    """Return the page of the session."""
    return render_template("public/room/show.html", booking=booking, token=token)
