"""Mails between the Träger of one event: the question, and the answer to it."""

from collections.abc import Sequence

from openday import tokens, wording
from openday.exports.words import SHARED_COLUMNS
from openday.mailing.links import link_to
from openday.mailing.phrases import greeting_name
from openday.mailing.staff_mail import Addressee, to_staff
from openday.models import Event, OutboxMessage, Traeger
from openday.models.words import SharedColumn


def host_asked(
    event: Event, partner: Traeger, shared: Sequence[SharedColumn], to: Addressee, token: str
) -> OutboxMessage:
    """Return the question whether a Träger invites too, with what of the guests it would get."""
    return to_staff(
        "host_asked",
        to,
        f"host {tokens.digest(token)}",
        lambda: (
            facts_of(event, partner)
            | {"shared": names_of(shared), "link": link_to("public.event_host.show", token=token)}
        ),
    )


def host_answered(event: Event, partner: Traeger, to: Addressee, *, says_yes: bool) -> OutboxMessage:
    """Return the answer for the Träger that asked."""
    return to_staff(
        "host_answered",
        to,
        f"host {event.id} {partner.id} {'yes' if says_yes else 'no'}",
        lambda: (
            facts_of(event, partner)
            | {"says_yes": says_yes, "link": link_to("console.event_host.show", event_id=event.id)}
        ),
    )


def facts_of(event: Event, partner: Traeger) -> dict[str, str]:
    """Return what both mails say; a name that looks like a link is left out, because anybody can be written to."""
    day = wording.days_in_words(event.starts_on, event.ends_on) if event.starts_on else event.date_words
    return {
        "title": event.title,
        "traeger": greeting_name(event.traeger.name),
        "partner": greeting_name(partner.name),
        "when": day or "",
    }


def names_of(shared: Sequence[SharedColumn]) -> str:
    """Return the agreed columns in words, empty for none."""
    return ", ".join(str(SHARED_COLUMNS[one]) for one in shared)
