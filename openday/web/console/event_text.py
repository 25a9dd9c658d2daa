"""The texts of an event in English and in Leichte Sprache."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.forms.event_text import EventTextForm
from openday.models.words import TextLanguage
from openday.services.event_text import save_text, text_in
from openday.services.scope import editable_event
from openday.web.guard import current_scope

bp = Blueprint("event_text", __name__)


@bp.route("/konto/termine/<id:event_id>/texte/<any(en, easy):language_of_text>", methods=["GET", "POST"])
def edit(event_id: int, language_of_text: str) -> ResponseReturnValue:
    """Show the texts beside the German ones; on POST save them."""
    event = editable_event(current_scope(), event_id)
    language = TextLanguage(language_of_text)
    form = EventTextForm(text_in(event, language))
    if form.validate_on_submit():
        save_text(current_scope(), event_id, language, form.to_request())
        flash(_("Gespeichert."))
        return redirect(url_for("console.event.show", event_id=event_id), code=303)
    page = render_template("console/event_text/edit.html", form=form, event=event, text_language=language)
    return page, 422 if form.errors else 200
