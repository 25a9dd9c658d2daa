"""What is refused before anything reads it: addresses nobody can type, bodies nobody needs to send."""

import re

from flask import Flask, abort, current_app, request

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def init_app(app: Flask) -> None:
    """Answer 404 to control characters in the path and 413 to a body above the limit, whatever the route."""

    @app.before_request
    def refuse_nonsense() -> None:
        if CONTROL.search(request.path):
            abort(404)
        limit = current_app.config["MAX_CONTENT_LENGTH"]
        if request.content_length is not None and request.content_length > limit:
            abort(413)
