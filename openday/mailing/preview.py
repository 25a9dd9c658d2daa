"""Every kind of mail there is, by name. ``openday mail preview`` shows them, one test holds all of them to the rules.

A new mail joins in three steps:

1. its texts: ``templates/mail/<kind>/{subject.txt,body.txt,body.html}``;
2. an :class:`~openday.mailing.examples.example.Example` in a module of ``openday/mailing/examples``, named like the
   module that makes the mail, and that module in :data:`AREAS` below;
3. its golden texts: ``openday mail preview KIND --language en`` prints exactly what
   ``tests/mailing/golden/KIND.en.txt`` holds; read it before you store it.

``tests/mailing/test_every_mail.py`` then asks of it in German and English: a status first in a subject of at most 60
characters; a text part that says all the HTML says; one button whose address is readable; the language; no image, no
foreign address, no more than 25 KB; no secret in a calendar entry, no guest's link in a mail to staff, no room link; no
markup from outside; no typed word in a check mail.
"""

from openday.mailing.examples import booking, broadcast, check, host, house, join, press, room, visit_request, waiting
from openday.mailing.examples.example import Example
from openday.models import OutboxMessage

AREAS = (booking, check, host, house, visit_request, press, room, waiting, join, broadcast)

MAILS: dict[str, Example] = {example.name: example for area in AREAS for example in area.EXAMPLES}


def as_text(message: OutboxMessage) -> str:
    """Return subject and text as a person reads them: what the golden texts hold."""
    return f"{message.subject}\n\n{message.text}"
