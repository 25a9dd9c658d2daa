"""The digital room of an event: another link in one click when the old one got into wrong hands."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from openday.forms.room import RoomForm
from openday.services.room import change_room, room_use
from openday.services.scope import editable_event
from openday.web.guard import current_scope

bp = Blueprint("room", __name__)


@bp.route("/konto/termine/<id:event_id>/raum", methods=["GET", "POST"])
def edit(event_id: int) -> ResponseReturnValue:
    """Show the room and who uses it; on POST replace it at once and tell everybody confirmed."""
    event = editable_event(current_scope(), event_id)
    form = RoomForm(event)
    if form.validate_on_submit():
        told = change_room(current_scope(), event_id, form.room_url.data or None, form.room_dial_in.data or None)
        flash(
            ngettext(
                "Der alte Link ist gesperrt. %(num)s Buchung bekommt eine E-Mail.",
                "Der alte Link ist gesperrt. %(num)s Buchungen bekommen eine E-Mail.",
                told,
            )
            if told
            else _("Der alte Link ist gesperrt. Bisher muss es niemand erfahren.")
        )
        return redirect(url_for(".edit", event_id=event_id), code=303)
    page = render_template("console/room/edit.html", form=form, event=event, use=room_use(event_id))
    return page, 422 if form.errors else 200
