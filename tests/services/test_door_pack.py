"""What the pack for the entrance holds, and what it does not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from openday.errors import NotFound
from openday.extensions import db
from openday.models import AuditEntry, Place
from openday.models.words import Awaits, BookingState, GuestKind
from openday.services.cancellation import cancel_for_visitor
from openday.services.door_link import Door
from openday.services.door_pack import take_door_pack
from tests.door import DAY, at, book, make_door_event, slots
from tests.factories import make_slot


@pytest.fixture
def event(app):
    return make_door_event()


def test_it_holds_the_guests_of_the_day_as_the_list_shows_them(event):
    kaya = book(slots(event)[1], party_size=3, needs="Stuhl", phone="0341 123456")
    book(slots(event)[0], name="Büro Sommer", guest_name="Dr. Sommer", guest_kind=GuestKind.POLITICS)
    book(make_slot(event, starts_at=at(10) + timedelta(days=1)), name="Wer morgen kommt")

    pack = take_door_pack(Door(event.id, DAY, actor_id=7))

    assert [(one.name, one.party_size, one.kind, one.needs) for one in pack.guests] == [
        ("Dr. Sommer", 1, "Politik", ""),
        ("Ayşe Kaya", 3, "", "Stuhl"),
    ]
    assert pack.guests[1].time_id == kaya.slot_id
    assert [time.starts_at for time in pack.times] == [at(10), at(10, 30)]
    for hidden in ("@", "0341", "Büro"):
        assert hidden not in repr(pack)


def test_it_goes_with_the_needs_it_shows(event):
    assert take_door_pack(Door(event.id, DAY)).shred_on == DAY + timedelta(days=7)


def test_who_cancelled_is_not_in_it_and_who_is_not_confirmed_is_named_as_such(event):
    gone, held = book(slots(event)[0]), book(slots(event)[0], name="Ömer Şahin")
    cancel_for_visitor(gone.id, 1)
    held = db.session.merge(held)
    held.state, held.awaits, held.held_until = BookingState.HELD, Awaits.HOST, at(12)
    db.session.commit()

    assert [(one.name, one.is_expected) for one in take_door_pack(Door(event.id, DAY)).guests] == [
        ("Ömer Şahin", False)
    ]


def test_of_several_places_it_shows_the_one_of_the_day(event):
    first = event.places[0]
    first.visits_on = DAY - timedelta(days=1)
    event.places.append(Place(position=1, name="Haus zwei", locality="Halle", visits_on=DAY, directions="Hinten"))
    db.session.commit()

    pack = take_door_pack(Door(event.id, DAY))

    assert (pack.place, pack.directions) == ("Haus zwei, Halle", "Hinten")


def test_it_is_written_down_who_took_it(event):
    take_door_pack(Door(event.id, DAY, actor_id=7))

    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id, entry.object_id) == ("door_pack_taken", 7, event.id)


def test_an_event_that_is_gone_has_none(app):
    with pytest.raises(NotFound):
        take_door_pack(Door(999_999, DAY))
