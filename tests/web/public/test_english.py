"""Public pages in English, in each state the demo can show, and the console: no German is left but what is marked."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, Place, Programme, Slot, Traeger, Verband
from openday.services.booking_link import link_token
from openday.services.demo import load_demo
from tests.german import german_in
from tests.web.english_console import german_in_console

HOST = "https://offene-tuer.example.org"
LINK = re.compile(r'(?:href|action)="([^"#]+)')
FORM = re.compile(r'<form\b(?=[^>]*method="post")(?:[^>]*action="([^"]*)")?.*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"|name="([^"]*)" type="hidden" value="([^"]*)"')
MOST_OF_A_KIND = 25
NO_PAGES = {"public.event.calendar", "public.booking.calendar", "public.own_data.download"}
NAMES = (
    Traeger.name, Verband.name, Programme.name, Event.contact_name, Place.name, Place.street,
    Place.locality, Booking.booker_name, Booking.guest_name, Booking.organisation,
)  # fmt: skip


class Walk:
    """Opens each English page for visitors once, and keeps what is German on it, with one address."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.client, self.routes = client, app.url_map.bind("offene-tuer.example.org")
        self.names = proper_names()
        self.waiting = ["/en/", "/en/gibt-es-nicht", *own_pages(), *forms()]
        self.read, self.forms, self.german = Counter[str](), dict[str, tuple[str, dict[str, str]]](), dict[str, str]()

    def endpoint_of(self, path: str, method: str = "GET") -> str:
        """Return the endpoint of an English page for visitors, empty for anything else."""
        if not path.startswith("/en/") or path.startswith("/en/konto"):
            return ""
        try:
            return str(self.routes.match(path.partition("?")[0], method)[0])
        except HTTPException:
            return ""

    def open_all(self) -> None:
        """Follow all links."""
        for path in self.waiting:  # grows on the way
            endpoint = self.endpoint_of(path)
            self.read[endpoint] += 1
            if endpoint not in NO_PAGES and self.read[endpoint] <= MOST_OF_A_KIND:
                answer = self.client.get(path, follow_redirects=True)
                self.look_at(path, answer.text)

    def look_at(self, path: str, page: str) -> None:
        """Note German, links and forms of a page."""
        self.german |= {f"{self.endpoint_of(path)}: {text}": path for text in german_in(page, self.names)}
        links = {unescape(link).removeprefix(HOST) for link in LINK.findall(page)}
        self.waiting += [link for link in sorted(links.difference(self.waiting)) if self.endpoint_of(link)]
        for form in FORM.finditer(page):
            action = unescape(form[1] or path)
            hidden = {one or other: value or another for one, value, other, another in HIDDEN.findall(form[0])}
            self.forms.setdefault(self.endpoint_of(action, "POST"), (action, hidden))

    def send_empty_forms(self) -> None:
        """Send each form with nothing typed: most say what is missing, the others what has changed."""
        for action, hidden in list(self.forms.values()):
            answer = self.client.post(action, data=hidden, follow_redirects=True)
            self.look_at(answer.request.path, answer.text)

    def open_again(self) -> None:
        """Open the same pages at another time; some are not there any more."""
        for path in self.waiting:
            if self.endpoint_of(path) in {"public.booking.show", "public.booking.book", "public.event.show"}:
                self.look_at(path, self.client.get(path, follow_redirects=True).text)


def proper_names() -> tuple[str, ...]:
    """Return what has no language, the longest first."""
    found = {name for column in NAMES for name in db.session.scalars(select(column).distinct()) if name}
    return tuple(sorted(found, key=len, reverse=True))


def own_pages() -> Iterator[str]:
    """Return the page of one booking of each kind and state."""
    seen = set()
    for booking, slot in db.session.execute(select(Booking, Slot).outerjoin(Booking.slot).order_by(Booking.id)):
        time = (slot.state, slot.moved_at is None, slot.is_photo_moment) if slot else None
        kind = (booking.guest_kind, booking.state, booking.awaits, booking.mode, time)
        if kind not in seen:
            seen.add(kind)
            yield f"/en/buchung/{link_token(booking)}"


def forms() -> list[str]:
    """Return the booking form of the first and the last time of each event."""
    ends = select(Event.slug, func.min(Slot.id), func.max(Slot.id)).join(Slot.event).group_by(Event.slug)
    rows = db.session.execute(ends.order_by(Event.slug))
    return [f"/en/t/{slug}/buchen?slot={slot}" for slug, *slots in rows for slot in sorted(set(slots))]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True, scope="session")
def test_no_english_page_says_anything_in_german_that_is_not_marked(app: Flask, client: FlaskClient) -> None:
    load_demo(is_small=True)
    walk = Walk(app, client)

    walk.open_all()
    walk.send_empty_forms()
    with time_machine.travel(clock.now() + timedelta(days=20)):
        walk.open_again()

    assert walk.german == {}
    assert len(walk.read) > 25
    assert len(walk.forms) > 12
    german, kinds = german_in_console(app, walk.names)
    assert german == {}
    assert kinds > 25
