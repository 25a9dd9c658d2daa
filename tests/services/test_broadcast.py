"""A message to all Träger of a Verband, a Land or the platform: everybody once, nobody of somebody else's."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from openday import clock
from openday.errors import NotFound
from openday.extensions import db
from openday.mailing.suppression import address_digest
from openday.models import AuditEntry, Broadcast, Membership, OutboxMessage, Suppression, Traeger, Verband
from openday.models.words import Role
from openday.services.broadcast import (
    MOST_A_DAY,
    Message,
    NoTraegerToTell,
    TooManyBroadcasts,
    circles_of,
    plan_broadcast,
    send_broadcast,
    sent_broadcasts,
)
from openday.services.scope import Scope, scope_of
from tests.chaos.together import at_once
from tests.factories import make_coordinator, make_traeger, make_user, make_verband, save
from tests.statements import statements


def message(circle: str, **overrides) -> Message:
    values = {"subject": "Termine melden", "text": "Bitte bis Freitag.\n\nDanke", "nonce": "n1"}
    return Message(circle, **{**values, **overrides})


def mails() -> list[OutboxMessage]:
    db.session.rollback()
    wanted = select(OutboxMessage).where(OutboxMessage.kind == "broadcast").order_by(OutboxMessage.id)
    return list(db.session.scalars(wanted))


class Field:
    """A Verband with three Träger, one of them without people, and a foreign one in another Land."""

    def __init__(self) -> None:
        self.verband = make_verband(name="AWO")
        self.first = self.traeger(contact_email="erste@example.org")
        self.second = self.traeger()
        self.bare = self.traeger(contact_email="ohne-konto@example.org")
        self.foreign = make_traeger(verbaende=[make_verband(name="DRK")], region="BY", contact_email="drk@example.org")
        self.owner = make_user(self.first, email="olga@example.org", name="Olga Winter")
        make_user(self.second, role=Role.EDITOR, email="emre@example.org")
        for role in (Role.READER, Role.DOOR):
            make_user(self.first, role=role)
        make_user(self.second, email="fort@example.org", active=False)
        self.karin = make_coordinator(self.verband, email="karin@example.org")
        db.session.commit()

    def traeger(self, **overrides) -> Traeger:
        return make_traeger(verbaende=[self.verband], region="SN", **overrides)

    @property
    def scope(self) -> Scope:
        return scope_of(self.karin.id)

    @property
    def circle(self) -> str:
        return f"verband-{self.verband.id}"


@pytest.fixture
def field(app: Flask) -> Field:
    return Field()


def test_owners_and_editors_get_it_and_of_a_traeger_without_people_the_public_address(field: Field) -> None:
    text = "<b>Fett</b> {{ 7*7 }} %(name)s\r\nZeile"

    assert send_broadcast(field.scope, message(field.circle, text=text)) == 3

    found = {mail.recipient: mail for mail in mails()}
    assert set(found) == {"olga@example.org", "emre@example.org", "ohne-konto@example.org"}
    assert {mail.reply_to for mail in found.values()} == {"karin@example.org"}
    olga = found["olga@example.org"]
    assert "Karin Althaus (AWO) schreibt Ihnen:" in olga.text
    assert "<b>Fett</b> {{ 7*7 }} %(name)s\nZeile" in olga.text
    assert "&lt;b&gt;Fett&lt;/b&gt; {{ 7*7 }} %(name)s<br>Zeile" in olga.html
    [stored] = sent_broadcasts(field.scope)
    assert (stored.verband_id, stored.land, stored.recipients) == (field.verband.id, None, 3)
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "broadcast")) == 1


def test_somebody_at_several_traeger_gets_one_mail(field: Field) -> None:
    save(Membership(user_id=field.owner.id, traeger_id=field.second.id, role=Role.OWNER))
    field.bare.contact_email = "OLGA@example.org"
    db.session.commit()

    assert send_broadcast(field.scope, message(field.circle)) == 2

    assert [mail.recipient for mail in mails()].count("olga@example.org") == 1


def test_an_address_that_wants_silence_is_left_alone(field: Field) -> None:
    save(Suppression(address_digest=address_digest("Ohne-Konto@example.org")))

    plan = plan_broadcast(field.scope, message(field.circle))

    assert plan.unreachable == (field.bare.name,)
    assert send_broadcast(field.scope, message(field.circle)) == 2


def test_the_same_form_twice_is_one_message(field: Field) -> None:
    assert [send_broadcast(field.scope, message(field.circle)) for _click in range(2)] == [3, 3]

    assert len(mails()) == 3
    assert send_broadcast(field.scope, message(field.circle, nonce="n2")) == 3
    assert len({mail.message_id for mail in mails()}) == 6


@pytest.mark.chaos
def test_four_clicks_at_the_same_moment_are_one_message(app: Flask, field: Field) -> None:
    scope, circle = field.scope, field.circle

    assert at_once(app, [lambda: send_broadcast(scope, message(circle))] * 4) == [3] * 4

    assert len(mails()) == 3


@pytest.mark.parametrize("wish", ["alle", "land-SN", "land-BY", "verband-0", "verband-999999", "", "x"])
def test_a_foreign_circle_does_not_exist(field: Field, wish: str) -> None:
    for attempt in (send_broadcast, plan_broadcast):
        with pytest.raises(NotFound):
            attempt(field.scope, message(wish))

    assert mails() == []


def test_a_land_and_the_platform_have_their_own_circles(field: Field) -> None:
    liga, admin = scope_of(make_coordinator(land="BY").id), scope_of(make_coordinator().id)

    assert [circle.key for circle in circles_of(liga)] == ["land-BY"]
    assert send_broadcast(liga, message("land-BY")) == 1
    assert [mail.recipient for mail in mails()] == ["drk@example.org"]
    assert "Karin Althaus (Bayern) schreibt Ihnen" in mails()[0].text
    assert send_broadcast(admin, message("alle")) == 4
    assert send_broadcast(admin, message("land-SN", nonce="n2")) == 3
    assert len(sent_broadcasts(admin)) == 3
    assert len(sent_broadcasts(liga)) == 1
    assert sent_broadcasts(field.scope) == []


def test_a_role_at_a_traeger_widens_no_circle(field: Field) -> None:
    save(Membership(user_id=field.karin.id, traeger_id=field.foreign.id, role=Role.OWNER))

    send_broadcast(field.scope, message(field.circle))

    assert "karin@example.org" not in {mail.recipient for mail in mails()}


def test_a_preview_counts_and_sends_nothing(field: Field) -> None:
    field.traeger(name="Haus ohne Adresse")

    plan = plan_broadcast(field.scope, message(field.circle))

    assert (len(plan.readers), plan.traeger, plan.unreachable) == (3, 3, ("Haus ohne Adresse",))
    assert "Bitte bis Freitag." in plan.sample.text
    assert mails() == []
    assert db.session.scalar(select(func.count()).select_from(Broadcast)) == 0


def test_nobody_to_tell_is_said(app: Flask) -> None:
    verband: Verband = make_verband()
    make_traeger(verbaende=[verband])
    scope = scope_of(make_coordinator(verband).id)

    for attempt in (send_broadcast, plan_broadcast):
        with pytest.raises(NoTraegerToTell):
            attempt(scope, message(f"verband-{verband.id}"))


def test_traeger_are_not_flooded(field: Field) -> None:
    for number in range(MOST_A_DAY):
        send_broadcast(field.scope, message(field.circle, nonce=f"n{number}"))

    with pytest.raises(TooManyBroadcasts):
        send_broadcast(field.scope, message(field.circle, nonce="one more"))
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=False):
        assert send_broadcast(field.scope, message(field.circle, nonce="one more")) == 3


def test_forty_traeger_cost_as_many_statements_as_three(field: Field) -> None:
    scope, circle = field.scope, field.circle
    db.session.expire_all()
    with statements() as few:
        send_broadcast(scope, message(circle))
    for _ in range(37):
        make_user(field.traeger())
    db.session.expire_all()
    with statements() as many:
        assert send_broadcast(scope, message(circle, nonce="n2")) == 40

    assert len(many) == len(few) <= 12
