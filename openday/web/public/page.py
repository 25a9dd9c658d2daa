"""Pages that rarely change: help, contact and what the law asks for."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from openday.settings import current_settings
from openday.web.page_cache import SHORTLY, kept_page, never

bp = Blueprint("page", __name__)


def static_page(name: str) -> ResponseReturnValue:
    """Answer with a page that hangs on nothing but this release and the operator's settings."""
    return kept_page(
        never,
        lambda: render_template(f"public/page/{name}.html", operator=current_settings().operator),
        cache_control=SHORTLY,
    )


@bp.get("/beratung")
def advice() -> ResponseReturnValue:
    """Help somebody who needs advice, not a tour."""
    return static_page("advice")


@bp.get("/kontakt")
def contact() -> ResponseReturnValue:
    """Say who answers which question."""
    return static_page("contact")


@bp.get("/leichte-sprache")
def easy_language() -> ResponseReturnValue:
    """Explain the site in easy language (BITV 2.0, Anlage 2)."""
    return static_page("easy_language")


@bp.get("/barrierefreiheit")
def accessibility() -> ResponseReturnValue:
    """State how accessible the site is and where to report a barrier (BITV 2.0 § 7)."""
    return static_page("accessibility")


@bp.get("/datenschutz")
def privacy() -> ResponseReturnValue:
    """Say what happens with personal data (Art. 13 DSGVO)."""
    return static_page("privacy")


@bp.get("/impressum")
def imprint() -> ResponseReturnValue:
    """Name the operator (§ 5 DDG)."""
    return static_page("imprint")
