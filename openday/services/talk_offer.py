"""What one house offers to politics: free times, full ones to wait for, and the days an office may propose."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from openday import clock
from openday.extensions import db
from openday.mailing.visit import EventFacts, Visit
from openday.models import Event
from openday.models.words import Admission, Attendance, Confirmation, EventState, Mode, PoolAudience
from openday.services.event_slots import ALL_AT_ONCE, WITHOUT_BOOKING
from openday.services.hold import certain_until
from openday.services.politics_page import receives_politics
from openday.services.visit import event_facts, visits_of_event
from openday.services.waiting_entry import takes_entries

LONGEST_AHEAD = timedelta(days=90)  # while a campaign has no days yet


@dataclass(frozen=True)
class DayRange:
    """Berlin days, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class TalkOffer:
    """One house; ``times`` are the coming ones with a seat for politics, ``waiting`` those one can wait for, ``days``
    what can be proposed, if any."""

    facts: EventFacts
    times: tuple[Visit, ...]
    waiting: tuple[Visit, ...]
    days: DayRange | None

    @property
    def is_called_off(self) -> bool:
        """Whether the event does not take place."""
        return self.facts.event_state is EventState.CANCELLED

    @property
    def asks_host(self) -> bool:
        """Whether the house confirms every visit itself."""
        return self.facts.is_protected or self.facts.confirmation is Confirmation.APPROVAL

    @property
    def full_times(self) -> list[Visit]:
        """The times with a waiting list at which nobody finds a seat."""
        free = {visit.slot_id for visit in self.times}
        return [visit for visit in self.waiting if visit.slot_id not in free]

    @property
    def has_many_times(self) -> bool:
        """Whether they are more than one looks over at once."""
        return len(self.times) > ALL_AT_ONCE

    def time(self, slot_id: int | None) -> Visit | None:
        """Return the offered time with that id."""
        return next((visit for visit in self.times if visit.slot_id == slot_id), None)

    def seats(self, visit: Visit) -> list[tuple[Mode, int | None]]:
        """Return how many seats politics finds at a time in each way to take part, None where there is no limit."""
        return [(mode, visit.seats_left(mode, PoolAudience.POLITICS)) for mode in visit.modes]

    def modes(self, visit: Visit | None) -> tuple[Mode, ...]:
        """Return the ways to take part at a time, or at one that has yet to be found."""
        if visit is not None:
            return visit.modes
        if self.facts.attendance is Attendance.HYBRID:
            return (Mode.ONSITE, Mode.ONLINE)
        return (Mode.ONLINE,) if self.facts.attendance is Attendance.ONLINE else (Mode.ONSITE,)


def talk_offer(slug: str) -> TalkOffer | None:
    """Return what the public event with that slug offers to politics, None when it is not for politics."""
    at = clock.now()
    event = db.session.scalars(
        select(Event)
        .where(Event.slug == slug, *receives_politics(at))
        .options(joinedload(Event.traeger), joinedload(Event.campaign), selectinload(Event.places))
        .execution_options(populate_existing=True)
    ).first()
    if event is None:
        return None
    facts = event_facts(event)
    visits = [] if event.admission is Admission.INVITATION else visits_of_event(event.id)
    return TalkOffer(
        facts,
        times=tuple(visit for visit in visits if visit.is_bookable_by(PoolAudience.POLITICS)),
        waiting=tuple(visit for visit in visits if takes_entries(visit) and event.admission not in WITHOUT_BOOKING),
        days=days_to_propose(event, at),
    )


def days_to_propose(event: Event, at: datetime) -> DayRange | None:
    """Return the days an office may propose: those of the campaign and the event itself, from tomorrow on."""
    tomorrow = clock.to_berlin(at).date() + timedelta(days=1)
    starts = [day for day in (event.campaign.starts_on, event.starts_on) if day]
    ends = [day for day in (event.campaign.ends_on, event.last_day) if day]
    first = max(tomorrow, min(starts, default=tomorrow))
    last = max(ends, default=tomorrow + LONGEST_AHEAD)
    return DayRange(first, last) if first <= last else None


def provisional_days(visit: Visit, at: datetime) -> DayRange | None:
    """Return the days until which a visit may be held provisionally, None when it is too near for that."""
    first = clock.to_berlin(at).date() + timedelta(days=1)
    last = clock.to_berlin(certain_until(visit.starts_at, at)).date()
    return DayRange(first, last) if first <= last else None
