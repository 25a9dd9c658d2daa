"""For newsrooms: what to photograph and whom to call, and the form to register with."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from openday.forms.press import PressForm
from openday.forms.press_filter import press_query, read_press_filter
from openday.services.catalogue import listing_version
from openday.services.press_page import PressDays, PressWish, press_page
from openday.settings import current_settings
from openday.web.page_cache import kept_page
from openday.web.public.booking import group_form

bp = Blueprint("press", __name__)


@bp.get("/presse")
def show() -> ResponseReturnValue:
    """Show whom to call first, then what the press can come to."""
    wanted = read_press_filter(request.args)
    return kept_page(
        listing_version,
        lambda: render_template(
            "public/press/show.html",
            listing=press_page(wanted),
            wish=wanted,
            same=PressWish,
            days=PressDays,
            query=press_query,
            operator=current_settings().operator,
        ),
        query=wanted,
        shown_query=press_query(wanted, page=wanted.page),
        shelf="pages" if press_query(wanted) == "" else "searches",
    )


@bp.route("/t/<slug>/presse", methods=["GET", "POST"])
def register(slug: str) -> ResponseReturnValue:
    """Show the form on one page; the answer is the same page for everybody, the truth comes by mail."""
    return group_form(slug, PressForm, "public/press/register.html")
