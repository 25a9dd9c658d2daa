"""The page of one event."""

from datetime import date
from functools import partial

from flask import Blueprint, abort, get_template_attribute, render_template, request
from flask.typing import ResponseReturnValue

from openday import wording
from openday.forms.validators import iso_day
from openday.models.words import TextLanguage
from openday.services.calendar import calendar_of_event
from openday.services.event_page import EventPage, Gone, event_page, event_version
from openday.web.kept_part import HOLE, kept_part
from openday.web.page_cache import kept_page, version_made
from openday.web.public.structured_data import structured_data

bp = Blueprint("event", __name__)


@bp.get("/t/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """Show what, when and where, and the times to pick; ``?tag=`` chooses a day when there are many."""
    wanted = iso_day(request.args.get("tag", ""))
    try:
        return kept_page(
            partial(event_version, slug),
            lambda: show_event(known_page(slug, wording.language(), wanted)),
            query=wanted,
            shown_query=f"?tag={wanted}" if wanted else "",
            shelf="searches" if wanted else "pages",
        )
    except Gone:
        abort(410)


@bp.get("/t/<slug>/leichte-sprache")
def easy(slug: str) -> ResponseReturnValue:
    """Show the event in Leichte Sprache; where nobody has written that yet, say so and give the short facts."""
    try:
        return kept_page(
            partial(event_version, slug),
            lambda: render_template("public/event/easy.html", event=known_page(slug, TextLanguage.EASY)),
            shelf="searches",
        )
    except Gone:
        abort(410)


@bp.get("/t/<slug>.ics")
def calendar(slug: str) -> ResponseReturnValue:
    """Hand out the event as a calendar file; a protected address is not in it."""
    file = calendar_of_event(slug)
    if file is None:
        abort(404)
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{slug}.ics"',
    }
    return file, 200, headers


def known_page(slug: str, language: str, wanted: date | None = None) -> EventPage:
    """Return the event as it is in the version the page is made of."""
    version, _seats_version = version_made()
    return event_page(slug, version=version, language=language, wanted=wanted)


def show_event(event: EventPage) -> str:
    """Return the page: its times, in the frame that all pages of the event have in common."""
    alike = event.without_seats()
    frame = kept_part(
        alike,
        lambda: render_template("public/event/frame.html", event=alike, data=structured_data(alike), hole=HOLE),
    )
    picker = get_template_attribute("public/event/_slots.html", "picker")
    return frame.replace(HOLE, picker(event))
