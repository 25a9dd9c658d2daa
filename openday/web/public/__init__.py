"""The door for visitors: no cookie, no session, no account."""

from flask import Blueprint

from openday.web.public import (
    archive,
    booking,
    catalogue,
    change,
    code,
    door,
    event,
    event_host,
    health,
    home,
    invitation,
    join,
    lost_link,
    mailbox,
    mailbox_check,
    own_data,
    page,
    politics,
    press,
    professional,
    room,
    suppression,
    visit,
    waiting_list,
)

bp = Blueprint("public", __name__)
for part in (
    home.bp,
    catalogue.bp,
    event.bp,
    event_host.bp,
    archive.bp,
    page.bp,
    join.bp,
    booking.bp,
    door.bp,
    code.bp,
    change.bp,
    lost_link.bp,
    mailbox_check.bp,
    own_data.bp,
    room.bp,
    health.bp,
    mailbox.bp,
    invitation.bp,
    politics.bp,
    press.bp,
    professional.bp,
    suppression.bp,
    visit.bp,
    waiting_list.bp,
):
    bp.register_blueprint(part, url_defaults={"language": "de"})
