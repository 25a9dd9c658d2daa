"""What the pages of the event editor ask for: one request each."""

from dataclasses import dataclass
from datetime import date, datetime, time

from openday.models.words import AddressVisibility, Admission, Attendance, EventKind, PhotoRule
from openday.services.place import PlaceRequest


@dataclass(frozen=True)
class NewEvent:
    """A draft to be made."""

    title: str
    kind: EventKind
    traeger_id: int


@dataclass(frozen=True)
class WhatRequest:
    """Page 1 of the editor; every field but the programmes is a column of its name."""

    title: str
    kind: EventKind
    summary: str
    description: str
    audiences: tuple[str, ...]
    programme_ids: tuple[int, ...]


@dataclass(frozen=True)
class WhereRequest:
    """Page 2: ``place`` is the first of the event's places, None when there is none."""

    attendance: Attendance | None
    room_url: str | None
    room_dial_in: str | None
    place: PlaceRequest | None


@dataclass(frozen=True)
class WhenRequest:
    """Page 3: days and times of the wall clock in Europe/Berlin, None where nobody said; opening in aware UTC."""

    starts_on: date | None
    ends_on: date | None
    start_time: time | None
    end_time: time | None
    date_words: str | None
    time_words: str | None
    admission: Admission
    party_limit: int
    booking_opens_at: datetime | None
    booking_closes_at: datetime | None


@dataclass(frozen=True)
class AccessRequest:
    """Page 4."""

    access_features: tuple[str, ...]
    access_notes: str | None
    languages: tuple[str, ...]


@dataclass(frozen=True)
class ProtectionRequest:
    """Page 5."""

    photo_rule: PhotoRule
    photo_note: str | None
    terms: str | None
    address_visibility: AddressVisibility
    wants_listing: bool


@dataclass(frozen=True)
class ContactRequest:
    """Page 6."""

    contact_name: str | None
    contact_phone: str | None
    contact_email: str | None
    day_contact_name: str | None
    day_contact_phone: str | None


TaskRequest = WhatRequest | WhereRequest | WhenRequest | AccessRequest | ProtectionRequest | ContactRequest
