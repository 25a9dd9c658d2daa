"""The session interface: a cookie under ``/konto``, nothing at all anywhere else.

Whoever is signed in has 256 random bits that mean nothing outside the database. Before that the cookie itself holds,
signed, the token of the form and the address typed: opening the sign-in page costs the database nothing.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Flask, Request, Response, session
from flask.sessions import SessionInterface, SessionMixin
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import CallbackDict

from openday.services.staff_session import IDLE, begin_session, end_session, keep_session, read_session, touch_session

STAFF_PATHS = ("/konto", "/en/konto")
USER_KEY = "openday_user_id"
ADDRESS_KEY = "sign_in_address"
TARGET_KEY = "sign_in_target"
EXPECTED_KEY = "sign_in_code_expected"  # asked for where every address gets one
BEFORE_SIGN_IN = frozenset({"csrf_token", ADDRESS_KEY, TARGET_KEY, EXPECTED_KEY})
SIGNED = "."  # stands in every signed value, never in an id


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """A session whose content stays in the database; the browser has its id."""

    def __init__(self, content: dict[str, Any], session_id: str | None) -> None:
        super().__init__(content, self._note_change)
        self.session_id = session_id
        self.replaces: str | None = None
        self.is_ended = False
        self.modified = False

    @staticmethod
    def _note_change(changed: "ServerSession") -> None:
        changed.modified = True

    def rotate(self) -> None:
        """Take a new id when somebody signs in, so that an id planted before is worth nothing."""
        self.replaces = self.session_id or self.replaces
        self.session_id = None
        self.modified = True

    def end(self) -> None:
        """Forget everything, here and in the database."""
        self.clear()
        self.is_ended = True


def current_session() -> ServerSession:
    """Return the session of a staff page; anywhere else there is none and this is a programmer's mistake."""
    proxy: Any = session
    found = proxy._get_current_object()
    assert isinstance(found, ServerSession)  # noqa: S101 - narrows the type for every caller
    return found


def is_staff_path(path: str) -> bool:
    """Whether a path belongs to the signed-in doors."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in STAFF_PATHS)


class StaffSessions(SessionInterface):
    """Opens a session for staff pages only: a visitor's request can neither read nor write one."""

    def get_cookie_name(self, app: Flask) -> str:
        """Return ``__Host-od``; over plain HTTP (a demo on one machine) browsers would refuse that prefix."""
        return "__Host-od" if app.config["SESSION_COOKIE_SECURE"] else "od"

    def open_session(self, app: Flask, request: Request) -> ServerSession | None:
        """Return the browser's session, an empty one when it has none, None for the pages of visitors."""
        if not is_staff_path(request.path):
            return None
        value = request.cookies.get(self.get_cookie_name(app))
        if value is None:
            return ServerSession({}, None)
        if SIGNED in value:
            return ServerSession(self.read_signed(app, value), None)
        kept = read_session(value)
        if kept is None:
            return ServerSession({}, None)
        if kept.is_due:
            touch_session(value)
        return ServerSession(kept.content, value)

    def save_session(self, app: Flask, kept: SessionMixin, response: Response) -> None:
        """Write what changed and hand out the cookie of a new id."""
        if not isinstance(kept, ServerSession):
            return
        response.vary.add("Cookie")
        if kept.is_ended:
            self.finish(app, kept, response)
        elif not kept.modified or not kept:
            return
        elif USER_KEY not in kept:
            self.hand_out(app, response, str(serializer(app).dumps(only_before_sign_in(kept))))
        elif kept.session_id is None:
            session_id = secrets.token_urlsafe(32)
            begin_session(session_id, kept[USER_KEY], dict(kept), replaces=kept.replaces)
            self.hand_out(app, response, session_id)
        else:
            keep_session(kept.session_id, dict(kept))

    def read_signed(self, app: Flask, value: str) -> dict[str, Any]:
        """Return what a browser without a signed-in person holds, nothing when it is forged or half an hour old."""
        try:
            content: dict[str, Any] = serializer(app).loads(value, max_age=int(IDLE.total_seconds()))
        except BadData:
            return {}
        return only_before_sign_in(content)

    def finish(self, app: Flask, kept: ServerSession, response: Response) -> None:
        """Delete the session and its cookie."""
        for session_id in filter(None, (kept.session_id, kept.replaces)):
            end_session(session_id)
        is_secure = app.config["SESSION_COOKIE_SECURE"]
        response.delete_cookie(self.get_cookie_name(app), path="/", secure=is_secure, httponly=True, samesite="Lax")

    def hand_out(self, app: Flask, response: Response, value: str) -> None:
        """Set the cookie; it ends with the browser."""
        is_secure = app.config["SESSION_COOKIE_SECURE"]
        name = self.get_cookie_name(app)
        response.set_cookie(name, value, path="/", secure=is_secure, httponly=True, samesite="Lax")


def only_before_sign_in(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a signed cookie may carry: nothing that says who somebody is."""
    return {name: value for name, value in content.items() if name in BEFORE_SIGN_IN}


def serializer(app: Flask) -> URLSafeTimedSerializer:
    """Return what signs the cookie of a browser in which nobody is signed in."""
    return URLSafeTimedSerializer(str(app.secret_key), salt="before-sign-in")
