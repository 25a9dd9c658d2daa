"""The logo of a Träger: looked at, put up, taken down."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.exports.logo import UnreadablePicture
from openday.forms.logo import LogoForm
from openday.services.logo import change_logo, digest_of, remove_logo
from openday.services.rate_limit import UPLOADS, Caller, spend
from openday.services.scope import owned_traeger
from openday.web.guard import current_scope

bp = Blueprint("logo", __name__)

ADDRESS = "/konto/traeger/<id:traeger_id>/logo"


@bp.route(ADDRESS, methods=["GET", "POST"])
def edit(traeger_id: int) -> ResponseReturnValue:
    """Show the logo and ask for another one; on POST put it up."""
    traeger, form = owned_traeger(current_scope(), traeger_id), LogoForm()
    if form.validate_on_submit():
        try:
            spend(UPLOADS, Caller.known_as(f"uploads {current_scope().user_id}"))
            change_logo(current_scope(), traeger_id, form.content)
        except UnreadablePicture as refusal:
            form.file.errors = [str(refusal)]
        else:
            flash(_("Ihr Logo ist gespeichert. So sehen es Ihre Gäste."))
            return redirect(url_for(".edit", traeger_id=traeger_id), code=303)
    page = render_template("console/logo/edit.html", traeger=traeger, form=form, logo=digest_of(traeger_id))
    return page, 422 if form.errors else 200


@bp.post(f"{ADDRESS}/entfernen")
def remove(traeger_id: int) -> ResponseReturnValue:
    """Take the logo down."""
    remove_logo(current_scope(), traeger_id)
    flash(_("Das Logo ist entfernt."))
    return redirect(url_for(".edit", traeger_id=traeger_id), code=303)
