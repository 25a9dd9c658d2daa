"""The front page: what this is, and the way to the next open door."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from openday.forms.catalogue_filter import RADII_KM, USUAL_RADIUS_KM
from openday.services.catalogue import listing_version
from openday.services.front_page import front_page
from openday.web.page_cache import kept_page

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show the campaign, the search by postcode and the next events."""
    return kept_page(
        listing_version,
        lambda: render_template(
            "public/home/show.html", front=front_page(), radii=RADII_KM, usual_radius=USUAL_RADIUS_KM
        ),
    )
