"""The code on a booking: everybody reads the same page, whether there is such a booking or not."""

import re
from functools import lru_cache

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from openday import wording
from openday.exports.qr import QrCode, code_of_series
from openday.mailing.links import link_to
from openday.settings import current_settings
from openday.tokens import REFERENCE_ALPHABET

bp = Blueprint("code", __name__)

REFERENCE = re.compile(rf"([{REFERENCE_ALPHABET}]{{3}})-?([{REFERENCE_ALPHABET}]{{4}})")


@bp.get("/c/<code>")
def show(code: str) -> ResponseReturnValue:
    """Show the code as a picture for the entrance; it is not looked up, so it tells nobody anything."""
    found = REFERENCE.fullmatch(code.upper()) if code.isascii() else None
    if found is None:
        abort(404)
    reference = "-".join(found.groups())
    return render_template("public/code/show.html", code=reference, picture=code_picture(reference))


def code_picture(reference: str) -> QrCode:
    """Return the picture of the link to this page, never of the booking's own link."""
    return code_of_series(start_of_links(current_settings().public_url, wording.language()), reference)


@lru_cache(16)
def start_of_links(_house: str, _language: str) -> str:
    """Return what the links of all references begin with, at the house and in the language being written."""
    return link_to("public.code.show", code="0").removesuffix("0")
