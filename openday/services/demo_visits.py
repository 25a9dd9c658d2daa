"""Politics in the demo: seats kept for it, offices that wait for an answer, have not promised yet, or stand in line."""

from datetime import timedelta

from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Event, SeatPool
from openday.models.words import DayPart, GuestKind, MayAnnounce, Mode, PoliticalLevel, PoolAudience, YesNoOpen
from openday.services.booking import book_slot
from openday.services.booking_request import BookingRequest, PoliticalFacts, Proposal
from openday.services.demo_data.people import people
from openday.services.demo_data.politics import BACKGROUND, TALKS, TERMS
from openday.services.invitation import keep_for_invited
from openday.services.visit_request import request_visit
from openday.services.waiting_entry import WaitingRequest, join_waiting_list
from openday.transaction import transaction

KEPT_FREE = 3
FULL_OF = 6  # seats of a time for everybody


@transaction
def receive_visits() -> None:
    """Keep seats for politics, let three offices ask for a visit, and give the background talk its terms and link."""
    talks = event_with(TALKS)
    keep_seats(talks, PoolAudience.POLITICS, KEPT_FREE)
    background = event_with(BACKGROUND)
    background.terms, background.terms_version = TERMS, 1
    keep_for_invited(background)
    db.session.flush()  # bookings read the database
    first, second = talks.slots[0], talks.slots[-1]
    book_slot(
        BookingRequest(
            slot_id=first.id,
            name="Alex Büro",
            email="buero.sommer@example.org",
            party_size=3,
            nonce="demo-visit-asked",
            guest_kind=GuestKind.POLITICS,
            guest_name="Dr. Kim Sommer",
            phone="030 000000",
            asks_host=True,
            politics=PoliticalFacts(
                level=PoliticalLevel.BUNDESTAG,
                constituency="Leipzig",
                is_for_guest=True,
                brings_press=YesNoOpen.OPEN,
                may_announce=MayAnnounce.ASK,
                topics="Wartezeiten in der Beratung",
                security_notes="Bitte den Eingang im Hof frei halten",
            ),
        )
    )
    book_slot(
        BookingRequest(
            slot_id=second.id,
            name="Sascha Winter",
            email="s.winter@example.org",
            party_size=1,
            nonce="demo-visit-provisional",
            guest_kind=GuestKind.POLITICS,
            guest_name="Sascha Winter",
            politics=PoliticalFacts(level=PoliticalLevel.MUNICIPAL, guest_role="Stadtrat"),
            provisional_until=clock.now() + timedelta(days=3, hours=12),
        )
    )
    request_visit(
        talks.id,
        office(first.id, "Kaya Sommerlatte", 2, "demo-visit-proposed"),
        tuple(Proposal(clock.today() + timedelta(days=ahead), None, DayPart.MORNING) for ahead in (5, 6)),
    )
    let_an_office_wait()


def keep_seats(event: Event, audience: PoolAudience, capacity: int) -> None:
    """Keep seats of every time of the event for these guests."""
    for slot in event.slots:
        slot.pools.append(SeatPool(mode=Mode.ONSITE, audience=audience, capacity=capacity))


def let_an_office_wait() -> None:
    """Fill one of the times, those kept for politics too; the next office gets in line."""
    full = event_with(TALKS).slots[1]
    for number, guest in enumerate(people("talks")):
        if number == FULL_OF:
            break
        book_slot(BookingRequest(full.id, guest.name, guest.email, 1, nonce=f"demo-visit-guest-{number:04}"))
    book_slot(office(full.id, "Robin Herbst", 3, "demo-visit-before"))
    join_waiting_list(WaitingRequest(office(full.id, "Toni Sommerfeld", 2, "demo-visit-waits"), is_any_time=False))


def office(slot_id: int, guest: str, size: int, nonce: str) -> BookingRequest:
    """Return what an office asks for its member of the Landtag."""
    name = guest.rsplit(maxsplit=1)[-1].lower()
    return BookingRequest(
        slot_id=slot_id,
        name=f"Büro {guest}",
        email=f"buero.{name}@example.org",
        party_size=size,
        nonce=nonce,
        guest_kind=GuestKind.POLITICS,
        guest_name=guest,
        politics=PoliticalFacts(level=PoliticalLevel.LANDTAG, is_for_guest=True, may_announce=MayAnnounce.ASK),
    )


def event_with(slug: str) -> Event:
    """Return the event of the demo with that slug."""
    return db.session.scalars(select(Event).where(Event.slug == slug)).one()
