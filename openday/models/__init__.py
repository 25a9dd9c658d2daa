"""The nouns. Import them from here; each has a file of its name."""

from openday.models.announcement import Announcement
from openday.models.audit_entry import AuditEntry
from openday.models.booking import Booking
from openday.models.booking_seats import BookingSeats
from openday.models.broadcast import Broadcast
from openday.models.campaign import Campaign
from openday.models.door_link import DoorLink
from openday.models.event import Event
from openday.models.event_change import EventChange
from openday.models.event_host import EventHost
from openday.models.event_text import EventText
from openday.models.listing_change import ListingChange
from openday.models.logo import Logo
from openday.models.membership import Membership
from openday.models.outbox_message import OutboxMessage
from openday.models.place import Place
from openday.models.political_visit import PoliticalVisit
from openday.models.press_visit import PressVisit
from openday.models.programme import Programme, event_programmes, traeger_programmes
from openday.models.question import Answer, Question
from openday.models.rate_counter import RateCounter
from openday.models.seat_pool import SeatPool
from openday.models.slot import Slot
from openday.models.suppression import Suppression
from openday.models.team_invitation import TeamInvitation
from openday.models.traeger import Traeger
from openday.models.user import SecurityRole, StaffSession, User
from openday.models.verband import Verband, traeger_verbaende
from openday.models.visit_proposal import VisitProposal
from openday.models.walk_in import WalkIn

__all__ = [
    "Announcement",
    "Answer",
    "AuditEntry",
    "Booking",
    "BookingSeats",
    "Broadcast",
    "Campaign",
    "DoorLink",
    "Event",
    "EventChange",
    "EventHost",
    "EventText",
    "ListingChange",
    "Logo",
    "Membership",
    "OutboxMessage",
    "Place",
    "PoliticalVisit",
    "PressVisit",
    "Programme",
    "Question",
    "RateCounter",
    "SeatPool",
    "SecurityRole",
    "Slot",
    "StaffSession",
    "Suppression",
    "TeamInvitation",
    "Traeger",
    "User",
    "Verband",
    "VisitProposal",
    "WalkIn",
    "event_programmes",
    "traeger_programmes",
    "traeger_verbaende",
]
