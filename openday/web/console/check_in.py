"""The door list for staff: before the day to look at, on the day to tick, later to enter what was ticked on paper."""

from datetime import date

from flask import Blueprint, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from openday import clock
from openday.exports.door_pack import as_pdf, file_name
from openday.forms.check_in import door_day
from openday.services.door_link import Door, DoorClosed, create_link_here, door_of_staff
from openday.services.door_pack import take_door_pack
from openday.services.scope import Ability, abilities, event_in_scope
from openday.web.door_page import DoorPage, answer_door, shown
from openday.web.guard import current_scope

bp = Blueprint("check_in", __name__)


@bp.route("/konto/termine/<id:event_id>/einlass/<day>", methods=["GET", "POST"])
def show(event_id: int, day: str) -> ResponseReturnValue:
    """Show the list of the day; on POST do one tap."""
    ability = Ability.CHECK_IN if request.method == "POST" else Ability.SEE_DOOR
    event = event_in_scope(current_scope(), event_id, ability)
    door = door_of(event_id, day)
    can_tick = Ability.CHECK_IN in abilities(current_scope(), event) and clock.now() >= door.opens_at
    page = DoorPage("console/check_in/show.html", can_tick=can_tick)
    try:
        return answer_door(door, page)
    except DoorClosed as refusal:
        return shown(door, page, problem=str(refusal)), 409


@bp.post("/konto/termine/<id:event_id>/einlass/<day>/oeffnen")
def open_here(event_id: int, day: str) -> ResponseReturnValue:
    """Open the helpers' page on this device: it works without a net, and when the session is over."""
    event_in_scope(current_scope(), event_id, Ability.CHECK_IN)
    door = door_of(event_id, day)
    try:
        token = create_link_here(door)
    except DoorClosed as refusal:
        return shown(door, DoorPage("console/check_in/show.html", can_tick=False), problem=str(refusal)), 409
    return redirect(url_for("public.door.show", token=token), code=303)


@bp.route("/konto/termine/<id:event_id>/einlass/<day>/mappe", methods=["POST"])
def pack(event_id: int, day: str) -> ResponseReturnValue:
    """Hand out the door pack. By POST, because it is written down who took it."""
    event_in_scope(current_scope(), event_id, Ability.SEE_GUESTS)
    contents = take_door_pack(door_of(event_id, day))
    response = make_response(as_pdf(contents))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(contents)}"'
    return response


def door_of(event_id: int, day: str) -> Door:
    """Return the door of a day written in an address, or answer 404."""
    found: date | None = door_day(day)
    return door_of_staff(event_id, found or abort(404), current_scope().user_id)
