"""Everything the public page of one event shows at this moment: what is known of it, and its times."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from sqlalchemy import bindparam, select

from openday import clock
from openday.errors import NotFound
from openday.models import Event
from openday.models.words import (
    Admission,
    Attendance,
    EventKind,
    EventState,
    GuestKind,
    PhotoRule,
    WaitingList,
)
from openday.services.catalogue import ProgrammeName
from openday.services.catalogue_cards import AnyRow, Card
from openday.services.event_change import RecentChange, recent_change
from openday.services.event_slots import ALL_AT_ONCE, SlotTimes, slot_times
from openday.services.host import Host
from openday.services.known_event import SHOWN_AS_IT_IS, ShownPlace, known_event
from openday.services.nearby import events_nearby
from openday.services.quick_read import QuickRead
from openday.services.seats import UNLIMITED
from openday.services.standing import SHUT, Facts, Standing, last_day, standing_of
from openday.services.ways import ways_in

PUBLIC_STATES = (EventState.PUBLISHED, EventState.CANCELLED, EventState.PLANNED)
CLOSED = (Standing.PAST, Standing.CANCELLED, Standing.INVITATION, Standing.NOT_YET, Standing.CLOSED)
OVER = (Standing.CANCELLED, Standing.PAST)


VERSIONS_OF_SLUG = QuickRead(
    select(Event.version, Event.seats_version, Event.kind, Event.state, Event.published_at, Event.is_listed).where(
        Event.slug == bindparam("slug")
    )
)


class Gone(NotFound):
    """The event was public once and was withdrawn."""

    code = "gone"


@dataclass(frozen=True)
class EventPage:
    """One event as everybody may see it. ``language`` is that of its texts: ``de``, or one somebody wrote them in."""

    slug: str
    title: str
    kind: EventKind
    state: EventState
    standing: Standing
    is_listed: bool
    campaign: str
    year: int
    summary: str
    description: str
    starts_on: date | None
    ends_on: date | None
    start_time: time | None
    end_time: time | None
    date_words: str | None
    time_words: str | None
    attendance: Attendance | None
    admission: Admission | None
    audiences: tuple[str, ...]
    opens_at: datetime | None
    closes_at: datetime | None
    access_features: tuple[str, ...]
    access_notes: str | None
    languages: tuple[str, ...]
    is_protected: bool
    photo_rule: PhotoRule | None
    photo_note: str | None
    waiting_list: WaitingList
    contact_name: str | None
    contact_phone: str | None
    contact_email: str | None
    cancel_reason: str | None
    source_url: str | None
    programmes: tuple[ProgrammeName, ...]
    hosts: tuple[Host, ...]
    places: tuple[ShownPlace, ...]
    times: SlotTimes
    change: RecentChange | None = None
    language: str = "de"
    nearby: tuple[Card, ...] = field(default=())

    def without_seats(self) -> "EventPage":
        """Return what the page shows beside its times: a booking changes nothing of it but what it fills."""
        return replace(self, times=self.times.without_seats())

    @property
    def is_open(self) -> bool:
        """Whether the door stands open."""
        return self.standing not in SHUT

    @property
    def is_without_visit(self) -> bool:
        """Whether nobody comes anywhere: postcards, a video. Of a plan that is not known yet."""
        has_town = any(place.locality for place in self.places)
        return self.attendance is None and not has_town and self.state is not EventState.PLANNED

    @property
    def takes_entries(self) -> bool:
        """Whether there is a full time one could wait for."""
        is_open = self.standing in (Standing.WAITING, Standing.FEW, Standing.FREE)
        return is_open and self.times.has_full and self.waiting_list is not WaitingList.OFF

    @property
    def is_bookable(self) -> bool:
        """Whether any of its times can be booked at this moment."""
        return self.times.is_bookable

    @property
    def main_way(self) -> GuestKind:
        """For whom the form behind the main button is."""
        return ways_in(self.audiences)[0]

    @property
    def other_ways(self) -> tuple[GuestKind, ...]:
        """For whom else there is a form: politics may ask for a time where there is none, the others choose one."""
        has_times = self.state is EventState.PUBLISHED and self.times.seats_left is not None
        takes_requests = self.standing not in (Standing.PAST, Standing.CANCELLED)
        open_to = dict.fromkeys(GuestKind, has_times and self.standing not in CLOSED)
        open_to[GuestKind.POLITICS] = takes_requests and self.state is EventState.PUBLISHED
        others = ways_in(self.audiences)[1:] if self.is_bookable else ways_in(self.audiences)
        return tuple(kind for kind in others if kind is not GuestKind.PUBLIC and open_to[kind])


def event_version(slug: str) -> tuple[int, int] | None:
    """Return what the kept page of an event hangs on; None when there never was a public page."""
    for version, seats_version, kind, state, published_at, is_listed in VERSIONS_OF_SLUG.rows(slug=slug):
        was_ever = published_at is not None or is_public(state, published_at, is_listed=is_listed)
        return (version, seats_version) if was_ever and kind != EventKind.BACKGROUND_TALK else None
    return None


def is_public(state: str, published_at: object, *, is_listed: bool) -> bool:
    """Whether everybody may see it: what is only planned was published as that, or its Träger has it listed."""
    is_shown = state != EventState.PLANNED or published_at is not None or is_listed
    return state in PUBLIC_STATES and is_shown


def event_page(
    slug: str,
    *,
    version: int | None = None,
    language: str = "de",
    wanted: date | None = None,
    is_preview: bool = False,
    is_invited: bool = False,
) -> EventPage:
    """Return the page of an event; raises ``NotFound``, or ``Gone`` for one that was withdrawn.

    Where its ``version`` is known, what was read of that one is not read again.
    Its texts are those in the ``language`` (``en``, ``easy``) if there are any, else the German ones; of many
    times those of the ``wanted`` day are on it. A preview shows a draft too and all times, and invited guests a
    background talk: the caller has checked who asks.
    """
    other_language = None if language == "de" else language  # German texts are the event's own
    at = clock.now()
    event = known_event(slug, other_language, at, version)
    if event is None:
        raise NotFound
    row = event.row
    if row.kind is EventKind.BACKGROUND_TALK and not (is_preview or is_invited):
        raise NotFound
    if not (is_public(row.state, row.published_at, is_listed=row.is_listed) or is_preview):
        raise Gone if row.published_at else NotFound
    times = slot_times(row, at, wanted, UNLIMITED if is_preview else ALL_AT_ONCE)
    standing = standing_of(
        Facts(
            row.state,
            row.admission,
            last_day(row),
            row.end_time,
            row.booking_opens_at,
            row.booking_closes_at,
            times.seats_left,
            row.waiting_list is not WaitingList.OFF,
        ),
        at,
    )
    return EventPage(
        **{name: getattr(row, name) for name in SHOWN_AS_IT_IS} | texts_of(row, language),
        standing=standing,
        opens_at=row.booking_opens_at,
        closes_at=row.booking_closes_at,
        is_protected=event.is_protected,
        programmes=event.programmes,
        hosts=event.hosts,
        places=event.places,
        times=times,
        change=recent_change(row, times, at) if standing not in OVER else None,
        nearby=events_nearby(row, times.listing or row.current_version, event.regions, at),
    )


def texts_of(event: AnyRow, language: str) -> dict[str, str]:
    """Return the texts in another language than German with its name, nothing where nobody has written any."""
    if event.text_title is None:
        return {}
    return {
        "title": event.text_title,
        "summary": event.text_summary,
        "description": event.text_description,
        "language": language,
    }
