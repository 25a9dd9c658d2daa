"""The rules of an event's registration."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.forms.event_settings import CONFIRMATION_HINTS, WAITING_HINTS, EventSettingsForm
from openday.services.event_settings import change_settings
from openday.services.scope import editable_event
from openday.web.guard import current_scope

bp = Blueprint("event_settings", __name__)


@bp.route("/konto/termine/<id:event_id>/regeln", methods=["GET", "POST"])
def edit(event_id: int) -> ResponseReturnValue:
    """Show the rules; on POST save them."""
    event = editable_event(current_scope(), event_id)
    form = EventSettingsForm(event)
    if form.validate_on_submit():
        change_settings(current_scope(), event_id, form.to_request())
        flash(_("Gespeichert."))
        return redirect(url_for("console.event.show", event_id=event_id), code=303)
    page = render_template(
        "console/event_settings/edit.html",
        form=form,
        event=event,
        hints={"confirmation": CONFIRMATION_HINTS, "waiting_list": WAITING_HINTS},
    )
    return page, 422 if form.errors else 200
