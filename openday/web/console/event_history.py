"""Who changed what about an event, and taking back the last change of a text."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.forms.words import CHANGES
from openday.services.event_history import history_of
from openday.services.event_text import NothingToUndo, undo_text
from openday.services.scope import Ability, abilities, event_in_scope
from openday.web.guard import current_scope

bp = Blueprint("event_history", __name__)


@bp.get("/konto/termine/<id:event_id>/verlauf")
def show(event_id: int) -> ResponseReturnValue:
    """Show the history, the newest first."""
    return render_history(event_id), 200


@bp.post("/konto/termine/<id:event_id>/verlauf/<id:change_id>/zuruecknehmen")
def undo(event_id: int, change_id: int) -> ResponseReturnValue:
    """Put the words back that stood there before the last change."""
    try:
        undo_text(current_scope(), event_id, change_id)
    except NothingToUndo as refusal:
        return render_history(event_id, refusal), 409
    flash(_("Der frühere Text steht wieder da."))
    return redirect(url_for(".show", event_id=event_id), code=303)


def render_history(event_id: int, refusal: NothingToUndo | None = None) -> str:
    """Return the page."""
    event = event_in_scope(current_scope(), event_id)
    return render_template(
        "console/event_history/show.html",
        event=event,
        lines=history_of(current_scope(), event_id),
        changes=CHANGES,
        can_undo=Ability.EDIT in abilities(current_scope(), event),
        refusal=refusal,
    )
