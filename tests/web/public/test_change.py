"""What a guest changes alone: time, head-count, details, link. One transaction each; a refusal changes nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import AuditEntry, OutboxMessage, SeatPool, Slot
from openday.models.words import Attendance, Confirmation, EventState, Mode, PoolAudience
from openday.services.booking import book_slot
from openday.services.mailbox_proof import confirm_mailbox
from tests.factories import booking_request, make_event, make_slot, save
from tests.web.public.own import booked, only_booking

HOSTILE = ("", " ", "x" * 10_000, "Ay\x00se", "0", "-1", "1e3", "9" * 5_000, "<script>alert(1)</script>", "\u202eabc")


def taken(slot: Slot) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(SeatPool.taken).where(SeatPool.slot_id == slot.id)) or 0)


def kinds() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action)))


def two_times(**overrides: Any) -> tuple[Slot, Slot]:
    event = make_event(**overrides)
    first = make_slot(event, capacity=4)
    return first, make_slot(event, capacity=4, starts_at=first.starts_at + timedelta(hours=1))


def test_another_time_takes_the_new_seats_and_gives_back_the_old_ones(client):
    old, new = two_times()
    own = booked(old, party_size=2)

    page = client.get(f"{own}/uhrzeit")
    answer = client.post(f"{own}/uhrzeit", data={"slot": str(new.id)})
    shown = client.get(answer.headers["Location"])

    assert "Ihre jetzige Uhrzeit" in page.text
    assert answer.status_code == 303
    assert (taken(old), taken(new)) == (0, 2)
    assert "Ihre Änderung ist gespeichert." in shown.text
    assert kinds() == ["booking_confirmed", "booking_changed"]


def test_a_time_that_filled_up_meanwhile_changes_nothing_and_offers_the_others(client):
    old, new = two_times()
    third = make_slot(old.event, capacity=4, starts_at=old.starts_at + timedelta(hours=2))
    own = booked(old, party_size=2)
    book_slot(booking_request(new, party_size=4))

    answer = client.post(f"{own}/uhrzeit", data={"slot": str(new.id)})

    assert answer.status_code == 409
    assert "Diese Uhrzeit ist inzwischen ausgebucht" in answer.text
    assert "Ihre bisherige Buchung bleibt, wie sie ist." in answer.text
    assert re.findall(r'name="slot"[^>]*value="(\d+)"', answer.text) == [str(third.id)]
    assert (taken(old), taken(new)) == (2, 4)
    assert "booking_changed" not in kinds()


def test_where_nothing_else_is_free_the_page_says_so_and_names_the_phone(client):
    own = booked(make_slot())

    page = client.get(f"{own}/uhrzeit").text

    assert (
        'Zurzeit hat keine andere Uhrzeit genug Plätze für Sie. Rufen Sie an: <a href="tel:0341000000">0341 000000'
        in page
    )
    assert "<form" not in page


def test_of_many_times_only_those_of_one_day_are_on_the_page(client):
    slot = make_slot()
    for number in range(1, 20):
        make_slot(slot.event, starts_at=slot.starts_at + timedelta(days=number % 2, minutes=number))
    own = booked(slot)
    later = clock.to_berlin(slot.starts_at + timedelta(days=1)).date()

    first = client.get(f"{own}/uhrzeit").text
    second = client.get(f"{own}/uhrzeit?tag={later}").text

    assert first.count('type="radio"') < 19
    assert f"tag={later}" in first
    assert set(re.findall(r'value="(\d+)"', first)).isdisjoint(re.findall(r'value="(\d+)"', second))
    for nonsense in ("x" * 500, "2024-99-99", "%00"):
        assert client.get(f"{own}/uhrzeit?tag={nonsense}").status_code == 200


def test_a_hybrid_guest_goes_from_the_room_to_the_screen(client):
    slot = make_slot(make_event(attendance=Attendance.HYBRID), capacity=2)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=70))
    own = booked(slot, mode=Mode.ONSITE)

    same = client.post(f"{own}/uhrzeit", data={"slot": str(slot.id), "mode": "onsite"})
    answer = client.post(f"{own}/uhrzeit", data={"slot": str(slot.id), "mode": "online"})

    assert same.status_code == 422
    assert "Das ist Ihre jetzige Uhrzeit. Wählen Sie eine andere aus" in same.text
    assert answer.status_code == 303
    assert only_booking().mode is Mode.ONLINE


@pytest.mark.parametrize("wanted", [3, 1])
def test_more_or_fewer_people_come(client, wanted):
    slot = make_slot(capacity=4)
    own = booked(slot, party_size=2)

    answer = client.post(f"{own}/personen", data={"party_size": str(wanted)})

    assert answer.status_code == 303
    assert (only_booking().party_size, taken(slot)) == (wanted, wanted)
    assert kinds()[-1] == "booking_changed"


def test_more_people_than_seats_change_nothing_and_hear_where_all_fit(client):
    slot, other = two_times()
    own = booked(slot, party_size=2)
    book_slot(booking_request(slot, party_size=1))

    answer = client.post(f"{own}/personen", data={"party_size": "4"})

    assert answer.status_code == 409
    assert "Zu dieser Uhrzeit gibt es für Sie höchstens 3 Plätze." in answer.text
    assert "Hier ist noch Platz für alle" in answer.text
    assert 'value="4"' in answer.text
    assert (taken(slot), taken(other)) == (3, 0)


def test_a_booking_made_at_once_does_not_grow_past_what_needs_a_look_into_the_mailbox(client):
    slot = make_slot(capacity=20)
    own = booked(slot, party_size=1)

    answer = client.post(f"{own}/personen", data={"party_size": "6"})

    assert answer.status_code == 422
    assert "Geben Sie höchstens 5 Personen ein. Für größere Gruppen rufen Sie an: 0341 000000" in answer.text
    proven = booked(slot, party_size=6)
    confirm_mailbox(proven.rpartition("/")[2])
    assert client.post(f"{proven}/personen", data={"party_size": "8"}).status_code == 303


def test_what_the_host_agreed_to_only_shrinks(client):
    slot = make_slot(make_event(confirmation=Confirmation.APPROVAL), capacity=20)
    own = booked(slot, party_size=2)

    more = client.post(f"{own}/personen", data={"party_size": "3"})
    fewer = client.post(f"{own}/personen", data={"party_size": "1"})

    assert (more.status_code, fewer.status_code) == (422, 303)
    assert only_booking().party_size == 1


def test_details_are_corrected_and_the_language_of_the_mails_with_them(client):
    slot = make_slot()
    own = booked(slot)
    fields = {"name": "Ayşe Kaya-Vogel", "phone": "030 123", "needs": "Ein Stuhl", "language": "en"}

    answer = client.post(f"{own}/angaben", data=fields)

    booking = only_booking()
    assert answer.status_code == 303
    assert (booking.booker_name, booking.booker_phone, booking.needs) == ("Ayşe Kaya-Vogel", "030 123", "Ein Stuhl")
    assert booking.language == "en"
    page = client.get(own).text
    assert "Ein Stuhl" in page
    assert "030 123" in page


def test_where_the_house_registers_companions_their_names_follow_the_head_count(client):
    own = booked(make_slot(make_event(registers_companions=True)), party_size=2, companions="Emil Kaya")

    people = client.post(f"{own}/personen", data={"party_size": "3"})
    fields = {"name": "Ayşe Kaya", "language": "de"}
    missing = client.post(f"{own}/angaben", data={**fields, "companions": "Emil Kaya"})
    complete = client.post(f"{own}/angaben", data={**fields, "companions": "Emil Kaya\r\nLale Kaya"})

    assert people.headers["Location"].startswith(f"{own}/angaben")
    assert missing.status_code == 422
    assert complete.status_code == 303
    assert only_booking().companions == "Emil Kaya\nLale Kaya"


def test_after_the_deadline_of_the_event_only_cancelling_is_left(client):
    slot = make_slot(make_event(change_until_hours=48))
    own = booked(slot)

    for tail, field in (("uhrzeit", "slot"), ("personen", "party_size"), ("angaben", "name")):
        page = client.get(f"{own}/{tail}")
        refused = client.post(f"{own}/{tail}", data={field: "1"})
        assert (page.status_code, refused.status_code) == (200, 409)
        assert "Ändern ging bis" in page.text
        assert 'Rufen Sie an: <a href="tel:0341000000">0341 000000' in page.text
    shown = client.get(own).text
    assert "Absagen können Sie bis zum Beginn." in shown
    assert "/uhrzeit" not in shown
    assert client.post(f"{own}/absagen").status_code == 303


def test_a_cancelled_or_called_off_booking_can_not_be_changed(client):
    slot, other = two_times()
    cancelled, called_off = booked(slot), booked(slot)
    client.post(f"{cancelled}/absagen")
    event = db.session.merge(slot.event)
    event.state = EventState.CANCELLED
    db.session.commit()

    for own in (cancelled, called_off):
        assert client.post(f"{own}/uhrzeit", data={"slot": str(other.id)}).status_code == 409
        assert client.post(f"{own}/personen", data={"party_size": "2"}).status_code == 409
        assert client.get(own).status_code == 200
    assert taken(other) == 0


def test_a_time_of_another_event_is_no_choice(client):
    own, stranger = booked(make_slot()), make_slot()

    answer = client.post(f"{own}/uhrzeit", data={"slot": str(stranger.id)})

    assert answer.status_code == 422
    assert "Wählen Sie eine Uhrzeit aus" in answer.text


@pytest.mark.parametrize("value", HOSTILE)
def test_whatever_is_typed_is_answered_with_words_and_stores_nothing_strange(client, value):
    slot, _other = two_times()
    own = booked(slot)
    before = only_booking().sequence, only_booking().party_size, only_booking().needs

    answers = [
        client.post(f"{own}/uhrzeit", data={"slot": value, "mode": value}),
        client.post(f"{own}/personen", data={"party_size": value}),
        client.post(f"{own}/angaben", data={"name": "Ayşe Kaya", "needs": "y" * 301, "language": value}),
        client.post(f"{own}/angaben", data={"name": "Ayşe\x00Kaya", "phone": value, "language": "de"}),
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert all("Es gibt ein Problem" in answer.text for answer in answers)
    booking = only_booking()
    assert (booking.sequence, booking.party_size, booking.needs) == before
    assert "details_corrected" not in actions()


def test_the_link_goes_once_more_to_the_address_of_the_booking(client):
    own = booked(make_slot(), email="a.kaya@example.org")

    answer = client.post(f"{own}/link")

    assert "Wir schicken den Link noch einmal" in client.get(answer.headers["Location"]).text
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "lost_link")).one()
    assert mail.recipient == "a.kaya@example.org"
    assert own in mail.text
    assert client.get(own).status_code == 200


def test_own_data_are_a_file_with_everything_but_the_secret(client):
    own = booked(make_slot(), name="Ayşe Kaya", email="a.kaya@example.org", needs="Ein Stuhl")

    answer = client.get(f"{own}.json")

    assert answer.json["booking"]["booker_name"] == "Ayşe Kaya"
    assert answer.json["booking"]["needs"] == "Ein Stuhl"
    assert answer.json["mails"][0]["kind"] == "booking_confirmed"
    assert "attachment" in answer.headers["Content-Disposition"]
    booking = only_booking()
    assert booking.nonce not in answer.text
    assert booking.token_digest not in answer.text
