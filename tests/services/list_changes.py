"""Everything people do that the lists must hear of, each once."""

import re
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select, update

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, EventHost, OutboxMessage, Place, SeatPool, Slot
from openday.models.words import (
    Attendance,
    BookingState,
    EventState,
    GuestKind,
    LegalRegime,
    Mode,
    PoliticalLevel,
    PoolAudience,
    Review,
)
from openday.services.booking import book_slot
from openday.services.booking_request import PoliticalFacts
from openday.services.cancellation import cancel_booking
from openday.services.capacity import SeatPlan
from openday.services.event import delete_draft, save_task
from openday.services.event_cancellation import cancel_event
from openday.services.event_host import PartnerRequest, answer_as_partner, ask_partner, remove_host
from openday.services.event_request import PlaceRequest, WhatRequest, WhereRequest
from openday.services.expiry import expire_holds
from openday.services.join import TraegerRequest
from openday.services.moving import move_booking, resize_booking
from openday.services.place import add_place, remove_place
from openday.services.planning import Contact, PlanningNote, tell_plan
from openday.services.publication import publish_event
from openday.services.receipt import secret_of
from openday.services.review import approve_event, approve_traeger, withdraw_trust
from openday.services.scope import Scope, scope_of
from openday.services.seat_table import Reach, SeatTable, change_seats
from openday.services.slot import remove_slot
from openday.services.slot_change import move_times
from openday.services.traeger import change_traeger
from openday.services.walk_in import count_walk_in, undo_walk_in
from tests.door import door_of, tap
from tests.factories import (
    booking_request,
    make_coordinator,
    make_event,
    make_programme,
    make_slot,
    make_traeger,
    make_user,
    make_verband,
    save,
)
from tests.rolls import Worker
from tests.services.house import move_of

TOMORROW = timedelta(days=1)


class House:
    """An event among others with a seat today and one tomorrow; two workers have read its campaign."""

    def __init__(self) -> None:
        self.verband = make_verband(name="AWO")
        self.traeger = make_traeger(verbaende=[self.verband], region="SN")
        self.owner = scope_of(make_user(self.traeger).id)
        self.event = self.own()
        self.plan = self.own(state=EventState.PLANNED, starts_on=None, published_at=None, is_listed=False)
        self.draft = self.own(state=EventState.DRAFT, published_at=None, photo_rule="none")
        make_slot(self.draft)
        start = clock.now() + timedelta(hours=3)
        self.first = make_slot(self.event, starts_at=start, capacity=1, reserves_open_at=start - timedelta(hours=2))
        self.second = make_slot(self.event, starts_at=start + TOMORROW, capacity=1)
        make_slot(make_event())
        self.workers = (Worker(), Worker())
        self.both_look()

    def own(self, **overrides: object) -> Event:
        return make_event(traeger=self.traeger, **overrides)

    def book(self, slot: Slot, **wishes: object) -> str:
        return book_slot(booking_request(slot, **wishes)).token

    def fill(self) -> list[str]:
        """Let both seats be taken."""
        return [self.book(slot) for slot in (self.first, self.second)]

    def both_look(self) -> None:
        for worker in self.workers:
            worker.look()

    def change_seats(self, total: int) -> None:
        plans = {Mode.ONSITE: SeatPlan(total, {})}
        table = SeatTable(plans=plans, reach=Reach.SLOT, photo_rule=None, is_photo_moment=False, label=None)
        change_seats(self.owner, self.event.id, self.second.id, table)

    def save(self, request: WhatRequest | WhereRequest) -> None:
        save_task(self.owner, self.event.id, request)

    @property
    def coordinator(self) -> Scope:
        return scope_of(make_coordinator(self.verband).id)


def sell_out(house: House) -> None:
    house.fill()


def cancel(house: House) -> None:
    tokens = house.fill()
    house.both_look()
    cancel_booking(tokens[0])


def resize(house: House) -> None:
    house.change_seats(2)
    tokens = house.fill()
    house.both_look()
    resize_booking(tokens[1], 2)


def leave_kept_seat(house: House) -> None:
    """Of seats kept for politics the lists know nothing; who moves from there to the last other one takes that."""
    save(SeatPool(slot_id=house.first.id, audience=PoolAudience.POLITICS, capacity=1))
    house.book(house.first)
    kind = {"guest_kind": GuestKind.POLITICS, "politics": PoliticalFacts(PoliticalLevel.LANDTAG)}
    request = booking_request(house.first, **kind)
    book_slot(request)
    firm = {"state": BookingState.CONFIRMED, "awaits": None, "held_until": None, "confirmed_at": clock.now()}
    db.session.execute(update(Booking).where(Booking.nonce == request.nonce).values(**firm))
    db.session.commit()
    house.both_look()
    move_booking(secret_of(request.nonce), house.second.id)


def add_seats(house: House) -> None:
    house.fill()
    house.both_look()
    house.change_seats(5)


def walk_in(house: House) -> None:
    house.book(house.second)
    house.both_look()
    count_walk_in(door_of(house.event, house.first.berlin_day), house.first.id, tap())


def take_walk_in_back(house: House) -> None:
    house.book(house.second)
    door = door_of(house.event, house.first.berlin_day)
    number = count_walk_in(door, house.first.id, tap())
    house.both_look()
    undo_walk_in(door, number, tap())


def run_out(house: House) -> None:
    """A hold that nobody made certain ends."""
    house.fill()
    held = {"state": BookingState.HELD, "awaits": "host", "held_until": clock.now()}
    db.session.execute(update(Booking).where(Booking.slot_id == house.second.id).values(**held))
    db.session.commit()
    house.both_look()
    assert expire_holds(clock.now() + timedelta(seconds=1)) == 1


def come_last(house: House) -> None:
    remove_slot(house.owner, house.event.id, house.second.id)
    house.book(house.first)


def shift(house: House) -> None:
    day = house.second.berlin_day + timedelta(days=9)
    move_times(house.owner, house.event.id, move_of(house.second, reach=Reach.EVENT, day=day))


def call_off(house: House) -> None:
    cancel_event(house.owner, house.event.id, "Sturm")


def publish(house: House) -> None:
    publish_event(house.owner, house.draft.id)


def delete_plan(house: House) -> None:
    delete_draft(house.owner, house.plan.id)


def note_plan(house: House) -> None:
    note = PlanningNote(house.traeger.id, "Sommerfest", "im Herbst", None, Contact(None, None, None), is_public=True)
    tell_plan(house.owner, note)


def rewrite(house: House) -> None:
    code = make_programme("JMD").id
    house.save(WhatRequest("Neuer Titel", house.event.kind, "", "", ("public", "press"), (code,)))


def relocate(house: House) -> None:
    house.save(
        WhereRequest(Attendance.HYBRID, None, None, PlaceRequest(locality="Köln", postcode="50667", region="NW"))
    )


def add_stop(house: House) -> None:
    add_place(house.owner, house.event.id, PlaceRequest(locality="Halle", postcode="06108", region="ST"))


def remove_only_place(house: House) -> None:
    place_id = db.session.scalars(select(Place.id).where(Place.event_id == house.event.id)).one()
    remove_place(house.owner, house.event.id, place_id)


def find_partner(house: House) -> None:
    partner = make_traeger(name="JMD Süd", verbaende=[make_verband(name="IB")])
    ask_partner(house.owner, house.event.id, PartnerRequest(partner.name, "jmd@sued.example.org", ()))
    db.session.rollback()
    text = db.session.scalars(select(OutboxMessage.text).where(OutboxMessage.kind == "host_asked")).one()
    token = re.findall(r"/mitwirken/(\S+)", text)[0]
    house.both_look()
    answer_as_partner(token, says_yes=True)


def lose_partner(house: House) -> None:
    find_partner(house)
    house.both_look()
    partner = db.session.scalars(select(EventHost.traeger_id).where(EventHost.position == 1)).one()
    remove_host(house.owner, house.event.id, partner)


def say_yes(house: House) -> None:
    house.traeger.review = Review.APPROVED
    db.session.commit()
    publish_event(house.owner, house.draft.id)
    house.both_look()
    approve_event(house.coordinator, house.draft.id)


def take_trust_back(house: House) -> None:
    withdraw_trust(house.coordinator, house.traeger.id, "Bitte fragen Sie vorher.")
    publish_event(house.owner, house.draft.id)


def trust(house: House) -> None:
    house.traeger.review = Review.WAITING
    db.session.commit()
    publish_event(house.owner, house.draft.id)
    house.both_look()
    approve_traeger(house.coordinator, house.traeger.id, trusts=True)


def change_house(house: House) -> None:
    other = make_verband(name="Diakonie")
    values = ("Neuer Name", "80331", "München", "BY", (other.id,), (), "a@example.org", None, None, "Olga", "Olga")
    change_traeger(house.owner, house.traeger.id, TraegerRequest(*values, LegalRegime.DSGVO))


CHANGES: list[Callable[[House], None]] = [
    sell_out, cancel, resize, leave_kept_seat, add_seats, walk_in, take_walk_in_back, run_out, come_last, shift,
    call_off, publish, delete_plan, note_plan, rewrite, relocate, add_stop, remove_only_place,
    find_partner, lose_partner, say_yes, take_trust_back, trust, change_house,
]  # fmt: skip
