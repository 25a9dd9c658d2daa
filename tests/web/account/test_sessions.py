"""Sessions of staff: where the cookie is, when it ends, what an old one is worth."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from openday import clock
from openday.extensions import db
from openday.models import StaffSession
from openday.services.staff_session import end_sessions_of, keep_session
from openday.web.account.sessions import USER_KEY
from tests.factories import make_traeger, make_user
from tests.web.staff import Browser, browser, mailed_code, sign_in

HOST = "offene-tuer.example.org"


def cookie_of(client: Browser) -> str:
    cookie = client.get_cookie("__Host-od", domain=HOST)
    assert cookie is not None
    return cookie.value


def with_cookie(app: Flask, value: str) -> Browser:
    client = browser(app)
    client.set_cookie("__Host-od", value, domain=HOST, secure=True)
    return client


def test_the_cookie_is_host_bound_secure_and_unreadable_for_scripts(app: Flask) -> None:
    response = browser(app).get("/konto/anmelden")

    [header] = response.headers.getlist("Set-Cookie")
    assert header.startswith("__Host-od=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in header
    assert "Domain" not in header
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize("path", ["/health/live", "/gibt-es-nicht", "/kontonummer", "/en/health/live"])
def test_pages_of_visitors_have_no_session_not_even_for_signed_in_staff(app: Flask, path: str) -> None:
    client = sign_in(app, make_user(make_traeger()))

    response = client.get(path)

    assert response.headers.getlist("Set-Cookie") == []
    assert "Cookie" not in response.headers.get("Vary", "")


def test_signing_in_changes_the_session_id_and_the_old_one_is_dead(app: Flask) -> None:
    client = browser(app)
    client.get("/konto/anmelden")
    before = cookie_of(client)
    user = make_user(make_traeger())
    token = client.token()
    client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})
    client.post("/konto/anmelden/code", data={"csrf_token": token, "code": mailed_code(user)})

    assert cookie_of(client) != before
    assert with_cookie(app, before).get("/konto/").status_code == 303


def test_a_cookie_copied_before_the_sign_out_leads_to_the_sign_in_page(app: Flask) -> None:
    client = sign_in(app, make_user(make_traeger()))
    copied = cookie_of(client)
    assert with_cookie(app, copied).get("/konto/").status_code == 200

    assert client.send("/konto/abmelden").status_code == 303

    replayed = with_cookie(app, copied).get("/konto/")
    assert replayed.status_code == 303
    assert replayed.location.startswith("/konto/anmelden")


def test_signing_out_needs_the_token(app: Flask) -> None:
    client = sign_in(app, make_user(make_traeger()))

    assert client.post("/konto/abmelden").status_code == 400

    assert client.get("/konto/").status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 303)])
def test_half_an_hour_without_use_ends_a_session(app: Flask, minutes: int, status: int) -> None:
    start = clock.now()
    with time_machine.travel(start, tick=False) as traveller:
        client = sign_in(app, make_user(make_traeger()))
        traveller.move_to(start + timedelta(minutes=minutes))

        assert client.get("/konto/").status_code == status


def test_use_keeps_a_session_alive_but_never_beyond_twelve_hours(app: Flask) -> None:
    start = clock.now()
    with time_machine.travel(start, tick=False) as traveller:
        client = sign_in(app, make_user(make_traeger()))
        statuses = []
        for step in range(1, 38):
            traveller.move_to(start + timedelta(minutes=20 * step))
            statuses.append(client.get("/konto/").status_code)

    assert statuses == [200] * 35 + [303] * 2


def test_a_disabled_person_is_out_with_the_next_request(app: Flask) -> None:
    user = make_user(make_traeger())
    client = sign_in(app, user)
    user.active = False
    db.session.commit()

    assert client.get("/konto/").status_code == 303


def test_a_disabled_person_gets_no_code(app: Flask) -> None:
    user = make_user(make_traeger(), active=False)
    client = browser(app)

    response = client.post("/konto/anmelden", data={"csrf_token": client.token(), "email": user.email})

    assert response.status_code == 303
    assert client.get("/konto/").status_code == 303


def test_all_sessions_of_a_person_can_be_ended_at_once(app: Flask) -> None:
    user = make_user(make_traeger())
    office, phone = sign_in(app, user), sign_in(app, user)

    assert end_sessions_of(user.id) == 2

    assert [client.get("/konto/").status_code for client in (office, phone)] == [303, 303]


def test_what_was_typed_survives_the_end_of_a_session(app: Flask) -> None:
    user = make_user(make_traeger())
    client = sign_in(app, user)
    token = client.token("/konto/")
    end_sessions_of(user.id)

    response = client.post("/konto/termine/neu", data={"csrf_token": token, "title": "Tag der offenen Tür"})

    assert response.status_code == 401
    assert "Tag der offenen Tür" in response.get_data(as_text=True)
    assert token not in response.get_data(as_text=True)


def test_sessions_nobody_can_open_any_more_are_swept_away(app: Flask) -> None:
    start = clock.now()
    with time_machine.travel(start, tick=False) as traveller:
        sign_in(app, make_user(make_traeger()))
        traveller.move_to(start + timedelta(hours=1))
        sign_in(app, make_user(make_traeger()))

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 1


def test_opening_the_sign_in_page_a_hundred_times_writes_nothing(app: Flask) -> None:
    for _visit in range(100):
        browser(app).get("/konto/anmelden")

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 0


def test_nobody_signs_in_by_writing_his_own_cookie(app: Flask) -> None:
    user = make_user(make_traeger())
    content = {"_user_id": user.fs_uniquifier, "_fresh": True, USER_KEY: user.id}
    forged = [
        URLSafeTimedSerializer("another key", salt="before-sign-in").dumps(content),
        URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="before-sign-in").dumps(content),
        URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="before-sign-in").dumps({"_user_id": user.fs_uniquifier}),
        user.fs_uniquifier,
        "",
        ".",
        "x" * 5000,
    ]

    assert [with_cookie(app, value).get("/konto/").status_code for value in forged] == [303] * len(forged)


def test_a_request_that_ends_after_the_sign_out_does_not_bring_the_session_back(app: Flask) -> None:
    client = sign_in(app, make_user(make_traeger()))
    copied = cookie_of(client)
    client.send("/konto/abmelden")

    keep_session(copied, {"_flashes": [["message", "zu spät"]]})

    assert with_cookie(app, copied).get("/konto/").status_code == 303


def test_news_nobody_read_never_overfill_a_session(app: Flask) -> None:
    traeger = make_traeger()
    client = sign_in(app, make_user(traeger))
    token = client.token("/konto/termine/neu")
    data = {"csrf_token": token, "title": "Neu", "kind": "tour", "traeger_id": str(traeger.id)}

    assert {client.post("/konto/termine/neu", data=data).status_code for _time in range(80)} == {303}

    assert client.get("/konto/").status_code == 200


def test_a_very_long_way_back_is_forgotten(app: Flask) -> None:
    response = browser(app).get("/konto/anmelden", query_string={"weiter": "/konto/?" + "x" * 9000})

    assert response.status_code == 200
