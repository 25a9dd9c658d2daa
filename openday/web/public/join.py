"""How a Träger takes part, and the agreement it accepts."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from openday.models.words import LegalRegime
from openday.services.agreement import FOR_ALL_LAWS, LAWS, current_version, regime_of
from openday.settings import current_settings
from openday.web.page_cache import SHORTLY, kept_page, never

bp = Blueprint("join", __name__)


@bp.get("/mitmachen")
def show() -> ResponseReturnValue:
    """Say what it takes, in three steps."""
    return kept_page(never, lambda: render_template("public/join/show.html"), cache_control=SHORTLY)


@bp.get("/mitmachen/vereinbarung")
def agreements() -> ResponseReturnValue:
    """Lead to the processing agreement of each law in the version that is accepted now."""
    texts = [(current_version(regime), law) for regime, law in LAWS.items()]
    return kept_page(never, lambda: render_template("public/join/agreements.html", texts=texts), cache_control=SHORTLY)


@bp.get("/mitmachen/vereinbarung/<version>")
def agreement(version: str) -> ResponseReturnValue:
    """Show one version; one that was accepted stays readable."""
    regime, facts = regime_of(version), {"version": version, "operator": current_settings().operator}
    if regime is None and version != FOR_ALL_LAWS:
        abort(404)
    return kept_page(never, lambda: text_of(regime, facts), cache_control=SHORTLY)


def text_of(regime: LegalRegime | None, facts: Mapping[str, Any]) -> str:
    """Return the page of a version."""
    if regime is None:
        return render_template("public/join/agreement_2026_11.html", **facts)
    return render_template("public/join/agreement.html", law=LAWS[regime], **facts)
