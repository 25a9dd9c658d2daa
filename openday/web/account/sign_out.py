"""Signing out: the session is deleted, an old cookie is worth nothing."""

from flask import Blueprint, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import logout_user

from openday.web.account.sessions import current_session

bp = Blueprint("sign_out", __name__)


@bp.route("/konto/abmelden", methods=["POST"])
def end() -> ResponseReturnValue:
    """End the session and forget what the browser kept of it."""
    logout_user()
    current_session().end()
    response = make_response(redirect(url_for("account.sign_in.start"), code=303))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
