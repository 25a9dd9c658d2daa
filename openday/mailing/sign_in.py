"""The link in the mail with the sign-in code: it types the code for you, on whatever device you open it."""

from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from openday.mailing.links import link_to
from openday.settings import current_settings


def sign_in_link(uniquifier: str, code: str) -> str:
    """Return the absolute link for a person's code."""
    return link_to("account.sign_in.link", token=_serializer().dumps([uniquifier, code]))


def read_sign_in_link(token: str, lifetime: timedelta) -> tuple[str, str] | None:
    """Return the person's uniquifier and the code of a link, None when it was forged or is too old."""
    try:
        uniquifier, code = _serializer().loads(token, max_age=int(lifetime.total_seconds()))
    except (BadData, ValueError, TypeError):
        return None
    return str(uniquifier), str(code)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_settings().signing_key(), salt="sign-in-link")
