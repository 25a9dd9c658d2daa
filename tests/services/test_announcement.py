"""A message of the house to its guests: once, to those it is meant for, and without anybody's secret."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from openday import clock
from openday.errors import NotAllowed, NotFound
from openday.extensions import db
from openday.models import Announcement, AuditEntry, Event, OutboxMessage, Slot
from openday.models.words import Awaits, BookingState, GuestKind, Role
from openday.services.announcement import (
    MOST_A_DAY,
    Audience,
    Message,
    NobodyToTell,
    RoomLinkInText,
    Stage,
    TooManyMessages,
    announce,
    sent_announcements,
)
from openday.services.booking import book_slot
from openday.services.mail_plan import HIDDEN, rehearse
from openday.services.scope import Scope
from tests.chaos.together import at_once
from tests.factories import all_bookings, booking_request, make_event, make_slot, make_traeger
from tests.statements import statements


def owner_of(event: Event, role: Role = Role.OWNER) -> Scope:
    return Scope(user_id=None, roles={event.traeger_id: role})  # type: ignore[arg-type]


def message(**overrides) -> Message:
    values = {"subject": "Eingang im Hof", "text": "Bitte klingeln.\n\nBis bald", "audience": Audience(), "nonce": "n1"}
    return Message(**{**values, **overrides})


def mails() -> list[OutboxMessage]:
    db.session.rollback()
    wanted = select(OutboxMessage).where(OutboxMessage.kind == "announcement").order_by(OutboxMessage.id)
    return list(db.session.scalars(wanted))


@pytest.fixture
def slot(app: Flask) -> Slot:
    slot = make_slot(make_event(room_url="https://room.example.org/geheim"), capacity=500)
    for name in ("a", "b", "c"):
        book_slot(booking_request(slot, email=f"{name}@example.org", language="en" if name == "c" else "de"))
    return slot


def test_everybody_gets_the_words_as_they_were_typed_and_answers_to_the_house(slot: Slot) -> None:
    assert announce(owner_of(slot.event), slot.event_id, message(text="<b>Fett</b> {{ 7*7 }} %(name)s\r\nZeile")) == 3

    found = mails()
    assert [mail.recipient for mail in found] == ["a@example.org", "b@example.org", "c@example.org"]
    assert {mail.subject for mail in found} == {"Eingang im Hof"}
    assert {mail.reply_to for mail in found} == {"kontakt@beispiel.de"}
    assert "<b>Fett</b> {{ 7*7 }} %(name)s\nZeile" in found[0].text
    assert "&lt;b&gt;Fett&lt;/b&gt; {{ 7*7 }} %(name)s<br>Zeile" in found[0].html
    assert "The host writes to you" in found[2].text
    [stored] = sent_announcements(slot.event_id)
    assert (stored.subject, stored.recipients) == ("Eingang im Hof", 3)
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "announced")) == 1


def test_the_same_form_sent_twice_is_one_message(slot: Slot) -> None:
    scope = owner_of(slot.event)

    assert [announce(scope, slot.event_id, message()) for _click in range(2)] == [3, 3]

    assert len(mails()) == 3
    assert announce(scope, slot.event_id, message(nonce="n2")) == 3
    assert len({mail.message_id for mail in mails()}) == 6


@pytest.mark.chaos
def test_two_clicks_at_the_same_moment_are_one_message(app: Flask, slot: Slot) -> None:
    scope, event_id = owner_of(slot.event), slot.event_id

    assert at_once(app, [lambda: announce(scope, event_id, message())] * 4) == [3] * 4

    assert len(mails()) == 3


def test_a_number_of_another_house_s_form_gives_nothing_away(slot: Slot) -> None:
    other = make_slot()
    book_slot(booking_request(other))
    announce(owner_of(slot.event), slot.event_id, message())

    assert announce(owner_of(other.event), other.event_id, message()) == 1


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience(stage=Stage.BOOKED), ["b", "c"]),
        (Audience(stage=Stage.WAITING), ["a"]),
        (Audience(guest_kind=GuestKind.PROFESSIONAL), ["b"]),
        (Audience(guest_kind=GuestKind.PROFESSIONAL, stage=Stage.BOOKED), ["b"]),
    ],
)
def test_a_part_of_them_can_be_chosen(slot: Slot, audience: Audience, expected: list[str]) -> None:
    first, second, _third = all_bookings()
    first.state, first.held_until = BookingState.OFFERED, clock.now() + timedelta(hours=3)
    second.guest_kind = GuestKind.PROFESSIONAL
    db.session.commit()

    assert announce(owner_of(slot.event), slot.event_id, message(audience=audience)) == len(expected)

    assert [mail.recipient[0] for mail in mails()] == expected


def test_one_time_can_be_chosen_and_a_foreign_one_reaches_nobody(slot: Slot) -> None:
    later = make_slot(slot.event, starts_at=slot.starts_at + timedelta(hours=3))
    book_slot(booking_request(later, email="d@example.org"))
    scope = owner_of(slot.event)

    assert announce(scope, slot.event_id, message(audience=Audience(slot_id=later.id))) == 1
    with pytest.raises(NobodyToTell):
        announce(scope, slot.event_id, message(audience=Audience(slot_id=make_slot().id), nonce="n2"))
    assert db.session.scalar(select(func.count()).select_from(Announcement)) == 1


def test_an_address_with_two_bookings_gets_one_mail(slot: Slot) -> None:
    book_slot(booking_request(slot, email="A@example.org"))

    assert announce(owner_of(slot.event), slot.event_id, message()) == 3


def test_an_address_nobody_has_proven_gets_none(slot: Slot) -> None:
    booking = all_bookings()[0]
    booking.state, booking.awaits, booking.held_until = (
        BookingState.HELD,
        Awaits.MAILBOX,
        clock.now() + timedelta(hours=1),
    )
    db.session.commit()

    assert announce(owner_of(slot.event), slot.event_id, message()) == 2


@pytest.mark.parametrize("text", ["Hier: https://room.example.org/geheim", "HTTPS://ROOM.EXAMPLE.ORG/geheim bitte"])
def test_the_room_link_is_not_mailed(slot: Slot, text: str) -> None:
    with pytest.raises(RoomLinkInText):
        announce(owner_of(slot.event), slot.event_id, message(text=text))

    assert mails() == []


def test_guests_are_not_flooded(slot: Slot) -> None:
    scope = owner_of(slot.event)
    for number in range(MOST_A_DAY):
        announce(scope, slot.event_id, message(nonce=f"n{number}"))

    with pytest.raises(TooManyMessages):
        announce(scope, slot.event_id, message(nonce="one more"))
    with time_machine.travel(clock.now() + timedelta(hours=23, minutes=50), tick=False), pytest.raises(TooManyMessages):
        announce(scope, slot.event_id, message(nonce="one more"))


def test_a_preview_counts_and_reads_without_a_secret_and_sends_nothing(slot: Slot) -> None:
    plan = rehearse(announce, owner_of(slot.event), slot.event_id, message())

    assert len(plan.mails) == 3
    assert plan.languages == {"de": 2, "en": 1}
    assert all(HIDDEN in sample.text and "Bitte klingeln." in sample.text for sample in plan.samples)
    assert mails() == []
    assert sent_announcements(slot.event_id) == []


def test_only_who_may_handle_guests_writes_to_them(slot: Slot) -> None:
    with pytest.raises(NotAllowed):
        announce(owner_of(slot.event, Role.READER), slot.event_id, message())
    with pytest.raises(NotFound):
        announce(Scope(user_id=2, roles={make_traeger().id: Role.OWNER}), slot.event_id, message())


def test_forty_guests_cost_as_many_statements_as_three(slot: Slot) -> None:
    with statements() as few:
        announce(owner_of(slot.event), slot.event_id, message())
    for _ in range(37):
        book_slot(booking_request(slot))
    with statements() as many:
        assert announce(owner_of(slot.event), slot.event_id, message(nonce="n2")) == 40

    assert len(many) == len(few) <= 25
