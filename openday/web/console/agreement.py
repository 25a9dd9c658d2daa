"""The processing agreement of a Träger that is here already: read and accepted anew."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.forms.agreement import AgreementForm
from openday.services.agreement import LAWS, NewerVersion, accept_agreement, current_version, is_due
from openday.services.scope import owned_traeger
from openday.web.guard import current_scope

bp = Blueprint("agreement", __name__)


@bp.route("/konto/traeger/<id:traeger_id>/vereinbarung", methods=["GET", "POST"])
def show(traeger_id: int) -> ResponseReturnValue:
    """Say which law and which version holds; on POST accept it."""
    traeger, form, status = owned_traeger(current_scope(), traeger_id), AgreementForm(), 200
    if form.validate_on_submit():
        try:
            accept_agreement(current_scope(), traeger_id, form.version.data or "")
        except NewerVersion as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash(_("Sie haben die Vereinbarung angenommen."))
            return redirect(url_for("console.traeger.show", traeger_id=traeger_id), code=303)
    elif form.errors:
        status = 422
    form.version.data = current_version(traeger.legal_regime)
    page = render_template(
        "console/agreement/show.html",
        traeger=traeger,
        form=form,
        law=LAWS[traeger.legal_regime],
        is_due=is_due(traeger),
    )
    return page, status
