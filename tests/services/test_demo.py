"""The demo shows a whole campaign, and leaves a database in which all is well."""

import re

import pytest
from sqlalchemy import func, select

from openday.extensions import Base, db
from openday.geo import REGIONS, locate_postcode
from openday.models import Booking, Broadcast, Event, Logo, Membership, Place, Traeger, Verband
from openday.models.words import EventKind, EventState, Role, VerbandKind
from openday.services.demo import load_demo
from openday.services.demo_data import ALL_TRAEGER, CURRENT
from openday.services.demo_data.texts import EASY, TEXTS
from openday.services.invariants import breaches


def number_of(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_demo_shows_a_whole_campaign_and_nothing_in_it_is_wrong(app):
    steps: list[tuple[int, int]] = []

    load_demo(lambda done, total: steps.append((done, total)))

    assert (number_of(Event), number_of(Traeger)) == (150, 40)
    assert number_of(Booking) >= 3000
    assert number_of(Logo) == 30, "every fourth has put none up"
    assert len(db.session.scalars(select(Verband).where(Verband.kind == VerbandKind.VERBAND)).all()) == 6
    assert all(traeger.programmes and traeger.responsible_name for traeger in db.session.scalars(select(Traeger)))
    assert set(db.session.scalars(select(Event.kind))) == set(EventKind)
    assert set(db.session.scalars(select(Event.state))) > {EventState.PLANNED, EventState.CANCELLED}
    assert set(db.session.scalars(select(Place.region))) == set(REGIONS)
    assert set(db.session.scalars(select(Membership.role))) == set(Role)
    assert db.session.scalars(select(Broadcast.recipients)).one() > 5
    assert breaches() == []
    assert steps == [(number + 1, steps[-1][0]) for number in range(len(steps))]


def test_a_small_demo_has_only_what_was_written_by_hand(app):
    load_demo(is_small=True)

    assert number_of(Event) < 60
    assert 100 < number_of(Booking) < 500
    assert breaches() == []


def test_every_traeger_is_in_a_real_town():
    for traeger in ALL_TRAEGER:
        assert locate_postcode(traeger.postcode or ""), traeger.key
        assert traeger.region in REGIONS


def test_texts_in_other_languages_belong_to_events_of_the_demo():
    slugs = {spec.slug for spec in CURRENT}

    assert all(set(texts) <= slugs for texts in TEXTS.values())


@pytest.mark.parametrize("text", EASY.values(), ids=EASY)
def test_easy_texts_keep_to_the_rules_of_leichte_sprache(text):
    title, summary, description = text
    lines = [line for part in (title, summary, description) for line in part.splitlines() if line]

    assert [line for line in lines if len(line.split()) > 9] == []
    assert [line for line in lines if re.search(r"[.!?] ", line)] == []  # one idea a line
    assert [line for line in lines if re.search(r"(würd|könnt|hätt|wär|sollt|möcht)\w*", line)] == []  # no Konjunktiv
    assert [word for line in lines for word in re.findall(r"\w+", line) if len(word) > 12] == []
