"""The session interface: a cookie with 256 random bits under ``/konto``, nothing at all anywhere else."""

import secrets
from typing import Any

from flask import Flask, Request, Response, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from openday.services.staff_session import end_session, keep_session, read_session, touch_session

STAFF_PATHS = ("/konto", "/en/konto")
USER_KEY = "openday_user_id"


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
        session_id = request.cookies.get(self.get_cookie_name(app))
        kept = read_session(session_id) if session_id else None
        if session_id is None or kept is None:
            return ServerSession({}, None)
        if kept.is_due:
            touch_session(session_id)
        return ServerSession(kept.content, session_id)

    def save_session(self, app: Flask, kept: SessionMixin, response: Response) -> None:
        """Write what changed and hand out the cookie of a new id."""
        if not isinstance(kept, ServerSession):
            return
        response.vary.add("Cookie")
        name = self.get_cookie_name(app)
        if kept.is_ended:
            for session_id in filter(None, (kept.session_id, kept.replaces)):
                end_session(session_id)
            response.delete_cookie(name, path="/", secure=app.config["SESSION_COOKIE_SECURE"], httponly=True)
            return
        if not kept.modified or not kept:
            return
        is_new = kept.session_id is None
        kept.session_id = kept.session_id or secrets.token_urlsafe(32)
        keep_session(kept.session_id, kept.get(USER_KEY), dict(kept), replaces=kept.replaces)
        if is_new:
            response.set_cookie(
                name,
                kept.session_id,
                path="/",
                secure=app.config["SESSION_COOKIE_SECURE"],
                httponly=True,
                samesite="Lax",
            )
