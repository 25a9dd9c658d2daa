"""The mailed way into a team: it opens for the invited address alone, and once."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from openday import wording
from openday.errors import Refusal, TooManyRequests
from openday.exports.words import TEAM_ROLES
from openday.services.rate_limit import CODES_PER_ACCOUNT, SIGN_INS, Caller, spend
from openday.services.team import InvitationOver, LastOwner, OtherAddress, accept, invitation_of, send_invited_code
from openday.web.account.sessions import ADDRESS_KEY, EXPECTED_KEY, TARGET_KEY

bp = Blueprint("team_invitation", __name__)


@bp.route("/konto/einladung/<token>", methods=["GET", "POST"])
def show(token: str) -> ResponseReturnValue:
    """Show who invites as what; on POST send a code to the invited address, or, signed in with it, join the team."""
    try:
        if request.method == "POST":
            return taken(token) if current_user.is_authenticated else proof_asked(token)
        return shown(token)
    except InvitationOver:
        return render_template("account/team_invitation/over.html"), 410


def taken(token: str) -> ResponseReturnValue:
    """Join the team and go on to it."""
    try:
        traeger_id = accept(current_user.id, token)
    except (OtherAddress, LastOwner) as refusal:
        return shown(token, refusal), 409
    flash(_("Sie gehören jetzt zum Team."))
    return redirect(url_for("console.traeger.show", traeger_id=traeger_id), code=303)


def proof_asked(token: str) -> ResponseReturnValue:
    """Send the code that proves the mailbox, and come back here after it."""
    try:
        spend(SIGN_INS, Caller.at(request.remote_addr or ""))
        spend(CODES_PER_ACCOUNT, Caller.known_as(invitation_of(token).email))
    except TooManyRequests as refusal:
        page = shown(token, try_again_at=wording.moment_from_now(refusal.retry_after))
        return page, 429, {"Retry-After": str(refusal.retry_after)}
    session[ADDRESS_KEY] = send_invited_code(token)
    session[TARGET_KEY] = url_for(".show", token=token)
    session[EXPECTED_KEY] = True
    return redirect(url_for("account.sign_in.code"), code=303)


def shown(token: str, refusal: Refusal | None = None, try_again_at: str = "") -> str:
    """Return the invitation; whoever is signed in with another address can't take it."""
    invitation = invitation_of(token)
    return render_template(
        "account/team_invitation/show.html",
        invitation=invitation,
        role=TEAM_ROLES[invitation.role],
        is_other=current_user.is_authenticated and current_user.email.lower() != invitation.email,
        refusal=refusal,
        try_again_at=try_again_at,
    )
