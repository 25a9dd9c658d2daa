"""From a description in the demo data to the rows of an event, and the wishes of its invented guests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from openday import clock
from openday.geo import locate_postcode
from openday.models import Campaign, Event, EventHost, EventText, Place, Programme, SeatPool, Slot, Traeger
from openday.models.words import (
    AddressVisibility,
    Admission,
    EventState,
    Mode,
    PhotoRule,
    PoolAudience,
    SlotState,
)
from openday.services.demo_data import ALL_TRAEGER
from openday.services.demo_data.people import NEEDS, people
from openday.services.demo_data.shape import TODAY, DemoEvent, DemoPlace, Times
from openday.services.demo_data.texts import TEXTS
from openday.services.demo_door import open_door

PHONES = {spec.key: spec.phone for spec in ALL_TRAEGER}
PARTIES = (2, 1, 3, 1, 1, 2, 4, 1)


@dataclass(frozen=True)
class Groundwork:
    """What events refer to."""

    current: Campaign
    past: Campaign
    programmes: dict[str, Programme]
    traeger: dict[str, Traeger]


def day_of(offset: int, campaign: Campaign) -> date:
    """Return the calendar day of an offset of the demo data."""
    if offset >= TODAY:
        return clock.today() + timedelta(days=offset - TODAY)
    assert campaign.starts_on is not None  # noqa: S101 - a demo week has its days
    return campaign.starts_on + timedelta(days=offset)


def clock_time(text: str | None) -> time | None:
    """Return ``HH:MM`` as a wall-clock time."""
    return time.fromisoformat(text) if text else None


def build_event(spec: DemoEvent, campaign: Campaign, ground: Groundwork) -> Event:
    """Return the event with its places, hosts and slots, not yet stored."""
    owner = ground.traeger[spec.traeger]
    now = clock.now()
    is_public = spec.state is not EventState.DRAFT and not spec.is_note
    return Event(
        campaign_id=campaign.id,
        traeger_id=owner.id,
        slug=spec.slug,
        kind=spec.kind,
        state=spec.state,
        is_listed=spec.is_listed,
        title=spec.title,
        summary=spec.summary,
        description=spec.description,
        starts_on=None if spec.day is None else day_of(spec.day, campaign),
        ends_on=None if spec.last_day is None else day_of(spec.last_day, campaign),
        start_time=clock_time(spec.start),
        end_time=clock_time(spec.end),
        date_words=spec.date_words,
        time_words=spec.time_words,
        attendance=spec.attendance,
        room_url=spec.room_url,
        room_dial_in=spec.room_dial_in,
        admission=Admission(spec.admission) if spec.admission else None,
        audiences=tuple(spec.audiences.split()),
        booking_opens_at=now + timedelta(days=spec.opens_in_days) if spec.opens_in_days else None,
        party_limit=spec.party_limit,
        access_features=tuple(spec.access.split()),
        access_notes=spec.access_notes,
        languages=tuple(spec.languages.split()),
        address_visibility=AddressVisibility.CONFIRMED if spec.is_protected else AddressVisibility.PUBLIC,
        photo_rule=PhotoRule(spec.photo) if spec.photo else None,
        photo_note=spec.photo_note,
        contact_name=spec.contact,
        contact_phone=PHONES[spec.traeger],
        contact_email=owner.contact_email,
        published_at=now if is_public else None,
        cancelled_at=now if spec.state is EventState.CANCELLED else None,
        cancel_reason=spec.cancel_reason,
        hosts=[host_of(ground.traeger[key], number, spec) for number, key in enumerate((spec.traeger, *spec.hosts))],
        places=[place_of(place, number, campaign) for number, place in enumerate(spec.places)],
        programmes=[ground.programmes[code] for code in spec.programmes.split()],
        slots=[slot for times in spec.times for slot in slots_of(times, campaign)],
        texts=list(texts_of(spec.slug)),
    )


def texts_of(slug: str) -> Iterator[EventText]:
    """Yield what the event says in other languages."""
    for language, texts in TEXTS.items():
        if slug in texts:
            title, summary, description = texts[slug]
            yield EventText(language=language, title=title, summary=summary, description=description)


def host_of(traeger: Traeger, position: int, spec: DemoEvent) -> EventHost:
    """Return one of the inviting Träger; where several invite, only some events have a lead."""
    is_lead = position == 0 and (spec.has_lead or not spec.hosts)
    return EventHost(traeger_id=traeger.id, position=position, is_lead=is_lead, confirmed_at=clock.now())


def place_of(spec: DemoPlace, position: int, campaign: Campaign) -> Place:
    """Return a place; where the address is known it is at the centre of its postcode."""
    point = locate_postcode(spec.postcode) if spec.postcode else None
    return Place(
        position=position,
        label=spec.label,
        name=spec.name,
        street=spec.street,
        postcode=spec.postcode,
        locality=spec.locality,
        region=spec.region,
        directions=spec.directions,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        visits_on=None if spec.day is None else day_of(spec.day, campaign),
        start_time=clock_time(spec.start),
        end_time=clock_time(spec.end),
    )


def slots_of(spec: Times, campaign: Campaign) -> Iterator[Slot]:
    """Yield the slots of one day with their pools; a length is never stretched past the end of the window."""
    day = day_of(spec.day, campaign)
    for number, (starts_at, ends_at) in enumerate(moments_of(spec, day)):
        slot = Slot(
            starts_at=starts_at,
            ends_at=ends_at,
            label=spec.label,
            state=SlotState.CANCELLED if number in spec.cancelled else SlotState.OPEN,
        )
        if spec.seats is not None:
            slot.pools.append(SeatPool(mode=Mode.ONSITE, audience=PoolAudience.EVERYONE, capacity=spec.seats))
        if spec.online is not None or spec.seats is None:
            slot.pools.append(SeatPool(mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=spec.online))
        yield slot


def moments_of(spec: Times, day: date) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield start and end of each slot as instants."""
    starts_at = moment_of(spec.first, day)
    closes_at = moment_of(spec.until, day) if spec.until else None
    if spec.minutes is None or closes_at is None:
        yield starts_at, closes_at
        return
    length, pause = timedelta(minutes=spec.minutes), timedelta(minutes=spec.pause)
    while starts_at + length <= closes_at:
        yield starts_at, starts_at + length
        starts_at += length + pause


def moment_of(text: str, day: date) -> datetime:
    """Return a wall-clock time of a day as an instant, or with ``+10`` the minute that is ten from now."""
    if text.startswith("+"):
        return clock.now().replace(second=0, microsecond=0) + timedelta(minutes=int(text))
    return clock.from_berlin(day, time.fromisoformat(text))


def parties_of(spec: DemoEvent, event: Event) -> Iterator[dict[str, Any]]:
    """Yield what each party asks for, so that the seats the data names are taken in the end."""
    guests = people(spec.slug)
    numbers = count()
    slots = iter(event.slots)
    for times in spec.times:
        of_day = [next(slots) for _ in moments_of(times, clock.today())]
        for mode, taken in ((Mode.ONSITE, times.taken), (Mode.ONLINE, times.online_taken)):
            for slot, seats in zip(of_day, taken, strict=False):
                while seats > 0:
                    number = next(numbers)
                    size = min(PARTIES[number % len(PARTIES)], seats, spec.party_limit)
                    seats -= size  # noqa: PLW2901 - counts down what is still to be given away
                    guest = next(guests)
                    needs = NEEDS[number // 7 % len(NEEDS)] if number % 7 == 3 else None
                    yield {
                        "slot_id": slot.id,
                        "name": guest.name,
                        "email": guest.email,
                        "party_size": size,
                        "mode": mode,
                        "needs": needs,
                        "language": "en" if number % 11 == 5 else "de",
                    }


def settle_event(spec: DemoEvent, event: Event) -> None:
    """Close what is closed, and open the door of today, after its guests have booked."""
    if spec.closed_days_ago is not None:
        event.booking_closes_at = clock.now() - timedelta(days=spec.closed_days_ago)
    if spec.is_moved_to_today:
        open_door(event)
