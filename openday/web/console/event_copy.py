"""„Wie letztes Jahr“: an event once more."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.forms.event_copy import CopyForm
from openday.services.event_copy import copy_event, is_over, suggested_day
from openday.services.scope import Ability, event_in_scope
from openday.services.slot_plan import NoSuchTime
from openday.web.guard import current_scope

bp = Blueprint("event_copy", __name__)


@bp.route("/konto/termine/<id:event_id>/kopieren", methods=["GET", "POST"])
def ask(event_id: int) -> ResponseReturnValue:
    """Ask for the new day; on POST make the draft and go on with what it still lacks."""
    event = event_in_scope(current_scope(), event_id, Ability.EDIT)
    form = CopyForm(suggested_day(event))
    if form.validate_on_submit():
        try:
            draft_id = copy_event(current_scope(), event_id, form.to_request())
        except NoSuchTime as refusal:
            form.starts_on.errors = [refusal.message]
        else:
            flash(_("Ihr Entwurf ist angelegt. Öffentlich ist noch nichts."))
            return redirect(url_for("console.publication.check", event_id=draft_id), code=303)
    page = render_template("console/event_copy/ask.html", event=event, form=form, is_past=is_over(event))
    return page, 422 if form.errors else 200
