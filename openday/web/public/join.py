"""How a Träger takes part, and the agreement it accepts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from openday.services.join import AGREEMENT
from openday.settings import current_settings
from openday.web.page_cache import SHORTLY, kept_page

bp = Blueprint("join", __name__)


@bp.get("/mitmachen")
def show() -> ResponseReturnValue:
    """Say what it takes, in three steps."""
    return kept_page("static", lambda: render_template("public/join/show.html"), cache_control=SHORTLY)


@bp.get("/mitmachen/vereinbarung")
def agreement() -> ResponseReturnValue:
    """Show the processing agreement (Art. 28 DSGVO, § 29 KDG, § 30 DSG-EKD) in the version that is accepted now."""
    return kept_page(
        "static",
        lambda: render_template("public/join/agreement.html", version=AGREEMENT, operator=current_settings().operator),
        cache_control=SHORTLY,
    )
