"""A lost link: one answer for every address, at one price; the truth goes to the mailbox (threat model, T12)."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.mailing.suppression import suppression_link
from openday.models import OutboxMessage
from openday.services.lost_link import answer_lost_links
from openday.services.rate_limit import LOST_LINKS
from openday.services.suppression import suppress
from tests.factories import make_slot
from tests.statements import statements
from tests.web.public.own import booked

KNOWN, UNKNOWN = "a.kaya@example.org", "niemand@example.org"


def ask(client, email):
    return client.post("/link-vergessen", data={"email": email})


def answers() -> list[OutboxMessage]:
    """Return the mails the worker wrote, and how they look as they go out."""
    db.session.rollback()
    answer_lost_links(clock.now())
    found = select(OutboxMessage).where(OutboxMessage.kind == "lost_link").order_by(OutboxMessage.id)
    return list(db.session.scalars(found))


def test_the_links_to_all_coming_bookings_go_to_the_mailbox(client):
    first, second = booked(make_slot(), email=KNOWN), booked(make_slot(), email=KNOWN)
    stranger = booked(make_slot(), email="fremd@example.org")
    cancelled = booked(make_slot(), email=KNOWN)
    client.post(f"{cancelled}/absagen")

    page = client.get(ask(client, KNOWN).headers["Location"])

    assert "Prüfen Sie Ihr Postfach" in page.text
    [mail] = answers()
    assert (mail.recipient, mail.is_unasked) == (KNOWN, True)
    assert first in mail.text
    assert second in mail.text
    assert stranger not in mail.text
    assert cancelled not in mail.text
    assert client.get(first).status_code == 200


def test_every_address_gets_the_same_answer_and_only_a_known_one_a_mail(client):
    booked(make_slot(), email=KNOWN)

    known, unknown = ask(client, KNOWN), ask(client, UNKNOWN)

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert known.data == unknown.data
    assert [mail.recipient for mail in answers()] == [KNOWN]


def test_capitals_make_no_other_address(client):
    own = booked(make_slot(), email=KNOWN)

    ask(client, "A.Kaya@Example.ORG")

    [mail] = answers()
    assert own in mail.text


def test_a_known_address_asks_the_database_the_same_statements_so_that_no_clock_tells_them_apart(client):
    for _ in range(5):
        booked(make_slot(), email=KNOWN)
    asked: dict[str, set[tuple[str, ...]]] = {KNOWN: set(), UNKNOWN: set()}

    for number in range(6):
        for email in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            with statements() as seen:
                client.post("/link-vergessen", data={"email": email}, environ_base={"REMOTE_ADDR": f"10.0.{number}.1"})
            asked[email].add(tuple(seen))

    assert asked[KNOWN] == asked[UNKNOWN]


def test_a_mailbox_is_not_flooded_and_silence_is_kept(client):
    booked(make_slot(), email=KNOWN)
    booked(make_slot(), email="still@example.org")
    suppress(suppression_link("still@example.org").rpartition("/")[2])

    for number in range(10):
        client.post("/link-vergessen", data={"email": KNOWN}, environ_base={"REMOTE_ADDR": f"10.1.{number}.1"})
    ask(client, "still@example.org")

    assert {mail.recipient for mail in answers()} == {KNOWN}
    assert len(answers()) <= 5


def test_a_question_without_an_answer_is_forgotten(client, time_machine):
    ask(client, UNKNOWN)

    assert answers() == []
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_a_past_booking_is_not_answered(client, time_machine):
    slot = make_slot()
    booked(slot, email=KNOWN)
    time_machine.move_to(slot.starts_at + timedelta(days=1))

    ask(client, KNOWN)

    assert answers() == []


@pytest.mark.parametrize(
    "email",
    [
        "",
        "  ",
        "a@b",
        "a@example.org, b@example.org",
        "a@example.org\r\nBcc: x@example.org",
        "x" * 10_000,
        "a\x00@b.de",
    ],
)
def test_only_one_complete_address_is_taken(client, email):
    answer = ask(client, email)

    assert answer.status_code == 422
    assert "Es gibt ein Problem" in answer.text
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_strange_bodies_never_break_the_form(client):
    twice = client.post("/link-vergessen", data={"email": [UNKNOWN, KNOWN]})
    brackets = client.post("/link-vergessen", data={"email[0]": KNOWN})
    json = [client.post("/link-vergessen", json={"email": value}) for value in ([KNOWN], 5, {"a": 1}, None, [[]], True)]
    garbage = client.post("/link-vergessen", data=b"\xff%00&&=", content_type="application/x-www-form-urlencoded")

    assert twice.status_code == 303
    assert {answer.status_code for answer in (brackets, garbage, *json)} <= {400, 422}


def test_too_many_questions_from_one_network_are_refused(client):
    for _ in range(LOST_LINKS.amount):
        ask(client, UNKNOWN)

    answer = ask(client, KNOWN)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_the_page_of_an_unknown_link_leads_here(client):
    page = client.get("/buchung/unbekannt")

    assert page.status_code == 404
    assert re.search(r'href="/link-vergessen"[^>]*>Link neu senden', page.text)
    assert "Link zur Buchung neu senden" in client.get("/link-vergessen").text
    assert "Get a new booking link" in client.get("/en/link-vergessen").text
