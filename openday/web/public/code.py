"""The code on a booking: everybody reads the same page, whether there is such a booking or not."""

import re

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from openday.tokens import REFERENCE_ALPHABET

bp = Blueprint("code", __name__)

REFERENCE = re.compile(rf"([{REFERENCE_ALPHABET}]{{3}})-?([{REFERENCE_ALPHABET}]{{4}})")


@bp.get("/c/<code>")
def show(code: str) -> ResponseReturnValue:
    """Say what to do with the code; it is not looked up, so it tells nobody anything."""
    found = REFERENCE.fullmatch(code.upper())
    if found is None:
        abort(404)
    return render_template("public/code/show.html", code="-".join(found.groups()))
