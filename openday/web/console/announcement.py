"""A message to guests: first how it reads and how many get it, then it is sent."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from openday.forms.announcement import AnnouncementForm
from openday.services.announcement import NobodyToTell, RoomLinkInText, TooManyMessages, announce, sent_announcements
from openday.services.mail_plan import rehearse
from openday.services.scope import Ability, event_in_scope
from openday.web.guard import current_scope

bp = Blueprint("announcement", __name__)


@bp.route("/konto/termine/<id:event_id>/nachricht", methods=["GET", "POST"])
def write(event_id: int) -> ResponseReturnValue:
    """Ask for the message; on POST show it with its readers, and on the second one send it."""
    event = event_in_scope(current_scope(), event_id, Ability.CHANGE_GUESTS)
    form = AnnouncementForm(event)
    plan = None
    if form.validate_on_submit():
        try:
            if form.is_to_be_done:
                told = announce(current_scope(), event_id, form.to_request())
                flash(ngettext("An %(num)s Person gesendet.", "An %(num)s Personen gesendet.", told))
                return redirect(url_for(".write", event_id=event_id), code=303)
            plan = rehearse(announce, current_scope(), event_id, form.to_request())
            form.remember()
        except NobodyToTell as refusal:
            form.slot.errors = [refusal.message]
        except (RoomLinkInText, TooManyMessages) as refusal:
            form.text.errors = [refusal.message]
    event = event_in_scope(current_scope(), event_id, Ability.CHANGE_GUESTS)
    page = render_template(
        "console/announcement/write.html", form=form, event=event, plan=plan, sent=sent_announcements(event_id)
    )
    return page, 422 if form.errors else 200
