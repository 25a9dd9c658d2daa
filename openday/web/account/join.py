"""The first step of a Träger: a code for an address that may be known or not."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from openday import wording
from openday.errors import TooManyRequests
from openday.forms.account import SignInForm
from openday.services.join import send_joining_code
from openday.services.rate_limit import CODES_PER_ACCOUNT, JOININGS, SIGN_INS, Caller, spend
from openday.web.account.sessions import ADDRESS_KEY, EXPECTED_KEY, TARGET_KEY

bp = Blueprint("join", __name__)


@bp.route("/konto/mitmachen", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Ask for the address and send a code; the answer is the same for a known one. Who is signed in goes on."""
    if current_user.is_authenticated:
        return redirect(url_for("console.traeger.begin"), code=303)
    form = SignInForm()
    if form.validate_on_submit():
        address = form.email.data
        try:
            spend(SIGN_INS, Caller.at(request.remote_addr or ""))
            spend(JOININGS, Caller.at(request.remote_addr or ""))
            spend(CODES_PER_ACCOUNT, Caller.known_as(address.lower()))
        except TooManyRequests as refusal:
            at = wording.moment_from_now(refusal.retry_after)
            page = render_template("account/join/start.html", form=form, try_again_at=at)
            return page, 429, {"Retry-After": str(refusal.retry_after)}
        send_joining_code(address)
        session[ADDRESS_KEY] = address
        session[TARGET_KEY] = url_for("console.traeger.begin")
        session[EXPECTED_KEY] = True
        return redirect(url_for("account.sign_in.code"), code=303)
    return render_template("account/join/start.html", form=form), 422 if form.errors else 200
