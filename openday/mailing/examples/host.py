"""Examples of what the Träger of one event write to each other."""

from openday.mailing import host_mails
from openday.mailing.examples.example import Example
from openday.mailing.examples.join import event_of
from openday.mailing.visit import Visit
from openday.models import OutboxMessage, Traeger
from openday.models.words import SharedColumn

PARTNER = Traeger(id=12, name="JMD Süd")
LINK = "m1tw1rken0derNicht4711"


def answered(visit: Visit, *, says_yes: bool) -> OutboxMessage:
    """Return the answer."""
    return host_mails.host_answered(event_of(visit), PARTNER, "olga@lindenhof.example.org", says_yes=says_yes)


EXAMPLES = (
    Example(
        "host_asked",
        lambda _booking, visit: host_mails.host_asked(
            event_of(visit), PARTNER, (SharedColumn.NAME, SharedColumn.PERSONS), "jmd@sued.example.org", LINK
        ),
        is_for_staff=True,
    ),
    Example("host_answered", lambda _booking, visit: answered(visit, says_yes=True), is_for_staff=True),
    Example("host_answered-no", lambda _booking, visit: answered(visit, says_yes=False), is_for_staff=True),
)
