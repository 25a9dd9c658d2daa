"""The mail about a room that changed. The room's link is in no mail: it stands on the booking's own page."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale

from openday import wording
from openday.mailing.links import link_to
from openday.mailing.messages import visit_facts, written
from openday.mailing.visit import Visit
from openday.models import Booking, OutboxMessage

KIND = "room_changed"


@dataclass(frozen=True)
class RoomNews:
    """From when on the new link is shown, whether it is known already, and how often there was such news before."""

    opens_at: datetime
    is_known: bool
    version: int


def room_changed(booking: Booking, visit: Visit, token: str, news: RoomNews) -> OutboxMessage:
    """Return the note that the old link is void; of no use once the session is over."""
    with force_locale(booking.language):
        facts = visit_facts(booking, visit) | {
            "has_room": news.is_known,
            "opens_at": wording.moment_in_words(news.opens_at),
            "room_link": link_to("public.room.show", token=token),
        }
        message = written(KIND, booking, visit, facts, news.version)
    message.expires_at = visit.ends_at or visit.starts_at
    return message
