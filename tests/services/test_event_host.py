"""Several Träger on one event: nothing shows before a yes, and a partner gets what was agreed and nothing else."""

import re

import pytest
from flask import Flask

from openday.errors import NotAllowed, NotFound
from openday.exports.attendee_csv import as_csv
from openday.extensions import db
from openday.forms.words import CHANGES
from openday.models import Event, EventHost, OutboxMessage, Traeger
from openday.models.words import Role, SharedColumn
from openday.services.booking import book_slot
from openday.services.event_history import DEEDS, history_of
from openday.services.event_host import (
    AlreadyHost,
    NobodyToAsk,
    PartnerRequest,
    answer_as_partner,
    ask_partner,
    asked_by_link,
    choose_lead,
    recipients_of,
    remove_host,
)
from openday.services.host import hosts_of
from openday.services.scope import Scope, event_in_scope, scope_of
from openday.services.shared_list import export_shared, shared_list
from tests.factories import booking_request, make_event, make_slot, make_traeger, make_user

SHARED = (SharedColumn.NAME, SharedColumn.PERSONS)


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def owner(event: Event) -> Scope:
    return scope_of(make_user(event.traeger).id)


@pytest.fixture
def partner(app: Flask) -> Traeger:
    return make_traeger(name="JMD Süd")


def ask(owner: Scope, event: Event, partner: Traeger, shared: tuple[SharedColumn, ...] = SHARED) -> str:
    """Ask a partner and return the secret of its mailed link."""
    ask_partner(owner, event.id, PartnerRequest(partner.name, "jmd@sued.example.org", shared))
    mail = db.session.query(OutboxMessage).filter_by(kind="host_asked").order_by(OutboxMessage.id.desc()).first()
    assert mail is not None
    found = re.search(r"/mitwirken/(\S+)", mail.text)
    assert found
    return found[1]


def names(event: Event) -> list[str]:
    db.session.rollback()
    return [host.name for host in hosts_of(event.id, with_logos=False)]


def test_a_partner_shows_and_sees_the_event_only_after_its_yes(event: Event, owner: Scope, partner: Traeger) -> None:
    colleague = scope_of(make_user(partner).id)
    token = ask(owner, event, partner)
    assert names(event) == [event.traeger.name]
    with pytest.raises(NotFound):
        event_in_scope(colleague, event.id)

    answer_as_partner(token, says_yes=True)
    answer_as_partner(token, says_yes=True)

    assert names(event) == [event.traeger.name, "JMD Süd"]
    assert event_in_scope(colleague, event.id).id == event.id
    assert db.session.query(OutboxMessage).filter_by(kind="host_answered").count() == 1


def test_a_no_leaves_nothing_and_a_partner_may_leave_later(event: Event, owner: Scope, partner: Traeger) -> None:
    token = ask(owner, event, partner)
    answer_as_partner(token, says_yes=True)

    answer_as_partner(token, says_yes=False)

    assert names(event) == [event.traeger.name]
    with pytest.raises(NotFound):
        asked_by_link(token)


def test_staff_of_the_partner_is_asked_before_a_typed_address(event: Event, owner: Scope, partner: Traeger) -> None:
    colleague = make_user(partner, role=Role.EDITOR)
    ask(owner, event, partner)

    assert [mail.recipient for mail in db.session.query(OutboxMessage)] == [colleague.email]


def test_a_new_traeger_needs_an_address(event: Event, owner: Scope) -> None:
    with pytest.raises(NobodyToAsk):
        ask_partner(owner, event.id, PartnerRequest("Neu e. V.", None, ()))
    assert db.session.query(Traeger).filter_by(name="Neu e. V.").count() == 0

    ask_partner(owner, event.id, PartnerRequest("Neu e. V.", "neu@example.org", ()))

    assert db.session.query(Traeger).filter_by(name="Neu e. V.").count() == 1


def test_nobody_is_asked_twice(event: Event, owner: Scope, partner: Traeger) -> None:
    ask(owner, event, partner)

    with pytest.raises(AlreadyHost):
        ask_partner(owner, event.id, PartnerRequest("jmd süd", "jmd@sued.example.org", ()))


def test_only_who_said_yes_can_lead_and_only_one_does(event: Event, owner: Scope, partner: Traeger) -> None:
    token = ask(owner, event, partner)
    with pytest.raises(NotFound):
        choose_lead(owner, event.id, partner.id)
    answer_as_partner(token, says_yes=True)
    choose_lead(owner, event.id, event.traeger_id)

    choose_lead(owner, event.id, partner.id)

    assert [host.name for host in hosts_of(event.id, with_logos=False) if host.is_lead] == ["JMD Süd"]


def test_the_owning_traeger_cannot_be_removed(event: Event, owner: Scope) -> None:
    with pytest.raises(NotFound):
        remove_host(owner, event.id, event.traeger_id)


def test_guests_are_told_of_partners_that_get_something(event: Event, owner: Scope, partner: Traeger) -> None:
    silent = make_traeger(name="PSZ Nord")
    answer_as_partner(ask(owner, event, silent, ()), says_yes=True)
    token = ask(owner, event, partner)
    assert recipients_of(event.id) == []

    answer_as_partner(token, says_yes=True)

    assert recipients_of(event.id) == ["JMD Süd"]


def test_a_partner_gets_the_agreed_columns_and_nothing_else_of_a_guest(
    event: Event, owner: Scope, partner: Traeger
) -> None:
    answer_as_partner(ask(owner, event, partner), says_yes=True)
    slot = make_slot(event)
    book_slot(booking_request(slot, name="=Ayşe Kaya", email="geheim@example.org", party_size=2, needs="Ruheraum"))
    scope = scope_of(make_user(partner, role=Role.READER).id)

    listing = export_shared(scope, event.id, "csv")
    file = b"".join(as_csv(listing)).decode()

    header, line = file.removeprefix("\ufeff").splitlines()
    assert header == '"Datum";"Beginn";"Ende";"Name";"Personen"'
    assert line.endswith('"\'=Ayşe Kaya";"2"')
    assert "geheim" not in repr(listing)
    assert "Ruheraum" not in repr(listing)


def test_what_became_of_partners_stands_in_the_history(event: Event, owner: Scope, partner: Traeger) -> None:
    answer_as_partner(ask(owner, event, partner), says_yes=True)
    choose_lead(owner, event.id, partner.id)
    remove_host(owner, event.id, partner.id)

    told = [line.fact for line in history_of(owner, event.id)]

    assert sorted(told) == ["lead chosen", "partner asked", "partner confirmed", "partner removed"]
    assert set(DEEDS) <= set(CHANGES)


def test_who_booked_before_the_partner_said_yes_is_not_in_its_list(
    event: Event, owner: Scope, partner: Traeger
) -> None:
    slot = make_slot(event)
    token = ask(owner, event, partner)
    book_slot(booking_request(slot, name="Früh Gebucht"))
    answer_as_partner(token, says_yes=True)
    book_slot(booking_request(slot, name="Spät Gebucht", email="spaet@example.org"))

    listing = shared_list(scope_of(make_user(partner).id), event.id)

    assert [guest.name for guest in listing.attendees] == ["Spät Gebucht"]


def test_without_an_agreement_there_is_no_list(event: Event, owner: Scope, partner: Traeger) -> None:
    answer_as_partner(ask(owner, event, partner, ()), says_yes=True)

    with pytest.raises(NotAllowed):
        shared_list(scope_of(make_user(partner).id), event.id)
    with pytest.raises(NotAllowed):
        shared_list(owner, event.id)
    with pytest.raises(NotFound):
        shared_list(scope_of(make_user(make_traeger()).id), event.id)


def test_a_partner_that_was_only_asked_gets_nothing(event: Event, owner: Scope, partner: Traeger) -> None:
    ask(owner, event, partner)

    with pytest.raises(NotFound):
        shared_list(scope_of(make_user(partner).id), event.id)
    assert db.session.query(EventHost).filter(EventHost.confirmed_at.is_(None), EventHost.asked_at.is_not(None)).count()
