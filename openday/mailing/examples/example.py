"""What an example of a mail is made of: one visit, one booking of it, one secret, all of them invented."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from openday.mailing.visit import Contact, EventFacts, Pool, Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import (
    AddressVisibility,
    Attendance,
    BookingState,
    Confirmation,
    EventKind,
    EventState,
    GuestKind,
    Mode,
    SlotState,
    WaitingList,
)

TOKEN = "w3Lc0meAtTheOpenDoor4711abc"  # noqa: S105 - opens nothing
STARTS_AT = datetime(2024, 9, 16, 8, 30, tzinfo=UTC)


def example_visit(**overrides: Any) -> Visit:
    """Return half an hour in Leipzig; every keyword overrides a fact."""
    values: dict[str, Any] = {
        "slot_id": 7,
        "event_id": 3,
        "campaign_id": 1,
        "slug": "mbe-leipzig",
        "title": "MBE Leipzig öffnet die Tür",
        "traeger": "Beratungsstelle Mitte e. V.",
        "region": "SN",
        "event_state": EventState.PUBLISHED,
        "slot_state": SlotState.OPEN,
        "event_sequence": 2,
        "starts_at": STARTS_AT,
        "ends_at": datetime(2024, 9, 16, 9, 0, tzinfo=UTC),
        "attendance": Attendance.ONSITE,
        "pools": (Pool(Mode.ONSITE, 8),),
        "party_limit": 10,
        "booking_opens_at": None,
        "booking_closes_at": None,
        "address": "Beratungsstelle Mitte, Beispielstraße 12, 04109 Leipzig",
        "locality": "Leipzig",
        "directions": None,
        "address_visibility": AddressVisibility.PUBLIC,
        "photo_rule": None,
        "photo_note": None,
        "contact": Contact("Mira Beispiel", "0341 000000", "kontakt@beispiel.de"),
        "kind": EventKind.OPEN_DAY,
        "last_day": date(2024, 9, 16),
        "audiences": ("public",),
        "confirmation": Confirmation.AUTO,
        "waiting_list": WaitingList.OFFER,
        "sends_reminders": True,
        "registers_companions": False,
        "terms": None,
        "terms_version": 1,
        "day_contact_name": None,
        "day_contact_phone": None,
        "is_photo_moment": False,
        "change_until": STARTS_AT,
    }
    return Visit(**{**values, **overrides})


def example_booking(**overrides: Any) -> Booking:
    """Return a confirmed booking of two that is in no database; every keyword overrides a column."""
    values: dict[str, Any] = {
        "reference": "K7M-4PXQ",
        "event_id": 3,
        "slot_id": 7,
        "mode": Mode.ONSITE,
        "state": BookingState.CONFIRMED,
        "guest_kind": GuestKind.PUBLIC,
        "party_size": 2,
        "booker_name": "Ayşe Kaya",
        "booker_email": "a.kaya@example.org",
        "language": "de",
        "sequence": 0,
        "created_at": datetime(2024, 9, 1, 10, 0, tzinfo=UTC),
        "erase_on": date(2024, 10, 16),
    }
    return Booking(**{**values, **overrides})


def without_time(visit: Visit) -> EventFacts:
    """Return what is known of the event where no time of it is chosen yet."""
    return EventFacts(**{name: getattr(visit, name) for name in EventFacts.__dataclass_fields__})


@dataclass(frozen=True)
class Example:
    """One kind of mail and how to make one.

    ``name`` is the mail's folder in ``templates/mail``; ``folder-word`` is a second example of the same folder.
    ``make`` gets a booking and a visit (made by ``booking`` and ``visit``, which take overrides) and uses :data:`TOKEN`
    where a link needs its secret. ``is_check``: anybody can cause it with a foreign address, so that it says no word
    anybody typed (threat model, T4). ``is_for_staff``: goes to a house, so that no guest's secret link is in it.
    """

    name: str
    make: Callable[[Booking, Visit], OutboxMessage]
    booking: Callable[..., Booking] = example_booking
    visit: Callable[..., Visit] = example_visit
    is_check: bool = False
    is_for_staff: bool = False

    @property
    def folder(self) -> str:
        """The folder of its templates."""
        return self.name.partition("-")[0]

    def written(self, language: str = "de") -> OutboxMessage:
        """Return the mail in a language, which the guest, the house and whoever has an account read alike."""
        return self.make(self.booking(language=language), self.visit_in(language))

    def visit_in(self, language: str, **overrides: Any) -> Visit:
        """Return the visit to a house that reads a language."""
        visit = self.visit(**overrides)
        return replace(visit, contact=replace(visit.contact, language=language))
