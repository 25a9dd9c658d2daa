"""The organiser's whole path: a draft, its six tasks, times, online, a booking, the list, the end."""

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, OutboxMessage, Slot
from openday.models.words import Admission, BookingState, EventState, SlotState
from openday.services.booking import book_slot
from openday.services.cancellation import cancel_for_visitor
from openday.services.staff_session import end_sessions_of
from tests.factories import (
    all_bookings,
    booking_request,
    make_event,
    make_programme,
    make_slot,
    make_traeger,
    make_user,
)
from tests.web.staff import mailed_code, sign_in, signed_in, token_in


def fresh_event() -> Event:
    db.session.rollback()
    return db.session.scalars(select(Event).execution_options(populate_existing=True)).one()


def test_from_an_empty_account_to_a_published_event_with_a_guest_and_back(app: Flask) -> None:
    programme = make_programme("MBE")
    traeger = make_traeger()
    client = sign_in(app, make_user(traeger))
    day = clock.today() + timedelta(days=7)

    first = client.get("/konto/").get_data(as_text=True)
    assert "In drei Schritten online" in first

    created = client.send(
        "/konto/termine/neu", {"title": "MBE Leipzig öffnet die Tür", "kind": "open_day", "traeger_id": str(traeger.id)}
    )
    assert created.status_code == 303
    home = created.location
    event = fresh_event()
    assert event.state is EventState.DRAFT
    assert client.get(f"/t/{event.slug}").status_code == 404

    pages = {
        "was": {
            "title": "MBE Leipzig öffnet die Tür",
            "kind": "open_day",
            "summary": "Schauen Sie zu.",
            "programme_ids": str(programme.id),
            "audiences": "public",
        },
        "ort": {
            "attendance": "onsite",
            "street": "Beispielstr. 12",
            "postcode": "04109",
            "locality": "Leipzig",
            "region": "SN",
        },
        "zeiten": {
            "starts_on": day.isoformat(),
            "start_time": "10:00",
            "end_time": "14:00",
            "admission": "required",
            "party_limit": "5",
        },
        "zugang": {"access_features": "step_free", "languages": "de"},
        "schutz": {"photo_rule": "on_request", "wants_listing": "y"},
        "kontakt": {"contact_name": "Mira Beispiel", "contact_phone": "0341 000000"},
    }
    for task, data in pages.items():
        answer = client.send(f"{home}/{task}", data, page=f"{home}/{task}")
        assert answer.status_code == 303, (task, answer.get_data(as_text=True))
    assert client.get(f"{home}/zeiten").status_code == 200

    preview = client.send(
        f"{home}/uhrzeiten",
        {
            "day": day.isoformat(),
            "start": "10:00",
            "end": "14:00",
            "length": "30",
            "pause": "0",
            "seats_onsite": "8",
            "action": "vorschau",
        },
        page=f"{home}/uhrzeiten",
    )
    text = preview.get_data(as_text=True)
    assert "Vorschau: 8 Uhrzeiten" in text
    assert list(db.session.scalars(select(Slot))) == []

    keys = re.findall(r'name="pick" value="([^"]+)"', text)
    previewed = re.search(r'name="previewed"[^>]*value="([^"]+)"', text)
    assert previewed
    taken = client.send(
        f"{home}/uhrzeiten",
        {
            "day": day.isoformat(),
            "start": "10:00",
            "end": "14:00",
            "length": "30",
            "pause": "0",
            "seats_onsite": "8",
            "action": "uebernehmen",
            "previewed": previewed[1],
            "pick": keys[:4] + keys[5:],
        },
        page=f"{home}/uhrzeiten",
    )
    assert taken.status_code == 303
    db.session.rollback()
    assert len(list(db.session.scalars(select(Slot)))) == 7

    assert "So sehen Gäste die Seite" in client.get(f"{home}/vorschau").get_data(as_text=True)
    assert "Alles Nötige ist da" in client.get(f"{home}/veroeffentlichen").get_data(as_text=True)
    assert client.send(f"{home}/veroeffentlichen", page=f"{home}/veroeffentlichen").status_code == 303
    event = fresh_event()
    assert event.state is EventState.PUBLISHED
    assert event.admission is Admission.REQUIRED
    assert client.get(f"/t/{event.slug}").status_code == 200

    slot = db.session.scalars(select(Slot).order_by(Slot.starts_at)).first()
    assert slot is not None
    book_slot(booking_request(slot, party_size=2))
    listing = client.get(f"{home}/gaeste").get_data(as_text=True)
    assert "Ayşe Kaya" in listing

    refused = client.send(f"{home}/uhrzeiten/{slot.id}/entfernen", page=f"{home}/uhrzeiten")
    assert refused.status_code == 409
    assert "Diese Uhrzeit ist gebucht" in refused.get_data(as_text=True)

    cancelled = client.send(f"{home}/absagen", {"reason": "Wasserschaden"}, page=f"{home}/absagen")
    assert cancelled.status_code == 303
    db.session.rollback()
    booking = db.session.scalars(select(Booking).execution_options(populate_existing=True)).one()
    assert booking.state is BookingState.CANCELLED
    kinds = [mail.kind for mail in db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]
    assert kinds[-1] == "booking_called_off"
    assert fresh_event().state is EventState.CANCELLED
    assert client.get(home).status_code == 200
    assert client.get("/konto/termine").status_code == 200


def test_a_time_without_bookings_can_be_removed(app: Flask) -> None:
    traeger = make_traeger()
    event = make_event(traeger=traeger)
    slot = make_slot(event)
    client = sign_in(app, make_user(traeger))

    answer = client.send(
        f"/konto/termine/{event.id}/uhrzeiten/{slot.id}/entfernen", page=f"/konto/termine/{event.id}/uhrzeiten"
    )

    assert answer.status_code == 303
    db.session.rollback()
    assert list(db.session.scalars(select(Slot))) == []


def test_a_time_with_only_cancelled_bookings_is_called_off_and_kept(app: Flask) -> None:
    traeger = make_traeger()
    event = make_event(traeger=traeger)
    slot = make_slot(event)
    user = make_user(traeger)
    book_slot(booking_request(slot))
    cancel_for_visitor(all_bookings()[0].id, user.id)
    client = sign_in(app, user)

    answer = client.send(
        f"/konto/termine/{event.id}/uhrzeiten/{slot.id}/entfernen", page=f"/konto/termine/{event.id}/uhrzeiten"
    )

    assert answer.status_code == 303
    db.session.rollback()
    assert [one.state for one in db.session.scalars(select(Slot).execution_options(populate_existing=True))] == [
        SlotState.CANCELLED
    ]


def test_what_was_called_off_can_not_be_changed_on_any_page(app: Flask) -> None:
    traeger = make_traeger()
    event = make_event(traeger=traeger, state=EventState.CANCELLED, cancelled_at=clock.now(), cancel_reason="Sturm")
    slot = make_slot(event)
    client = signed_in(app, make_user(traeger))
    home = f"/konto/termine/{event.id}"

    for path in ("was", "ort", "zeiten", "zugang", "schutz", "kontakt", "orte/neu", "uhrzeiten", "veroeffentlichen"):
        for answer in (client.get(f"{home}/{path}"), client.send(f"{home}/{path}", {"title": "Anders"})):
            assert (answer.status_code, answer.location) == (303, home), path
    assert client.send(f"{home}/uhrzeiten/{slot.id}/entfernen").location == home
    assert "lässt sich nicht mehr ändern" in client.get(home).text
    assert fresh_event().title == event.title


def test_nothing_typed_is_lost_when_the_session_ended_meanwhile(app: Flask) -> None:
    traeger = make_traeger()
    event = make_event(traeger=traeger)
    user = make_user(traeger)
    client = sign_in(app, user)
    path = f"/konto/termine/{event.id}/kontakt"
    data = {"contact_name": "Neue Person", "contact_phone": "0341 111", "csrf_token": client.token(path)}
    end_sessions_of(user.id)

    expired = client.post(path, data=data)
    assert expired.status_code == 401
    data["csrf_token"] = token_in(expired.text)
    token = token_in(client.get("/konto/anmelden").text)
    client.post("/konto/anmelden", data={"csrf_token": token, "email": user.email})
    client.post("/konto/anmelden/code", data={"csrf_token": token, "code": mailed_code(user)})
    again = client.post(path, data=data)
    assert again.status_code == 400
    assert "Neue Person" in again.text
    data["csrf_token"] = token_in(again.text)

    assert client.post(path, data=data).status_code == 303

    assert fresh_event().contact_name == "Neue Person"


def test_days_are_said_back_with_their_weekday(app: Flask) -> None:
    traeger = make_traeger()
    event = make_event(traeger=traeger)
    client = signed_in(app, make_user(traeger))
    home = f"/konto/termine/{event.id}"
    said = []
    for values in (
        {"starts_on": "16.9.2026", "start_time": "10", "end_time": "14.00"},
        {"starts_on": "2026-09-16", "ends_on": "2026-09-18", "time_words": "am Nachmittag"},
        {"date_words": "Mitte September"},
        {},
    ):
        empty = dict.fromkeys(("starts_on", "ends_on", "start_time", "end_time", "time_words", "date_words"), "")
        form = {"admission": "open", "party_limit": "5", **empty, **values}
        assert client.send(f"{home}/zeiten", form).status_code == 303
        found = re.search(r"Gespeichert[^<]*", client.get(home).text)
        assert found
        said.append(found[0].replace("\u00a0", " "))

    assert said == [
        "Gespeichert: Mi., 16. September 2026, 10:00 bis 14:00 Uhr.",
        "Gespeichert: 16. bis 18. September 2026, am Nachmittag.",
        "Gespeichert: Mitte September.",
        "Gespeichert. Der Tag steht noch nicht fest.",
    ]
