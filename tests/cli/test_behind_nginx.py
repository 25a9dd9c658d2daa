"""A real nginx before a real gunicorn: what it keeps, for how long, what reaches openday and what the log says."""

import time
from http.client import HTTPResponse

import pytest
from flask import Flask, Response, request
from sqlalchemy import select

from openday import tokens
from openday.app import create_app
from openday.extensions import db
from openday.models import RateCounter
from openday.services.rate_limit import BOOKINGS, Caller
from tests.chaos.storm import FORM_TYPE, Form
from tests.conftest import TEST_KEY
from tests.factories import make_slot
from tests.fronted import MISSING, NGINX, Front, fronted

pytestmark = [
    pytest.mark.skipif(NGINX is None, reason=MISSING),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
VISITOR = "127.0.9.5"
TOLD = "add_header X-Kept $upstream_cache_status always;"
LONGEST = 2.0  # seconds a full time may still be shown as free


def careless() -> Flask:
    """Return openday with a mistake on public pages: a cookie, or a page that is only for one person."""
    app = create_app()

    @app.after_request
    def forget_the_rules(response: Response) -> Response:
        if "keks" in request.args:
            response.set_cookie("wer", "Anna")
        if "privat" in request.args:
            response.headers["Cache-Control"] = "private, max-age=60"
        return response

    return app


def ask(front: Front, path: str, body: str = "", **headers: str) -> tuple[HTTPResponse, str]:
    """Return the answer nginx gives to a visitor."""
    connection = front.connect()
    connection.source_address = (VISITOR, 0)
    given = {name.replace("_", "-"): value for name, value in headers.items()} | (FORM_TYPE if body else {})
    connection.request("POST" if body else "GET", path, body or None, given)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def kept(front: Front, path: str, **headers: str) -> str | None:
    """Return what nginx says of the second of two requests: HIT when it answered without asking."""
    ask(front, path, **headers)
    return ask(front, path, **headers)[0].getheader("X-Kept")


def test_nginx_keeps_what_is_everybodys_and_for_a_moment(app, settings, tmp_path):
    slot = make_slot(capacity=1)
    page = f"/t/{slot.event.slug}"
    form = Form(slot.event.slug, slot.id, 1, "a@example.org", tokens.sign_nonce(TEST_KEY, "booking"))
    variables = {"OPENDAY_RATE_LIMITS": "on"}
    with fronted(settings, tmp_path, "tests.cli.test_behind_nginx:careless()", more=TOLD, **variables) as front:
        public = {path: kept(front, path) for path in ("/", "/termine", page, "/en/termine", "/favicon.svg")}
        private = {
            path: kept(front, path)
            for path in (form.path, "/termine?keks", "/termine?privat", "/konto/anmelden", "/health/ready")
        }
        with_cookie = kept(front, "/termine", Cookie="__Host-od=x")
        ask(front, page)
        booked, _body = ask(front, form.path, form.body, X_Forwarded_For="203.0.113.7")
        link = booked.getheader("Location")
        time.sleep(LONGEST)
        _answer, shown = ask(front, page)
        own = kept(front, link)
        log = front.log()

    assert set(public.values()) == {"HIT"}, public
    assert "HIT" not in {*private.values(), with_cookie, own}
    assert booked.status == 303
    assert "Ausgebucht" in shown
    counted = set(db.session.scalars(select(RateCounter.key)))
    assert counted == {BOOKINGS.key_for(Caller.at(VISITOR).key)}
    assert "127.0.9.0 " in log
    assert [
        secret for secret in (VISITOR, link, link.rsplit("/", 1)[1], slot.event.slug, "keks") if secret in log
    ] == []
