"""Taps handed in later: once each, with their own time, and nothing else than taps."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from openday.extensions import db
from openday.models import AuditEntry, Booking, Event
from tests.door import DAY, at, book, fresh, helper_link, make_door_event, oclock, slots, walk_ins


@pytest.fixture
def event(app: Flask) -> Event:
    return make_door_event()


@pytest.fixture
def guest(event: Event) -> Booking:
    return book(slots(event)[1], party_size=3, needs="Stuhl mit Lehne", email="a.kaya@example.org")


@pytest.fixture
def path(event: Event) -> str:
    return f"/tuer/{helper_link(event)}"


def delivered(client: FlaskClient, path: str, *taps: Any) -> Any:
    return client.post(f"{path}/nachtragen", json={"taps": list(taps)})


def tap(deed: str, number: int, nonce: str = "0123456789abcdef", **more: Any) -> dict[str, Any]:
    return {"deed": deed, "number": str(number), "nonce": nonce, "ago": 0, **more}


def test_taps_made_without_a_net_are_handed_in_once_with_their_own_time(client, event, guest, path):
    slot = slots(event)[0]
    taps = [tap("here", guest.id, ago=600), tap("count", guest.id, "f" * 16, size=2), tap("walk_in", slot.id, "e" * 16)]

    with oclock(10, 40):
        first, again = delivered(client, path, *taps), delivered(client, path, *taps)

    assert [one["ending"] for one in first.json["answers"]] == ["done"] * 3
    assert again.json == first.json
    state = first.json["state"]
    assert state["guests"] == {str(guest.id): [round(at(10, 30).timestamp() * 1000), 2]}
    assert state["walk_ins"][str(slot.id)] == 1
    assert state["last_walk_in"] == walk_ins()[0].id
    assert "Kaya" not in first.text
    assert len(walk_ins()) == 1


def test_of_two_helpers_who_tick_the_same_guest_one_is_told(client, event, guest, path):
    with oclock(10, 24):
        delivered(client, path, tap("here", guest.id, "a" * 16))
    with oclock(10, 40):
        late = delivered(client, f"/tuer/{helper_link(event)}", tap("here", guest.id, "b" * 16))

    [answer] = late.json["answers"]
    assert (answer["ending"], answer["words"]) == ("already", "Schon um 10:24 da")
    ticks = db.session.scalars(select(AuditEntry.id).where(AuditEntry.action == "checked_in")).all()
    assert len(ticks) == 1


def test_one_tap_that_can_not_be_keeps_none_of_the_others(client, event, guest, path):
    with oclock(10, 24):
        answer = delivered(client, path, tap("back", 999_999, "a" * 16), tap("here", guest.id, "b" * 16))

    assert [one["ending"] for one in answer.json["answers"]] == ["refused", "done"]
    assert fresh(guest).came_at == at(10, 24)


def test_after_the_day_taps_are_taken_until_noon_and_nothing_is_shown(client, guest, path):
    with oclock(9, 0, DAY + timedelta(days=1)):
        answer = delivered(client, path, tap("here", guest.id, ago=10 * 3600))
    with oclock(12, 0, DAY + timedelta(days=1)):
        late = delivered(client, path, tap("here", guest.id, "b" * 16))

    assert answer.json["state"] is None
    assert fresh(guest).came_at == at(23, 0)
    assert late.status_code == 410


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        "taps",
        {"taps": None},
        {"taps": {}},
        {"taps": [None]},
        {"taps": [tap("here", 1)] * 201},
        {"taps": [{**tap("here", 1), "deed": "drop table"}]},
        {"taps": [{**tap("here", 1), "number": -1}]},
        {"taps": [{**tap("here", 1), "number": 2**63}]},
        {"taps": [{**tap("here", 1), "number": True}]},
        {"taps": [{**tap("here", 1), "number": {"$gt": 0}}]},
        {"taps": [{**tap("here", 1), "nonce": "' OR 1=1 --"}]},
        {"taps": [{**tap("here", 1), "nonce": 12345678}]},
        {"taps": [{**tap("here", 1), "ago": -5}]},
        {"taps": [{**tap("here", 1), "ago": 10**12}]},
        {"taps": [tap("count", 1)]},
        {"taps": [tap("count", 1, size=201)]},
        {"taps": [tap("count", 1, size="\x00")]},
    ],
)
def test_a_delivery_that_is_none_is_refused_whole(client, path, sent):
    with oclock(10, 24):
        assert client.post(f"{path}/nachtragen", json=sent).status_code == 400
        assert client.post(f"{path}/nachtragen", data=b"\xff{", content_type="application/json").status_code == 400
