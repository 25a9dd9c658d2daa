"""Mails between a Träger that is new and the Verband that answers it."""

from datetime import date

from openday import wording
from openday.exports.words import RETURN_REASONS
from openday.mailing.links import link_to
from openday.mailing.phrases import one_line
from openday.mailing.staff_mail import Addressee, to_staff
from openday.models import Event, OutboxMessage, Traeger, User


def traeger_joined(traeger: Traeger, owner: User, approver: str, answer_by: date) -> OutboxMessage:
    """Return the welcome: what can be done at once, and who answers by when."""
    return to_staff(
        "traeger_joined",
        Addressee.of(owner),
        f"traeger {traeger.id}",
        lambda: {
            "traeger": one_line(traeger.name),
            "traeger_in_subject": one_line(traeger.name),
            "approver": one_line(approver),
            "answer_by": wording.day_in_words(answer_by),
            "create_link": link_to("console.event.create"),
        },
    )


def review_waiting(traeger: Traeger, event: Event | None, person: User, *, is_escalated: bool = False) -> OutboxMessage:
    """Return the news that something waits for an answer; ``is_escalated``: because nobody of a Verband answered."""
    thing = event or traeger
    link = ("verband.queue.event", {"event_id": event.id}) if event else ("verband.queue.traeger", {})
    return to_staff(
        "review_waiting",
        Addressee.of(person),
        f"{cause_of(traeger, event)} {thing.submitted_at} {is_escalated}",
        lambda: (
            names_of(traeger, event)
            | {
                "is_escalated": is_escalated,
                "locality": one_line(traeger.locality),
                "verbaende": ", ".join(one_line(verband.name) for verband in traeger.verbaende),
                "queue_link": link_to(link[0], **(link[1] or {"traeger_id": traeger.id})),
            }
        ),
    )


def review_approved(traeger: Traeger, event: Event | None, owner: User, *, listed: int = 0) -> OutboxMessage:
    """Return the yes; ``listed`` events of a Träger came into the lists by it."""
    thing = event or traeger
    return to_staff(
        "review_approved",
        Addressee.of(owner),
        f"{cause_of(traeger, event)} {thing.reviewed_at}",
        lambda: (
            names_of(traeger, event)
            | {
                "is_trusted": traeger.is_trusted,
                "listed": listed,
                "link": link_to("public.event.show", slug=event.slug) if event else link_to("console.dashboard.show"),
            }
        ),
    )


def review_returned(traeger: Traeger, event: Event | None, owner: User) -> OutboxMessage:
    """Return what is missing, in the words of the list and of whoever answered."""
    thing = event or traeger
    return to_staff(
        "review_returned",
        Addressee.of(owner),
        f"{cause_of(traeger, event)} {thing.reviewed_at}",
        lambda: (
            names_of(traeger, event)
            | {
                "reason": str(RETURN_REASONS[thing.return_reason]) if thing.return_reason else "",
                "note": one_line(thing.return_note),
                "link": link_to("console.event.show", event_id=event.id)
                if event
                else link_to("console.traeger.show", traeger_id=traeger.id),
            }
        ),
    )


def trust_withdrawn(traeger: Traeger, owner: User) -> OutboxMessage:
    """Return the news that later events are looked at first, and why."""
    return to_staff(
        "trust_withdrawn",
        Addressee.of(owner),
        f"traeger {traeger.id} {traeger.reviewed_at}",
        lambda: (
            names_of(traeger, None)
            | {
                "note": one_line(traeger.return_note),
                "link": link_to("console.traeger.show", traeger_id=traeger.id),
            }
        ),
    )


def event_listed(event: Event, person: User) -> OutboxMessage:
    """Return the news for the Verband that a trusted Träger has put an event into the lists."""
    return to_staff(
        "event_listed",
        Addressee.of(person),
        f"event {event.id}",
        lambda: (
            names_of(event.traeger, event)
            | {
                "when": wording.days_in_words(event.starts_on, event.ends_on) if event.starts_on else "",
                "event_link": link_to("public.event.show", slug=event.slug),
            }
        ),
    )


def names_of(traeger: Traeger, event: Event | None) -> dict[str, str]:
    """Return what a mail calls its subject; ``title`` is empty where it is about a Träger."""
    return {
        "title": one_line(event.title) if event else "",
        "traeger": one_line(traeger.name),
        "traeger_in_subject": one_line(traeger.name),
    }


def cause_of(traeger: Traeger, event: Event | None) -> str:
    """Return what tells the mails about two things apart."""
    return f"event {event.id}" if event else f"traeger {traeger.id}"
