"""Three fields for whoever plans something and knows little yet."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from openday.forms.planning import PlanningForm
from openday.services.planning import tell_plan
from openday.services.scope import editable_traeger
from openday.web.guard import current_scope

bp = Blueprint("planning", __name__)


@bp.route("/konto/planung", methods=["GET", "POST"])
def tell() -> ResponseReturnValue:
    """Ask what, when and whom; on POST it is told."""
    traeger = editable_traeger(current_scope())
    form = PlanningForm(traeger, ", ".join(part for part in (current_user.name, current_user.email) if part))
    if traeger and form.validate_on_submit():
        event_id = tell_plan(current_scope(), form.to_note())
        flash(_("Danke. Ihr Verband sieht die Planung. Hier machen Sie später den Termin daraus."))
        return redirect(url_for("console.event.show", event_id=event_id), code=303)
    page = render_template("console/planning/tell.html", form=form, traeger=traeger)
    return page, 422 if form.errors else 200
