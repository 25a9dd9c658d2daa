"""The page of a booking that stands is made once for all that are alike; what is a guest's own is put into its holes.

It is made of the very facts it is kept by, so what it shows can't be another booking's: who said more of themselves
than these holes can hold gets a page made anew.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from flask import get_template_attribute, request
from markupsafe import Markup, escape

from openday.exports.qr import QrCode
from openday.services.own_booking import OwnBooking
from openday.web.chrome import page_chrome
from openday.web.kept_part import HOLE, kept_part

TOKEN, REFERENCE, NAME, CODE, EMAIL, EMAIL_WORDS = (f"{HOLE}-{number}" for number in range(6))
ANY_EMAIL = f"{EMAIL}@{EMAIL}"  # of two parts, as one way to show an address parts them
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Shown(NamedTuple):
    """What a booking's own page shows: the booking, the secret it is opened with, the code for the entrance."""

    booking: OwnBooking
    token: str
    code: QrCode


def own_page(shown: Shown, render: Callable[[Shown], str]) -> str:
    """Return the page of a booking, from a kept one where one is alike."""
    booking, token, code = shown
    if request.query_string or not is_plain(booking):
        return render(shown)
    alike = Shown(alike_booking(booking), TOKEN, replace(code, path=CODE))
    chrome = page_chrome()
    chrome = replace(chrome, other_href=chrome.other_href.replace(token, TOKEN))
    page = kept_part(alike, lambda: with_holes(render(alike), token), chrome=chrome, shelf="own")
    return filled(page, shown)


def is_plain(booking: OwnBooking) -> bool:
    """Whether a booking can still be changed and says of its guest only what each says."""
    others_words = (booking.phone, booking.needs, booking.companions, booking.guest_name, booking.terms_accepted_at)
    return booking.is_changeable and not any(others_words) and "@" in booking.email


def alike_booking(booking: OwnBooking) -> OwnBooking:
    """Return a booking with what every guest's own shows alike, and with holes in the place of the rest."""
    assert booking.visit is not None  # noqa: S101 - it is confirmed
    return replace(
        booking,
        id=0,
        reference=REFERENCE,
        name=NAME,
        email=ANY_EMAIL,
        created_at=booking.created_at if booking.visit.moved_at else LONG_AGO,  # tells whether it was moved since
        visit=booking.visit.without_seats(),
    )


def with_holes(page: str, token: str) -> str:
    """Return a page with holes for what is shown in the words of another part, too."""
    page = page.replace(token, TOKEN)  # the frame has it from the address of the page
    return page.replace(email_words(ANY_EMAIL), EMAIL_WORDS).replace(ANY_EMAIL, EMAIL)


def filled(page: str, shown: Shown) -> str:
    """Return a page with a guest's own in its holes."""
    booking, token, code = shown
    for hole, own in (
        (TOKEN, token),
        (REFERENCE, booking.reference),
        (NAME, booking.name),
        (CODE, code.path),
        (EMAIL, booking.email),
        (EMAIL_WORDS, email_words(booking.email)),
    ):
        page = page.replace(hole, escape(own))
    return page


def email_words(email: str) -> Markup:
    """Return an address as the templates show it where it may break."""
    words: Markup = get_template_attribute("components/facts.html", "email_words")(email)
    return words
