"""One row of the list, understood: what it says, and nothing else."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, time

from openday.models.words import Admission, Attendance, EventKind


@dataclass(frozen=True)
class PlaceFacts:
    """Where: what of it is known. ``region`` is the ISO 3166-2:DE code without ``DE-``."""

    name: str | None = None
    street: str | None = None
    postcode: str | None = None
    locality: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class ActivityRow:
    """An activity; days and clock times are those of Europe/Berlin, None is what the list does not say.

    ``names_year``: the row itself says its ``year``; else whoever read the list said it for all such rows.
    """

    line: int
    year: int
    names_year: bool
    traeger: str
    verbaende: tuple[str, ...]
    programmes: tuple[str, ...]
    kind: EventKind
    title: str
    starts_on: date | None
    ends_on: date | None
    start_time: time | None
    end_time: time | None
    attendance: Attendance | None
    places: tuple[PlaceFacts, ...]
    partners: tuple[str, ...]
    audiences: tuple[str, ...]
    access_notes: str | None
    admission: Admission | None
    source_url: str | None
    notes: str | None

    @property
    def source_key(self) -> str:
        """SHA-256 over what makes it this activity and no other: the same row is recognised when it comes again."""
        towns = [place.locality for place in self.places]
        day = self.starts_on.isoformat() if self.starts_on else None
        identity = [self.traeger, self.title, day, towns, self.source_url]
        return hashlib.sha256(json.dumps(identity).casefold().encode()).hexdigest()
