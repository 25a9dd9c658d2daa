"""For members of parliament, ministries and town halls: finding a house, and asking for a visit."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("politics", __name__)


@bp.get("/politik")
def search() -> ResponseReturnValue:
    """Say what a visit is and show the houses near a postcode or place."""
    return render_template("public/politics/search.html")
