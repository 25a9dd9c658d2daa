"""An event gives up a way to take part only when nobody counts on it any more."""

import pytest
from flask import Flask

from openday.extensions import db
from openday.models import Event
from openday.models.words import Attendance, Mode, Role
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_booking
from openday.services.event import save_task
from openday.services.event_request import WhereRequest
from openday.services.lost_way import WayTaken
from openday.services.place import PlaceRequest
from openday.services.receipt import secret_of
from openday.services.scope import Scope
from tests.factories import booking_request, make_event, make_slot, make_user

PLACE = PlaceRequest(
    name="Beratungsstelle Mitte", street="Beispielstraße 12", postcode="04109", locality="Leipzig", region="SN"
)


def save(event: Event, attendance: Attendance | None) -> Attendance | None:
    scope = Scope(user_id=make_user(event.traeger).id, roles={event.traeger_id: Role.OWNER})
    save_task(scope, event.id, WhereRequest(attendance, None, None, PLACE))
    db.session.rollback()
    return db.session.get_one(Event, event.id).attendance


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event(attendance=Attendance.HYBRID)


@pytest.mark.parametrize("left", [Attendance.ONLINE, None])
def test_while_somebody_comes_on_site_the_way_stays_and_the_words_say_what_to_do(
    event: Event, left: Attendance | None
) -> None:
    request = booking_request(make_slot(event), mode=Mode.ONSITE)
    book_slot(request)

    with pytest.raises(WayTaken) as refusal:
        save(event, left)

    assert "1 Gast ist noch für „Vor Ort“ angemeldet." in str(refusal.value)
    db.session.rollback()
    assert db.session.get_one(Event, event.id).attendance is Attendance.HYBRID
    cancel_booking(secret_of(request.nonce))
    assert save(event, left) is left


def test_the_way_everybody_takes_may_become_the_only_one(event: Event) -> None:
    book_slot(booking_request(make_slot(event), mode=Mode.ONSITE))

    assert save(event, Attendance.ONSITE) is Attendance.ONSITE
