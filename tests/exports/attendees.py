"""Invented people on an invented list, for the tests of every format."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from openday.clock import UTC
from openday.exports.attendee_list import Attendee, AttendeeList, Summary

FORMULAS = (
    '=HYPERLINK("http://example.org","Klick")',
    "=1+1",
    "+49 341 123456",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    "\x01=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "﹦1+1",
    '";=1+1;"',
    "http://example.org/",
    "mailto:a.kaya@example.org",
)


def make_attendee(**overrides: Any) -> Attendee:
    facts: dict[str, Any] = {
        "starts_at": datetime(2024, 9, 16, 8, 30, tzinfo=UTC),
        "ends_at": datetime(2024, 9, 16, 9, 0, tzinfo=UTC),
        "name": "Ayşe Kaya",
        "party_size": 2,
        "guest_kind": "Gäste",
        "mode": "Vor Ort",
        "state": "gebucht",
        "organisation": "",
        "needs": "Schriftdolmetschung",
        "reference": "K7QX2M",
        "email": "a.kaya@example.org",
        "phone": "0341 123456",
        "booked_at": datetime(2024, 8, 1, 22, 30, 59, tzinfo=UTC),
    }
    return Attendee(**facts | overrides)


def make_list(*attendees: Attendee, **overrides: Any) -> AttendeeList:
    facts: dict[str, Any] = {
        "event_title": "Tag der offenen Tür",
        "organiser_name": "MBE Leipzig",
        "when": "Mo., 16. September 2024",
        "where": "Beispielstr. 12, 04109 Leipzig",
        "generated_at": datetime(2024, 9, 15, 16, 2, tzinfo=UTC),
        "shred_on": date(2024, 10, 16),
        "summary": Summary(31, 54, (("Politik", 2), ("Presse", 1))),
        "attendees": attendees,
    }
    return AttendeeList(**facts | overrides)


def many(count: int) -> Iterator[Attendee]:
    """Yield attendees one at a time, nothing is kept."""
    start = datetime(2024, 9, 16, 8, 0, tzinfo=UTC)
    for number in range(count):
        yield make_attendee(
            name=f"Ayşe Kaya {number}",
            starts_at=start + timedelta(minutes=number),
            ends_at=None,
            email=f"gast{number}@example.org",
            booked_at=start - timedelta(minutes=number),
        )
