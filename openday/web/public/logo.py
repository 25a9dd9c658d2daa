"""Logos as the pages of events ask for them."""

from flask import Blueprint, Response

from openday.services.logo import strip_of
from openday.web.assets import ONE_YEAR

bp = Blueprint("logo", __name__)


@bp.get("/logo/<digests>.webp")
def show(digests: str) -> Response:
    """Hand out the logos of these names, joined by points, below each other: what a name stands for never changes."""
    response = Response(strip_of(tuple(digests.split("."))), content_type="image/webp")
    response.headers["Cache-Control"] = ONE_YEAR
    return response
