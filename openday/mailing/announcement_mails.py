"""What an organiser writes to guests, as each of them gets it: the words as they were typed, and the booking's page."""

from flask_babel import force_locale

from openday.mailing.house_change_mails import stage_of
from openday.mailing.links import link_to
from openday.mailing.messages import visit_facts, written
from openday.mailing.phrases import one_line
from openday.mailing.visit import EventFacts
from openday.models import Announcement, Booking, OutboxMessage

KIND = "announcement"


def announced(booking: Booking, facts: EventFacts, token: str, announcement: Announcement) -> OutboxMessage:
    """Return the mail of one guest; a guest gets each announcement once."""
    with force_locale(booking.language):
        words = visit_facts(booking, facts) | {
            "headline": one_line(announcement.subject),
            "paragraphs": paragraphs(announcement.text),
            "stage": stage_of(booking.state),
            "booking_link": link_to("public.booking.show", token=token),
        }
        return written(KIND, booking, facts, words, announcement.id or 0)


def paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph; an empty line ends one."""
    parts = "\n".join(one_line(line) for line in text.splitlines()).split("\n\n")
    return [lines for part in parts if (lines := [line for line in part.split("\n") if line])]
