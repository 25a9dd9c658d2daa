"""Staff browsers for tests: signing in through the real pages, and forms with their token."""

import re
import secrets
from html import unescape
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.test import TestResponse

from openday.extensions import db
from openday.models import OutboxMessage, User
from openday.services.staff_session import begin_session
from openday.web.account.sessions import USER_KEY
from tests.page_check import CheckingClient

BASE = "https://offene-tuer.example.org"


class Browser(CheckingClient):
    """Speaks HTTPS and sends what browsers send; each request gets its own application context."""

    form_token: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("base_url", BASE)
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Referer", f"{BASE}/konto/")
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        with self.application.app_context():
            return super().open(*args, headers=headers, **kwargs)

    def token(self, path: str = "/konto/anmelden") -> str:
        """Return the form token of a page, or of the sign-in page."""
        if self.form_token:
            return self.form_token
        return token_in(self.get(path, follow_redirects=True).get_data(as_text=True))

    def send(self, path: str, data: dict[str, Any] | None = None, page: str | None = None) -> TestResponse:
        """Post a form with the token of this browser's session."""
        return self.post(path, data={"csrf_token": self.token(page or "/konto/"), **(data or {})})


def token_in(html: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html) or re.search(
        r'value="([^"]+)"[^>]*name="csrf_token"', html
    )
    assert found, "the page has no form token"
    return unescape(found[1])


def browser(app: Flask) -> Browser:
    return Browser(app, use_cookies=True)


def mailed_code(user: User) -> str:
    """Return the six digits of the newest mail to a person."""
    db.session.rollback()
    mail = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.recipient == user.email).order_by(OutboxMessage.id.desc())
    ).first()
    assert mail is not None
    found = re.search(r"(\d{3}) (\d{3})", mail.subject)
    assert found
    return found[1] + found[2]


def sign_in(app: Flask, user: User) -> Browser:
    """Return a browser in which a person has signed in with the mailed code."""
    client = browser(app)
    token = client.token()
    client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})
    response = client.post("/konto/anmelden/code", data={"csrf_token": token, "code": mailed_code(user)})
    assert response.status_code == 303, response.get_data(as_text=True)
    return client


def signed_in(app: Flask, user: User) -> Browser:
    """Return a signed-in browser without the detour through the mailbox, for tests with many people."""
    client, session_id, raw = browser(app), secrets.token_urlsafe(32), secrets.token_hex(20)
    content = {"_user_id": user.fs_uniquifier, "_fresh": True, USER_KEY: user.id, "csrf_token": raw}
    begin_session(session_id, user.id, content)
    client.set_cookie("__Host-od", session_id, domain="offene-tuer.example.org", secure=True)
    client.form_token = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw)
    return client
