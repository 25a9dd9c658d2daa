"""The list of events, filtered by the query string alone."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from openday.forms.catalogue_filter import CatalogueFilter, choices, read_filter
from openday.services.catalogue import list_events, listing_version
from openday.web.page_cache import kept_page

bp = Blueprint("catalogue", __name__)


@bp.get("/termine")
def show() -> ResponseReturnValue:
    """Show a page of the events that fit."""
    wanted = read_filter(request.args)
    return kept_page(
        listing_version,
        lambda: catalogue_page(wanted),
        query=wanted,
        shown_query=wanted.query(page=wanted.wish.page),
        shelf="searches" if wanted.is_active or wanted.ignored or wanted.unknown_postcode else "pages",
    )


def catalogue_page(wanted: CatalogueFilter) -> str:
    """Return the page of a filter."""
    listing = list_events(wanted.wish)
    return render_template(
        "public/catalogue/show.html",
        wanted=wanted,
        listing=listing,
        choices=choices(listing.all_days, listing.programmes),
    )
