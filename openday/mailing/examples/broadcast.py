"""Examples of what a Verband writes to its Träger."""

from openday.mailing.broadcast_mails import Reader, broadcast_sent
from openday.mailing.examples.example import Example
from openday.mailing.examples.join import coordinator, owner
from openday.mailing.visit import Visit
from openday.models import Booking, Broadcast, OutboxMessage

TEXT = """Noch fehlen Termine aus zwölf Orten.

Bitte tragen Sie Ihren bis Freitag ein,
auch wenn noch nicht alles feststeht."""


def to_person(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the mail of somebody with an account."""
    person = owner(booking)
    reader = Reader(person.email, person.name, frozenset([9]), has_account=True, language=person.reads)
    return broadcast_sent(message_about(visit), coordinator(booking), "AWO", reader)


def to_contact(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the mail to the public address of a Träger nobody has an account at."""
    reader = Reader("post@lindenhof.example.org", "", frozenset([9]), language=booking.language)
    return broadcast_sent(message_about(visit), coordinator(booking), "", reader)


def message_about(visit: Visit) -> Broadcast:
    """Return a message whose words name an event."""
    return Broadcast(nonce="4", subject=f"Ihre Termine: {visit.title}", text=f"{TEXT}\n\n{visit.title}")


EXAMPLES = (
    Example("broadcast", to_person, is_for_staff=True),
    Example("broadcast-contact", to_contact, is_for_staff=True),
)
