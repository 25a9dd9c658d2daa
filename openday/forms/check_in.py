"""What is sent from a door list: one tap as a form, or many as JSON from a phone that was without a net."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from openday import clock, tokens
from openday.forms.attendee_filter import LONGEST_SEARCH
from openday.forms.fields import ISO_DAY, read_day
from openday.forms.validators import is_storable, strip, whole_number
from openday.services.check_in import MOST, Tap
from openday.services.door_list import DoorFilter
from openday.services.door_queue import Deed, QueuedTap

NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
MOST_TAPS = 200  # in one delivery; a phone sends the rest with the next
LONGEST_AGO = 36 * 3600  # seconds: the day and the hours in which taps may be handed in
SHOW_ALL = "alle"


def door_filter(query: Mapping[str, str]) -> DoorFilter:
    """Return the filter of ``?q=…&zeigen=alle``; a scanned code is searched by its booking number."""
    search = str(strip(query.get("q", ""))).rpartition("/c/")[2][:LONGEST_SEARCH]
    return DoorFilter(search=search if is_storable(search) else "", shows_all=query.get("zeigen") == SHOW_ALL)


def door_day(text: str) -> date | None:
    """Return the day of an address, such as ``2026-09-14``; None for anything else."""
    if len(text) != 10 or not ISO_DAY.fullmatch(text):
        return None
    try:
        return read_day(text)
    except ValueError:
        return None


def tap_from_form(form: Mapping[str, str]) -> QueuedTap | None:
    """Return the tap of a form; None when its number of people is none, or when no form of ours sent it."""
    nonce = form.get("nonce") or tokens.new_token()
    return read_tap({**form, "nonce": nonce})


def taps_from_json(sent: object) -> list[QueuedTap] | None:
    """Return the taps of a delivery in their order, None when it is not one."""
    found = sent.get("taps") if isinstance(sent, dict) else None
    if not isinstance(found, list) or len(found) > MOST_TAPS:
        return None
    taps = [read_tap(one) for one in found]
    complete = [tap for tap in taps if tap is not None]
    return complete if len(complete) == len(taps) else None


def read_tap(sent: object) -> QueuedTap | None:
    """Return one tap, None for anything that is not."""
    if not isinstance(sent, Mapping):
        return None
    try:
        deed = Deed(str(sent.get("deed")))
    except ValueError:
        return None
    number, ago = number_of(sent.get("number")), number_of(sent.get("ago", 0), LONGEST_AGO)
    size = number_of(sent.get("size"), MOST) if deed is Deed.COUNT else 0
    nonce = sent.get("nonce")
    if number is None or ago is None or size is None or not isinstance(nonce, str) or not NONCE.fullmatch(nonce):
        return None
    return QueuedTap(deed, number, Tap(clock.now() - timedelta(seconds=ago), nonce), size)


def number_of(value: Any, most: int = 2**31 - 1) -> int | None:
    """Return a whole number from 0 to ``most``, written as one or as its digits."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    return whole_number(str(value).strip(), limit=most)
