"""What people see when something is not there or does not work: plain words and a next step, never a trace.

These pages ask neither the database nor a session.
"""

from datetime import timedelta
from pathlib import Path
from traceback import extract_tb

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from openday import clock, wording
from openday.errors import Busy, NotFound, Refusal, TooManyRequests
from openday.settings import current_settings
from openday.web.account.sessions import is_staff_path

log = structlog.get_logger()

RETRY_AFTER = 5  # seconds, when the database has no room

TITLES = {
    400: _l("Diese Anfrage kam nicht richtig an"),
    403: _l("Das ist für Ihr Konto nicht freigegeben"),
    404: _l("Diese Seite gibt es nicht"),
    405: _l("So lässt sich diese Seite nicht aufrufen"),
    410: _l("Dieser Termin ist nicht mehr öffentlich"),
    413: _l("Das war zu viel auf einmal"),
    409: _l("Das geht gerade nicht"),
    429: _l("Gerade kommen zu viele Anfragen"),
    500: _l("Das hat nicht geklappt"),
    503: _l("Gerade ist viel los"),
}
ADVICE = {
    400: _l("Rufen Sie die Seite neu auf und versuchen Sie es noch einmal."),
    403: _l("Bitten Sie die Leitung Ihres Trägers um Zugang."),
    404: _l("Vielleicht ist der Link unvollständig. Kopieren Sie ihn ganz oder suchen Sie den Termin in der Liste."),
    405: _l("Gehen Sie zurück und benutzen Sie den Knopf auf der Seite."),
    410: _l("Der Träger hat ihn zurückgezogen. Andere Termine finden Sie in der Liste."),
    429: _l("Warten Sie einige Minuten und versuchen Sie es dann noch einmal."),
    413: _l(
        "Höchstens 1 MB. Kürzen Sie den Text, verkleinern Sie das Bild oder teilen Sie die Datei auf. "
        "Gespeichert wurde nichts."
    ),
    500: _l("Der Fehler liegt bei uns. Gespeichert wurde dabei nichts. Versuchen Sie es später noch einmal."),
    503: _l("Gespeichert wurde noch nichts. Versuchen Sie es in einer Minute noch einmal."),
}


def init_errors(app: Flask) -> None:
    """Answer every failure with a page of our own."""
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(NotFound, lambda _refusal: error_page(404))
    app.register_error_handler(TooManyRequests, show_limit)
    app.register_error_handler(Busy, lambda _refusal: busy_page())
    app.register_error_handler(OperationalError, show_database_error)
    app.register_error_handler(PoolTimeout, show_database_error)
    app.register_error_handler(Exception, show_failure)


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """Keep redirects and prepared answers; everything else becomes a page."""
    if error.response is not None or error.code is None or error.code < 400:
        return error
    allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
    return error_page(error.code, **headers)


def show_limit(refusal: TooManyRequests) -> ResponseReturnValue:
    """Say from when on it works again, as a time of day."""
    again = clock.now() + timedelta(seconds=refusal.retry_after + 60)
    message = _l(
        "Von Ihrem Anschluss kamen sehr viele Anfragen. Versuchen Sie es ab %(time)s Uhr noch einmal.",
        time=wording.clock_time(again),
    )
    return error_page(429, advice=message, **{"Retry-After": str(refusal.retry_after)})


def show_database_error(error: Exception) -> ResponseReturnValue:
    """A database that can't be reached is no fault of the visitor and passes."""
    log.error("database did not answer", endpoint=request.endpoint, error=type(error).__name__)
    return busy_page()


def show_failure(error: Exception) -> ResponseReturnValue:
    """A refusal nobody caught is a conflict; anything else is our mistake and goes to the log."""
    if isinstance(error, Refusal):
        return error_page(409, advice=error.message)
    log.error("request failed", endpoint=request.endpoint, error=type(error).__name__, trace=trace_of(error))
    return error_page(500)


def trace_of(error: BaseException, told: frozenset[int] = frozenset()) -> list[str]:
    """Return where it happened, innermost last; messages are left out, because databases put whole rows into them."""
    frames = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    cause = error.__cause__ or error.__context__
    told = told | {id(error)}  # a driver's error may name the one it caused as its own context
    before = trace_of(cause, told) if cause and id(cause) not in told else []
    return [*before, *frames[-12:], type(error).__name__]


def busy_page() -> ResponseReturnValue:
    """Return 503 with the seconds after which asking again makes sense."""
    return error_page(503, **{"Retry-After": str(RETRY_AFTER)})


def error_page(code: int, advice: object = "", **headers: str) -> ResponseReturnValue:
    """Return the page of a status; statuses without words of their own borrow those of their class."""
    known = code if code in TITLES else (400 if code < 500 else 500)
    page = render_template(
        "public/error/show.html",
        title=TITLES[known],
        advice=advice or ADVICE.get(known, ""),
        is_staff=is_staff_path(request.path),
        operator=current_settings().operator,
    )
    return page, code, headers
