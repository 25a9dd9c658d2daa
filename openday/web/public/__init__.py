"""The door for visitors: no cookie, no session, no account."""

from flask import Blueprint

from openday.web.public import booking, health, mailbox

bp = Blueprint("public", __name__)
for part in (booking.bp, health.bp, mailbox.bp):
    bp.register_blueprint(part, url_defaults={"language": "de"})
