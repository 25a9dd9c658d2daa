"""The shape of the demo data: days count from the Monday of the week, clock times are those of Europe/Berlin."""

from dataclasses import dataclass

from openday.models.words import Attendance, EventKind, EventState, LegalRegime

TODAY = 1000
"""Days from here on count from today: ``TODAY + 1`` is tomorrow."""


@dataclass(frozen=True)
class DemoTraeger:
    """A Träger; ``verbaende`` are names."""

    key: str
    name: str
    locality: str
    verbaende: tuple[str, ...]
    phone: str
    regime: LegalRegime = LegalRegime.DSGVO
    house: str = ""
    region: str | None = None
    postcode: str | None = None

    @property
    def email(self) -> str:
        """An address nobody can have (RFC 2606)."""
        return f"kontakt@{self.key}.example.org"


@dataclass(frozen=True)
class DemoPlace:
    """A place, a stop or a part; ``start`` and ``end`` as ``HH:MM``."""

    locality: str | None
    region: str
    postcode: str | None = None
    street: str | None = None
    name: str | None = None
    label: str | None = None
    directions: str | None = None
    day: int | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class Times:
    """A row of slots on one day from ``first`` to ``until``; without ``minutes`` it is one slot that may have no end.

    ``first`` and ``until`` are clock times, or minutes from now such as ``+10``. ``taken`` are the seats already taken, slot by slot; ``online`` are further seats beside ``seats``.
    """

    day: int
    first: str
    until: str | None
    seats: int | None
    minutes: int | None = None
    pause: int = 0
    taken: tuple[int, ...] = ()
    online: int | None = None
    online_taken: tuple[int, ...] = ()
    label: str | None = None
    cancelled: tuple[int, ...] = ()


@dataclass(frozen=True)
class DemoEvent:
    """An event as its Träger would describe it; words for kinds and audiences are those of ``openday.models.words``."""

    slug: str
    title: str
    traeger: str
    programmes: str
    summary: str
    kind: EventKind = EventKind.OPEN_DAY
    description: str = ""
    day: int | None = None
    last_day: int | None = None
    start: str | None = None
    end: str | None = None
    date_words: str | None = None
    time_words: str | None = None
    attendance: Attendance | None = Attendance.ONSITE
    admission: str | None = "required"
    audiences: str = "public"
    places: tuple[DemoPlace, ...] = ()
    hosts: tuple[str, ...] = ()
    has_lead: bool = False
    times: tuple[Times, ...] = ()
    state: EventState = EventState.PUBLISHED
    is_listed: bool = True
    is_note: bool = False
    is_moved_to_today: bool = False
    is_protected: bool = False
    room_url: str | None = None
    room_dial_in: str | None = None
    access: str = ""
    access_notes: str | None = None
    languages: str = "de"
    photo: str | None = None
    photo_note: str | None = None
    contact: str = "Mira Lindner"
    party_limit: int = 10
    opens_in_days: int | None = None
    closed_days_ago: int | None = None
    cancel_reason: str | None = None
