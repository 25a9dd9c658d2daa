"""The organiser's whole path: a draft, its six tasks, times, online, a booking, the list, the end."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Booking, Event, OutboxMessage, Slot
from openday.models.words import Admission, BookingState, EventState, SlotState
from openday.services.booking import book_slot
from tests.factories import booking_request, make_programme, make_traeger, make_user
from tests.web.staff import sign_in


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
        "schutz": {"photo_rule": "on_request", "is_listed": "y"},
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

    import re

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
    from tests.factories import make_event, make_slot

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
    from openday.services.cancellation import cancel_for_visitor
    from tests.factories import all_bookings, make_event, make_slot

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
