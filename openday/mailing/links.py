"""Absolute links. They come from the public URL of the settings, never from the request's Host."""

import re
from functools import lru_cache

from flask import current_app
from werkzeug.routing import Map

from openday import wording
from openday.settings import current_settings

PLAIN = re.compile(r"[A-Za-z0-9_-]+")  # stands in an address as it is, such as the secret of a booking
STAND_IN = "0-stand-in-0"


def link_to(endpoint: str, **values: object) -> str:
    """Return the absolute URL of a page in the language being written right now."""
    settings, url_map = current_settings(), current_app.url_map
    language = str(values.pop("language", None) or wording.language())
    [(name, value)] = values.items() if len(values) == 1 else [("", "")]
    is_plain = type(value) is str and PLAIN.fullmatch(value)
    if is_plain and (around := path_around(url_map, settings.public_host, endpoint, name, language)):
        return f"{settings.public_url}{around[0]}{value}{around[1]}"
    if not values:
        return settings.public_url + path_to(url_map, settings.public_host, endpoint, language)
    adapter = url_map.bind(settings.public_host)
    return settings.public_url + adapter.build(endpoint, {"language": language, **values}, force_external=False)


@lru_cache(512)
def path_to(url_map: Map, host: str, endpoint: str, language: str) -> str:
    """Return the path of a page there is one of."""
    return url_map.bind(host).build(endpoint, {"language": language}, force_external=False)


@lru_cache(512)
def path_around(url_map: Map, host: str, endpoint: str, name: str, language: str) -> tuple[str, str] | None:
    """Return what stands before and behind a plain word in the path of a page, None where the word decides on it."""
    if any(name in (rule.defaults or {}) for rule in url_map.iter_rules(endpoint)):
        return None
    path = url_map.bind(host).build(endpoint, {"language": language, name: STAND_IN}, force_external=False)
    return around_stand_in(path)


def around_stand_in(path: str) -> tuple[str, str] | None:
    """Return what stands before and behind the stand-in of a word, None for a path without it."""
    before, found, after = path.partition(STAND_IN)
    return (before, after) if found else None
