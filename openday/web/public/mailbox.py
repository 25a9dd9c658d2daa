"""Where every mail of the demo lands; in all other modes this page does not exist."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from openday.models import OutboxMessage
from openday.services.mailbox import arrived, arrived_mail, pieces
from openday.settings import current_settings

bp = Blueprint("mailbox", __name__, url_prefix="/_postfach")


@bp.before_request
def refuse_outside_of_demo() -> None:
    """Mails hold secret links: only a demo on this machine shows them."""
    if not current_settings().is_demo:
        abort(404)


@bp.route("")
def index() -> ResponseReturnValue:
    """List the mails, newest first."""
    return render_template("public/mailbox/index.html", mails=arrived())


@bp.route("/<int:number>")
def show(number: int) -> ResponseReturnValue:
    """Show the text of a mail with working links; its HTML would need what the page's policy forbids."""
    mail = mail_or_404(number)
    return render_template("public/mailbox/show.html", mail=mail, pieces=list(pieces(mail.text)))


@bp.route("/<int:number>.ics")
def calendar(number: int) -> ResponseReturnValue:
    """Hand out the calendar file that is attached to a mail."""
    mail = mail_or_404(number)
    if not mail.calendar:
        abort(404)
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": f'attachment; filename="mail-{number}.ics"',
    }
    return mail.calendar, 200, headers


def mail_or_404(number: int) -> OutboxMessage:
    """Return a mail that has arrived."""
    return arrived_mail(number) or abort(404)
