"""The demo campaign: loaded into an empty database, emptied again, never mixed with anything real."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select

from openday import clock
from openday.exports.logo import drawn
from openday.extensions import Base, db
from openday.models import Campaign, Event, Membership, Traeger, User
from openday.models.words import Role
from openday.services import demo_data
from openday.services.account import AccountRequest, add_user
from openday.services.agreement import current_version
from openday.services.availability import recount_due
from openday.services.booking import book_slot
from openday.services.booking_request import BookingRequest
from openday.services.demo_changes import change_things, write_to_traeger
from openday.services.demo_crowd import fill_with_guests, wait_for_review
from openday.services.demo_data.marks import mark_of
from openday.services.demo_data.people import people
from openday.services.demo_data.shape import DemoTraeger
from openday.services.demo_data.traeger import TRAEGER
from openday.services.demo_door import demo_door_link
from openday.services.demo_events import Groundwork, build_event, parties_of, settle_event
from openday.services.demo_join import NAME, NEWCOMER, sign_up_newcomer
from openday.services.demo_partners import work_together
from openday.services.demo_press import invite_press
from openday.services.demo_questions import ask_questions
from openday.services.demo_visits import receive_visits
from openday.services.demo_waiting import let_people_wait
from openday.services.listing_change import announce_listing
from openday.services.logo import keep_logo
from openday.services.reference import PROGRAMMES, SPITZENVERBAENDE, TRAEGERGRUPPEN, programmes_named, verbaende_named
from openday.transaction import transaction

DAYS_AHEAD = 3
WAITING = "rosengarten"
COMMON_TABLES = frozenset({"programmes", "verbaende", "rate_counters"})

Progress = Callable[[int, int], None]
"""Told after each step how many of how many are done."""


class Inhabitant(StrEnum):
    """Whose data a database holds."""

    NOBODY = "nobody"
    DEMO = "demo"
    SOMEBODY = "somebody"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in to the demo."""

    email: str
    name: str
    role: Role
    scope: str | None
    description: str


@dataclass(frozen=True)
class DemoOverview:
    """What a newcomer should look at first; slugs and token are empty when the event is gone."""

    busy_slug: str
    full_slug: str
    hybrid_slug: str
    door_token: str
    ends_on: date
    people: tuple[DemoPerson, ...]


LINDENHOF, BRUECKENWERK = TRAEGER[0].name, TRAEGER[1].name

PEOPLE = (
    DemoPerson("olga@lindenhof.example.org", "Olga Winter", Role.OWNER, LINDENHOF, f"Inhaberin bei {LINDENHOF}"),
    DemoPerson("emre@lindenhof.example.org", "Emre Falk", Role.EDITOR, LINDENHOF, f"bearbeitet bei {LINDENHOF}"),
    DemoPerson("rosa@lindenhof.example.org", "Rosa Klein", Role.READER, LINDENHOF, f"liest mit bei {LINDENHOF}"),
    DemoPerson("ivo@lindenhof.example.org", "Ivo Sander", Role.DOOR, LINDENHOF, f"hilft am Eingang bei {LINDENHOF}"),
    DemoPerson(
        "jonas@brueckenwerk.example.org", "Jonas Ebermann", Role.OWNER, BRUECKENWERK, f"Inhaber bei {BRUECKENWERK}"
    ),
    DemoPerson("karin@awo.example.org", "Karin Althaus", Role.COORDINATOR, "AWO", "koordiniert für den Verband AWO"),
    DemoPerson("lotte@liga.example.org", "Lotte Berg", Role.COORDINATOR, "Sachsen", "koordiniert für die Liga Sachsen"),
    DemoPerson("admin@openday.example.org", "Ada Mahler", Role.ADMIN, None, "verwaltet die Plattform"),
)
JOINED = DemoPerson(NEWCOMER, "Nora Ahlers", Role.OWNER, NAME, "hat einen Träger eingetragen, der auf Freigabe wartet")


def inhabitant() -> Inhabitant:
    """Tell a demo database from an empty one and from one with anything else in it."""
    flags = set(db.session.scalars(select(Campaign.is_demo)))
    if flags:
        return Inhabitant.DEMO if flags == {True} else Inhabitant.SOMEBODY
    has_rows = any(
        db.session.execute(select(table).limit(1)).first() is not None
        for table in Base.metadata.sorted_tables
        if table.name not in COMMON_TABLES
    )
    return Inhabitant.SOMEBODY if has_rows else Inhabitant.NOBODY


@transaction
def empty_demo() -> None:
    """Delete every row of a demo database; raises ``ValueError`` for any other."""
    if inhabitant() is not Inhabitant.DEMO:
        raise ValueError("not a demo database")
    for table in reversed(Base.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.expunge_all()


@transaction
def load_demo(progress: Progress = lambda _done, _total: None, *, is_small: bool = False) -> None:
    """Fill an empty database in one transaction: an interrupted loading leaves nothing behind.

    A small one has only the events that were written by hand.
    """
    if inhabitant() is not Inhabitant.NOBODY:
        raise ValueError("not an empty database")
    ground = lay_ground(TRAEGER if is_small else demo_data.ALL_TRAEGER)
    planned = [(spec, ground.current) for spec in demo_data.CURRENT] + [(spec, ground.past) for spec in demo_data.PAST]
    built = [(spec, build_event(spec, campaign, ground)) for spec, campaign in planned]
    db.session.add_all(event for _spec, event in built)
    db.session.flush()  # bookings need the ids of the slots
    wishes = [wish for spec, event in built for wish in parties_of(spec, event)]
    total = len(wishes) + 1 + (0 if is_small else len(demo_data.MANY))
    for number, wish in enumerate(wishes):
        book_slot(BookingRequest(nonce=f"demo-{number:04}", **wish))
        progress(number + 1, total)
    for spec, event in built:
        settle_event(spec, event)
    for person in PEOPLE:
        add_user(AccountRequest(person.email, person.role, person.scope, person.name))
    sign_up_newcomer()
    receive_visits()
    invite_press()
    ask_questions()
    change_things(PEOPLE[0].email)
    write_to_traeger(PEOPLE[5].email)
    let_people_wait()
    work_together(PEOPLE[0].email, PEOPLE[4].email, LINDENHOF, TRAEGER[2].name)
    if not is_small:
        load_many(ground, lambda done: progress(len(wishes) + done, total))
    announce_listing(ground.current.id)
    progress(total, total)


def load_many(ground: Groundwork, progress: Callable[[int], None]) -> None:
    """Add the many events with their guests; those of one Träger wait for its Verband."""
    many = [build_event(spec, ground.current, ground) for spec in demo_data.MANY]
    db.session.add_all(many)
    db.session.add_all(build_event(spec, ground.past, ground) for spec in demo_data.MANY_PAST)
    waiting = ground.traeger[WAITING]
    wait_for_review(waiting, [event for event in many if event.traeger_id == waiting.id])
    db.session.flush()  # bookings need the ids of the slots
    for number, event in enumerate(many):
        fill_with_guests(event)
        progress(number + 1)
    db.session.flush()  # counting reads the database
    recount_due(clock.now())


def lay_ground(specs: Sequence[DemoTraeger]) -> Groundwork:
    """Store campaigns, programmes, Verbände and these Träger, and return them by their names."""
    monday = first_monday(clock.today() + timedelta(days=DAYS_AHEAD))
    current, past = campaign_of(monday), campaign_of(first_monday(monday - timedelta(days=364)))
    programmes = programmes_named(PROGRAMMES)
    verbaende = verbaende_named((*SPITZENVERBAENDE, *TRAEGERGRUPPEN))
    traeger = {
        spec.key: Traeger(
            name=spec.name,
            slug=spec.key,
            postcode=spec.postcode,
            locality=spec.locality,
            region=spec.region,
            legal_regime=spec.regime,
            agreement_version=current_version(spec.regime),
            agreement_accepted_at=clock.now() - timedelta(days=DAYS_AHEAD),
            contact_email=spec.email,
            contact_phone=spec.phone,
            website=f"https://{spec.key}.example.org",
            verbaende=[verbaende[name] for name in spec.verbaende],
            programmes=[programmes[code] for code in demo_data.services_of(spec.key)],
            responsible_name=next(people(spec.key)).name,
        )
        for spec in specs
    }
    db.session.add_all([current, past, *traeger.values()])
    db.session.flush()  # events refer to them by id
    for number, spec in enumerate(specs):
        if mark := mark_of(spec, number):
            keep_logo(traeger[spec.key].id, drawn(mark))
    return Groundwork(current, past, programmes, traeger)


def first_monday(day: date) -> date:
    """Return the day itself if it is a Monday, else the next one."""
    return day + timedelta(days=-day.weekday() % 7)


def campaign_of(monday: date) -> Campaign:
    """Return the demo week that begins on this Monday."""
    return Campaign(
        year=monday.year,
        name=f"Aktionswoche der Migrationsfachdienste {monday.year}",
        starts_on=monday,
        ends_on=monday + timedelta(days=4),
        is_demo=True,
    )


def overview() -> DemoOverview:
    """Return what to open and who can sign in, as far as people have not changed it away; makes a link to the door."""
    wanted = (demo_data.BUSY, demo_data.FULL, demo_data.HYBRID)
    there = set(db.session.scalars(select(Event.slug).where(Event.slug.in_(wanted))))
    emails = set(db.session.scalars(select(User.email).join(Membership)))
    last_day = db.session.scalar(select(Campaign.ends_on).order_by(Campaign.year.desc()).limit(1))
    busy, full, hybrid = (slug if slug in there else "" for slug in wanted)
    people = tuple(person for person in (*PEOPLE, JOINED) if person.email in emails)
    return DemoOverview(busy, full, hybrid, demo_door_link(), last_day or clock.today(), people)
