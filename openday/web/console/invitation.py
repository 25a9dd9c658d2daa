"""The link to a background talk: looked at, copied, renewed."""

from urllib.parse import quote, urlencode

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from openday.mailing.links import link_to
from openday.models import Event
from openday.models.words import EventKind
from openday.services.invitation import invitation_token, renew_invitation
from openday.services.scope import editable_event
from openday.web.guard import current_scope

bp = Blueprint("invitation", __name__)


@bp.route("/konto/termine/<id:event_id>/einladung", methods=["GET", "POST"])
def show(event_id: int) -> ResponseReturnValue:
    """Show the link guests are invited with; on POST make a new one, and the old one is void."""
    event = editable_event(current_scope(), event_id)
    is_for_invited = event.kind is EventKind.BACKGROUND_TALK
    if is_for_invited and FlaskForm().validate_on_submit():
        renew_invitation(current_scope(), event_id)
        flash(_("Der neue Einladungslink gilt. Der alte öffnet nichts mehr."))
        return redirect(url_for(".show", event_id=event_id), code=303)
    token = invitation_token(event) if is_for_invited else None
    link = link_to("public.invitation.show", token=token) if token else ""
    page = render_template(
        "console/invitation/show.html",
        event=event,
        is_for_invited=is_for_invited,
        link=link,
        letter=letter_to_guests(event, link),
    )
    return page, 409 if FlaskForm().is_submitted() else 200


def letter_to_guests(event: Event, link: str) -> str:
    """Return the ``mailto:`` address (RFC 6068) of a letter that invites guests."""
    subject = _("Einladung: %(title)s", title=event.title)
    text = _(
        "Guten Tag,\n\nwir laden Sie zu einem Hintergrundgespräch ein: %(title)s\n\n"
        "Zeit, Ort, Bedingungen und Anmeldung stehen hier:\n%(link)s\n\n"
        "Geben Sie den Link nicht weiter.\n\nFreundliche Grüße\n%(name)s",
        title=event.title,
        link=link,
        name=event.contact_name or event.traeger.name,
    )
    return f"mailto:?{urlencode({'subject': subject, 'body': text}, quote_via=quote)}"
