"""The click in the check mail, and how many seats the unconfirmed may hold (threat model, T4 and T26)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from openday import clock
from openday.errors import BookingClosed, EventCancelled, SlotFull
from openday.extensions import db
from openday.mailing.suppression import suppression_link
from openday.models import Booking, OutboxMessage, SeatPool, Slot
from openday.models.words import AddressVisibility, Awaits, BookingState, Confirmation, EventState, OutboxState
from openday.services.booking import book_slot
from openday.services.expiry import expire_holds
from openday.services.hold import HOLDS_PER_NETWORK
from openday.services.mailbox_proof import confirm_mailbox
from openday.services.receipt import secret_of
from openday.services.suppression import suppress
from tests.factories import booking_request, make_event, make_slot
from tests.web.office import make_house, visit_wish


def book(slot: Slot, **overrides: Any) -> str:
    """Book and return the secret of the booking's link."""
    request = booking_request(slot, **overrides)
    book_slot(request)
    return secret_of(request.nonce)


def states() -> list[tuple[str, str | None]]:
    db.session.rollback()
    found = db.session.execute(select(Booking.state, Booking.awaits).order_by(Booking.id))
    return [(state.value, awaits.value if awaits else None) for state, awaits in found]


def taken(slot: Slot) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(SeatPool.taken).where(SeatPool.slot_id == slot.id)) or 0)


def mails_to(email: str) -> list[str]:
    db.session.rollback()
    found = select(OutboxMessage.kind).where(OutboxMessage.recipient == email).order_by(OutboxMessage.id)
    return list(db.session.scalars(found))


@pytest.mark.parametrize(
    ("event", "request_", "is_checked"),
    [
        ({}, {}, False),
        ({}, {"party_size": 5}, False),
        ({}, {"party_size": 6}, True),
        ({}, {"is_suspicious": True}, True),
        ({"address_visibility": AddressVisibility.CONFIRMED}, {}, True),
        ({"confirmation": Confirmation.ALWAYS}, {}, True),
    ],
)
def test_what_has_to_open_the_mailbox_first(app, event, request_, is_checked):
    slot = make_slot(make_event(**event), capacity=40)

    book(slot, **request_)

    assert states() == ([("held", "mailbox")] if is_checked else [("confirmed", None)])


def test_a_second_booking_of_an_address_at_the_event_opens_the_mailbox(app):
    slot = make_slot(capacity=40)

    for _ in range(2):
        book(slot, email="a.kaya@example.org")

    assert states() == [("confirmed", None), ("held", "mailbox")]


def test_the_host_answers_where_the_event_says_so(app):
    book(make_slot(make_event(confirmation=Confirmation.APPROVAL)))

    assert states() == [("held", "host")]


def test_the_click_confirms_once_and_keeps_the_seats(app):
    slot = make_slot(capacity=40)
    token = book(slot, party_size=6, email="a.kaya@example.org")

    assert [confirm_mailbox(token), confirm_mailbox(token)] == [BookingState.CONFIRMED] * 2

    assert taken(slot) == 6
    assert mails_to("a.kaya@example.org") == ["please_confirm", "booking_confirmed"]


def test_unconfirmed_holds_take_a_third_of_the_seats_at_most_and_the_rest_books_by_confirming(app):
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS), capacity=10)

    tokens = [book(slot) for _ in range(8)]

    assert taken(slot) == 3
    assert states() == [("held", "mailbox")] * 3 + [("requested", "mailbox")] * 5
    for token in tokens:
        confirm_mailbox(token)
    assert taken(slot) == 8


def test_provisional_visits_hold_half_of_the_seats_at_most_and_the_host_decides_on_more(app):
    slot = make_slot(make_house(), capacity=12)
    until = clock.now() + timedelta(days=1)

    for _ in range(3):
        book_slot(visit_wish(slot, provisional_until=until))

    assert taken(slot) == 6
    assert states() == [("held", "booker")] * 2 + [("requested", "host")]


def test_one_network_holds_only_so_many_visits_of_a_house(app):
    event = make_house()
    slots = [make_slot(event, capacity=12) for _ in range(HOLDS_PER_NETWORK + 1)]

    for slot in slots:
        book_slot(visit_wish(slot, provisional_until=clock.now() + timedelta(days=1), network="a"))

    assert states() == [("held", "booker")] * HOLDS_PER_NETWORK + [("requested", "host")]


def test_an_office_gets_three_confirmations_of_an_event_a_day_then_the_host_answers(app):
    slot = make_slot(make_house(), capacity=40)

    for _ in range(4):
        book_slot(visit_wish(slot, email="buero@example.org"))

    assert states() == [("confirmed", None)] * 3 + [("held", "host")]
    assert mails_to("buero@example.org") == ["visit_confirmed"] * 3


def test_an_office_that_wants_silence_gets_no_confirmation_unasked(app):
    slot = make_slot(make_house(), capacity=40)
    suppress(suppression_link("buero@example.org").rsplit("/", 1)[1])

    book_slot(visit_wish(slot, email="buero@example.org"))

    assert states() == [("held", "host")]
    assert mails_to("buero@example.org") == []


def test_the_last_seat_of_a_small_slot_may_be_held(app):
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS), capacity=1)

    book(slot)

    assert taken(slot) == 1


def test_one_address_holds_one_party_at_a_time_and_two_at_an_event(app):
    event = make_event(confirmation=Confirmation.ALWAYS)
    slots = [make_slot(event, capacity=40) for _ in range(3)]

    for slot in (slots[0], slots[0], slots[1], slots[2]):
        book(slot, email="a.kaya@example.org")

    assert [taken(slot) for slot in slots] == [1, 1, 0]


def test_one_network_holds_ten_parties(app):
    event = make_event(confirmation=Confirmation.ALWAYS)
    slot = make_slot(event, capacity=1000)

    for _ in range(12):
        book(slot, network="einnetz")

    assert taken(slot) == 10


def test_seats_of_the_unconfirmed_come_back_after_the_mail_had_its_time(app, time_machine):
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS), capacity=10)
    token = book(slot)
    start = clock.now()
    sent_at = start + timedelta(minutes=25)  # greylisting: the server took it late
    for mail in db.session.scalars(select(OutboxMessage)):
        mail.state, mail.sent_at = OutboxState.SENT, sent_at
    db.session.commit()

    time_machine.move_to(start + timedelta(minutes=31))
    expire_holds(clock.now())
    still = taken(slot)
    time_machine.move_to(sent_at + timedelta(minutes=21))
    expire_holds(clock.now())

    assert (still, taken(slot)) == (1, 0)
    assert states() == [("expired", "mailbox")]
    assert confirm_mailbox(token) is BookingState.CONFIRMED
    assert taken(slot) == 1


def test_a_mail_that_never_leaves_holds_six_hours_at_most(app, time_machine):
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS), capacity=10)
    book(slot)
    start = clock.now()

    for hours in (1, 3, 5):
        time_machine.move_to(start + timedelta(hours=hours))
        expire_holds(clock.now())
        assert taken(slot) == 1
    time_machine.move_to(start + timedelta(hours=6, seconds=1))
    expire_holds(clock.now())

    assert taken(slot) == 0


def test_a_late_click_on_a_full_slot_changes_nothing(app, time_machine):
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS), capacity=1)
    token = book(slot)
    time_machine.move_to(clock.now() + timedelta(hours=7))
    expire_holds(clock.now())
    confirm_mailbox(book(slot, email="schneller@example.org"))

    with pytest.raises(SlotFull):
        confirm_mailbox(token)

    assert states() == [("expired", "mailbox"), ("confirmed", None)]


def test_a_click_after_the_beginning_or_the_end_of_the_event_is_refused(app, time_machine):
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS))
    token = book(slot)
    db.session.merge(slot.event).state = EventState.CANCELLED
    db.session.commit()
    with pytest.raises(EventCancelled):
        confirm_mailbox(token)
    db.session.merge(slot.event).state = EventState.PUBLISHED
    db.session.commit()
    time_machine.move_to(slot.starts_at)

    with pytest.raises(BookingClosed):
        confirm_mailbox(token)


def test_nobody_is_mailed_more_than_three_times_a_day_about_an_event(app):
    slot = make_slot(capacity=None)

    for number in range(30):
        book(slot, email="opfer@example.org", network=f"netz {number}")

    assert len(mails_to("opfer@example.org")) == 3


def test_nobody_is_mailed_more_than_five_times_a_day_about_whatever_events(app):
    for number in range(8):
        book(make_slot(), email="opfer@example.org", network=f"netz {number}")

    assert len(mails_to("opfer@example.org")) == 5


@pytest.mark.parametrize("confirmation", Confirmation)
def test_whoever_wants_silence_is_not_written_to(app, confirmation):
    suppress(suppression_link("opfer@example.org").rpartition("/")[2])

    book(make_slot(make_event(confirmation=confirmation)), email="opfer@example.org")

    assert mails_to("opfer@example.org") == []
    assert db.session.scalar(select(func.count()).select_from(Booking)) == 1


def test_a_host_only_hears_what_the_mailbox_said(app):
    """An event that wants approval: the state after the click is the host's, if the rule changed meanwhile."""
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS), capacity=9)
    token = book(slot)
    db.session.merge(slot.event).confirmation = Confirmation.APPROVAL
    db.session.commit()

    assert confirm_mailbox(token) is BookingState.HELD
    assert states() == [("held", Awaits.HOST.value)]
