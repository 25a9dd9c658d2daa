"""The door for visitors: no cookie, no session, no account."""

from flask import Blueprint

from openday.web.public import archive, booking, catalogue, event, health, home, mailbox, page, politics, suppression

bp = Blueprint("public", __name__)
for part in (
    home.bp,
    catalogue.bp,
    event.bp,
    archive.bp,
    page.bp,
    booking.bp,
    health.bp,
    mailbox.bp,
    politics.bp,
    suppression.bp,
):
    bp.register_blueprint(part, url_defaults={"language": "de"})
