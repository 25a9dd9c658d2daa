"""A house moves a time while somebody books it: whoever has the mail with the old time is told of the new one."""

import pytest
from flask import Flask

from openday.extensions import db
from openday.services import booking, slot_change
from openday.services.booking import book_slot
from openday.services.slot_change import move_times
from tests.chaos.mutants import claim_whatever_it_became
from tests.chaos.together import Pause, at_once
from tests.factories import booking_request
from tests.services.house import house, mails, move_of, owner_of

pytestmark = pytest.mark.chaos


def book_while_it_moves(app: Flask, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Book in the middle of a move to 17:00; returns how many the house told, and the confirmation."""
    event, [slot] = house(10)
    scope, request = owner_of(event), move_of(slot)
    pause = Pause()
    monkeypatch.setattr(slot_change, "coming_slot", pause.behind(slot_change.coming_slot))
    acts = [
        lambda: move_times(scope, event.id, request),
        pause.meanwhile(lambda: book_slot(booking_request(slot))),
    ]
    told, _booked = at_once(app, acts)
    db.session.rollback()
    [confirmed] = mails("booking_confirmed")
    return told, confirmed.text


def test_a_booking_begun_before_the_time_moves_is_told_or_asked_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, confirmation = book_while_it_moves(app, monkeypatch)

    assert ("17:00" in confirmation) is (told == 0)


def test_without_a_look_at_what_became_of_the_event_a_guest_comes_at_the_old_time(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(booking, "claim_event", claim_whatever_it_became)

    told, confirmation = book_while_it_moves(app, monkeypatch)

    assert told == 0
    assert "17:00" not in confirmation
