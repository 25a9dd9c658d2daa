"""Puts the house together: settings, extensions, doors."""

import logging
import sys
from pathlib import Path

import structlog
from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from openday import web
from openday.extensions import babel, compress, csrf, db, mail, tune_engine
from openday.i18n import PoDomain, speak
from openday.settings import LOOPBACK_HOSTS, Mode, Settings, UnsafeSettings
from openday.templating import Templates
from openday.web.language import request_language
from openday.web.rehearsal import rehearse

PACKAGE = Path(__file__).parent


def pages_folder(name: str) -> str:
    """Return ``templates`` or ``static``: inside the package in a wheel, beside it in a checkout."""
    inside = PACKAGE / name
    return str(inside if inside.is_dir() else PACKAGE.parent / name)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application; with no settings given they come from the environment, unchecked (commands use this)."""
    settings = settings or Settings.from_environment()
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "openday",
        instance_path=str(settings.instance_path),
        template_folder=pages_folder("templates"),
        static_folder=None,
    )
    app.jinja_environment = Templates
    app.extensions["openday.settings"] = settings
    configure(app, settings)
    configure_logging()
    db.init_app(app)
    with app.app_context():
        tune_engine(db.engine, settings.sqlite_synchronous)
    babel.init_app(app, locale_selector=request_language)
    babel.domain_instance = PoDomain()  # init_app takes the name of a domain only
    speak(app.jinja_env)
    compress.init_app(app)
    csrf.init_app(app)
    mail.init_app(app)
    web.init_app(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    return app


def create_served_app() -> Flask:
    """Return the application for a web server, warm; exits with code 2 and the reasons when a setting is unsafe."""
    try:
        settings = Settings.from_environment()
        settings.refuse_unsafe()
    except UnsafeSettings as unsafe:
        sys.stderr.write("openday startet so nicht:\n" + "\n".join(f"- {line}" for line in unsafe.problems) + "\n")
        raise SystemExit(2) from unsafe
    app = create_app(settings)
    rehearse(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Set what Flask and its extensions read; nothing here is left to a default that is unsafe."""
    app.config.update(
        SECRET_KEY=settings.signing_key(),
        TESTING=settings.mode is Mode.TESTING,
        DEBUG=False,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=200,
        TRUSTED_HOSTS=[settings.public_host, *LOOPBACK_HOSTS] if settings.mode is Mode.PRODUCTION else None,
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_REGISTER=True,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIN_SIZE=500,
        BABEL_DEFAULT_LOCALE="de",
        BABEL_DEFAULT_TIMEZONE="Europe/Berlin",
        MAIL_SERVER=settings.mail.server,
        MAIL_PORT=settings.mail.port,
        MAIL_USERNAME=settings.mail.username or None,
        MAIL_PASSWORD=settings.mail.password or None,
        MAIL_USE_TLS=settings.mail.use_tls and not settings.mail.use_ssl,
        MAIL_USE_SSL=settings.mail.use_ssl,
        MAIL_DEFAULT_SENDER=settings.mail.sender or f"openday@{settings.public_host}",
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.url_map.redirect_defaults = False
    app.url_map.strict_slashes = False


def engine_options(settings: Settings) -> dict[str, object]:
    """Return pool sizes: a full PostgreSQL pool answers 503 after 2 s; values never get into messages of errors.

    On PostgreSQL only services begin a transaction. What a page reads then costs one round trip, not three, and the
    driver keeps its prepared statements: each ``ROLLBACK`` after reading would throw them away.
    """
    if settings.database_url.startswith("sqlite"):
        keeps = {"cached_statements": 512}  # with its own 128 the driver would prepare most of them again and again
        return {"connect_args": {"timeout": 8, "check_same_thread": False, **keeps}, "hide_parameters": True}
    pool = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 2, "pool_recycle": 1800}
    return {**pool, "isolation_level": "AUTOCOMMIT", "hide_parameters": True}


def configure_logging() -> None:
    """Write one JSON line per event to stderr: past tense, constant text, ids and never names, addresses or tokens."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
