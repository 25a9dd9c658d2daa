"""Signing in with a mailed code."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import OutboxMessage, StaffSession, User
from openday.services.sign_in import redeem_code, send_code
from tests.chaos.together import at_once
from tests.factories import make_traeger, make_user
from tests.web.staff import browser, mailed_code, sign_in, token_in


def all_mails() -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_a_known_address_gets_six_digits_and_a_link_from_the_public_url(app: Flask) -> None:
    user = make_user(make_traeger())
    client = browser(app)

    response = client.post("/konto/anmelden", data={"csrf_token": client.token(), "email": user.email.upper()})

    assert response.status_code == 303
    [mail] = all_mails()
    assert re.fullmatch(r"Ihr Code: \d{3} \d{3}", mail.subject)
    assert "https://offene-tuer.example.org/konto/anmelden/link/" in mail.text
    assert mail.kind == "sign_in_code"
    assert mail.expires_at is not None
    assert timedelta(minutes=14) < mail.expires_at - clock.now() <= timedelta(minutes=15)


def test_an_unknown_address_gets_the_same_page_and_no_account(app: Flask) -> None:
    user = make_user(make_traeger())
    pages = []
    for address in (user.email, "niemand@example.org"):
        client = browser(app)
        response = client.post(
            "/konto/anmelden", data={"csrf_token": client.token(), "email": address}, follow_redirects=True
        )
        text = response.get_data(as_text=True).replace(address, "ADRESSE")
        pages.append(re.sub(r'value="[^"]*"', "", text))

    assert pages[0] == pages[1]
    assert [mail.recipient for mail in all_mails()] == [user.email]


def test_the_typed_code_opens_the_console(app: Flask) -> None:
    client = sign_in(app, make_user(make_traeger()))

    response = client.get("/konto/")

    assert response.status_code == 200
    assert "Übersicht" in response.get_data(as_text=True)


def test_the_code_may_be_pasted_with_its_space(app: Flask) -> None:
    user = make_user(make_traeger())
    client = browser(app)
    token = client.token()
    client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})
    code = mailed_code(user)

    response = client.post("/konto/anmelden/code", data={"csrf_token": token, "code": f" {code[:3]}\u00a0{code[3:]} "})

    assert response.status_code == 303


def test_a_code_works_once(app: Flask) -> None:
    user = make_user(make_traeger())
    first, second = browser(app), browser(app)
    tokens = [client.token() for client in (first, second)]
    for client, token in zip((first, second), tokens, strict=True):
        client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})
    code = mailed_code(user)

    answers = [
        client.post("/konto/anmelden/code", data={"csrf_token": token, "code": code}).status_code
        for client, token in zip((first, second), tokens, strict=True)
    ]

    assert answers == [303, 422]


@pytest.mark.parametrize(("minutes", "status"), [(14, 303), (16, 422)])
def test_a_code_works_for_fifteen_minutes(app: Flask, minutes: int, status: int) -> None:
    user = make_user(make_traeger())
    start = clock.now().replace(second=0, microsecond=0)
    with time_machine.travel(start, tick=False) as traveller:
        client = browser(app)
        token = client.token()
        client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})
        code = mailed_code(user)
        traveller.move_to(start + timedelta(minutes=minutes))

        response = client.post("/konto/anmelden/code", data={"csrf_token": token, "code": code})

    assert response.status_code == status


def test_five_wrong_codes_close_the_door_for_a_while_but_the_link_still_opens(app: Flask) -> None:
    user = make_user(make_traeger())
    client = browser(app)
    token = client.token()
    client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})
    right = mailed_code(user)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"

    statuses = [
        client.post("/konto/anmelden/code", data={"csrf_token": token, "code": wrong}).status_code for _try in range(6)
    ]

    assert statuses == [422] * 5 + [429]
    refused = client.post("/konto/anmelden/code", data={"csrf_token": token, "code": right})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Ihre Angaben sind noch da" in refused.get_data(as_text=True)
    found = re.search(r"/konto/anmelden/link/\S+", all_mails()[-1].text)
    assert found
    assert client.post(found[0], data={"csrf_token": token}).status_code == 303


def test_opening_the_mailed_link_changes_nothing_pressing_its_button_signs_in_on_any_device(app: Flask) -> None:
    user = make_user(make_traeger())
    here, phone = browser(app), browser(app)
    here.post("/konto/anmelden", data={"csrf_token": here.token(), "email": user.email})
    found = re.search(r"/konto/anmelden/link/\S+", all_mails()[-1].text)
    assert found

    for _scan in range(3):
        page = phone.get(found[0])
    assert page.status_code == 200
    assert phone.get("/konto/").status_code == 303

    response = phone.post(found[0], data={"csrf_token": token_in(page.get_data(as_text=True))})

    assert response.status_code == 303
    assert phone.get("/konto/").status_code == 200


def test_after_signing_in_people_are_where_they_wanted_to_be(app: Flask) -> None:
    user = make_user(make_traeger())
    client = browser(app)
    away = client.get("/konto/termine?seite=2")
    assert away.status_code == 303
    token = token_in(client.get(away.location).get_data(as_text=True))
    client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})

    response = client.post("/konto/anmelden/code", data={"csrf_token": token, "code": mailed_code(user)})

    assert response.location == "/konto/termine?seite=2"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/konto",
        "//evil.example/konto",
        "/termine",
        "/konto\\@evil",
        "javascript:1",
        "/konto\r\nX: 1",
    ],
)
def test_nobody_is_led_to_another_site_after_signing_in(app: Flask, target: str) -> None:
    user = make_user(make_traeger())
    client = browser(app)
    token = token_in(client.get("/konto/anmelden", query_string={"weiter": target}).get_data(as_text=True))
    client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})

    response = client.post("/konto/anmelden/code", data={"csrf_token": token, "code": mailed_code(user)})

    assert response.location == "/konto/"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@b",
        "a\x00@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "x" * 10_000,
        "\u202ea@example.org",
        "😀",
        "=1+1",
    ],
)
def test_a_hostile_address_is_refused_in_words_and_kept(app: Flask, address: str) -> None:
    client = browser(app)

    response = client.post("/konto/anmelden", data={"csrf_token": client.token(), "email": address})

    assert response.status_code == 422
    assert "Es gibt ein Problem" in response.get_data(as_text=True)
    assert all_mails() == []


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "1" * 10_000, "12\x003456", "123456\r\nX"])
def test_a_hostile_code_is_refused_in_words(app: Flask, code: str) -> None:
    user = make_user(make_traeger())
    client = browser(app)
    token = client.token()
    client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})

    response = client.post("/konto/anmelden/code", data={"csrf_token": token, "code": code})

    assert response.status_code == 422


def test_a_sign_in_form_of_another_session_is_refused(app: Flask) -> None:
    user = make_user(make_traeger())
    stranger, victim = browser(app), browser(app)
    victim.token()

    response = victim.post("/konto/anmelden", data={"csrf_token": stranger.token(), "email": user.email})

    assert response.status_code == 400
    assert "Ihre Angaben sind noch da" in response.get_data(as_text=True)
    assert user.email in response.get_data(as_text=True)
    assert all_mails() == []


def test_the_database_holds_no_session_id(app: Flask) -> None:
    client = sign_in(app, make_user(make_traeger()))
    cookie = client.get_cookie("__Host-od", domain="offene-tuer.example.org")
    assert cookie is not None

    db.session.rollback()
    rows = list(db.session.scalars(select(StaffSession)))

    assert len(cookie.value) >= 43
    assert all(cookie.value not in (row.id_digest + row.content) for row in rows)


def test_links_in_mails_come_from_the_public_url_whatever_host_was_asked(app: Flask) -> None:
    user = make_user(make_traeger())
    client = browser(app)
    evil = {"base_url": "https://evil.example", "headers": {"Referer": "https://evil.example/konto/anmelden"}}
    token = token_in(client.get("/konto/anmelden", **evil).text)

    client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email}, **evil)

    [mail] = all_mails()
    assert "https://offene-tuer.example.org/konto/anmelden/link/" in mail.text
    assert "evil.example" not in mail.text + mail.html


@pytest.mark.chaos
def test_of_ten_people_with_the_same_code_one_gets_in(app: Flask) -> None:
    user = make_user(make_traeger())
    send_code(user.email)
    code = mailed_code(user)

    answers = at_once(app, [lambda: redeem_code(user.email, code)] * 10)

    assert [type(answer) for answer in answers if answer is not None] == [User]


def test_twenty_codes_an_hour_is_the_end_for_one_account_from_anywhere(app: Flask) -> None:
    user = make_user(make_traeger())
    client = browser(app)
    token = client.token()
    statuses = [
        client.post(
            "/konto/anmelden",
            data={"csrf_token": token, "email": user.email},
            environ_overrides={"REMOTE_ADDR": f"192.0.{number}.1"},
        ).status_code
        for number in range(21)
    ]

    assert statuses == [303] * 20 + [429]
    assert len(all_mails()) == 20


def test_the_page_about_too_many_requests_keeps_the_address(app: Flask) -> None:
    client = browser(app)
    token = client.token()
    for _number in range(60):
        client.post("/konto/anmelden", data={"csrf_token": token, "email": f"x{_number}@example.org"})

    refused = client.post("/konto/anmelden", data={"csrf_token": token, "email": "olga@example.org"})

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert 'value="olga@example.org"' in refused.text
    assert re.search(r"ab \d\d:\d\d Uhr noch einmal", refused.text)
