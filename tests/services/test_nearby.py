"""Beside an event stand the next ones of its Land, and never one that has left the lists."""

from datetime import timedelta

from openday import clock
from openday.models.words import Admission, Role
from openday.services import nearby
from openday.services.event_cancellation import cancel_event
from openday.services.event_page import event_page
from openday.services.scope import Scope
from openday.services.standing import Standing
from tests.factories import make_event

BAVARIA = {"region": "BY", "locality": "München"}


def beside(event):
    return [card.title for card in event_page(event.slug).nearby]


def test_the_next_three_of_the_same_land_stand_beside_an_event_but_not_itself(app):
    event = make_event()
    for days in (9, 2, 3, 4):
        make_event(title=f"In {days} Tagen", starts_on=clock.today() + timedelta(days=days))
    make_event(title="In Bayern", place=BAVARIA)
    make_event(title="Gestern", starts_on=clock.today() - timedelta(days=1))

    assert beside(event) == ["In 2 Tagen", "In 3 Tagen", "In 4 Tagen"]


def test_where_no_land_is_known_the_next_of_all_stand_there(app):
    event = make_event(place={"region": None, "postcode": None, "locality": None})
    make_event(title="In Bayern", place=BAVARIA)

    assert beside(event) == ["In Bayern"]


def test_what_time_alone_changes_shows_half_a_minute_later(app, monkeypatch):
    opening = clock.now() + timedelta(seconds=20)
    event = make_event()
    make_event(title="Nebenan", admission=Admission.REQUIRED, booking_opens_at=opening)

    def standing(at):
        monkeypatch.setattr(clock, "now", lambda: at)
        return [card.standing for card in event_page(event.slug).nearby]

    assert standing(opening - timedelta(seconds=15)) == [Standing.NOT_YET]
    assert standing(opening + timedelta(seconds=15)) != [Standing.NOT_YET]


def test_they_are_looked_for_once_until_the_list_changes(app, monkeypatch):
    event, other = make_event(), make_event(title="Nebenan")
    looked, look = [], nearby.cards_of
    monkeypatch.setattr(nearby, "cards_of", lambda *args, **values: looked.append(1) or look(*args, **values))

    assert [beside(event), beside(event)] == [["Nebenan"], ["Nebenan"]]
    assert len(looked) == 1
    cancel_event(Scope(1, {other.traeger_id: Role.OWNER}), other.id, "Sturm")
    assert beside(event) == []
