"""„Keine solchen E-Mails mehr“: asked once, kept as a checksum, and the same page for everybody."""

import pytest
from sqlalchemy import select

from openday.extensions import db
from openday.mailing.suppression import suppression_link
from openday.models import OutboxMessage, Suppression
from openday.models.words import Confirmation
from tests.conftest import PUBLIC_URL
from tests.factories import make_event, make_slot
from tests.web.public.own import booked

EMAIL = "opfer@example.org"


def path() -> str:
    return suppression_link(EMAIL).removeprefix(PUBLIC_URL)


def wishes() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Suppression.address_digest)))


def test_the_link_of_a_check_mail_asks_and_its_button_ends_the_mails(client):
    slot = make_slot(make_event(confirmation=Confirmation.ALWAYS), capacity=20)
    booked(slot, email=EMAIL)
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert path() in mail.text

    page = client.get(path())
    before = wishes()
    answers = [client.post(path()) for _ in range(2)]
    done = client.get(answers[0].headers["Location"])
    booked(slot, email=EMAIL.upper())

    assert "Keine E-Mails mehr von uns?" in page.text
    assert EMAIL not in page.text
    assert before == []
    assert [answer.status_code for answer in answers] == [303, 303]
    assert "Wir schreiben Ihnen nicht mehr" in done.text
    assert len(wishes()) == 1
    assert EMAIL not in wishes()[0]
    assert db.session.scalars(select(OutboxMessage)).all() == [mail]


def test_who_confirmed_a_booking_still_hears_of_it(client):
    own = booked(make_slot(make_event(confirmation=Confirmation.ALWAYS)), email=EMAIL)
    client.post(path())

    client.post(f"{own}/bestaetigen")

    kinds = db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    assert kinds == ["please_confirm", "booking_confirmed"]


@pytest.mark.parametrize("token", ["x", "x" * 54, "%00", "x" * 5_000, "äöü", "' OR 1=1"])
def test_a_link_that_never_came_from_here_keeps_nothing(client, token):
    forged = path()[:-1] + ("a" if path()[-1] != "a" else "b")

    for address in (f"/keine-mails/{token}", forged):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert wishes() == []
