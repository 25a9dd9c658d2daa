"""One's own account: the name others are told, and the language mails are written in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from openday.forms.account import AccountForm
from openday.services.account import describe_self
from openday.web.guard import current_scope

bp = Blueprint("account", __name__)


@bp.route("/konto/ich", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    """Show name and language; once stored the page goes on in the language that was chosen."""
    form = AccountForm(data={"name": current_user.name, "language": current_user.reads})
    if form.validate_on_submit():
        describe_self(current_scope().user_id, form.name.data or "", form.language.data)
        with force_locale(form.language.data):
            flash(_("Gespeichert."))
        return redirect(url_for(".edit", language=form.language.data), code=303)
    return render_template("console/account/edit.html", form=form), 422 if form.errors else 200
