"""Before going online: the page as guests will see it, and what is still missing."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from openday.models import Event
from openday.models.words import Review
from openday.services.event_check import findings
from openday.services.event_page import event_page
from openday.services.publication import NotReady, publish_event
from openday.services.review_request import NotReturned, resubmit_event
from openday.services.scope import editable_event, event_in_scope
from openday.web.guard import current_scope

bp = Blueprint("publication", __name__)


@bp.route("/konto/termine/<id:event_id>/veroeffentlichen", methods=["GET", "POST"])
def check(event_id: int) -> ResponseReturnValue:
    """Show what blocks and what is advice, each with a link to its field; on POST go online."""
    event = editable_event(current_scope(), event_id)
    status = 200
    if FlaskForm().validate_on_submit():
        try:
            publish_event(current_scope(), event_id)
        except NotReady:
            status = 422
        else:
            flash(news_of(event_in_scope(current_scope(), event_id)))
            return redirect(url_for("console.event.show", event_id=event_id), code=303)
    found = findings(event)
    page = render_template(
        "console/publication/check.html",
        event=event,
        blocking=[finding for finding in found if finding.is_blocking],
        advice=[finding for finding in found if not finding.is_blocking],
    )
    return page, status


@bp.route("/konto/termine/<id:event_id>/vorschau")
def preview(event_id: int) -> ResponseReturnValue:
    """Show the public page as it is or would be, to whoever may see the event."""
    event = event_in_scope(current_scope(), event_id)
    shown = event_page(event.slug, is_preview=True)
    return render_template(
        "console/publication/preview.html",
        event=shown,
        draft=event,
        data="",
    )


@bp.route("/konto/termine/<id:event_id>/erneut-freigeben", methods=["POST"])
def resubmit(event_id: int) -> ResponseReturnValue:
    """Ask the Verband once more for an event it has given back."""
    try:
        resubmit_event(current_scope(), event_id)
    except NotReturned as refusal:
        flash(str(refusal))
    else:
        flash(_("Ist wieder zur Freigabe gesendet."))
    return redirect(url_for("console.event.show", event_id=event_id), code=303)


def news_of(event: Event) -> str:
    """Return what is said of an event that has just gone online: with a link only, where the Verband is asked first."""
    if event.review is Review.WAITING:
        return str(_("Ist online unter seinem Link. In der Liste steht der Termin nach der Freigabe."))
    return str(_("Ist online: %(title)s", title=event.title))
