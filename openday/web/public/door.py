"""The door list behind a helper's link: today's guests, one tap each, with and without a net."""

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday import clock
from openday.forms.check_in import taps_from_json
from openday.services.door_link import Door, DoorClosed, door_of_link
from openday.services.door_list import DoorFilter, door_list
from openday.services.door_queue import hand_in
from openday.services.rate_limit import DOOR_TAPS, Caller, spend
from openday.web.door_page import DoorPage, answer_door, state_of

bp = Blueprint("door", __name__)


@bp.get("/tuer/worker.js")
def worker() -> Response:
    """Serve the service worker from here: its folder is the widest scope it can ever have."""
    return Response(current_app.extensions["openday.door_worker"], content_type="text/javascript; charset=utf-8")


@bp.route("/tuer/<token>", methods=["GET", "POST"])
def show(token: str) -> ResponseReturnValue:
    """Show the list of the day; on POST do one tap.

    Like every private page it is ``no-store``: no proxy and no browser keeps it. The one copy there is is put into the
    worker's cache on purpose, by the page itself, and ``Door-Closes`` says until when it may be shown.
    """
    door = door_of_link(token)
    if request.method == "POST":
        spend_tap(door)
    page = DoorPage("public/door/show.html", delivery=url_for(".deliver", token=token))
    response = make_response(answer_door(door, page))
    response.headers["Door-Closes"] = door.closes_at.isoformat()
    return response


@bp.post("/tuer/<token>/nachtragen")
def deliver(token: str) -> ResponseReturnValue:
    """Take taps as JSON, also those of a phone that was without a net, and say how things stand.

    When the day is over, what was tapped on it is still taken for some hours, and nothing is shown any more.
    """
    door = door_of_link(token, is_delivery=True)
    taps = taps_from_json(request.get_json(silent=True))
    if taps is None:
        abort(400)
    if taps:
        spend_tap(door)
    outcomes = hand_in(door, taps)
    is_open = clock.now() < door.closes_at
    return {
        "answers": [{"nonce": one.nonce, "ending": one.ending, "words": one.words} for one in outcomes],
        "state": state_of(door_list(door, DoorFilter())) if is_open else None,
    }


@bp.errorhandler(DoorClosed)
def answer_closed(refusal: DoorClosed) -> ResponseReturnValue:
    """Say when the list is open; what a phone has not handed in yet is handed in from here."""
    token = (request.view_args or {})["token"]
    page = render_template("public/door/closed.html", refusal=refusal, delivery=url_for(".deliver", token=token))
    return page, 410 if refusal.is_over else 403


def spend_tap(door: Door) -> None:
    """Count a request that changes something against the limit of its link."""
    spend(DOOR_TAPS, Caller.known_as(f"door {door.link_id}"))
