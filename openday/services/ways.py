"""The ways into an event: one of them is the main one, the others stand beside it."""

from collections.abc import Collection

from openday.models.words import GuestKind

ORDER = (GuestKind.PUBLIC, GuestKind.PROFESSIONAL, GuestKind.POLITICS, GuestKind.PRESS)


def ways_in(audiences: Collection[str]) -> tuple[GuestKind, ...]:
    """Return for whom an event has a form, the main one first; one that says nothing is for everybody."""
    return tuple(kind for kind in ORDER if kind in audiences) or (GuestKind.PUBLIC,)
