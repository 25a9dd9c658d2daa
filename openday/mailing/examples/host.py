"""Examples of what the Träger of one event write to each other."""

from openday.mailing import host_mails
from openday.mailing.examples.example import Example
from openday.mailing.examples.join import event_of, owner
from openday.mailing.staff_mail import Addressee
from openday.mailing.visit import Visit
from openday.models import Booking, OutboxMessage, Traeger
from openday.models.words import SharedColumn

PARTNER = Traeger(id=12, name="JMD Süd")
LINK = "m1tw1rken0derNicht4711"


def asked(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the question for somebody nobody knows yet."""
    partner = Addressee("jmd@sued.example.org", booking.language, is_known=False)
    return host_mails.host_asked(event_of(visit), PARTNER, (SharedColumn.NAME, SharedColumn.PERSONS), partner, LINK)


def answered(booking: Booking, visit: Visit, *, says_yes: bool) -> OutboxMessage:
    """Return the answer."""
    return host_mails.host_answered(event_of(visit), PARTNER, Addressee.of(owner(booking)), says_yes=says_yes)


EXAMPLES = (
    Example("host_asked", asked, is_for_staff=True),
    Example("host_answered", lambda booking, visit: answered(booking, visit, says_yes=True), is_for_staff=True),
    Example("host_answered-no", lambda booking, visit: answered(booking, visit, says_yes=False), is_for_staff=True),
)
