"""The filter of the attendee list, read from the query string: what does not fit is no filter."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from openday.forms.validators import is_storable, strip, whole_number
from openday.models.words import BookingState, GuestKind
from openday.services.attendee_list import AttendeeFilter

LONGEST_SEARCH = 120
W = TypeVar("W", bound=StrEnum)


def attendee_filter(query: Mapping[str, str]) -> AttendeeFilter:
    """Return the filter of ``?q=…&uhrzeit=…&gruppe=…&status=…``."""
    search = str(strip(query.get("q", "")))[:LONGEST_SEARCH]
    return AttendeeFilter(
        search=search if is_storable(search) else "",
        slot_id=whole_number(query.get("uhrzeit")),
        guest_kind=word_of(GuestKind, query.get("gruppe")),
        state=word_of(BookingState, query.get("status")),
    )


def as_query(wanted: AttendeeFilter) -> dict[str, str]:
    """Return the filter as the values of a query string, without what is not set."""
    values = {
        "q": wanted.search,
        "uhrzeit": str(wanted.slot_id or ""),
        "gruppe": str(wanted.guest_kind or ""),
        "status": str(wanted.state or ""),
    }
    return {name: value for name, value in values.items() if value}


def word_of(words: type[W], text: str | None) -> W | None:
    """Return the word of an enumeration, None for anything else."""
    try:
        return words(text) if text else None
    except ValueError:
        return None
