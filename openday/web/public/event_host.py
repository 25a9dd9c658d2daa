"""The question to a Träger whether it invites too, answered by whoever holds the mailed link."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday.exports.words import SHARED_COLUMNS
from openday.services.event_host import answer_as_partner, asked_by_link

bp = Blueprint("event_host", __name__)
YES, NO = "ja", "nein"


@bp.route("/mitwirken/<token>", methods=["GET", "POST"])
def show(token: str) -> ResponseReturnValue:
    """Show what is asked; on POST say yes or no."""
    asked = asked_by_link(token)
    if request.method == "GET":
        return render_template("public/event_host/show.html", asked=asked, token=token, columns=SHARED_COLUMNS)
    says_yes = request.form.get("antwort") == YES
    if not says_yes and request.form.get("antwort") != NO:
        return render_template("public/event_host/show.html", asked=asked, token=token, columns=SHARED_COLUMNS), 422
    answer_as_partner(token, says_yes=says_yes)
    return redirect(url_for(".show", token=token) if says_yes else url_for(".declined"), code=303)


@bp.get("/mitwirken/abgelehnt")
def declined() -> ResponseReturnValue:
    """Say that nothing is left of it."""
    return render_template("public/event_host/declined.html")
