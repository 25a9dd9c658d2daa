"""Who waits for seats, and who gets the next ones."""

from datetime import datetime


def serve_waiting(event_id: int, at: datetime) -> int:
    """Offer what is free to the next in line; call it behind the event's row wherever seats become free."""
    return 0
