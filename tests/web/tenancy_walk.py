"""What the tests of the table walk through: a house with all that an address may name, its people and its routes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from openday.extensions import Base, db
from openday.models import Booking, DoorLink, Event, EventHost, Membership, Place, User, Verband
from openday.models.words import Review, Role
from openday.services.booking import book_slot
from openday.tokens import digest
from openday.web.account.sessions import is_staff_path
from tests.factories import (
    booking_request,
    make_event,
    make_question,
    make_slot,
    make_team_invitation,
    make_traeger,
    make_user,
    make_verband,
    save,
)
from tests.statements import statements
from tests.web.staff import Browser, browser, signed_in

UNAUDITED = frozenset({"staff_sessions", "rate_counters"})
OTHER_VALUES = {
    "language_of_text": "en",
    "change_id": 999_999,
    "way": "hoch",
    "task": "was",
    "file_format": "csv",
    "token": "kein-echter-link",
    "table": "land",
}
NESTED = frozenset(
    {"event_id", "slot_id", "place_id", "booking_id", "link_id", "code", "question_id", "traeger_id", "user_id",
     "invitation_id"}
)  # fmt: skip


@dataclass(frozen=True)
class House:
    """One Träger's event with a place, a free time, a booked time and its booking, as the values of addresses."""

    event: Event
    values: Mapping[str, Any]


def make_house(verband: Verband) -> House:
    event = make_event(traeger=make_traeger(verbaende=[verband], region="SN"), review=Review.APPROVED)
    booked, free = make_slot(event), make_slot(event)
    book_slot(booking_request(booked))
    db.session.rollback()
    booking = db.session.scalars(select(Booking).where(Booking.event_id == event.id)).one()
    place = db.session.scalars(select(Place).where(Place.event_id == event.id)).one()
    link = save(DoorLink(event_id=event.id, day=booked.berlin_day, token_digest=digest(f"door {event.id}")))
    values = {"event_id": event.id, "slot_id": free.id, "place_id": place.id, "booking_id": booking.id}
    values["question_id"] = make_question(event).id
    door = {
        "link_id": link.id,
        "question_id": make_question(event).id,
        "day": booked.berlin_day.isoformat(),
        "code": booking.reference,
    }
    invitation = make_team_invitation(event.traeger)
    colleague = make_user(event.traeger, role=Role.EDITOR)
    team = {"traeger_id": event.traeger_id, "user_id": colleague.id, "invitation_id": invitation.id}
    return House(event, values | door | team)


def person(role: str, house: House, verband: Verband) -> User | None:
    """Return somebody who stands in this relation to the event of the house."""
    if role == "anonymous":
        return None
    if role in {"owner", "editor", "reader", "door"}:
        return make_user(house.event.traeger, role=Role(role))
    if role == "stranger":
        return make_user(make_traeger())
    if role == "cohost":
        traeger = make_traeger()
        save(EventHost(event_id=house.event.id, traeger_id=traeger.id, position=1))
        return make_user(traeger)
    user = make_user()
    if role == "newcomer":
        return user
    memberships = {
        "coordinator": Membership(user_id=user.id, verband_id=verband.id, role=Role.COORDINATOR),
        "other_coordinator": Membership(user_id=user.id, verband_id=make_verband().id, role=Role.COORDINATOR),
        "liga": Membership(user_id=user.id, land="SN", role=Role.COORDINATOR),
        "admin": Membership(user_id=user.id, role=Role.ADMIN),
    }
    save(memberships[role])
    return user


@cache
def staff_rules(app: Flask) -> list[tuple[Rule, str]]:
    """Return every staff rule in German with each of its methods."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if is_staff_path(rule.rule) and not rule.rule.startswith("/en/")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


@cache
def rule_of(app: Flask, endpoint: str) -> Rule:
    return next(rule for rule, _method in staff_rules(app) if rule.endpoint == endpoint)


def address(rule: Rule, values: Mapping[str, Any]) -> str:
    built = rule.build({**OTHER_VALUES, **values, "language": "de"}, append_unknown=False)
    assert built is not None
    return str(built[1])


def ask(client: Browser, method: str, path: str) -> int:
    data = {"csrf_token": client.form_token or "", "event_id": "1", "traeger_id": "1"} if method == "POST" else None
    return client.open(path, method=method, data=data).status_code


def client_of(app: Flask, user: User | None) -> Browser:
    return browser(app) if user is None else signed_in(app, user)


def contents() -> dict[str, list[Any]]:
    """Return every row of the database but those of sessions and counters."""
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(table.select()).all()))
        for table in Base.metadata.sorted_tables
        if table.name not in UNAUDITED
    }


@dataclass
class Walk:
    """Remembers which routes wrote anything, sessions and counters aside, and whether rows differ in the end."""

    seen: list[str]
    writers: list[tuple[str, str]] = field(default_factory=list)
    last_wrote: bool = True
    has_changed: bool = False

    def note(self, endpoint: str, method: str) -> None:
        """Attribute what was written since the last note to this route."""
        writes = [words.split()[:3] for words in self.seen if not words.lstrip().upper().startswith("SELECT")]
        self.last_wrote = bool(writes)
        if any(UNAUDITED.isdisjoint(words) for words in writes):
            self.writers.append((endpoint, method))
        self.seen.clear()


@contextmanager
def walk() -> Iterator[Walk]:
    """Watch over requests that follow each other, and compare every row before and after them."""
    before = contents()
    with statements() as seen:
        found = Walk(seen)
        yield found
    found.has_changed = contents() != before
