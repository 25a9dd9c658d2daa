"""What a house reads unasked: the digest of the morning and the numbers of tomorrow, each once."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, OutboxMessage, Slot
from openday.models.words import Confirmation, GuestKind, Role
from openday.services.booking import book_slot
from openday.services.duties import DUTIES
from openday.services.event_cancellation import cancel_event
from openday.services.house_news import send_digests, send_numbers
from openday.services.scope import Scope
from tests.chaos.together import at_once
from tests.factories import booking_request, make_event, make_slot
from tests.statements import statements

DAY = date(2027, 9, 15)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return clock.from_berlin(date(2027, 9, day), time(hour, minute))


def house(**overrides) -> Slot:
    with time_machine.travel(at(1, 12), tick=False):
        return make_slot(make_event(starts_on=DAY, **overrides), starts_at=at(15, 14), capacity=64)


def book(slot: Slot, moment: datetime, **wish) -> None:
    with time_machine.travel(moment, tick=False):
        book_slot(booking_request(slot, **wish))


def digest(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return send_digests(moment)


def numbers(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return send_numbers(moment)


def mails(kind: str) -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)))


def test_the_digest_comes_at_seven_and_counts_what_came_since_yesterday(app: Flask) -> None:
    slot = house()
    book(slot, at(2, 9), party_size=2)
    book(slot, at(3, 6), party_size=3)

    assert digest(at(3, 7)) == 0  # a minute is left to whoever books at seven
    assert digest(at(3, 7, 1)) == 1

    [mail] = mails("new_bookings")
    assert mail.subject.startswith("2 neue Buchungen: ")
    assert "5 Personen" in mail.text
    assert "5 von 64 Plätzen" in mail.text
    assert (mail.recipient, mail.language) == ("kontakt@beispiel.de", "de")
    assert f"/konto/termine/{slot.event_id}/gaeste" in mail.text


def test_each_booking_is_news_once(app: Flask) -> None:
    slot = house()
    book(slot, at(2, 9))
    assert [digest(at(3, 7, 1)), digest(at(3, 7, 2)), digest(at(3, 23))] == [1, 0, 0]
    book(slot, at(3, 7, 30))
    book(slot, at(4, 6))

    assert [digest(at(4, 7, 1)), digest(at(5, 7, 1))] == [1, 0]

    assert [mail.subject[:16] for mail in mails("new_bookings")] == ["1 neue Buchung: ", "2 neue Buchungen"]


def test_a_worker_that_was_down_for_days_sends_one_digest_of_them_all(app: Flask) -> None:
    slot = house()
    book(slot, at(2, 9))
    digest(at(3, 7, 1))
    for day in (3, 4, 5):
        book(slot, at(day, 12))

    assert digest(at(6, 11)) == 1

    assert mails("new_bookings")[-1].subject.startswith("3 neue")


def test_politics_and_press_are_no_news_any_more_nor_what_the_house_said_yes_to(app: Flask) -> None:
    slot, asked = house(), house(confirmation=Confirmation.APPROVAL)
    for one in (slot, asked):
        book(one, at(2, 9))
    for number, booking in enumerate(db.session.scalars(select(Booking))):
        booking.guest_kind = GuestKind.POLITICS if number == 0 else GuestKind.PUBLIC
    db.session.commit()

    assert digest(at(3, 7, 1)) == 0


@pytest.mark.parametrize("case", ["no address", "called off", "over"])
def test_there_is_nobody_to_write_to_or_nothing_to_say(app: Flask, case: str) -> None:
    slot = house(**({"contact_email": None} if case == "no address" else {}))
    book(slot, at(2, 9))
    if case == "called off":
        with time_machine.travel(at(2, 10), tick=False):
            cancel_event(Scope(1, {slot.event.traeger_id: Role.OWNER}), slot.event_id, "Sturm")

    assert digest(at(16, 7, 1) if case == "over" else at(3, 7, 1)) == 0


def test_the_day_before_says_how_many_come_and_what_to_prepare(app: Flask) -> None:
    slot = house()
    book(slot, at(2, 9), party_size=3, needs="Rampe")
    book(slot, at(2, 10))
    with time_machine.travel(at(1, 12), tick=False):
        later = make_slot(slot.event, starts_at=at(16, 14))
    book(later, at(2, 11))

    assert numbers(at(14, 14, 59)) == 0
    assert [numbers(at(14, 15)), numbers(at(14, 15, 1))] == [1, 0]

    [mail] = mails("tomorrow")
    assert mail.subject.startswith("Morgen: 2 Buchungen, 4 Personen")
    assert "Mit Unterstützungsbedarf: 1" in mail.text
    assert "14:00" in mail.text
    assert "Politik" not in mail.text
    assert mail.expires_at == at(15, 0)
    assert [numbers(at(15, 15)), numbers(at(16, 15))] == [1, 0]


def test_nobody_expected_is_no_mail(app: Flask) -> None:
    house()

    assert numbers(at(14, 15)) == 0


def test_both_are_duties_and_ask_little_when_there_is_nothing_to_do(app: Flask) -> None:
    slot = house()
    book(slot, at(2, 9))
    digest(at(3, 7, 1))
    numbers(at(14, 15))
    assert {send_digests, send_numbers} <= set(DUTIES)

    for duty, moment in ((digest, at(3, 8)), (numbers, at(14, 16))):
        with statements() as seen:
            assert duty(moment) == 0
        assert len(seen) == 1


def test_a_digest_costs_as_much_for_forty_bookings_as_for_three(app: Flask) -> None:
    counts = []
    for guests in (3, 40):
        slot = house()
        for _ in range(guests):
            book(slot, at(2, 9))
        with statements() as seen:
            assert digest(at(3, 7, 1)) == 1
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 10


@pytest.mark.parametrize(("day", "utc"), [(date(2027, 10, 31), 6), (date(2028, 3, 26), 5)])
def test_seven_is_seven_in_berlin_on_the_day_the_clocks_change(app: Flask, day: date, utc: int) -> None:
    with time_machine.travel(clock.from_berlin(day - timedelta(days=1), time(12)), tick=False):
        book_slot(booking_request(make_slot(make_event(starts_on=day), starts_at=clock.from_berlin(day, time(14)))))
    seven = datetime(day.year, day.month, day.day, utc, tzinfo=clock.UTC)

    assert digest(seven) == 0
    assert digest(seven + timedelta(minutes=1)) == 1


@pytest.mark.chaos
def test_workers_at_the_same_moment_tell_a_house_once(app: Flask) -> None:
    book(house(), at(2, 9))

    with time_machine.travel(at(3, 7, 1), tick=False):
        told = at_once(app, [lambda: send_digests(at(3, 7, 1))] * 3)

    assert sorted(told) == [0, 0, 1]
    assert len(mails("new_bookings")) == 1
