"""Numbers in addresses: only those a database can hold, so that a long one is simply not found."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class IdConverter(IntegerConverter):
    """A primary key: ``<id:event_id>``."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **{"min": 1, "max": LARGEST, **kwargs})


def init_app(app: Flask) -> None:
    """Offer the converter to the rules of all doors."""
    app.url_map.converters["id"] = IdConverter
