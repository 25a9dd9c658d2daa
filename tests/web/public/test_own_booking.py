"""What is put together from a kept page of a booking is what would be made anew for it."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine

from openday import clock
from openday.extensions import db
from openday.models import Event, SeatPool, Slot
from openday.models.words import AddressVisibility, EventState, GuestKind, Mode, PoolAudience
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.correction import correct_address
from openday.services.moving import resize_booking
from openday.web.public import own_booking
from tests.factories import booking_request, given, make_event, make_question, make_slot

GUESTS = (
    {"name": "Ayşe Kaya", "email": "a@example.org"},
    {"name": '<b>&amp; "Bo\'b"', "email": "b+x&y@mail.deep.example.org"},
    {"name": "Anna 0", "email": '"a<b>@c"@example.org'},
)


def page(client, path):
    return client.get(path).text


def made_anew(client, path):
    """Return the page without any kept one."""
    with patch.object(own_booking, "is_plain", return_value=False):
        return client.get(path).text


def kept(app):
    return len(app.extensions["openday.pages"]["own"].pages)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_alike_bookings_have_one_page_and_each_its_own_words(client, app, prefix):
    slot = make_slot(make_event(title="A & B"))
    shelf = kept(app)

    for guest in GUESTS:
        receipt = book_slot(booking_request(slot, **guest))
        path = f"{prefix}/buchung/{receipt.token}"
        shown = page(client, path)
        assert shown == page(client, path) == made_anew(client, path)
        assert receipt.reference in shown
        assert own_booking.HOLE not in shown

    assert kept(app) == shelf + 1
    assert "Ayşe" not in str(app.extensions["openday.pages"]["own"].pages)
    assert receipt.token not in str(app.extensions["openday.pages"]["own"].pages)


def test_whatever_differs_is_another_page(client, app):
    event = make_event(audiences=tuple(GuestKind), room_url="https://room.example.org", room_dial_in="0341 5")
    slot, other = make_slot(event, capacity=20), make_slot(event, capacity=20)
    db.session.add_all([
        SeatPool(slot_id=slot.id, mode=Mode.ONLINE, capacity=5),
        SeatPool(slot_id=slot.id, audience=PoolAudience.POLITICS, capacity=5),
    ])  # fmt: skip
    db.session.commit()
    question = make_question(event)
    wishes = (
        {},
        {"party_size": 2},
        {"mode": Mode.ONLINE},
        {"phone": "0341 1"},
        {"needs": "Rampe"},
        {"companions": "Bo"},
        {"language": "en"},
        {"answers": (given(question, "Ja"),)},
        {"guest_kind": GuestKind.PROFESSIONAL},
    )
    tokens = [
        book_slot(booking_request(at, **wish, email=f"{number}{at.id}@example.org")).token
        for at in (slot, other)
        for number, wish in enumerate(wishes)
        if at is slot or wish.get("mode") is not Mode.ONLINE
    ]

    for _time in range(2):
        for token in tokens:
            for path in (f"/buchung/{token}", f"/en/buchung/{token}", f"/buchung/{token}?geaendert=1"):
                assert page(client, path) == made_anew(client, path)


def changed_event(**values):
    def change(slot_id, _token):
        for name, value in values.items():
            setattr(db.session.get(Event, db.session.get(Slot, slot_id).event_id), name, value)
        db.session.commit()

    return change


def moved(slot_id, _token):
    slot = db.session.get(Slot, slot_id)
    slot.previous_starts_at, slot.previous_ends_at, slot.moved_at = slot.starts_at, slot.ends_at, clock.now()
    slot.starts_at, slot.ends_at = (at + timedelta(hours=1) for at in (slot.starts_at, slot.ends_at))
    db.session.commit()


CHANGES = {
    "title": changed_event(title="Anders"),
    "cancelled": changed_event(state=EventState.CANCELLED),
    "contact": changed_event(contact_phone=None, contact_name=None),
    "protected": changed_event(address_visibility=AddressVisibility.CONFIRMED),
    "deadline": changed_event(change_until_hours=48),
    "moved": moved,
    "resized": lambda _slot, token: resize_booking(token, 2),
    "given up": lambda _slot, token: cancel_booking(token),
    "taken": lambda slot, _token: book_slot(booking_request(db.session.get(Slot, slot), email="z@example.org")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_since_is_shown(client, app, change):
    slot = make_slot()
    tokens = [book_slot(booking_request(slot, **guest)).token for guest in GUESTS[:2]]
    before = [page(client, f"/buchung/{token}") for token in tokens]

    CHANGES[change](slot.id, tokens[0])
    db.session.remove()

    for token, earlier in zip(tokens, before, strict=True):
        shown = page(client, f"/buchung/{token}")
        assert shown == made_anew(client, f"/buchung/{token}")
        if token == tokens[0]:
            assert (shown == earlier) == (change in ("taken", "protected"))


@pytest.mark.parametrize("hours", [1, 23, 24, 25, 30])
def test_time_alone_changes_it(client, app, hours):
    slot = make_slot(make_event(change_until_hours=2))
    token = book_slot(booking_request(slot)).token
    assert page(client, f"/buchung/{token}") == made_anew(client, f"/buchung/{token}")

    with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
        assert page(client, f"/buchung/{token}") == made_anew(client, f"/buchung/{token}")


def test_who_booked_before_a_time_was_moved_reads_of_it_and_who_booked_after_does_not(client, app):
    slot = make_slot()
    first = book_slot(booking_request(slot)).token
    moved(slot.id, None)
    later = book_slot(booking_request(db.session.get(Slot, slot.id), email="b@example.org")).token

    for token, is_told in ((first, True), (later, False)):
        shown = page(client, f"/buchung/{token}")
        assert shown == made_anew(client, f"/buchung/{token}")
        assert ("Neue Zeit." in shown) == is_told


def test_a_corrected_address_has_the_page_under_its_new_link(client, app):
    token = correct_address(book_slot(booking_request(make_slot())).token, "neu@example.org")

    shown = page(client, f"/buchung/{token}")

    assert shown == made_anew(client, f"/buchung/{token}")
    assert "neu@example.org" in shown
