"""The HTML doors: requests in, pages out. No rule and no SQL lives here."""

from flask import Flask

from openday import wording
from openday.web import account, console, headers, language, origin, public
from openday.web.account import security


def init_app(app: Flask) -> None:
    """Register every door in German and, under ``/en``, in English."""
    security.init_app(app)
    for door in (public.bp, account.bp, console.bp):
        app.register_blueprint(door)
    language.init_app(app)
    headers.init_app(app)
    origin.init_app(app)
    app.jinja_env.globals["wording"] = wording
