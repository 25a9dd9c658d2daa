"""The Träger of an event: who is asked, who said yes, who leads."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.errors import TooManyRequests
from openday.exports.words import SHARED_COLUMNS
from openday.forms.event_host import PartnerForm
from openday.forms.validators import whole_number
from openday.services.event_host import (
    AlreadyHost,
    NobodyToAsk,
    TooManyHosts,
    ask_partner,
    choose_lead,
    hosts_for,
    known_traeger,
    remove_host,
)
from openday.services.logo import digests_of
from openday.services.rate_limit import INVITATIONS, Caller, spend
from openday.services.scope import editable_event
from openday.web.guard import current_scope

bp = Blueprint("event_host", __name__)
ADDRESS = "/konto/termine/<id:event_id>/mitwirkende"


@bp.route(ADDRESS, methods=["GET", "POST"])
def show(event_id: int) -> ResponseReturnValue:
    """Show the Träger of the event; on POST ask one more."""
    event = editable_event(current_scope(), event_id)
    form, status = PartnerForm(), 200
    if form.validate_on_submit():
        try:
            spend(INVITATIONS, Caller.known_as(f"partners {current_scope().user_id}"))
            ask_partner(current_scope(), event_id, form.to_request())
        except (AlreadyHost, TooManyHosts) as refusal:
            form.blame(refusal)
            status = 409
        except NobodyToAsk as refusal:
            form.email.errors = [str(refusal)]
            status = 422
        except TooManyRequests as refusal:
            form.blame(refusal)
            status = 429
        else:
            flash(_("%(name)s ist gefragt. Öffentlich steht der Träger, sobald er zugesagt hat.", name=form.name.data))
            return redirect(url_for(".show", event_id=event_id), code=303)
    elif form.errors:
        status = 422
    hosts = hosts_for(current_scope(), event_id)
    page = render_template(
        "console/event_host/show.html",
        event=event,
        form=form,
        hosts=hosts,
        logos=digests_of(host.traeger_id for host in hosts),
        known=known_traeger(),
        columns=SHARED_COLUMNS,
    )
    return page, status


@bp.post(f"{ADDRESS}/federfuehrung")
def lead(event_id: int) -> ResponseReturnValue:
    """Say who leads; nobody where nothing is chosen."""
    choose_lead(current_scope(), event_id, whole_number(request.form.get("lead")) or None)
    flash(_("Gespeichert."))
    return redirect(url_for(".show", event_id=event_id), code=303)


@bp.post(f"{ADDRESS}/<id:traeger_id>/entfernen")
def remove(event_id: int, traeger_id: int) -> ResponseReturnValue:
    """Take a partner off the event."""
    remove_host(current_scope(), event_id, traeger_id)
    flash(_("Der Träger steht nicht mehr auf der Liste."))
    return redirect(url_for(".show", event_id=event_id), code=303)
