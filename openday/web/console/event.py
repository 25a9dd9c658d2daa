"""My events: the list, a new one, the six tasks of one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from openday.forms.event import NewEventForm
from openday.forms.validators import whole_number
from openday.services.event import NotADraft, create_event, delete_draft
from openday.services.event_check import blocking, findings, open_tasks
from openday.services.event_kind import Concern, is_asked
from openday.services.event_lines import PAGE, event_lines, sums_of
from openday.services.scope import Ability, abilities, editable_traeger, event_in_scope
from openday.services.shared_list import agreement_with
from openday.services.visit_request_page import open_requests
from openday.web.guard import current_scope

bp = Blueprint("event", __name__)


@bp.route("/konto/termine")
def show_all() -> ResponseReturnValue:
    """List the events of my scope with their sums, fifty a page."""
    page = max(1, min(whole_number(request.args.get("seite")) or 1, 10_000))
    lines, total = event_lines(current_scope(), page=page)
    return render_template("console/event/show_all.html", lines=lines, total=total, page=page, pages=-(-total // PAGE))


@bp.route("/konto/termine/neu", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """Make a draft from its title, then go on with the tasks."""
    traeger = editable_traeger(current_scope())
    form = NewEventForm(traeger)
    if traeger and form.validate_on_submit():
        event_id = create_event(current_scope(), form.to_request())
        flash(_("Ihr Entwurf ist angelegt. Öffentlich ist noch nichts."))
        return redirect(url_for(".show", event_id=event_id), code=303)
    page = render_template("console/event/create.html", form=form, traeger=traeger)
    return page, 422 if form.errors else 200


@bp.route("/konto/termine/<id:event_id>")
def show(event_id: int) -> ResponseReturnValue:
    """Show where an event stands: its tasks, its sums, what one can do."""
    event = event_in_scope(current_scope(), event_id)
    return render_template(
        "console/event/show.html",
        event=event,
        can=abilities(current_scope(), event),
        open_tasks=open_tasks(event),
        has_seats=is_asked(event, Concern.SEATS),
        is_shared=agreement_with(current_scope(), event) is not None,
        missing=blocking(event),
        advice=[finding for finding in findings(event) if not finding.is_blocking],
        sums=sums_of([event_id])[event_id],
        requests=open_requests(current_scope(), event_id),
    )


@bp.route("/konto/termine/<id:event_id>/loeschen", methods=["GET", "POST"])
def remove(event_id: int) -> ResponseReturnValue:
    """Ask once, then delete a draft; what was public can only be called off."""
    event = event_in_scope(current_scope(), event_id, Ability.EDIT)
    if FlaskForm().validate_on_submit():
        try:
            delete_draft(current_scope(), event_id)
        except NotADraft:
            return render_template("console/event/remove.html", event=event), 409
        flash(_("Der Entwurf ist gelöscht."))
        return redirect(url_for(".show_all"), code=303)
    return render_template("console/event/remove.html", event=event)
