"""The many events of the demo and their guests: rows in bulk, as booking one by one would have left them."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import count, cycle
from typing import Any
from zlib import crc32

from sqlalchemy import insert

from openday import clock, tokens
from openday.extensions import db
from openday.models import Booking, BookingSeats, Event, Membership, OutboxMessage, SeatPool, Slot, Traeger, User
from openday.models.words import EventState, OutboxState, Review, Role
from openday.privacy import AFTER_EVENT
from openday.services.booking_request import BookingRequest
from openday.services.demo_data.people import NEEDS, Guest, people
from openday.services.receipt import secret_of

PARTIES = (2, 1, 3, 1, 1, 2, 4, 1)
FILLED = (100, 60, 85, 35, 100, 75, 50, 90)
"""Percent of the seats that are taken, pool by pool."""


def fill_with_guests(event: Event) -> int:
    """Let guests have booked a stored event without a single booking; returns how many parties."""
    if event.state is not EventState.PUBLISHED:
        return 0
    guests, numbers, start = people(event.slug), count(), crc32(event.slug.encode())
    rows: list[dict[str, Any]] = []
    pools: list[SeatPool] = []
    seated = [(slot, pool) for slot in event.slots for pool in slot.pools]
    for position, (slot, pool) in enumerate(seated):
        left = (pool.capacity or 0) * FILLED[(start + position) % len(FILLED)] // 100
        pool.taken = left
        while left > 0:
            number = next(numbers)
            size = min(PARTIES[number % len(PARTIES)], left, event.party_limit)
            left -= size
            rows.append(booking_row(slot, pool, size, next(guests), number))
            pools.append(pool)
    store(rows, pools)
    return len(rows)


def booking_row(slot: Slot, pool: SeatPool, size: int, guest: Guest, number: int) -> dict[str, Any]:
    """Return one confirmed booking, made a week or two ago."""
    at = clock.now() - timedelta(days=8 + number % 9, minutes=number * 7 % 600)
    request = BookingRequest(
        slot_id=slot.id,
        name=guest.name,
        email=guest.email,
        party_size=size,
        nonce=f"demo-{slot.id}-{number}",
        mode=pool.mode,
        needs=NEEDS[number % len(NEEDS)] if number % 17 == 3 else None,
        language="en" if number % 11 == 5 else "de",
    )
    return {
        "reference": tokens.new_reference(),
        "event_id": slot.event_id,
        "slot_id": slot.id,
        "mode": pool.mode,
        "party_size": size,
        "booker_name": request.name,
        "booker_email": request.email,
        "needs": request.needs,
        "language": request.language,
        "token_digest": tokens.digest(secret_of(request.nonce)),
        "nonce": request.nonce,
        "payload_digest": request.payload_digest,
        "created_at": at,
        "confirmed_at": at,
        "erase_on": clock.to_berlin(slot.ends_at or slot.starts_at).date() + timedelta(days=AFTER_EVENT.days or 0),
    }


def store(rows: list[dict[str, Any]], pools: list[SeatPool]) -> None:
    """Store bookings with their seats and with a confirmation that is withheld: the mailbox is for what happens now."""
    if not rows:
        return
    ids = db.session.scalars(insert(Booking).returning(Booking.id, sort_by_parameter_order=True), rows).all()
    booked = list(zip(ids, rows, pools, strict=True))
    db.session.execute(
        insert(BookingSeats),
        [{"booking_id": id_, "seat_pool_id": pool.id, "seats": row["party_size"]} for id_, row, pool in booked],
    )
    db.session.execute(
        insert(OutboxMessage),
        [
            {
                "kind": "booking_confirmed",
                "booking_id": id_,
                "event_id": row["event_id"],
                "message_id": f"<{row['nonce']}@demo.example.org>",
                "recipient": row["booker_email"],
                "language": row["language"],
                "subject": "Ihr Platz ist reserviert",
                "text": "",
                "html": "",
                "state": OutboxState.WITHHELD,
            }
            for id_, row, _pool in booked
        ],
    )


def wait_for_review(traeger: Traeger, events: Iterable[Event]) -> None:
    """Make a Träger one that signed itself up: what it has published waits for its Verband."""
    hours: Iterator[int] = cycle((26, 20, 4))
    traeger.review, traeger.submitted_at = Review.WAITING, clock.now() - timedelta(hours=27)
    owner = User(email=traeger.contact_email, name=traeger.responsible_name, verified_at=traeger.submitted_at)
    owner.memberships = [Membership(traeger_id=traeger.id, role=Role.OWNER)]
    db.session.add(owner)
    for event, ago in zip(events, hours, strict=False):
        event.is_listed = False
        if event.state is EventState.PUBLISHED:
            event.review, event.submitted_at = Review.WAITING, clock.now() - timedelta(hours=ago)
