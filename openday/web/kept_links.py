"""The ``url_for`` of the templates: the way to a page is looked up once for each language, not for every link."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request
from werkzeug.routing import BuildError

from openday.mailing.links import PLAIN, STAND_IN, around_stand_in
from openday.web.language import request_language


def kept_links(app: Flask) -> Callable[..., str]:
    """Return a ``url_for`` that keeps links without values, and of those with one word what stands around it."""

    @lru_cache(512)
    def link(endpoint: str, _language: str, _root: str) -> str:
        return app.url_for(endpoint)

    @lru_cache(512)
    def around(endpoint: str, name: str, _language: str, _root: str) -> tuple[str, str] | None:
        try:
            rules = app.url_map.iter_rules(endpoint)
            if name.startswith("_") or any(name in (rule.defaults or {}) for rule in rules):
                return None  # the value decides what the link looks like
            values: dict[str, Any] = {name: STAND_IN}
            return around_stand_in(app.url_for(endpoint, **values))
        except (BuildError, KeyError, ValueError):  # it leads nowhere, or wants a number: who asks will be told
            return None

    def url_for(endpoint: str, **values: Any) -> str:
        if len(values) > 1 or endpoint.startswith(".") or not has_request_context():
            return app.url_for(endpoint, **values)
        for name, value in values.items():
            is_plain = type(value) is str and PLAIN.fullmatch(value)
            parts = around(endpoint, name, request_language(), request.root_path) if is_plain else None
            return f"{parts[0]}{value}{parts[1]}" if parts else app.url_for(endpoint, **values)
        return link(endpoint, request_language(), request.root_path)

    return url_for
