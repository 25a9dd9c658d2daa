"""Träger and events that wait to be listed: looked at, then approved, trusted or given back; then the next."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.errors import NotFound
from openday.forms.review import ReturnForm, TrustForm
from openday.services.review import (
    AlreadyAnswered,
    approve_event,
    approve_traeger,
    return_event,
    return_traeger,
    withdraw_trust,
)
from openday.services.review_queue import Waiting, event_item, queue_of, traeger_item
from openday.services.scope import is_reviewer
from openday.web.guard import current_scope

bp = Blueprint("queue", __name__)

APPROVE, TRUST, RETURN = "freigeben", "vertrauen", "zurueckgeben"


@bp.before_request
def refuse_others() -> None:
    """For somebody who can't answer anything these pages don't exist."""
    if not is_reviewer(current_scope()):
        raise NotFound


@bp.route("/konto/freigabe")
def show() -> ResponseReturnValue:
    """Show what waits, oldest first."""
    return render_template("verband/queue/show.html", queue=queue_of(current_scope()))


@bp.route("/konto/freigabe/traeger/<id:traeger_id>", methods=["GET", "POST"])
def traeger(traeger_id: int) -> ResponseReturnValue:
    """Show a Träger with what was checked; on POST answer it."""
    item, form, refusal = traeger_item(current_scope(), traeger_id), ReturnForm(), None
    choice = request.form.get("antwort")
    try:
        if choice in {APPROVE, TRUST}:
            approve_traeger(current_scope(), traeger_id, trusts=choice == TRUST)
            return on_to_next(_("Freigegeben: %(name)s", name=item.traeger.name))
        if choice == RETURN and form.validate():
            return_traeger(current_scope(), traeger_id, form.to_return())
            return on_to_next(_("Zurückgegeben: %(name)s", name=item.traeger.name))
    except AlreadyAnswered as error:
        refusal = error
    page = render_template(
        "verband/queue/traeger.html", item=item, form=form, returning=form, trust=TrustForm(), refusal=refusal
    )
    return page, status_of(refusal)


@bp.post("/konto/freigabe/traeger/<id:traeger_id>/vertrauen")
def withdraw(traeger_id: int) -> ResponseReturnValue:
    """Take the trust in a Träger back."""
    item, form, refusal = traeger_item(current_scope(), traeger_id), TrustForm(), None
    if form.validate():
        try:
            withdraw_trust(current_scope(), traeger_id, form.why.data)
        except AlreadyAnswered as error:
            refusal = error
        else:
            flash(_("Neue Termine von %(name)s werden wieder geprüft. Der Träger weiß es.", name=item.traeger.name))
            return redirect(url_for(".traeger", traeger_id=traeger_id), code=303)
    page = render_template(
        "verband/queue/traeger.html", item=item, form=form, returning=ReturnForm(), trust=form, refusal=refusal
    )
    return page, status_of(refusal)


@bp.route("/konto/freigabe/termin/<id:event_id>", methods=["GET", "POST"])
def event(event_id: int) -> ResponseReturnValue:
    """Show an event with what was checked; on POST answer it."""
    item, form, refusal = event_item(current_scope(), event_id), ReturnForm(), None
    choice = request.form.get("antwort")
    try:
        if choice in {APPROVE, TRUST}:
            approve_event(current_scope(), event_id, trusts=choice == TRUST)
            return on_to_next(_("Freigegeben: %(name)s", name=item.event.title))
        if choice == RETURN and form.validate():
            return_event(current_scope(), event_id, form.to_return())
            return on_to_next(_("Zurückgegeben: %(name)s", name=item.event.title))
    except AlreadyAnswered as error:
        refusal = error
    page = render_template("verband/queue/event.html", item=item, form=form, refusal=refusal)
    return page, status_of(refusal)


def status_of(refusal: AlreadyAnswered | None) -> int:
    """Return the status of an item's page; a POST that came this far answered nothing."""
    if refusal:
        return 409
    return 422 if request.method == "POST" else 200


def on_to_next(news: str) -> ResponseReturnValue:
    """Go on to what waits longest, or, when nothing is left, to the empty list."""
    flash(news)
    queue = queue_of(current_scope())
    return redirect(place_of(queue[0]) if queue else url_for(".show"), code=303)


def place_of(line: Waiting) -> str:
    """Return where a line of the queue is answered."""
    if line.event is not None:
        return url_for(".event", event_id=line.event.id)
    return url_for(".traeger", traeger_id=line.traeger.id)
