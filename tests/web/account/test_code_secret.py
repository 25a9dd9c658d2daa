"""What the codes of a person are made of."""

import json

import pytest
import time_machine
from flask import Flask
from flask_security.totp import Totp

from openday import clock
from openday.extensions import security
from openday.web.account.security import PastCodes
from tests.factories import make_traeger, make_user
from tests.web.staff import mailed_code, sign_in


def test_a_secret_kept_under_a_stretched_key_still_makes_the_code(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = PastCodes(app.config["SECURITY_TOTP_SECRETS"], "openday")
    monkeypatch.setattr(security, "_totp_factory", ours)  # there it is that of the last application of a process
    stretching = Totp(app.config["SECURITY_TOTP_SECRETS"], "openday")
    secret = stretching.generate_totp_secret()
    user = make_user(make_traeger(), us_totp_secrets=json.dumps({"email": secret}))

    with time_machine.travel(clock.now(), tick=False):  # a code is one of half a minute
        client = sign_in(app, user)
        code = stretching.generate_totp_password(secret)

    assert mailed_code(user) == code
    assert client.get("/konto/").status_code == 200


def test_what_codes_are_made_of_can_not_be_read_where_it_is_kept(app: Flask) -> None:
    secret = security.totp_factory.generate_totp_secret()

    kept = json.loads(secret)
    assert set(kept) == {"enckey", "type", "v"}
    assert kept["enckey"]["c"] == 0, "its key is stretched"
    assert security.totp_factory.generate_totp_password(secret).isdigit()
