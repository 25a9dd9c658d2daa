"""German pages live at ``/…``, the same pages in English at ``/en/…``: no cookie, no guess from the browser."""

from typing import Any

from flask import Flask, g, has_request_context, request

PREFIXES = {"en": "/en"}


def request_language() -> str:
    """Return the language of the path being answered, German outside of requests."""
    if not has_request_context():
        return "de"
    return str(g.get("language") or language_of_path(request.path))


def language_of_path(path: str) -> str:
    """Return the language a path asks for, also where no page is found under it."""
    for language, prefix in PREFIXES.items():
        if path == prefix or path.startswith(f"{prefix}/"):
            return language
    return "de"


def init_app(app: Flask) -> None:
    """Give every German rule its twins and let ``url_for`` stay in the language of the page."""
    for rule in list(app.url_map.iter_rules()):
        if (rule.defaults or {}).get("language") != "de":
            continue
        for language, prefix in PREFIXES.items():
            app.add_url_rule(
                prefix + rule.rule,
                endpoint=rule.endpoint,
                defaults={**(rule.defaults or {}), "language": language},
                methods=[method for method in rule.methods or () if method not in {"HEAD", "OPTIONS"}],
            )

    @app.url_value_preprocessor
    def read_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.language = (values or {}).pop("language", None) or language_of_path(request.path)

    @app.url_defaults
    def keep_language(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = request_language()
