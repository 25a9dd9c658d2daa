"""Who gets what answer from every staff route: the table is the document, ``app.url_map`` says what must be in it.

A route without an entry fails. A foreign thing is 404, and whoever is refused has changed nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from openday.extensions import Base, db
from openday.models import Booking, DoorLink, Event, EventHost, Membership, Place, Slot, User, Verband
from openday.models.words import AddressVisibility, Review, Role
from openday.services.booking import book_slot
from openday.tokens import digest
from openday.web.account.sessions import is_staff_path
from tests.factories import (
    booking_request,
    make_event,
    make_question,
    make_slot,
    make_team_invitation,
    make_traeger,
    make_user,
    make_verband,
    save,
)
from tests.web.staff import Browser, browser, signed_in
from tests.web.tenancy import MATRIX, ROLES

UNAUDITED = frozenset({"staff_sessions", "rate_counters"})
OTHER_VALUES = {
    "language_of_text": "en",
    "change_id": 999_999,
    "way": "hoch",
    "task": "was",
    "file_format": "csv",
    "token": "kein-echter-link",
    "table": "land",
}
NESTED = (
    "event_id", "slot_id", "place_id", "booking_id", "link_id", "code", "question_id", "traeger_id", "user_id",
    "invitation_id",
)  # fmt: skip


@dataclass(frozen=True)
class House:
    """One Träger's event with a place, a free time, a booked time and its booking, as the values of addresses."""

    event: Event
    values: Mapping[str, Any]


def make_house(verband: Verband) -> House:
    event = make_event(traeger=make_traeger(verbaende=[verband], region="SN"), review=Review.APPROVED)
    booked, free = make_slot(event), make_slot(event)
    book_slot(booking_request(booked))
    db.session.rollback()
    booking = db.session.scalars(select(Booking).where(Booking.event_id == event.id)).one()
    place = db.session.scalars(select(Place).where(Place.event_id == event.id)).one()
    link = save(DoorLink(event_id=event.id, day=booked.berlin_day, token_digest=digest(f"door {event.id}")))
    values = {"event_id": event.id, "slot_id": free.id, "place_id": place.id, "booking_id": booking.id}
    values["question_id"] = make_question(event).id
    door = {
        "link_id": link.id,
        "question_id": make_question(event).id,
        "day": booked.berlin_day.isoformat(),
        "code": booking.reference,
    }
    invitation = make_team_invitation(event.traeger)
    colleague = make_user(event.traeger, role=Role.EDITOR)
    team = {"traeger_id": event.traeger_id, "user_id": colleague.id, "invitation_id": invitation.id}
    return House(event, values | door | team)


@pytest.fixture
def verband(app: Flask) -> Verband:
    return make_verband()


@pytest.fixture
def house(verband: Verband) -> House:
    return make_house(verband)


def person(role: str, house: House, verband: Verband) -> User | None:
    """Return somebody who stands in this relation to the event of the house."""
    if role == "anonymous":
        return None
    if role in {"owner", "editor", "reader", "door"}:
        return make_user(house.event.traeger, role=Role(role))
    if role == "stranger":
        return make_user(make_traeger())
    if role == "cohost":
        traeger = make_traeger()
        save(EventHost(event_id=house.event.id, traeger_id=traeger.id, position=1))
        return make_user(traeger)
    user = make_user()
    if role == "newcomer":
        return user
    memberships = {
        "coordinator": Membership(user_id=user.id, verband_id=verband.id, role=Role.COORDINATOR),
        "other_coordinator": Membership(user_id=user.id, verband_id=make_verband().id, role=Role.COORDINATOR),
        "liga": Membership(user_id=user.id, land="SN", role=Role.COORDINATOR),
        "admin": Membership(user_id=user.id, role=Role.ADMIN),
    }
    save(memberships[role])
    return user


def staff_rules(app: Flask) -> list[tuple[Rule, str]]:
    """Return every staff rule in German with each of its methods."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if is_staff_path(rule.rule) and not rule.rule.startswith("/en/")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def rule_of(app: Flask, endpoint: str) -> Rule:
    return next(rule for rule, _method in staff_rules(app) if rule.endpoint == endpoint)


def address(rule: Rule, values: Mapping[str, Any]) -> str:
    built = rule.build({**OTHER_VALUES, **values, "language": "de"}, append_unknown=False)
    assert built is not None
    return str(built[1])


def ask(client: Browser, method: str, path: str) -> int:
    data = {"csrf_token": client.form_token or "", "event_id": "1", "traeger_id": "1"} if method == "POST" else None
    return client.open(path, method=method, data=data).status_code


def contents() -> dict[str, list[Any]]:
    """Return every row of the database but those of sessions and counters."""
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(table.select()).all()))
        for table in Base.metadata.sorted_tables
        if table.name not in UNAUDITED
    }


def test_every_staff_route_has_its_row_and_every_row_its_route(app: Flask) -> None:
    routes = {(rule.endpoint, method) for rule, method in staff_rules(app)}

    assert routes == set(MATRIX)
    assert all(set(answers) == set(ROLES) for answers in MATRIX.values())


def test_every_english_staff_route_is_the_twin_of_a_german_one(app: Flask) -> None:
    german = {(rule.endpoint, rule.rule) for rule, _method in staff_rules(app)}
    english = {
        (rule.endpoint, rule.rule.removeprefix("/en"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/en/konto")
    }

    assert english == german


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("endpoint", "method"), sorted(MATRIX))
def test_answer(app: Flask, house: House, verband: Verband, endpoint: str, method: str, role: str) -> None:
    user = person(role, house, verband)
    client = browser(app) if user is None else signed_in(app, user)
    before = contents()

    status = ask(client, method, address(rule_of(app, endpoint), house.values))

    assert status == MATRIX[endpoint, method][role]
    if status >= 400 or method == "GET" or role == "anonymous":
        assert contents() == before


@pytest.mark.parametrize(
    ("endpoint", "method"), sorted(cell for cell, answers in MATRIX.items() if answers["stranger"] == 404)
)
def test_ids_of_another_traeger_are_not_found_wherever_they_stand(
    app: Flask, house: House, endpoint: str, method: str
) -> None:
    other = make_house(make_verband())
    client = signed_in(app, make_user(house.event.traeger))
    rule = rule_of(app, endpoint)
    mixed = [{**house.values, name: other.values[name]} for name in NESTED if name in rule.arguments]
    before = contents()

    statuses = [ask(client, method, address(rule, values)) for values in mixed]

    assert statuses == [404] * len(mixed)
    assert contents() == before


@pytest.mark.parametrize("number", ["0", "2147483648", "99999999999999999999", "-1", "1.5", "%00", "1e3"])
def test_an_id_that_no_database_can_hold_is_not_found(app: Flask, house: House, number: str) -> None:
    client = signed_in(app, make_user(house.event.traeger))

    assert client.get(f"/konto/termine/{number}").status_code == 404


def test_the_lists_show_nothing_of_another_traeger(app: Flask, house: House) -> None:
    other = make_house(make_verband())
    client = signed_in(app, make_user(house.event.traeger))

    for path in ("/konto/", "/konto/termine"):
        page = client.get(path).text
        assert house.event.title in page
        assert other.event.title not in page


@pytest.mark.parametrize("role", ["cohost", "coordinator", "liga", "admin"])
def test_who_only_sees_sums_reads_no_guest_on_any_page(app: Flask, house: House, verband: Verband, role: str) -> None:
    user = person(role, house, verband)
    assert user is not None
    client = signed_in(app, user)

    pages = [client.get(address(rule, house.values)).text for rule, method in staff_rules(app) if method == "GET"]

    assert any("1 Buchung" in page or "Buchungen" in page for page in pages)
    for secret in ("Ayşe", "Kaya", "a.kaya@example.org"):
        assert not any(secret in page for page in pages)


@pytest.mark.parametrize(
    ("role", "is_shown"), [("reader", True), ("cohost", False), ("coordinator", False), ("admin", False)]
)
def test_a_protected_address_is_for_the_people_of_the_traeger(
    app: Flask, house: House, verband: Verband, role: str, is_shown: bool
) -> None:
    house.event.address_visibility = AddressVisibility.CONFIRMED
    db.session.commit()
    user = person(role, house, verband)
    assert user is not None
    client = signed_in(app, user)

    pages = [client.get(address(rule, house.values)).text for rule, method in staff_rules(app) if method == "GET"]

    assert any("Beispielstraße 12" in page for page in pages) is is_shown
    assert any("Leipzig" in page for page in pages)


def test_a_role_taken_away_is_gone_with_the_next_request(app: Flask, house: House) -> None:
    user = make_user(house.event.traeger)
    client = signed_in(app, user)
    path = f"/konto/termine/{house.event.id}/gaeste"
    assert client.get(path).status_code == 200

    db.session.delete(user.memberships[0])
    db.session.commit()

    assert client.get(path).status_code == 404


def test_a_draft_can_not_be_made_for_another_traeger(app: Flask, house: House) -> None:
    client = signed_in(app, make_user(make_traeger()))
    before = contents()

    response = client.send(
        "/konto/termine/neu", {"title": "Fremd", "kind": "tour", "traeger_id": str(house.event.traeger_id)}
    )

    assert response.status_code == 422
    assert contents() == before


@pytest.mark.parametrize(("endpoint", "method"), sorted(cell for cell in MATRIX if cell[1] == "POST"))
def test_a_form_without_the_token_of_this_session_is_refused(
    app: Flask, house: House, endpoint: str, method: str
) -> None:
    user = make_user(house.event.traeger)
    client, neighbour = signed_in(app, user), signed_in(app, user)
    path = address(rule_of(app, endpoint), house.values)
    before = contents()

    missing = client.post(path).status_code
    wrong = client.post(path, data={"csrf_token": "falsch"}).status_code
    borrowed = client.post(path, data={"csrf_token": neighbour.form_token}).status_code
    foreign = client.post(
        path, data={"csrf_token": client.form_token}, headers={"Sec-Fetch-Site": "cross-site"}
    ).status_code

    assert [missing, wrong, borrowed, foreign] == [400] * 4
    assert contents() == before
    assert db.session.scalars(select(Slot)).all()
