"""One visit and one booking of it that never change, so that whole mails can be compared."""

from datetime import UTC, date, datetime
from typing import Any

from openday.mailing.envelope import Letter
from openday.mailing.visit import Contact, Pool, Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import (
    AddressVisibility,
    Attendance,
    Confirmation,
    EventKind,
    EventState,
    Mode,
    SlotState,
    WaitingList,
)

TOKEN = "w3Lc0meAtTheOpenDoor4711abc"
STARTS_AT = datetime(2024, 9, 16, 8, 30, tzinfo=UTC)


def sample_visit(**overrides: Any) -> Visit:
    values: dict[str, Any] = {
        "slot_id": 7,
        "event_id": 3,
        "campaign_id": 1,
        "slug": "mbe-leipzig",
        "title": "MBE Leipzig öffnet die Tür",
        "traeger": "Beratungsstelle Mitte e. V.",
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


def sample_booking(**overrides: Any) -> Booking:
    values: dict[str, Any] = {
        "reference": "K7M-4PXQ",
        "event_id": 3,
        "slot_id": 7,
        "mode": Mode.ONSITE,
        "party_size": 2,
        "booker_name": "Ayşe Kaya",
        "booker_email": "a.kaya@example.org",
        "language": "de",
        "created_at": datetime(2024, 9, 1, 10, 0, tzinfo=UTC),
        "erase_on": date(2024, 10, 16),
    }
    return Booking(**{**values, **overrides})


def letter_of(message: OutboxMessage) -> Letter:
    """Return the letter the worker would make of a row that has just been claimed."""
    return Letter(
        id=1,
        kind=message.kind,
        message_id=message.message_id,
        recipient=message.recipient,
        reply_to=message.reply_to,
        language=message.language,
        subject=message.subject,
        text=message.text,
        html=message.html,
        calendar=message.calendar,
        calendar_method=message.calendar_method,
        attempts=0,
        created_at=STARTS_AT,
        lease_until=STARTS_AT,
    )
