"""The question to a Träger whether it invites too, answered by whoever holds the mailed link."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday.exports.words import SHARED_COLUMNS
from openday.services.event_host import answer_as_partner, asked_by_link
from openday.services.logo import digest_of

bp = Blueprint("event_host", __name__)
YES, NO = "ja", "nein"


@bp.route("/mitwirken/<token>", methods=["GET", "POST"])
def show(token: str) -> ResponseReturnValue:
    """Show what is asked; on POST say yes or no."""
    asked = asked_by_link(token)
    answer = request.form.get("antwort")
    if request.method == "GET" or answer not in {YES, NO}:
        logo = digest_of(asked.partner_id)
        page = render_template("public/event_host/show.html", asked=asked, logo=logo, columns=SHARED_COLUMNS)
        return page, 200 if request.method == "GET" else 422
    says_yes = answer == YES
    answer_as_partner(token, says_yes=says_yes)
    return redirect(url_for(".show", token=token) if says_yes else url_for(".declined"), code=303)


@bp.get("/mitwirken/abgelehnt")
def declined() -> ResponseReturnValue:
    """Say that nothing is left of it."""
    return render_template("public/event_host/declined.html")
