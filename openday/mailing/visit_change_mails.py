"""What the house hears at once when somebody from politics or the press changes a visit or gives it up."""

from flask_babel import force_locale

from openday.mailing.change_mails import mode_words, person_words, time_words
from openday.mailing.visit import EventFacts, Visit
from openday.mailing.visit_request_mails import to_host
from openday.models import Booking, OutboxMessage
from openday.models.words import Mode


def visit_moved(booking: Booking, visit: Visit, previous: Visit) -> OutboxMessage | None:
    """Return the news of another time, or of another way to take part at the same time."""
    with force_locale(visit.contact.language):
        if visit.slot_id == previous.slot_id:
            return changed(booking, visit, mode_words(Mode.ONSITE if booking.mode is Mode.ONLINE else Mode.ONLINE))
        return changed(booking, visit, time_words(previous))


def visit_resized(booking: Booking, visit: EventFacts, previous_size: int) -> OutboxMessage | None:
    """Return the news that more or fewer people come."""
    with force_locale(visit.contact.language):
        return changed(booking, visit, person_words(previous_size))


def visit_corrected(booking: Booking, visit: EventFacts) -> OutboxMessage | None:
    """Return the news that something about a visit was corrected: it says everything as it is now."""
    with force_locale(visit.contact.language):
        return changed(booking, visit, old="")


def changed(booking: Booking, visit: EventFacts, old: str) -> OutboxMessage | None:
    """Return the news of a visit as it is now; None where the event has no address to write to."""
    return to_host("visit_changed_for_host", booking, visit, old=old, mode=mode_words(booking.mode))


def visit_given_up(booking: Booking, facts: EventFacts, ending: str = "cancelled") -> OutboxMessage | None:
    """Return the news that a visit is cancelled, or a request without a time taken back.

    ``ending`` is ``waited`` for a place in the line and ``lapsed`` for a provisional visit nobody promised.
    """
    return to_host("visit_cancelled_for_host", booking, facts, ending=ending)
