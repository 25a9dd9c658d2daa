"""For the machines that watch this one, and for browsers that report a blocked resource."""

import structlog
from flask import Blueprint
from flask.typing import ResponseReturnValue

from openday.services.health import is_ready

bp = Blueprint("health", __name__)
log = structlog.get_logger()


@bp.route("/health/live")
def live() -> ResponseReturnValue:
    """Answer as long as the process answers at all."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@bp.route("/health/ready")
def ready() -> ResponseReturnValue:
    """Answer 200 when the database is there and migrated, else 503."""
    if is_ready():
        return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
    return "not ready\n", 503, {"Content-Type": "text/plain; charset=utf-8", "Retry-After": "5"}


@bp.route("/csp", methods=["POST"])
def blocked() -> ResponseReturnValue:
    """Note that a browser blocked something; its report holds addresses of pages and is not kept."""
    log.warning("content blocked by policy")
    return "", 204
