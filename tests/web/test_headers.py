"""The response contract on every route and status; the checking client compares the headers themselves."""

from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter

from openday.app import create_app
from openday.services.schema import upgrade_schema
from openday.settings import Mode
from openday.web.errors import trace_of
from openday.web.headers import CONTENT_SECURITY_POLICY
from tests.page_check import CheckingClient


def filled(rule) -> str:
    """Return a path for a rule, with values that belong to nothing."""
    values = {name: example(converter) for name, converter in rule._converters.items()}
    return rule.build({**values, **(rule.defaults or {})})[1]


def example(converter) -> object:
    """Return a value that the part of a path takes."""
    if isinstance(converter, IntegerConverter):
        return 1
    return min(converter.items) if isinstance(converter, AnyConverter) else "nirgends"


def test_every_route_answers_get_and_post_with_the_contract(client, app):
    statuses = set()
    for rule in app.url_map.iter_rules():
        path = filled(rule)
        statuses.add(client.get(path).status_code)
        answer = client.post(path, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code < 500
        statuses.add(answer.status_code)

    assert {200, 404, 405} <= statuses


@pytest.mark.parametrize(
    ("path", "kwargs", "status"),
    [
        ("/gibt-es-nicht", {}, 404),
        ("/en/does-not-exist", {}, 404),
        ("/termine", {"method": "DELETE"}, 405),
        ("/t/x/buchen?slot=1", {"method": "POST", "data": {"name": "x" * 2_000_000}}, 413),
        ("/t/x/buchen", {"method": "POST", "headers": {"Sec-Fetch-Site": "cross-site"}}, 400),
        ("/buchung/unbekannt", {}, 404),
    ],
)
def test_refusals_carry_the_contract(client, path, kwargs, status):
    assert client.open(path, **kwargs).status_code == status


def test_unexpected_errors_carry_the_contract_and_no_trace(settings):
    app: Flask = create_app(settings)
    app.test_client_class = CheckingClient
    app.testing = False

    @app.get("/kaputt")
    def broken() -> str:
        raise RuntimeError("secret of the trace")

    with app.app_context():
        upgrade_schema()
        answer = app.test_client().get("/kaputt")

    assert answer.status_code == 500
    assert "secret of the trace" not in answer.text
    assert "RuntimeError" not in answer.text


def test_errors_that_name_each_other_are_told_once():
    inner, outer = ValueError(), RuntimeError()
    inner.__context__, outer.__cause__ = outer, inner

    assert trace_of(outer) == ["ValueError", "RuntimeError"]


def test_only_a_demo_on_the_local_network_asks_for_no_upgrade(settings):
    policies = {}
    for mode in (Mode.DEMO, Mode.PRODUCTION):
        app = create_app(replace(settings, mode=mode, public_url="http://127.0.0.1:8000"))
        app.config["TRUSTED_HOSTS"] = None
        for host in ("127.0.0.1:8000", "192.168.1.20:8000"):
            answer = app.test_client().get("/health/live", headers={"Host": host})
            policies[mode, host] = "upgrade-insecure-requests" in answer.headers["Content-Security-Policy"]

    assert [key for key, upgrades in policies.items() if not upgrades] == [(Mode.DEMO, "192.168.1.20:8000")]


def test_policy_is_the_one_that_was_agreed(client):
    policy = client.get("/health/live").headers["Content-Security-Policy"]

    assert policy == CONTENT_SECURITY_POLICY
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; ")
