"""The HTML doors: requests in, pages out. No rule and no SQL lives here."""

from flask import Flask

from openday import prose, wording
from openday.web import account, console, headers, hygiene, identifier, language, origin, public, verband
from openday.web.account import security
from openday.web.assets import init_assets
from openday.web.chrome import init_chrome
from openday.web.errors import init_errors
from openday.web.kept_part import kept
from openday.web.page_cache import init_page_cache
from openday.web.page_front import PageFront


def init_app(app: Flask) -> None:
    """Register every door in German and, under ``/en``, in English."""
    identifier.init_app(app)
    security.init_app(app)
    for door in (public.bp, account.bp, console.bp, verband.bp):
        app.register_blueprint(door)
    init_assets(app)
    init_page_cache(app)
    language.init_app(app)
    headers.init_app(app)
    hygiene.init_app(app)
    origin.init_app(app)
    init_chrome(app)
    init_errors(app)
    app.jinja_env.globals["wording"] = wording
    app.jinja_env.globals["as_html"] = prose.as_html
    app.jinja_env.globals["as_german"] = wording.as_german
    app.jinja_env.globals["kept"] = kept
    app.wsgi_app = PageFront(app)  # type: ignore[method-assign]
