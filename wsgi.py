"""The application for any WSGI server: ``gunicorn wsgi:app``. Refuses to start when a setting is unsafe."""

from openday.app import create_served_app

app = create_served_app()
