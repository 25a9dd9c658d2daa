"""What somebody asked for with a form, checked for its shape only."""

import hashlib
import json
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from openday.models.words import (
    DayPart,
    FieldOfWork,
    GuestKind,
    MayAnnounce,
    Mode,
    PoliticalLevel,
    PressProof,
    YesNoOpen,
)

UNTYPED = frozenset({"nonce", "language", "network", "is_suspicious"})  # what a request has besides what was typed


@dataclass(frozen=True)
class PoliticalFacts:
    """What a political visit says beside name and address; ``is_for_guest`` when an office books for somebody else."""

    level: PoliticalLevel
    guest_role: str | None = None
    constituency: str | None = None
    is_for_guest: bool = False
    brings_press: YesNoOpen = YesNoOpen.OPEN
    may_announce: MayAnnounce = MayAnnounce.NO
    topics: str | None = None
    security_notes: str | None = None


@dataclass(frozen=True)
class PressFacts:
    """What the press says beside name and address; whoever sends it has accepted the photo rule."""

    plans: tuple[str, ...]
    proof: PressProof | None = None
    talks_to: tuple[str, ...] = ()
    deadline: str | None = None


@dataclass(frozen=True)
class Proposal:
    """A time an office suggests: a Berlin day with a clock time, or with a part of the day."""

    day: date
    start_time: time | None = None
    day_part: DayPart | None = None


class GivenAnswer(NamedTuple):
    """What was answered to a question, and how many days after the visit that is kept: so it was promised."""

    question_id: int
    text: str
    keep_days: int


@dataclass(frozen=True)
class BookingRequest:
    """What a visitor asked for. ``mode`` None leaves it to the slot's only way.

    ``asks_host`` wants the host's yes first; ``provisional_until`` holds the seats until that instant for somebody who
    can't promise yet. ``terms_version`` are the terms that were accepted. ``network`` is the digest of the network the
    request came from, ``is_suspicious`` that a lot came from there.
    """

    slot_id: int
    name: str
    email: str
    party_size: int
    nonce: str
    mode: Mode | None = None
    needs: str | None = None
    guest_kind: GuestKind = GuestKind.PUBLIC
    phone: str | None = None
    guest_name: str | None = None
    organisation: str | None = None
    field_of_work: FieldOfWork | None = None
    companions: str | None = None
    politics: PoliticalFacts | None = None
    press: PressFacts | None = None
    answers: tuple[GivenAnswer, ...] = ()
    terms_version: int | None = None
    asks_host: bool = False
    provisional_until: datetime | None = None
    language: str = "de"
    network: str | None = None
    is_suspicious: bool = False

    @property
    def payload_digest(self) -> str:
        """SHA-256 over everything a person typed: tells a repeated form from a changed one."""
        content = {name: value for name, value in vars(self).items() if name not in UNTYPED}
        return hashlib.sha256(json.dumps(content, default=plainly, sort_keys=True).encode()).hexdigest()


def plainly(value: Any) -> Any:
    """Return what JSON has no form for as what it consists of, or as text."""
    return vars(value) if is_dataclass(value) else str(value)
