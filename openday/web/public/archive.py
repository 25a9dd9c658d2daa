"""Campaigns of the years before."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from openday.services.catalogue import listing_version
from openday.services.front_page import archive_years
from openday.web.page_cache import kept_page

bp = Blueprint("archive", __name__)


@bp.get("/archiv")
def show() -> ResponseReturnValue:
    """Show every year with the number of its events."""
    return kept_page(listing_version, lambda: render_template("public/archive/show.html", years=archive_years()))
