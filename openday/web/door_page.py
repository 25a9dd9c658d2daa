"""The door list as a page, the same for a helper's link and for staff: one form a row, one tap a form."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday import clock, tokens, wording
from openday.forms.check_in import SHOW_ALL, door_filter, tap_from_form
from openday.forms.validators import whole_number
from openday.services.check_in import MOST
from openday.services.door_link import Door
from openday.services.door_list import OPEN_ENDED, DoorFilter, DoorList, DoorTime, door_list
from openday.services.door_queue import Deed, Ending, QueuedTap, hand_in


@dataclass(frozen=True)
class DoorPage:
    """Where the page's forms go. ``delivery`` is where taps made without a net are handed in, empty for staff."""

    template: str
    delivery: str = ""
    can_tick: bool = True


def answer_door(door: Door, page: DoorPage) -> ResponseReturnValue:
    """Show the list, or do the tap that was sent and go back to its row."""
    if request.method == "GET":
        return shown(door, page)
    tap = tap_from_form(request.form)
    if tap is None:
        return shown(door, page, problem=_("Geben Sie eine Zahl von 0 bis %(most)s ein", most=MOST)), 422
    [outcome] = hand_in(door, [tap])
    if outcome.ending is Ending.REFUSED:
        return shown(door, page, problem=outcome.words), 409
    return redirect(row_of(tap, is_again=outcome.ending is Ending.ALREADY), code=303)


def row_of(tap: QueuedTap, *, is_again: bool) -> str:
    """Return the address of the row on the page as it was filtered; ``schon`` lets it say who was first."""
    query = as_query(door_filter(request.args)) | ({"schon": str(tap.number)} if is_again else {})
    is_guest = tap.deed in (Deed.HERE, Deed.BACK, Deed.COUNT)
    tail = f"?{urlencode(query)}" if query else ""
    return f"{request.path}{tail}#{f'gast-{tap.number}' if is_guest else 'ohne-anmeldung'}"


def as_query(wanted: DoorFilter) -> dict[str, str]:
    """Return the filter as the values of a query string."""
    values = {"q": wanted.search, "zeigen": SHOW_ALL if wanted.shows_all else ""}
    return {name: value for name, value in values.items() if value}


def shown(door: Door, page: DoorPage, problem: str = "") -> str:
    """Return the page; a GET search works without JavaScript because the rows it does not want are hidden."""
    wanted = door_filter(request.args)
    listing = door_list(door, wanted)
    query = as_query(wanted)
    return render_template(
        page.template,
        listing=listing,
        read_at=clock.now(),
        page=page,
        wanted=wanted,
        problem=problem,
        again=whole_number(request.args.get("schon")),
        here=request.path,
        action=f"{request.path}?{urlencode(query)}" if query else request.path,
        most=MOST,
        nonce=tokens.new_token(),
        millis=millis,
        closes_at=millis(door.closes_at),
        times=[time_facts(time) for time in listing.times],
        edition=edition_of(listing),
        texts=texts_of(listing),
    )


def millis(instant: datetime) -> int:
    """Return an instant as JavaScript counts it, in milliseconds of the epoch."""
    return round(instant.timestamp() * 1000)


def time_facts(time: DoorTime) -> dict[str, Any]:
    """Return what the page needs to know which times are now, and how many walked in, when nobody can be asked."""
    return {
        "id": time.id,
        "from": millis(time.starts_at),
        "to": millis(time.ends_at or time.starts_at + OPEN_ENDED),
        "words": wording.clock_time(time.starts_at),
        "walk_ins": time.walk_ins,
    }


def edition_of(listing: DoorList) -> str:
    """Return a mark that changes when somebody was added to the list or taken off it."""
    rows = [(guest.id, guest.is_tickable, guest.party_size, guest.time.id) for guest in listing.guests]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:12]


def state_of(listing: DoorList) -> dict[str, Any]:
    """Return who is there, for a page that is open: ids, instants and numbers, no name."""
    return {
        "guests": {guest.id: [millis(guest.came_at), guest.came_size] for guest in listing.guests if guest.came_at},
        "walk_ins": {time.id: time.walk_ins for time in listing.times},
        "last_walk_in": listing.last_walk_in,
        "edition": edition_of(listing),
    }


def texts_of(listing: DoorList) -> dict[str, str]:
    """Return the sentences the page's script fills in, in the language of the page."""
    return {
        "counter": _("{here} von {all} da"),
        "persons": _("{here} von {all} Personen"),
        "walkIns": _("{number} ohne Anmeldung"),
        "now": _("Jetzt {time}"),
        "state": _("{time} da"),
        "size": _("{number} gekommen"),
        "unsent": _("{number} noch nicht gesendet"),
        "here": _("{name} ist da."),
        "back": _("Zurückgenommen: {name}"),
        "counted": _("{number} gekommen: {name}"),
        "walkIn": _("Eine Person ohne Anmeldung gezählt."),
        "walkInBack": _("Eine Person ohne Anmeldung zurückgenommen."),
        "changed": _("Die Liste hat sich geändert. Laden Sie die Seite neu."),
        "over": _("Die Liste war nur am %(day)s offen.", day=wording.day_in_words(listing.day)),
    }
