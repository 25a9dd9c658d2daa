"""What a Verband, a Liga or the platform writes to its Träger: the words as they were typed, and who typed them."""

from dataclasses import dataclass

from flask_babel import gettext as _

from openday.mailing.announcement_mails import paragraphs
from openday.mailing.links import link_to
from openday.mailing.phrases import greeting_name, one_line
from openday.mailing.staff_mail import Addressee, to_staff
from openday.models import Broadcast, OutboxMessage, User


@dataclass(frozen=True)
class Reader:
    """An address and the Träger it reads for; without an account it is the public contact of one."""

    email: str
    name: str
    traeger_ids: frozenset[int]
    has_account: bool = False
    language: str = "de"


def broadcast_sent(broadcast: Broadcast, sender: User, circle: str, reader: Reader) -> OutboxMessage:
    """Return the mail of one reader; answers go to the sender."""
    mail = to_staff(
        "broadcast",
        Addressee(reader.email, reader.language, reader.name, is_known=reader.has_account),
        f"broadcast {broadcast.nonce}",
        lambda: {
            "headline": one_line(broadcast.subject),
            "writer": writer(sender, circle),
            "paragraphs": paragraphs(broadcast.text),
            "has_account": reader.has_account,
            "link": link_to("console.dashboard.show" if reader.has_account else "public.catalogue.show"),
        },
    )
    mail.reply_to = sender.email
    return mail


def writer(sender: User, circle: str) -> str:
    """Return ``Karin Althaus (AWO)``; the platform calls itself by the campaign."""
    name, place = greeting_name(sender.name), one_line(circle) or _("Aktionswoche")
    return f"{name} ({place})" if name else place
