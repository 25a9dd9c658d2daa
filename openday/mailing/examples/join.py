"""Examples of what a new Träger, its team and its Verband are told."""

from datetime import UTC, date, datetime

from openday.mailing import review_mails, team_mails
from openday.mailing.examples.example import Example
from openday.mailing.staff_mail import Addressee
from openday.mailing.visit import Visit
from openday.models import Booking, Event, OutboxMessage, TeamInvitation, Traeger, User, Verband
from openday.models.words import ReturnReason, Review, Role

MONDAY = date(2024, 9, 16)
ASKED_AT = datetime(2024, 9, 2, 8, 0, tzinfo=UTC)
NOTE = "Schreiben Sie dazu, an welcher Tür Gäste klingeln."


def owner(booking: Booking) -> User:
    """Return the person of a Träger, who reads the language that is asked for."""
    return User(id=21, email="olga@lindenhof.example.org", name="Olga Winter", language=booking.language)


def coordinator(booking: Booking) -> User:
    """Return the person of a Verband."""
    return User(id=22, email="karin@verband.example.org", name="Karin Althaus", language=booking.language)


def traeger_of(visit: Visit, review: Review = Review.WAITING) -> Traeger:
    """Return a Träger that has signed itself up."""
    return Traeger(
        id=9,
        name=visit.traeger,
        locality=visit.locality,
        verbaende=[Verband(name="AWO")],
        review=review,
        submitted_at=ASKED_AT,
        reviewed_at=ASKED_AT,
        return_reason=ReturnReason.UNCLEAR,
        return_note=NOTE,
    )


def event_of(visit: Visit, review: Review = Review.APPROVED) -> Event:
    """Return an event of it."""
    return Event(
        id=visit.event_id,
        slug=visit.slug,
        title=visit.title,
        starts_on=MONDAY,
        traeger=traeger_of(visit, review),
        submitted_at=ASKED_AT,
        reviewed_at=ASKED_AT,
        return_reason=ReturnReason.UNCLEAR,
        return_note=NOTE,
    )


def joined(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the welcome."""
    return review_mails.traeger_joined(traeger_of(visit), owner(booking), "Karin Althaus (AWO)", MONDAY)


def traeger_waits(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the question about a Träger."""
    return review_mails.review_waiting(traeger_of(visit), None, coordinator(booking))


def event_waits(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the question about an event."""
    event = event_of(visit)
    return review_mails.review_waiting(event.traeger, event, coordinator(booking))


def went_up(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the question nobody has answered."""
    return review_mails.review_waiting(traeger_of(visit), None, coordinator(booking), is_escalated=True)


def traeger_approved(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the trust in a Träger."""
    return review_mails.review_approved(traeger_of(visit, Review.TRUSTED), None, owner(booking), listed=2)


def event_approved(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the yes to an event."""
    event = event_of(visit)
    return review_mails.review_approved(event.traeger, event, owner(booking))


def traeger_returned(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return what a Träger has to add."""
    return review_mails.review_returned(traeger_of(visit), None, owner(booking))


def event_returned(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return what an event lacks."""
    event = event_of(visit)
    return review_mails.review_returned(event.traeger, event, owner(booking))


def watched(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the end of the trust."""
    return review_mails.trust_withdrawn(traeger_of(visit, Review.APPROVED), owner(booking))


def listed(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the news about an event of a trusted Träger."""
    return review_mails.event_listed(event_of(visit), coordinator(booking))


def invited(booking: Booking, visit: Visit) -> OutboxMessage:
    """Return the invitation of a colleague; its secret opens nothing."""
    invitation = TeamInvitation(
        email="emre@lindenhof.example.org", role=Role.EDITOR, token_digest="0" * 64, expires_at=ASKED_AT
    )
    colleague = Addressee(invitation.email, booking.language, is_known=False)
    return team_mails.team_invited(visit.traeger, "Olga Winter", invitation, "s3cretOfAnInvitation4712ab", colleague)


EXAMPLES = (
    Example("traeger_joined", joined, is_for_staff=True),
    Example("review_waiting", traeger_waits, is_for_staff=True),
    Example("review_waiting-event", event_waits, is_for_staff=True),
    Example("review_waiting-went_up", went_up, is_for_staff=True),
    Example("review_approved", traeger_approved, is_for_staff=True),
    Example("review_approved-event", event_approved, is_for_staff=True),
    Example("review_returned", traeger_returned, is_for_staff=True),
    Example("review_returned-event", event_returned, is_for_staff=True),
    Example("trust_withdrawn", watched, is_for_staff=True),
    Example("event_listed", listed, is_for_staff=True),
    Example("team_invited", invited, is_for_staff=True),
)
