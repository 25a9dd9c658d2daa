"""Flask-Security makes and checks the sign-in codes; the pages around them are ours, its own are not served."""

import hashlib
import time

from flask import Flask, request
from flask_babel import force_locale
from flask_security import MailUtil, SQLAlchemyUserDatastore, UserMixin
from flask_security.totp import Totp

from openday import clock, wording
from openday.extensions import db, security
from openday.mailing.messages import sign_in_code
from openday.mailing.sign_in import sign_in_link
from openday.models import SecurityRole, User
from openday.services.sign_in import CODE_LIFETIME
from openday.web.account.sessions import StaffSessions, is_staff_path


class OutboxMailUtil(MailUtil):
    """Puts the code into the outbox, in the transaction of whoever asked for it."""

    def send_mail(  # noqa: PLR0917 - the signature is given
        self,
        template: str,  # noqa: ARG002 - the words are ours
        subject: str,  # noqa: ARG002
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],  # noqa: ARG002
        body: str | None,  # noqa: ARG002
        html: str | None,  # noqa: ARG002
        **kwargs: object,
    ) -> None:
        """Queue the mail with the code; its words are ours."""
        user = kwargs["user"]
        assert isinstance(user, User)  # noqa: S101 - narrows the type
        code, language = str(kwargs["login_token"]), user.language or wording.language()
        with force_locale(language):
            link = sign_in_link(user.fs_uniquifier, code)
        ends_at, is_unasked = clock.now() + CODE_LIFETIME, user.verified_at is None
        db.session.add(sign_in_code(str(recipient), code, link, ends_at, language, is_unasked=is_unasked))


class PastCodes(Totp):
    """Accepts the codes of the last minutes; the library would take those of the coming ones as well."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        """Keep what codes are made of under a key nobody can guess: to stretch it would only cost 10 ms each time."""
        super().__init__(secrets, issuer)
        self._totp.wallet.encrypt_cost = 0

    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:  # noqa: ARG002
        """Whether the code belongs to one of the last ``window`` seconds."""
        middle = int(time.time()) - window // 2
        try:
            self._totp.verify(token, totp_secret, window=window // 2, time=middle)
        except ValueError:  # TokenError is one
            return False
        return True


def init_app(app: Flask) -> None:
    """Bind Flask-Security without its pages, without its token door, on sessions kept by the server."""
    app.session_interface = StaffSessions()
    key = hashlib.sha256(b"sign-in codes:" + str(app.config["SECRET_KEY"]).encode()).hexdigest()
    app.config.update(
        SECURITY_UNIFIED_SIGNIN=True,
        SECURITY_US_ENABLED_METHODS=["email"],
        SECURITY_US_TOKEN_VALIDITY=int(CODE_LIFETIME.total_seconds()),
        SECURITY_PASSWORD_REQUIRED=False,
        SECURITY_PASSWORD_SALT=key,
        SECURITY_TOTP_SECRETS={"1": key},
        SECURITY_TOTP_ISSUER="openday",
        SECURITY_EMAIL_PLAINTEXT=False,
        SECURITY_EMAIL_HTML=False,
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_JOIN_USER_ROLES=False,
    )
    security._mail_util_cls = OutboxMailUtil  # its init_app, unlike its constructor, takes no classes
    security._totp_cls = PastCodes
    security.init_app(app, SQLAlchemyUserDatastore(db, User, SecurityRole), register_blueprint=False)
    identify_staff_only(app)
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    app.login_manager.session_protection = None  # type: ignore[attr-defined]


def identify_staff_only(app: Flask) -> None:
    """Ask who somebody is on staff pages alone: a visitor's request has no session to find it in."""
    identify = security.principal._on_before_request
    hooks = app.before_request_funcs[None]
    hooks[hooks.index(identify)] = lambda: identify() if is_staff_path(request.path) else None
