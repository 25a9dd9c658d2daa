"""Signing in with a mailed code. Flask-Security makes and checks the codes; who asks for whom is decided here."""

from datetime import timedelta

import structlog
from flask_security.unified_signin import us_send_security_token
from sqlalchemy import func, select, update

from openday import clock, wording
from openday.extensions import db, security
from openday.mailing.messages import sign_in_code
from openday.mailing.sign_in import sign_in_link
from openday.models import AuditEntry, User
from openday.transaction import transaction

log = structlog.get_logger()

CODE_LIFETIME = timedelta(minutes=15)
METHOD = "email"


@transaction
def send_code(email: str) -> None:
    """Queue a mail with a code if somebody active has this address; nobody can tell from outside."""
    user = db.session.scalars(select(User).where(func.lower(User.email) == email.lower())).first()
    if user is None or not user.active:
        go_through_the_motions(email)
        note("code_refused", 0)
        return
    us_send_security_token(user, METHOD, totp_secret=secret_of(user), phone_number=None)
    note("code_sent", user.id)


def note(action: str, user_id: int) -> None:
    """Write down that a code was asked for; 0 stands for an address nobody has, which itself is not kept."""
    db.session.add(AuditEntry(action=action, object_type="user", object_id=user_id))
    log.info("sign-in code asked for", action=action, user_id=user_id)


def go_through_the_motions(email: str) -> None:
    """Do the work a mail to a known address costs, and throw it away: the answer must not come sooner."""
    code = security.totp_factory.generate_totp_password(security.totp_factory.generate_totp_secret())
    sign_in_code(email, code, sign_in_link("0" * 32, code), clock.now() + CODE_LIFETIME, wording.language())


def secret_of(user: User) -> str:
    """Return the secret the person's codes are made of, a new one when there is none yet or its key was changed."""
    secret: str | None = security.datastore.us_get_totp_secrets(user).get(METHOD)
    if secret is not None:
        try:
            security.totp_factory.generate_totp_password(secret)
        except ValueError:
            log.warning("sign-in secret was unreadable", user_id=user.id)
        else:
            return secret
    security.datastore.us_setup_email(user)
    return str(security.datastore.us_get_totp_secrets(user)[METHOD])


def language_of_page() -> str | None:
    """Return the language somebody chose by signing in on the pages in it; German ones are where everybody begins."""
    return wording.language() if wording.language() != "de" else None


@transaction
def redeem_code(email: str, code: str) -> User | None:
    """Return the person whose code this is; a code works once, and with it every other one sent before."""
    user = db.session.scalars(select(User).where(func.lower(User.email) == email.lower())).first()
    return redeem(user, code)


@transaction
def redeem_link(uniquifier: str, code: str) -> User | None:
    """Return the person whose mailed link this is, under the same rules as the typed code."""
    return redeem(db.session.scalars(select(User).where(User.fs_uniquifier == uniquifier)).first(), code)


def redeem(user: User | None, code: str) -> User | None:
    """Check the code inside a transaction and replace the secret, which only one request can do."""
    if user is None or not user.active or not user.us_totp_secrets:
        return None
    used = user.us_totp_secrets
    secret = security.datastore.us_get_totp_secrets(user).get(METHOD)
    window = int(CODE_LIFETIME.total_seconds())
    if secret is None or not security.totp_factory.verify_totp(code, secret, user=user, window=window):
        log.info("sign-in code refused", user_id=user.id)
        return None
    security.datastore.us_setup_email(user)
    fresh = user.us_totp_secrets
    db.session.expire(user, ["us_totp_secrets"])
    is_first = db.session.execute(
        update(User)
        .where(User.id == user.id, User.us_totp_secrets == used)
        .values(
            us_totp_secrets=fresh,
            verified_at=func.coalesce(User.verified_at, clock.now()),
            language=func.coalesce(User.language, language_of_page()),
        )
        .returning(User.id),
        execution_options={"synchronize_session": False},
    ).first()
    if is_first is None:
        return None
    db.session.refresh(user)
    db.session.add(AuditEntry(action="signed_in", actor_id=user.id, object_type="user", object_id=user.id))
    log.info("signed in", user_id=user.id)
    return user
