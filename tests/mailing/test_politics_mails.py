"""The mails of a political visit: who gets them, what they never say, tentative until the visit stands."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from openday.mailing import politics_mails, visit_request_mails
from openday.mailing.examples.example import TOKEN, without_time
from openday.mailing.examples.visit_request import (
    confirmed_booking,
    house,
    political_booking,
    proposing_booking,
)
from openday.mailing.preview import MAILS
from openday.mailing.running_order import answer_day, running_order
from openday.mailing.visit import Contact
from openday.models import OutboxMessage
from openday.models.words import AddressVisibility, Mode

SECRETS = ("Personenschutz", "Hintereingang")


def write(kind: str, language: str = "de") -> OutboxMessage:
    return MAILS[kind].written(language)


OFFICE = (
    "visit_requested",
    "visit_provisional",
    "visit_provisional_ends",
    "visit_confirmed",
    "visit_declined",
    "other_times",
    "guest_replaced",
    "visit_reminder",
)
HOST = ("request_for_host", "guest_replaced_for_host", "visit_changed_for_host", "visit_cancelled_for_host")


@pytest.mark.parametrize("kind", OFFICE)
def test_the_office_gets_the_mail_and_answers_to_the_house(app: Flask, kind: str) -> None:
    message = write(kind)

    assert (message.recipient, message.reply_to) == ("buero.sommer@example.org", "kontakt@beispiel.de")


@pytest.mark.parametrize("kind", HOST)
def test_the_house_can_answer_the_office_and_gets_no_secret_link(app: Flask, kind: str) -> None:
    message = write(kind)

    assert (message.recipient, message.reply_to) == ("kontakt@beispiel.de", "buero.sommer@example.org")
    assert "https://offene-tuer.example.org/konto/termine/3/anfragen/11" in message.text
    assert TOKEN not in message.text + message.html


@pytest.mark.parametrize("kind", [*OFFICE, *HOST])
def test_security_notes_are_in_no_mail(app: Flask, kind: str) -> None:
    message = write(kind)

    assert not any(secret in message.text + message.html for secret in SECRETS)


def test_a_house_without_an_address_gets_no_mail(app: Flask) -> None:
    nobody = Contact("Mira Beispiel", "0341 000000", None)

    assert visit_request_mails.request_for_host(political_booking(), house(contact=nobody)) is None


def test_a_request_without_a_time_names_its_proposals_and_brings_no_calendar(app: Flask) -> None:
    booking = proposing_booking(slot_id=None)
    office = visit_request_mails.visit_requested(booking, without_time(house()), TOKEN)
    host = visit_request_mails.request_for_host(booking, without_time(house()))

    assert "Wann:" not in office.text
    assert office.calendar is None
    assert host is not None
    assert host.subject == "Neue Anfrage: Dr. Kim Sommer, Bundestag"
    assert "Noch ist nichts reserviert" in office.text
    assert "einen Vorschlag annehmen, andere Zeiten anbieten oder absagen" in host.text
    for mail in (office, host):
        assert re.findall(r"orschlag: (\w+)\.,.*(Vormittag|14:30)", mail.text) == [("Mo", "Vormittag"), ("Di", "14:30")]


def test_the_answer_to_proposals_is_promised_before_the_first_of_them(app: Flask) -> None:
    asked = datetime(2024, 9, 13, 10, 0, tzinfo=UTC)
    office = visit_request_mails.visit_requested(proposing_booking(created_at=asked), without_time(house()), TOKEN)

    assert "bis Fr., 13." in office.text


def test_the_calendar_is_tentative_first_then_confirmed_under_the_same_uid_with_a_higher_sequence(app: Flask) -> None:
    first, then = (entry_of(write(kind)) for kind in ("visit_provisional", "visit_confirmed"))

    assert (first["STATUS"], then["STATUS"]) == ("TENTATIVE", "CONFIRMED")
    assert first["UID"] == then["UID"]
    assert int(first["SEQUENCE"]) < int(then["SEQUENCE"])


@pytest.mark.parametrize("kind", ["visit_declined", "other_times"])
def test_what_was_held_goes_out_of_the_calendar_when_the_house_says_no(app: Flask, kind: str) -> None:
    message = write(kind)

    assert message.calendar_method == "CANCEL"
    assert entry_of(message)["STATUS"] == "CANCELLED"


def entry_of(message: OutboxMessage) -> Any:
    assert message.calendar is not None
    return Calendar.from_ical(message.calendar).walk("VEVENT")[0]


def test_a_protected_address_is_in_none_of_the_mails(app: Flask) -> None:
    hidden = house(address_visibility=AddressVisibility.CONFIRMED)
    message = visit_request_mails.visit_confirmed(confirmed_booking(), hidden, TOKEN)

    assert "Beispielstraße" not in message.text + message.html + (message.calendar or "")
    assert "Wo: Leipzig. Die genaue Adresse steht auf der Seite Ihrer Buchung." in message.text


def test_a_name_that_looks_like_a_link_is_not_passed_on_to_a_mailbox(app: Flask) -> None:
    booking = political_booking(guest_name="Gewinn auf www.betrug.example", booker_name="http://betrug.example")
    message = visit_request_mails.visit_requested(booking, house(), TOKEN)

    assert "betrug" not in message.subject + message.text + message.html


def test_long_names_leave_the_subject_readable_and_storable(app: Flask) -> None:
    booking = confirmed_booking(guest_name="Sommer" * 20)
    message = visit_request_mails.visit_confirmed(booking, house(), TOKEN)

    assert message.subject.startswith("Bestätigt für Mo., 16.09., 10:30 Uhr: Besuch Sommer")
    assert len(message.subject) < 100


def test_reminders_of_the_same_visit_are_different_mails(app: Flask) -> None:
    week, day = (politics_mails.visit_reminder(confirmed_booking(), house(), TOKEN, days) for days in (7, 1))

    assert week.message_id != day.message_id
    assert week.version != day.version
    assert day.subject == "Morgen, 10:30 Uhr: Besuch Dr. Kim Sommer"


@pytest.mark.parametrize(
    ("minutes", "mode", "order"),
    [
        (30, Mode.ONSITE, ["10:30 Begrüßung", "10:35 Rundgang", "10:45 Gespräch"]),
        (60, Mode.ONSITE, ["10:30 Begrüßung", "10:40 Rundgang", "11:00 Gespräch"]),
        (30, Mode.ONLINE, ["10:30 Begrüßung", "10:35 Gespräch"]),
        (None, Mode.ONSITE, ["10:30 Begrüßung", "10:35 Rundgang", "10:45 Gespräch"]),
    ],
)
def test_the_running_order_leaves_half_of_the_time_for_the_talk(
    app: Flask, minutes: int | None, mode: Mode, order: list[str]
) -> None:
    visit = house()
    visit = house(ends_at=visit.starts_at + timedelta(minutes=minutes) if minutes else None)

    assert [f"{step.at} {step.words}" for step in running_order(visit, mode)] == order


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        (datetime(2024, 9, 2, 10, tzinfo=UTC), "2024-09-05"),
        (datetime(2024, 9, 6, 22, 30, tzinfo=UTC), "2024-09-11"),
        (datetime(2024, 9, 30, 10, tzinfo=UTC), "2024-10-04"),  # 3 October is a holiday
    ],
)
def test_a_house_answers_within_three_working_days_of_berlin(asked: datetime, day: str) -> None:
    assert answer_day(asked, None).isoformat() == day


@pytest.mark.parametrize(
    ("visit_day", "answer"),
    [(date(2024, 9, 4), date(2024, 9, 3)), (date(2024, 9, 2), date(2024, 9, 2)), (date(2024, 9, 9), date(2024, 9, 5))],
)
def test_a_house_answers_before_the_visit(app: Flask, visit_day: date, answer: date) -> None:
    assert answer_day(datetime(2024, 9, 2, 10, tzinfo=UTC), None, visit_day) == answer


@pytest.mark.parametrize(("asked_on", "answer"), [(5, 6), (6, 6), (7, 7), (8, 8)])
def test_nobody_is_promised_an_answer_at_a_weekend_it_could_be_given_before(asked_on: int, answer: int) -> None:
    monday = date(2024, 9, 9)

    assert answer_day(datetime(2024, 9, asked_on, 10, tzinfo=UTC), None, monday) == date(2024, 9, answer)
