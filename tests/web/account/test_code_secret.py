"""What the codes of a person are made of."""

import json

from flask import Flask
from flask_security.totp import Totp

from openday.extensions import db, security
from openday.models import User
from tests.factories import make_traeger, make_user
from tests.web.staff import sign_in


def test_a_secret_kept_under_a_stretched_key_goes_on_making_codes(app: Flask) -> None:
    stretched = Totp(app.config["SECURITY_TOTP_SECRETS"], "openday").generate_totp_secret()
    user = make_user(make_traeger(), us_totp_secrets=json.dumps({"email": stretched}))

    client = sign_in(app, user)

    assert client.get("/konto/").status_code == 200
    db.session.rollback()
    kept = db.session.get_one(User, user.id, populate_existing=True)
    assert security.datastore.us_get_totp_secrets(kept) == {"email": stretched}


def test_what_codes_are_made_of_can_not_be_read_where_it_is_kept(app: Flask) -> None:
    secret = security.totp_factory.generate_totp_secret()

    assert set(json.loads(secret)) == {"enckey", "type", "v"}
    assert security.totp_factory.generate_totp_password(secret).isdigit()
