"""Who stands at the door: links for helpers, made, shown once, revoked."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday import clock
from openday.exports.qr import qr_code
from openday.forms.door_link import DoorLinkForm
from openday.mailing.links import link_to
from openday.models import Event
from openday.services.door_link import NoSuchDay, create_door_link, door_days, door_links, revoke_door_link
from openday.services.scope import Ability, abilities, event_in_scope
from openday.web.guard import current_scope

bp = Blueprint("door_link", __name__)


@bp.route("/konto/termine/<id:event_id>/einlass")
def show(event_id: int) -> ResponseReturnValue:
    """Show the days with their lists and door packs, and the helpers' links."""
    event = event_in_scope(current_scope(), event_id, Ability.SEE_DOOR)
    return shown(event, DoorLinkForm(door_days(event_id)))


@bp.route("/konto/termine/<id:event_id>/einlass", methods=["POST"])
def create(event_id: int) -> ResponseReturnValue:
    """Make a link and show it, this once: nobody can read it again."""
    event = event_in_scope(current_scope(), event_id, Ability.CHANGE_GUESTS)
    form = DoorLinkForm(door_days(event_id))
    if not form.validate_on_submit():
        return shown(event, form), 422
    try:
        token = create_door_link(event_id, form.chosen_day, current_scope().user_id)
    except NoSuchDay as refusal:
        form.day.errors = [str(refusal)]
        return shown(event, form), 422
    link = link_to("public.door.show", token=token)
    page = {"event": event, "day": form.chosen_day, "link": link, "picture": qr_code(link)}
    return render_template("console/door_link/created.html", **page)


@bp.route("/konto/termine/<id:event_id>/einlass/links/<id:link_id>/beenden", methods=["POST"])
def revoke(event_id: int, link_id: int) -> ResponseReturnValue:
    """End a link now."""
    event_in_scope(current_scope(), event_id, Ability.CHANGE_GUESTS)
    revoke_door_link(event_id, link_id, current_scope().user_id)
    flash(_("Der Link öffnet jetzt nichts mehr."))
    return redirect(url_for(".show", event_id=event_id), code=303)


def shown(event: Event, form: DoorLinkForm) -> str:
    """Return the page of the days and the links."""
    return render_template(
        "console/door_link/show.html",
        event=event,
        can=abilities(current_scope(), event),
        days=door_days(event.id),
        links=door_links(event.id),
        form=form,
        today=clock.today(),
    )
