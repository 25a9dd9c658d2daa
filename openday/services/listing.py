"""Which events stand in the lists: those whose Träger wants it and whose Verband trusts the Träger or said yes."""

from openday.models import Event
from openday.models.words import EventKind, Review


def settle_listing(event: Event) -> None:
    """Write down whether an event is listed; call it, before announcing it, after every change this hangs on."""
    event.is_listed = (
        event.wants_listing
        and event.kind is not EventKind.BACKGROUND_TALK
        and (event.traeger.is_trusted or event.review is Review.APPROVED)
    )
