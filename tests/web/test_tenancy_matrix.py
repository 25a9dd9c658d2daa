"""Who gets what answer from every staff route: the table is the document, ``app.url_map`` says what must be in it.

A route without an entry fails. A foreign thing is 404, and whoever is refused has changed nothing.
"""

import pytest
from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import Slot, Verband
from openday.models.words import AddressVisibility
from tests.factories import make_traeger, make_user, make_verband
from tests.web.staff import signed_in
from tests.web.tenancy import MATRIX, ROLES
from tests.web.tenancy_walk import (
    NESTED,
    House,
    address,
    ask,
    client_of,
    contents,
    make_house,
    person,
    rule_of,
    staff_rules,
    walk,
)


@pytest.fixture
def verband(app: Flask) -> Verband:
    return make_verband()


@pytest.fixture
def house(verband: Verband) -> House:
    return make_house(verband)


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


def is_change(endpoint: str, method: str, role: str) -> bool:
    """Tell whether the table lets this role do something that may leave other rows behind."""
    return method == "POST" and role != "anonymous" and MATRIX[endpoint, method][role] < 400


@pytest.mark.parametrize("role", ROLES)
def test_whoever_only_looks_or_is_refused_gets_the_answer_of_the_table_and_changes_nothing(
    app: Flask, house: House, verband: Verband, role: str
) -> None:
    client = client_of(app, person(role, house, verband))
    statuses = {}

    with walk() as walked:
        for endpoint, method in sorted(MATRIX):
            if not is_change(endpoint, method, role):
                statuses[endpoint, method] = ask(client, method, address(rule_of(app, endpoint), house.values))
                walked.note(endpoint, method)

    wrong = {cell: status for cell, status in statuses.items() if status != MATRIX[cell][role]}
    assert not wrong, str(wrong)
    assert not walked.has_changed, str(walked.writers)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"anonymous"}))
def test_whoever_may_change_something_gets_the_answer_of_the_table(app: Flask, role: str) -> None:
    statuses = {}

    with walk() as walked:
        for endpoint, method in sorted(MATRIX):
            if is_change(endpoint, method, role):
                if walked.last_wrote:
                    verband = make_verband()
                    house = make_house(verband)
                    client = client_of(app, person(role, house, verband))
                    walked.seen.clear()
                statuses[endpoint, method] = ask(client, method, address(rule_of(app, endpoint), house.values))
                walked.note(endpoint, method)

    wrong = {cell: status for cell, status in statuses.items() if status != MATRIX[cell][role]}
    assert not wrong, str(wrong)


def test_ids_of_another_traeger_are_not_found_wherever_they_stand(app: Flask, house: House) -> None:
    other = make_house(make_verband())
    client = signed_in(app, make_user(house.event.traeger))
    statuses = {}

    with walk() as walked:
        for endpoint, method in sorted(cell for cell, answers in MATRIX.items() if answers["stranger"] == 404):
            rule = rule_of(app, endpoint)
            for name in sorted(NESTED & rule.arguments):
                mixed = {**house.values, name: other.values[name]}
                statuses[endpoint, method, name] = ask(client, method, address(rule, mixed))
                walked.note(endpoint, method)

    wrong = {cell: status for cell, status in statuses.items() if status != 404}
    assert statuses
    assert not wrong, str(wrong)
    assert not walked.has_changed, str(walked.writers)


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

    assert any("unter 5" in page for page in pages)
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


def test_a_form_without_the_token_of_this_session_is_refused(app: Flask, house: House) -> None:
    user = make_user(house.event.traeger)
    client, neighbour = signed_in(app, user), signed_in(app, user)
    own, borrowed = {"csrf_token": client.form_token}, {"csrf_token": neighbour.form_token}
    foreign = {"Sec-Fetch-Site": "cross-site"}
    statuses = {}

    with walk() as walked:
        for endpoint, method in sorted(cell for cell in MATRIX if cell[1] == "POST"):
            path = address(rule_of(app, endpoint), house.values)
            statuses[endpoint] = [
                client.post(path).status_code,
                client.post(path, data={"csrf_token": "falsch"}).status_code,
                client.post(path, data=borrowed).status_code,
                client.post(path, data=own, headers=foreign).status_code,
            ]
            walked.note(endpoint, method)

    wrong = {endpoint: answers for endpoint, answers in statuses.items() if answers != [400] * 4}
    assert statuses
    assert not wrong, str(wrong)
    assert not walked.has_changed, str(walked.writers)
    assert db.session.scalars(select(Slot)).all()
