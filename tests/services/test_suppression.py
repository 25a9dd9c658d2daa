"""How often an address anybody could have typed is written to (threat model, T4): joining lists counts as booking."""

from sqlalchemy import select

from openday.extensions import db
from openday.mailing.suppression import suppression_link
from openday.models import Booking, OutboxMessage
from openday.models.words import BookingState
from openday.services.cancellation import cancel_booking
from openday.services.receipt import secret_of
from openday.services.suppression import suppress
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from tests.factories import booking_request, make_slot
from tests.web.office import make_house, visit_wish


def states() -> list[BookingState]:
    db.session.rollback()
    return list(db.session.scalars(select(Booking.state)))


def mails_to(email: str) -> list[str]:
    db.session.rollback()
    found = select(OutboxMessage.kind).where(OutboxMessage.recipient == email).order_by(OutboxMessage.id)
    return list(db.session.scalars(found))


def test_joining_lists_is_counted_as_every_mail_a_stranger_could_cause(app):
    addresses = {"a.kaya@example.org": (booking_request, 5), "buero@example.org": (visit_wish, 20)}
    for address, (wish, per_day) in addresses.items():
        for _ in range(per_day + 1):
            join_waiting_list(WaitingRequest(wish(make_slot(make_house(), capacity=0), email=address)))

        assert mails_to(address) == ["waiting_joined"] * per_day

    assert states() == [BookingState.WAITING] * (5 + 1 + 20 + 1)


def test_leaving_a_list_and_joining_it_again_does_not_begin_a_new_count(app):
    slot = make_slot(capacity=0)
    for _ in range(4):
        party = booking_request(slot, email="a.kaya@example.org")
        join_waiting_list(WaitingRequest(party))
        cancel_booking(secret_of(party.nonce))

    assert mails_to("a.kaya@example.org").count("waiting_joined") == 3


def test_who_wants_silence_is_not_told_of_a_list_somebody_put_the_address_on(app):
    suppress(suppression_link("a.kaya@example.org").rsplit("/", 1)[1])

    join_waiting_list(WaitingRequest(booking_request(make_slot(capacity=0), email="a.kaya@example.org")))

    assert states() == [BookingState.WAITING]
    assert mails_to("a.kaya@example.org") == []
