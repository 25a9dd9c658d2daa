"""Forms of visitors carry no session, so a form of another site is recognised by what the browser says of itself."""

from urllib.parse import urlsplit

from flask import Flask, abort, request

from openday.settings import current_settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_FETCH_SITES = frozenset({"same-origin", "none"})
BROWSER_REPORTS = frozenset({"/csp"})


def is_foreign() -> bool:
    """Whether the browser says the request comes from another origin; clients that say nothing are not browsers."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in OWN_FETCH_SITES
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    own = {urlsplit(current_settings().public_url).netloc, request.host}
    return urlsplit(origin).netloc not in own


def init_app(app: Flask) -> None:
    """Refuse every changing request that another site's page sends."""

    @app.before_request
    def refuse_foreign_forms() -> None:
        if request.method not in SAFE_METHODS and request.path not in BROWSER_REPORTS and is_foreign():
            abort(400)
