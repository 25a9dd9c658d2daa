"""The places of an event, when there are several."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.forms.place import PlaceForm
from openday.services.event_check import Task
from openday.services.place import add_place, change_place, remove_place
from openday.services.place_news import GuestsToTell
from openday.services.scope import editable_event, place_in_scope
from openday.web.console.place_news import ask_first, given_reason
from openday.web.guard import current_scope

bp = Blueprint("place", __name__)


@bp.route("/konto/termine/<id:event_id>/orte/neu", methods=["GET", "POST"])
def add(event_id: int) -> ResponseReturnValue:
    """Add a place: a stop, a part of the day elsewhere."""
    event = editable_event(current_scope(), event_id)
    form = PlaceForm()
    if form.validate_on_submit():
        add_place(current_scope(), event_id, form.to_request())
        return saved(event_id)
    return render_template("console/place/add.html", form=form, event=event), 422 if form.errors else 200


@bp.route("/konto/termine/<id:event_id>/orte/<id:place_id>", methods=["GET", "POST"])
def edit(event_id: int, place_id: int) -> ResponseReturnValue:
    """Change one place."""
    place = place_in_scope(current_scope(), event_id, place_id)
    event = editable_event(current_scope(), event_id)
    form = PlaceForm(place)
    if form.validate_on_submit():
        try:
            change_place(current_scope(), event_id, place_id, form.to_request(), given_reason())
        except GuestsToTell as refusal:
            return ask_first(event, refusal.plan)
        return saved(event_id)
    page = render_template("console/place/edit.html", form=form, event=event, place=place)
    return page, 422 if form.errors else 200


@bp.route("/konto/termine/<id:event_id>/orte/<id:place_id>/entfernen", methods=["POST"])
def remove(event_id: int, place_id: int) -> ResponseReturnValue:
    """Take a place away."""
    try:
        remove_place(current_scope(), event_id, place_id, given_reason())
    except GuestsToTell as refusal:
        return ask_first(editable_event(current_scope(), event_id), refusal.plan)
    return saved(event_id)


def saved(event_id: int) -> ResponseReturnValue:
    """Go back to the page about the place, with the news."""
    flash(_("Gespeichert."))
    return redirect(url_for("console.event_task.edit", event_id=event_id, task=Task.WHERE.value), code=303)
