"""Absolute links. They come from the public URL of the settings, never from the request's Host."""

from flask import current_app

from openday import wording
from openday.settings import current_settings


def link_to(endpoint: str, **values: object) -> str:
    """Return the absolute URL of a page in the language being written right now."""
    settings = current_settings()
    values.setdefault("language", wording.language())
    adapter = current_app.url_map.bind(settings.public_host)
    return settings.public_url + adapter.build(endpoint, values, force_external=False)
