"""A guest's own data as a file."""

import json

from flask import Blueprint
from flask.typing import ResponseReturnValue

from openday.services.own_data import own_data
from openday.web.public.booking import own

bp = Blueprint("own_data", __name__)


@bp.get("/buchung/<token>.json")
def download(token: str) -> ResponseReturnValue:
    """Hand out everything that is stored about the booking (Art. 15 and 20 DSGVO)."""
    booking = own(token)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": f'attachment; filename="offene-tuer-{booking.reference}.json"',
    }
    return json.dumps(own_data(token), ensure_ascii=False, indent=2) + "\n", 200, headers
