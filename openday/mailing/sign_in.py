"""The mail with the code to sign in."""

from datetime import timedelta

from flask_babel import gettext as _
from itsdangerous import URLSafeTimedSerializer

from openday import clock, tokens, wording
from openday.mailing.links import link_to
from openday.models import OutboxMessage
from openday.settings import current_settings


def sign_in_code(recipient: str, uniquifier: str, code: str, lifetime: timedelta) -> OutboxMessage:
    """Return the mail; it is of no use once the code has expired, so it is never sent after that."""
    spaced = f"{code[:3]} {code[3:]}"
    until = clock.now() + lifetime
    link = link_to("account.sign_in.link", token=link_serializer().dumps([uniquifier, code]))
    valid = _("Der Code gilt bis %(time)s.", time=wording.times_in_words(until, None))
    lines = [
        _("Guten Tag,"),
        _("Ihr Code: %(code)s", code=spaced),
        valid,
        _("Oder öffnen Sie diesen Link und bestätigen Sie die Anmeldung:") + "\n" + link,
        _("Sie wollten sich nicht anmelden? Dann müssen Sie nichts tun."),
    ]
    return OutboxMessage(
        kind="sign_in_code",
        message_id=f"sign-in-{tokens.new_token()}@{current_settings().public_host}",
        recipient=recipient,
        language=wording.language(),
        subject=_("Ihr Code: %(code)s", code=spaced),
        text="\n\n".join(lines) + "\n",
        html="",
        expires_at=until,
    )


def link_serializer() -> URLSafeTimedSerializer:
    """Return what signs the link of the mail, for this one purpose."""
    return URLSafeTimedSerializer(current_settings().signing_key(), salt="sign-in-link")
