"""What needs me today."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from openday.services.agreement import due_for
from openday.services.event_lines import dashboard
from openday.services.review_queue import queue_length
from openday.services.scope import is_reviewer
from openday.services.traeger import open_standings
from openday.services.visit_request_page import open_requests
from openday.web.guard import current_scope

bp = Blueprint("dashboard", __name__)


@bp.route("/konto/")
def show() -> ResponseReturnValue:
    """Show the next events with their counts, what is open, and to a newcomer how it goes."""
    scope = current_scope()
    return render_template(
        "console/dashboard/show.html",
        board=dashboard(scope),
        requests=open_requests(scope),
        standings=open_standings(scope),
        agreements=due_for(scope),
        waiting=queue_length(scope) if is_reviewer(scope) else 0,
    )
