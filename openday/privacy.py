"""Every column that can hold personal data says its class, purpose and retention; one without fails the build.

Classes follow the threat model: ``P0`` public, ``P1`` organiser, ``P2`` contact of an attendee, ``P3`` life-affecting.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any


class DataClass(StrEnum):
    """How much harm a leak of the column would do."""

    PUBLIC = "P0"
    STAFF = "P1"
    CONTACT = "P2"
    PROTECTED = "P3"


@dataclass(frozen=True)
class Retention:
    """How long a value is kept, counted from ``since`` (a word for the records of processing)."""

    days: int | None
    since: str

    @property
    def period(self) -> timedelta | None:
        """The duration, or None for a value that stays as long as its row."""
        return None if self.days is None else timedelta(days=self.days)


KEPT = Retention(None, "row")
AFTER_EVENT = Retention(30, "event_end")
SOON_AFTER_EVENT = Retention(7, "event_end")
AFTER_SENDING = Retention(7, "sent")
AFTER_ACCOUNT = Retention(30, "account_end")
AFTER_ANSWER = Retention(0, "answer_end")  # every answer knows its own last day
AFTER_WISH = Retention(730, "wish")
AFTER_INVITATION = Retention(7, "invitation_end")
AFTER_SESSION = Retention(1, "session_end")


def holds(data_class: DataClass, purpose: str, retention: Retention = KEPT) -> dict[str, Any]:
    """Return the ``info`` of a column: ``mapped_column(..., info=holds(DataClass.CONTACT, "greet", AFTER_EVENT))``."""
    return {"data_class": data_class, "purpose": purpose, "retention": retention}


def not_personal() -> dict[str, Any]:
    """Return the ``info`` of a text column that holds nothing about a person."""
    return holds(DataClass.PUBLIC, "operation")
