"""A visit nobody makes: what the first visitors need is read and built once, before the processes are forked.

Else sixteen threads would read the same templates at once, and the first seconds of a rush would be its slowest.
"""

import gc
from collections.abc import Iterator
from contextlib import suppress

from flask import Flask

from openday.extensions import db
from openday.mailing.preview import MAILS
from openday.services.front_page import front_page
from openday.services.visit import visits_on_page
from openday.settings import current_settings


def rehearse(app: Flask) -> None:
    """Look at the pages up to the form, write a confirmation to nobody; no connection to the database stays open."""
    visitor = app.test_client()
    with app.app_context(), suppress(Exception):  # what can't be shown yet must not keep the rest from starting
        for path in way_of_a_visitor():
            visitor.get(path, base_url=current_settings().public_url)
        MAILS["booking_confirmed"].written()
    with app.app_context():
        db.engine.dispose()
    gc.freeze()  # what is there now stays: nobody has to stop and look through it for rubbish


def way_of_a_visitor() -> Iterator[str]:
    """Yield the paths of a visit to the next event whose times are booked, as far as there is one."""
    cards = front_page().cards
    yield from ("/", "/termine")
    for card in cards:
        if times := visits_on_page(card.slug):
            yield from (f"/t/{card.slug}", f"/t/{card.slug}/buchen?slot={times[0].slot_id}")
            return
