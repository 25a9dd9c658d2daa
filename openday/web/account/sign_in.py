"""Signing in: an address, then the code that was mailed to it, or its link."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import login_user

from openday import wording
from openday.errors import TooManyRequests
from openday.forms.account import CodeForm, SignInForm
from openday.mailing.sign_in import read_sign_in_link
from openday.models import User
from openday.services.rate_limit import (
    CODE_CHECKS,
    CODE_CHECKS_PER_HOUR,
    CODES_PER_ACCOUNT,
    SIGN_INS,
    Caller,
    spend,
)
from openday.services.sign_in import CODE_LIFETIME, redeem_code, redeem_link, send_code
from openday.web.account.sessions import ADDRESS_KEY, EXPECTED_KEY, TARGET_KEY, USER_KEY, current_session
from openday.web.guard import safe_target

bp = Blueprint("sign_in", __name__)


@bp.route("/konto/anmelden", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Ask for the address and send a code; the answer is the same for an address nobody has."""
    if current_user.is_authenticated:
        return redirect(url_for("console.dashboard.show"), code=303)
    if target := safe_target(request.args.get("weiter")):
        session[TARGET_KEY] = target
    form = SignInForm()
    if form.validate_on_submit():
        try:
            session.pop(EXPECTED_KEY, None)
            ask_for_code(form.email.data)
        except TooManyRequests as refusal:
            return too_many(refusal, "account/sign_in/start.html", form)
        return redirect(url_for(".code"), code=303)
    return render_template("account/sign_in/start.html", form=form), 422 if form.errors else 200


@bp.route("/konto/anmelden/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Take the six digits; wrong ones may be typed again, five times in five minutes."""
    address = session.get(ADDRESS_KEY)
    if address is None or current_user.is_authenticated:
        return redirect(url_for(".start"), code=303)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            spend(CODE_CHECKS, Caller.known_as(address.lower()))
            spend(CODE_CHECKS_PER_HOUR, Caller.known_as(address.lower()))
        except TooManyRequests as refusal:
            return too_many(refusal, "account/sign_in/code.html", form, **code_facts(address))
        if user := redeem_code(address, form.digits):
            return enter(user)
        form.code.errors = [wrong_code()]
    page = render_template("account/sign_in/code.html", form=form, **code_facts(address))
    return page, 422 if form.errors else 200


@bp.route("/konto/anmelden/neuer-code", methods=["POST"])
def again() -> ResponseReturnValue:
    """Send another code to the same address."""
    address = session.get(ADDRESS_KEY)
    if address is None:
        return redirect(url_for(".start"), code=303)
    try:
        ask_for_code(address)
    except TooManyRequests as refusal:
        return too_many(refusal, "account/sign_in/code.html", CodeForm(formdata=None), **code_facts(address))
    return redirect(url_for(".code"), code=303)


@bp.route("/konto/anmelden/link/<token>", methods=["GET", "POST"])
def link(token: str) -> ResponseReturnValue:
    """Show one button, because mail scanners open links; sign in when it is pressed."""
    found = read_sign_in_link(token, CODE_LIFETIME)
    if found is None:
        return render_template("account/sign_in/link.html", is_over=True), 410
    if request.method == "POST":
        try:
            spend(SIGN_INS, Caller.at(request.remote_addr or ""))
        except TooManyRequests as refusal:
            return too_many(refusal, "account/sign_in/link.html", None, is_over=False)
        if user := redeem_link(*found):
            return enter(user)
        return render_template("account/sign_in/link.html", is_over=True), 410
    return render_template("account/sign_in/link.html", is_over=False)


def ask_for_code(address: str) -> None:
    """Count the request, queue the mail and remember for whom; raises ``TooManyRequests``."""
    spend(SIGN_INS, Caller.at(request.remote_addr or ""))
    spend(CODES_PER_ACCOUNT, Caller.known_as(address.lower()))
    send_code(address)
    session[ADDRESS_KEY] = address


def enter(user: User) -> ResponseReturnValue:
    """Begin a signed-in session under a new id and go on to where the person wanted to be."""
    target = safe_target(session.get(TARGET_KEY)) or url_for("console.dashboard.show")
    session.clear()
    current_session().rotate()
    login_user(user, remember=False, authn_via=["email"])
    session[USER_KEY] = user.id
    return redirect(target, code=303)


def too_many(refusal: TooManyRequests, template: str, form: object, **values: object) -> ResponseReturnValue:
    """Return the same page with what was typed and the time to try again."""
    page = render_template(template, form=form, try_again_at=wording.moment_from_now(refusal.retry_after), **values)
    return page, 429, {"Retry-After": str(refusal.retry_after)}


def code_facts(address: str) -> dict[str, object]:
    """Return what the page about the code says: to whom, for how many minutes, and whether a mail comes for sure."""
    minutes = int(CODE_LIFETIME.total_seconds() // 60)
    return {"address": address, "minutes": minutes, "is_expected": session.get(EXPECTED_KEY, False)}


def wrong_code() -> str:
    """Return what is said about a code that does not fit or came too late: the same for both."""
    return str(_("Der Code stimmt nicht oder ist abgelaufen. Fordern Sie einen neuen Code an"))
