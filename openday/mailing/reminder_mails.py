"""The reminder a guest gets the day before. It never holds the room's link: that stands on the booking's own page."""

from datetime import datetime, time, timedelta

from flask_babel import force_locale

from openday import clock, wording
from openday.mailing.links import link_to
from openday.mailing.messages import visit_facts, written
from openday.mailing.phrases import one_line
from openday.mailing.visit import Visit
from openday.models import Booking, OutboxMessage
from openday.models.words import Mode

REMINDER = "reminder"
ROOM_OPENS = timedelta(minutes=15)


def reminder(booking: Booking, visit: Visit, token: str, *, is_today: bool = False) -> OutboxMessage:
    """Return way, access and contact; ``is_today`` is for one that comes late. There is one for each day of a visit."""
    with force_locale(booking.language):
        facts = visit_facts(booking, visit) | {
            "is_today": is_today,
            "is_onsite": booking.mode is Mode.ONSITE,
            "is_protected": visit.is_protected,
            "address": one_line(None if visit.is_protected else visit.address),
            "locality": one_line(visit.locality),
            "directions": one_line(None if visit.is_protected else visit.directions),
            "party_size": booking.party_size,
            "day_contact": one_line(visit.day_contact_name or visit.contact.name),
            "day_phone": one_line(visit.day_contact_phone or visit.contact.phone),
            "opens_at": wording.times_in_words(visit.starts_at - ROOM_OPENS, None),
            "booking_link": link_to("public.booking.show", token=token),
            "room_link": link_to("public.room.show", token=token) if booking.mode is Mode.ONLINE else "",
            "cancel_link": link_to("public.booking.cancel", token=token),
        }
        message = written(REMINDER, booking, visit, facts, version_of(visit))
    message.expires_at = visit.starts_at if is_today else midnight_before(visit)
    return message


def version_of(visit: Visit) -> int:
    """Return the number of the visit's day: moved to another day, it is reminded of once more."""
    return visit.day.toordinal()


def midnight_before(visit: Visit) -> datetime:
    """Return when „Morgen“ stops being true."""
    return clock.from_berlin(visit.day, time())
