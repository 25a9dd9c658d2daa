"""What the figures stand next to: the least a Flask application does, and openday without its kept pages."""

import os
from datetime import timedelta
from typing import Any

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from openday import clock, tokens
from openday.app import create_served_app
from openday.extensions import db, tune_engine
from openday.models import Booking, BookingSeats, Event, OutboxMessage, SeatPool, Slot
from openday.web import page_cache

SUMMARY = (
    "Schauen Sie uns einen Vormittag lang bei der Beratung über die Schulter und fragen Sie alles, was Sie wollen. "
)
CARDS = [
    {
        "slug": f"mbe-leipzig-{number}",
        "title": f"MBE Leipzig {number} öffnet die Tür",
        "day": "2026-09-14",
        "time": "10:00",
        "traeger": "Beratungsstelle Mitte e. V.",
        "locality": "Leipzig",
        "summary": SUMMARY,
        "state": "free" if number % 3 else "full",
    }
    for number in range(30)
]


def minimal() -> Flask:
    """A page without a database, a page through the ORM, a booking through the ORM: nothing else."""
    app = Flask("bare", template_folder=os.path.join(os.path.dirname(__file__), "templates"))
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["OPENDAY_DATABASE_URL"]
    db.init_app(app)
    with app.app_context():
        tune_engine(db.engine)
    app.add_url_rule("/health/live", view_func=lambda: "ok", endpoint="live")
    app.add_url_rule("/cards", view_func=cards)
    app.add_url_rule("/orm", view_func=cards_from_rows)
    app.add_url_rule("/book/<int:slot_id>", view_func=book, methods=["POST"])
    return app


def cards() -> ResponseReturnValue:
    """16 KB of HTML, thirty cards, no SQL."""
    return render_template("cards.html", title="Termine", cards=CARDS)


def cards_from_rows() -> ResponseReturnValue:
    """The same page with entities of the database."""
    events = db.session.scalars(
        select(Event)
        .options(joinedload(Event.traeger), selectinload(Event.places), selectinload(Event.slots))
        .order_by(Event.starts_on, Event.id)
        .limit(20)
    )
    return render_template("cards.html", title="Termine", cards=[card_of(event) for event in events])


def card_of(event: Event) -> dict[str, Any]:
    """Return what a card shows."""
    return {
        "slug": event.slug,
        "title": event.title,
        "day": event.starts_on,
        "time": event.start_time,
        "traeger": event.traeger.name,
        "locality": event.places[0].locality,
        "summary": SUMMARY,
        "state": "free" if event.slots else "full",
    }


def book(slot_id: int) -> ResponseReturnValue:
    """Two fields, a conditional update, three rows, a redirect."""
    slot = db.session.get_one(Slot, slot_id)
    pool_id = db.session.scalar(
        update(SeatPool)
        .where(SeatPool.slot_id == slot_id, SeatPool.taken + 1 <= SeatPool.capacity)
        .values(taken=SeatPool.taken + 1)
        .returning(SeatPool.id)
    )
    if pool_id is None:
        return "full", 409
    token = tokens.new_token()
    booking = Booking(
        reference=tokens.new_reference(),
        event_id=slot.event_id,
        slot_id=slot_id,
        seats=[BookingSeats(seat_pool_id=pool_id, seats=1)],
        booker_name=request.form["name"],
        booker_email=request.form["email"],
        token_digest=tokens.digest(token),
        nonce=tokens.new_token(),
        payload_digest="",
        erase_on=clock.today(),
    )
    db.session.add(booking)
    db.session.flush()  # the mail needs booking.id
    mail = OutboxMessage(
        kind="booking_confirmed",
        booking_id=booking.id,
        event_id=slot.event_id,
        message_id=f"<{token}@example.org>",
        recipient=booking.booker_email,
        subject="x",
        text="x" * 1500,
        html="x" * 4000,
    )
    db.session.add(mail)
    db.session.commit()
    return redirect(f"/buchung/{token}", code=303)


def rendered_each_time() -> Flask:
    """Return openday as it is while nothing is kept: every page as if it had just been invalidated."""
    page_cache.MAX_AGE = timedelta(0)
    return create_served_app()
