"""The nouns. Import them from here; each has a file of its name."""

from openday.models.audit_entry import AuditEntry
from openday.models.booking import Booking
from openday.models.campaign import Campaign
from openday.models.event import Event
from openday.models.event_host import EventHost
from openday.models.membership import Membership
from openday.models.outbox_message import OutboxMessage
from openday.models.place import Place
from openday.models.programme import Programme, event_programmes
from openday.models.rate_counter import RateCounter
from openday.models.seat_pool import SeatPool
from openday.models.slot import Slot
from openday.models.traeger import Traeger
from openday.models.user import SecurityRole, StaffSession, User
from openday.models.verband import Verband, traeger_verbaende

__all__ = [
    "AuditEntry",
    "Booking",
    "Campaign",
    "Event",
    "EventHost",
    "Membership",
    "OutboxMessage",
    "Place",
    "Programme",
    "RateCounter",
    "SeatPool",
    "SecurityRole",
    "Slot",
    "StaffSession",
    "Traeger",
    "User",
    "Verband",
    "event_programmes",
    "traeger_verbaende",
]
