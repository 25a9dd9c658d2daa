"""The application behind a command, and the reasons why there is none."""

import logging
from collections.abc import Mapping
from os import environ

import structlog
from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from openday.app import create_app
from openday.cli.german import Refused
from openday.services.schema import Schema, migrate, schema_state
from openday.settings import Settings, UnsafeSettings

SCHEMA_SENTENCES = {
    Schema.UNREACHABLE: "Die Datenbank antwortet nicht. Prüfen Sie OPENDAY_DATABASE_URL und ob der Server läuft.",
    Schema.EMPTY: "Der Datenbank fehlen die Tabellen. Führen Sie zuerst „openday db upgrade“ aus.",
    Schema.BEHIND: "Die Tabellen sind älter als dieses openday. Führen Sie zuerst „openday db upgrade“ aus.",
    Schema.AHEAD: "Die Datenbank gehört zu einem neueren openday. Installieren Sie die neuere Fassung.",
}


def read_settings(env: Mapping[str, str] = environ) -> Settings:
    """Return the settings of the environment; refuses values that can't be read."""
    try:
        return Settings.from_environment(env)
    except UnsafeSettings as unsafe:
        raise Refused("\n".join(unsafe.problems)) from unsafe


def refuse_unsafe(settings: Settings) -> None:
    """Refuse settings a server must not start with, each reason on its own line."""
    if problems := settings.problems():
        lines = "\n".join(f"- {problem}" for problem in problems)
        raise Refused(f"openday startet so nicht:\n{lines}\nMehr dazu sagt „openday doctor“.")


def application(settings: Settings | None = None) -> Flask:
    """Return the application, its database not yet asked anything."""
    settings = settings or read_settings()
    refuse_unknown_database(settings.database_url)
    try:
        app = create_app(settings)
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise Refused("Für PostgreSQL fehlt ein Baustein: pip install 'openday[postgres]'") from error
    except PermissionError as error:
        raise Refused(
            f"Das Verzeichnis „{error.filename}“ lässt sich nicht anlegen. Setzen Sie OPENDAY_INSTANCE_PATH."
        ) from error
    migrate.init_app(app)
    return app


def refuse_unknown_database(url: str) -> None:
    """Refuse everything that is not the address of an SQLite or PostgreSQL database."""
    try:
        backend = make_url(url).get_backend_name()
    except (ArgumentError, ValueError):
        backend = ""
    if backend not in ("sqlite", "postgresql"):
        raise Refused(
            "OPENDAY_DATABASE_URL ist keine Adresse einer Datenbank, die openday kennt. "
            "Beispiel: postgresql://nutzer:passwort@localhost/openday"
        )


def quiet_logs() -> None:
    """Keep what went well out of a person's terminal; warnings stay."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def require_tables() -> None:
    """Refuse to go on unless the database has the tables of this release."""
    state = schema_state()
    if state is not Schema.CURRENT:
        raise Refused(SCHEMA_SENTENCES[state])
