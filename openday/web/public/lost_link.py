"""For whoever lost the link to a booking. The answer is the same for every address."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday import wording
from openday.forms.lost_link import LostLinkForm
from openday.services.lost_link import ask_for_links
from openday.services.rate_limit import LOST_LINKS, Caller, spend

bp = Blueprint("lost_link", __name__)


@bp.route("/link-vergessen", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask for the address; on POST put the question aside and say the same to everybody."""
    form = LostLinkForm()
    if not form.is_submitted():
        return render_template("public/lost_link/ask.html", form=form)
    if not form.validate():
        return render_template("public/lost_link/ask.html", form=form), 422
    spend(LOST_LINKS, Caller.at(request.remote_addr or ""))
    ask_for_links(form.email.data, wording.language())
    return redirect(url_for(".asked"), code=303)


@bp.get("/link-vergessen/gesendet")
def asked() -> ResponseReturnValue:
    """Say where to look; nothing on this page depends on the address."""
    return render_template("public/lost_link/asked.html")
