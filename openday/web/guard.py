"""What stands before every staff page: who is asking, and that a form really comes from a page of ours."""

from urllib.parse import urlsplit

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from openday.extensions import csrf
from openday.services.scope import Scope, scope_of
from openday.web.account.sessions import is_staff_path

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_TARGET = 500  # characters; it has to fit into the session
TOKEN_FIELD = "csrf_token"  # noqa: S105 - the name of a field


def protect_forms() -> None:
    """Refuse a changing request without the token of this browser's session (raises ``CSRFError``)."""
    csrf.protect()


def require_sign_in() -> ResponseReturnValue | None:
    """Send whoever is not signed in to the sign-in page, and back here after it; keep what a form had."""
    if current_user.is_authenticated:
        g.scope = scope_of(current_user.id)
        return None
    if request.method in SAFE_METHODS:
        return redirect(url_for("account.sign_in.start", weiter=request.full_path.rstrip("?")), code=303)
    return form_again(401)


def current_scope() -> Scope:
    """Return the scope of the person asking, read once a request."""
    scope = g.scope
    assert isinstance(scope, Scope)  # noqa: S101 - narrows the type for every caller
    return scope


def answer_expired_form(_error: CSRFError) -> ResponseReturnValue:
    """Show everything that was typed and let it be sent once more: nothing is lost because a page was open for long."""
    return form_again(400)


def form_again(status: int) -> ResponseReturnValue:
    """Return the page that holds the values of the form just sent."""
    values = [(name, value) for name, value in request.form.items(multi=True) if name != TOKEN_FIELD]
    page = render_template(
        "account/expired.html", values=values, action=request.full_path.rstrip("?"), is_signed_out=status == 401
    )
    return page, status


def safe_target(target: str | None) -> str | None:
    """Return a path of the staff pages to go on to, None for anything that would lead elsewhere."""
    if not target or len(target) > LONGEST_TARGET or "\\" in target or not target.isprintable():
        return None
    parts = urlsplit(target)
    is_ours = not parts.scheme and not parts.netloc and is_staff_path(parts.path) and not target.startswith("//")
    return target if is_ours else None
