"""Before another place is stored: who would hear of it, and the reason to give. Both pages about places use it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from openday.forms.validators import is_storable, strip
from openday.models import Event
from openday.services.mail_plan import MailPlan

CONFIRMED, REASON = "mitteilen", "grund"
LONGEST_REASON = 200
OURS = frozenset({CONFIRMED, REASON, "csrf_token"})


def given_reason() -> str | None:
    """Return the reason of a change that was looked at and is to be told; None while it was not."""
    if CONFIRMED not in request.form:
        return None
    reason = str(strip(request.form.get(REASON, "")))[:LONGEST_REASON]
    return reason if is_storable(reason) else ""


def ask_first(event: Event, plan: MailPlan) -> ResponseReturnValue:
    """Show whom a change concerns; everything that was typed goes along."""
    values = [(name, value) for name, value in request.form.items(multi=True) if name not in OURS]
    return render_template("console/place_news/ask.html", event=event, plan=plan, values=values)
