"""Never again: the link in mails that somebody else may have caused."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday.services.suppression import is_suppression_link, suppress

bp = Blueprint("suppression", __name__)


@bp.route("/keine-mails/<token>", methods=["GET", "POST"])
def ask(token: str) -> ResponseReturnValue:
    """Ask once; on POST keep the wish. Whether it was kept before is told to nobody."""
    if not is_suppression_link(token):
        abort(404)
    if request.method == "POST":
        suppress(token)
        return redirect(url_for(".done"), code=303)
    return render_template("public/suppression/ask.html", token=token)


@bp.get("/keine-mails")
def done() -> ResponseReturnValue:
    """Say what will not come any more; the same page for everybody."""
    return render_template("public/suppression/done.html")
