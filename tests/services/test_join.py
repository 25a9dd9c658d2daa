"""A Träger signs itself up: an account for anybody's own mailbox, then a Träger that works before anybody says yes."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.clock import UTC
from openday.extensions import db
from openday.models import AuditEntry, OutboxMessage, Traeger, User
from openday.models.words import LegalRegime, Review, Role
from openday.services.escalation import escalate_due
from openday.services.join import (
    MOST_WAITING,
    NameTaken,
    TooManyWaiting,
    TraegerRequest,
    close_unused_accounts,
    join,
    send_joining_code,
)
from openday.services.scope import scope_of
from openday.services.suppression import MAILS_PER_ADDRESS
from openday.services.twins import Likeness, twins_of
from tests.factories import make_coordinator, make_event, make_programme, make_traeger, make_user, make_verband, save

FRIDAY = datetime(2026, 9, 11, 8, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)


def traeger_request(**overrides: object) -> TraegerRequest:
    values = {
        "name": "Lindenhof e. V.",
        "postcode": "04109",
        "locality": "Leipzig",
        "region": "SN",
        "verband_ids": (),
        "programme_ids": (),
        "contact_email": "info@lindenhof.example.org",
        "contact_phone": None,
        "website": None,
        "person": "Olga Winter",
        "responsible_name": "Gerda Leitung",
        "legal_regime": LegalRegime.KDG,
    }
    return TraegerRequest(**{**values, **overrides})  # type: ignore[arg-type]


def joined(user: User | None = None, **overrides: object) -> Traeger:
    traeger_id = join((user or make_user(name="")).id, traeger_request(**overrides))
    return db.session.get_one(Traeger, traeger_id)


def mails(kind: str) -> list[str]:
    """Return who got a mail of a kind."""
    found = select(OutboxMessage.recipient).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)
    return list(db.session.scalars(found))


def test_a_new_address_gets_an_account_and_the_same_mail_as_a_known_one(app: Flask) -> None:
    known = make_user()

    send_joining_code(known.email)
    send_joining_code("Neu@Example.org")

    new = db.session.scalars(select(User).where(User.email == "neu@example.org")).one()
    assert mails("sign_in_code") == [known.email, "neu@example.org"]
    assert (new.verified_at, new.memberships) == (None, [])


def test_nobody_can_fill_a_strangers_mailbox_with_codes(app: Flask) -> None:
    for _ in range(MAILS_PER_ADDRESS.amount + 3):
        send_joining_code("fremd@example.org")

    assert len(mails("sign_in_code")) == MAILS_PER_ADDRESS.amount


def test_a_traeger_is_stored_with_its_owner_and_the_agreement_it_accepted(app: Flask) -> None:
    verband, programme, user = make_verband(), make_programme(), make_user(name="")
    make_coordinator(verband)

    traeger = joined(user, verband_ids=(verband.id,), programme_ids=(programme.id,))

    assert traeger.review is Review.WAITING
    assert (traeger.agreement_version, traeger.agreement_accepted_by) == ("kdg-2026-1", user.id)
    assert traeger.agreement_accepted_at is not None
    assert (traeger.legal_regime, traeger.responsible_name) == (LegalRegime.KDG, "Gerda Leitung")
    assert traeger.verbaende == [verband]
    assert traeger.programmes == [programme]
    assert user.name == "Olga Winter"
    assert scope_of(user.id).roles == {traeger.id: Role.OWNER}
    assert db.session.scalars(select(AuditEntry.action).where(AuditEntry.object_type == "traeger")).all() == ["joined"]


def test_the_people_of_the_verband_are_told_and_nobody_else(app: Flask) -> None:
    verband = make_verband()
    ours, _theirs, _admin = make_coordinator(verband), make_coordinator(make_verband()), make_coordinator()

    traeger = joined(verband_ids=(verband.id,))

    assert mails("review_waiting") == [ours.email]
    assert traeger.escalated_at is None


def test_without_a_verband_or_with_an_empty_one_the_administrators_are_asked_at_once(app: Flask) -> None:
    admin = make_coordinator()

    alone = joined()
    empty = joined(name="Brücke e. V.", verband_ids=(make_verband().id,))

    assert mails("review_waiting") == [admin.email, admin.email]
    assert alone.escalated_at
    assert empty.escalated_at


@pytest.mark.parametrize(
    ("hours", "is_late"),
    [(24, False), (48, False), (95, False), (96, True)],
    ids=["Saturday", "Sunday", "Tuesday, an hour before", "Tuesday at the hour"],
)
def test_what_waits_for_two_working_days_goes_up_once(app: Flask, hours: int, is_late: bool) -> None:
    verband = make_verband()
    make_coordinator(verband)
    admin = make_coordinator()
    with time_machine.travel(FRIDAY, tick=False):
        traeger = joined(verband_ids=(verband.id,))

    with time_machine.travel(FRIDAY + timedelta(hours=hours), tick=False):
        gone_up = escalate_due(clock.now())
        again = escalate_due(clock.now())

    db.session.refresh(traeger)
    assert (gone_up, again) == (int(is_late), 0)
    assert (admin.email in mails("review_waiting")) is is_late
    assert (traeger.escalated_at is not None) is is_late


@pytest.mark.parametrize(("region", "hours"), [("BE", 48), ("SN", 72)])
def test_a_holiday_of_the_land_is_no_working_day(app: Flask, region: str, hours: int) -> None:
    """In Sachsen the Wednesday between is Buß- und Bettag."""
    verband = make_verband()
    make_coordinator(verband)
    waiting = {"review": Review.WAITING, "submitted_at": TUESDAY}
    make_traeger(region=region, verbaende=[verband], **waiting)
    make_event(traeger=make_traeger(region=region, verbaende=[verband], review=Review.APPROVED), **waiting)
    due = TUESDAY + timedelta(hours=hours)

    assert escalate_due(due - timedelta(minutes=1)) == 0
    assert escalate_due(due) == 2


def test_a_name_can_not_be_taken_twice(app: Flask) -> None:
    make_traeger(name="Lindenhof e. V.")

    with pytest.raises(NameTaken):
        joined(name="lindenhof E. V.")

    assert mails("traeger_joined") == []


def test_one_person_can_not_fill_the_queue(app: Flask) -> None:
    user = make_user()
    for number in range(MOST_WAITING):
        joined(user, name=f"Haus {number}")

    with pytest.raises(TooManyWaiting):
        joined(user, name="Noch ein Haus")


def test_the_same_name_in_the_same_place_and_the_same_mail_domain_are_hints(app: Flask) -> None:
    make_traeger(name="Lindenhof gGmbH", postcode="04109")
    make_traeger(name="Haus Eiche", contact_email="post@lindenhof.example.org")
    make_traeger(name="Lindenhof Bonn", postcode="53111")
    make_traeger(name="Fremd", postcode="04109", contact_email="fremd@gmx.de")

    twins = twins_of(joined(make_user(email="olga@gmx.de")))

    assert [(twin.name, twin.likeness) for twin in twins] == [
        ("Lindenhof gGmbH", Likeness.NAME),
        ("Haus Eiche", Likeness.DOMAIN),
    ]


def test_an_account_nobody_uses_is_closed_and_one_with_a_role_or_a_browser_stays(app: Flask) -> None:
    asked = make_user()
    kept = make_user(make_traeger())
    for user in (asked, kept):
        user.created_at = clock.now() - timedelta(days=2)
    fresh = make_user()
    save(asked)

    closed = close_unused_accounts(clock.now())

    assert closed == 1
    assert set(db.session.scalars(select(User.id))) == {kept.id, fresh.id}
