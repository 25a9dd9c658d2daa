"""A guest opens the mailbox in the very moment in which the worker ends the hold."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from openday import clock
from openday.extensions import db
from openday.models import Booking, OutboxMessage, SeatPool
from openday.models.words import BookingState, OutboxState
from openday.services import expiry
from openday.services.booking import book_slot
from openday.services.expiry import expire_holds
from openday.services.mailbox_proof import confirm_mailbox
from openday.services.receipt import secret_of
from tests.chaos.together import Pause, at_once
from tests.factories import booking_request, make_slot

pytestmark = pytest.mark.chaos


def click_while_it_expires(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what the worker and the guest are told, the state of the booking and the seats that are taken."""
    request = booking_request(make_slot(capacity=9), is_suspicious=True)
    book_slot(request)
    db.session.execute(update(OutboxMessage).values(state=OutboxState.SENT, sent_at=clock.now()))
    db.session.commit()
    monkeypatch.setattr(expiry, "announce_event", lambda _event_id: None)  # the row lock alone would hold them apart
    pause = Pause()
    monkeypatch.setattr(expiry, "booking_with_id", pause.behind(expiry.booking_with_id))
    end, token = clock.now() + timedelta(minutes=31), secret_of(request.nonce)
    answers = at_once(app, [lambda: expire_holds(end), pause.meanwhile(lambda: confirm_mailbox(token))])
    db.session.rollback()
    return [*answers, *db.session.scalars(select(Booking.state)), *db.session.scalars(select(SeatPool.taken))]


def test_who_clicked_a_moment_before_keeps_the_seat(side_by_side: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    found = click_while_it_expires(side_by_side, monkeypatch)

    assert found == [0, BookingState.CONFIRMED, BookingState.CONFIRMED, 1]


def test_a_careless_worker_takes_the_seat_of_who_confirmed(
    side_by_side: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(booking: Booking, _at: object, state: BookingState) -> bool:
        db.session.execute(update(Booking).where(Booking.id == booking.id).values(state=state, held_until=None))
        db.session.refresh(booking)
        return True

    monkeypatch.setattr(expiry, "claim_end", careless)

    found = click_while_it_expires(side_by_side, monkeypatch)

    assert found == [1, BookingState.CONFIRMED, BookingState.EXPIRED, 0]
