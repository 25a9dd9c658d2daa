"""Politics: finding a house, and a visit asked for over several pages without session, cookie or JavaScript."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import SeatPool, VisitProposal
from openday.models.words import (
    AddressVisibility,
    Admission,
    Awaits,
    BookingState,
    DayPart,
    EventKind,
    EventState,
    GuestKind,
    MayAnnounce,
    Mode,
    PoliticalLevel,
    PoolAudience,
    YesNoOpen,
)
from tests.factories import all_bookings, make_event, make_slot, save
from tests.web.office import COURSE, GUEST, Journey, mails, make_house, taken
from tests.web.public.own import booked

IN_TEN_DAYS = timedelta(days=10)


def day_after(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def test_an_office_takes_a_free_time_and_the_truth_goes_to_the_mailbox(client: FlaskClient) -> None:
    slot = make_slot(make_house())

    answer = Journey(client, slot.event).to_check(slot).send(art="buchen")

    assert answer.status_code == 303
    [booking] = all_bookings()
    assert (booking.state, booking.guest_kind, booking.party_size) == (BookingState.CONFIRMED, GuestKind.POLITICS, 3)
    assert (booking.booker_name, booking.guest_name) == ("Alex Büro", "Dr. Kim Sommer")
    assert booking.political is not None
    assert (booking.political.level, booking.political.is_for_guest) == (PoliticalLevel.BUNDESTAG, True)
    assert (booking.political.brings_press, booking.political.may_announce) == (YesNoOpen.NO, MayAnnounce.ASK)
    assert booking.political.security_notes == "Hintereingang"
    assert taken(slot) == 3
    assert [mail.recipient for mail in mails("visit_confirmed")] == ["buero.sommer@example.org"]
    assert [mail.recipient for mail in mails("request_for_host")] == ["kontakt@beispiel.de"]
    receipt = client.get(answer.headers["Location"]).text
    assert "Prüfen Sie Ihr Postfach" in receipt
    assert "Sommer" not in receipt


def test_an_assistant_needs_at_most_six_screens_from_the_search_to_the_receipt(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    screens = [client.get("/politik?wo=04109").text]
    journey = Journey(client, slot.event).begin(slot)
    screens.append(journey.page)
    screens += [journey.send(**answers).text for answers in (GUEST, COURSE)]
    screens.append(client.get(journey.send(art="buchen").headers["Location"]).text)

    headings = [heading_of(screen) for screen in screens]

    assert headings == [
        "Für Politik", "Wer kommt?", "Für den Ablauf", "Prüfen Sie Ihre Angaben", "Prüfen Sie Ihr Postfach",
    ]  # fmt: skip
    assert not any("Set-Cookie" in client.get(path).headers for path in ("/politik", journey.path))


def heading_of(page: str) -> str:
    return page.split("<h1>")[1].split("</h1>", maxsplit=1)[0]


def test_a_time_that_is_asked_for_waits_for_the_host_and_holds_the_seats(client: FlaskClient) -> None:
    slot = make_slot(make_house(), capacity=10)

    Journey(client, slot.event).to_check(slot).send(art="anfragen")

    [booking] = all_bookings()
    assert (booking.state, booking.awaits) == (BookingState.HELD, Awaits.HOST)
    assert taken(slot) == 3
    assert mails("visit_confirmed") == []
    assert [mail.recipient for mail in mails("visit_requested")] == ["buero.sommer@example.org"]
    assert len(mails("request_for_host")) == 1


def test_up_to_three_other_times_are_proposed_without_a_seat(client: FlaskClient) -> None:
    event = make_house(starts_on=clock.today() + IN_TEN_DAYS, ends_on=clock.today() + timedelta(days=12))
    journey = Journey(client, event).begin()
    proposed = {
        "weg": "vorschlag", "day_1": day_after(10), "part_1": "morning", "day_2": day_after(11), "part_2": "genau",
        "time_2": "14:30",
    }  # fmt: skip

    journey.send(**proposed)
    journey.send(**GUEST)
    answer = journey.send(**COURSE)
    journey.send(art="anfragen")

    assert "14:30" in answer.text
    [booking] = all_bookings()
    assert (booking.state, booking.awaits, booking.slot_id) == (BookingState.REQUESTED, Awaits.HOST, None)
    rows = db.session.scalars(select(VisitProposal).order_by(VisitProposal.position)).all()
    assert [(row.day_part, str(row.start_time or "")) for row in rows] == [(DayPart.MORNING, ""), (None, "14:30:00")]
    assert len(mails("visit_requested")) == len(mails("request_for_host")) == 1


def test_a_provisional_visit_holds_its_seats_until_the_day_that_was_named(client: FlaskClient) -> None:
    slot = make_slot(make_house(), starts_at=clock.now().replace(microsecond=0) + timedelta(days=20))
    until = clock.today() + timedelta(days=6)

    Journey(client, slot.event).to_check(slot, is_provisional="y", provisional_until=until.isoformat()).send(
        art="buchen"
    )

    [booking] = all_bookings()
    assert (booking.state, booking.awaits, booking.is_provisional) == (BookingState.HELD, Awaits.BOOKER, True)
    assert booking.held_until is not None
    assert f"{clock.to_berlin(booking.held_until):%Y-%m-%d %H:%M}" == f"{until} 18:00"
    [mail] = mails("visit_provisional")
    assert taken(slot) == 3
    assert mail.calendar is not None
    assert "STATUS:TENTATIVE" in mail.calendar


def test_press_and_politics_get_the_very_same_answer_whether_it_is_new_or_a_repetition(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event).to_check(slot)
    form = dict(journey.carried)

    first, again = (client.post(journey.path, data={**form, "art": "buchen"}) for _ in range(2))

    assert first.headers["Location"] == again.headers["Location"]
    assert len(all_bookings()) == 1
    assert taken(slot) == 3


def test_nothing_is_chosen_beforehand_and_the_record_says_no(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event).begin(slot)
    page = journey.send(**GUEST).text
    answer = journey.send()

    assert "checked" not in page
    assert answer.status_code == 422
    assert "Wählen Sie aus, ob wir den Besuch ankündigen dürfen" in answer.text
    assert "Wählen Sie aus, ob Presse mitkommt" in answer.text


def test_every_answer_travels_through_the_pages_and_can_be_changed_at_the_end(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event).to_check(slot)

    page = journey.send(zu="person").text
    journey.send(**{**GUEST, "guest": "Robin Winter"})
    check = journey.send(**journey.answers(COURSE)).text

    assert 'value="Dr. Kim Sommer"' in page
    assert "Robin Winter" in check
    assert "Wartezeiten" in check
    assert "Hintereingang" in check


def test_a_time_that_was_taken_meanwhile_keeps_what_was_typed(client: FlaskClient) -> None:
    slot = make_slot(event := make_house(), capacity=3)
    other = make_slot(event, starts_at=slot.starts_at + timedelta(hours=2))
    journey = Journey(client, event).to_check(slot)
    booked(slot, party_size=3)

    answer = journey.send(art="buchen")
    journey.send(slot=str(other.id))

    assert answer.status_code == 409
    assert "Diese Uhrzeit ist inzwischen ausgebucht." in answer.text
    assert 'value="Dr. Kim Sommer"' in answer.text
    assert "Wer kommt?" in journey.page
    assert 'value="Dr. Kim Sommer"' in journey.page


def test_politics_finds_its_own_seats_where_the_general_ones_are_gone(client: FlaskClient) -> None:
    slot = make_slot(make_house(), capacity=2)
    booked(slot, party_size=2)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONSITE, audience=PoolAudience.POLITICS, capacity=3))

    Journey(client, slot.event).to_check(slot).send(art="buchen")

    assert all_bookings()[0].state is BookingState.CONFIRMED
    assert taken(slot) == 5


def test_a_party_above_the_limit_reads_the_phone_number(client: FlaskClient) -> None:
    slot = make_slot(make_house(party_limit=4))

    answer = Journey(client, slot.event).begin(slot).send(**{**GUEST, "party_size": "5"})

    assert answer.status_code == 422
    assert "0341 000000" in answer.text
    assert 'value="Dr. Kim Sommer"' in answer.text


def test_a_protected_house_is_found_without_its_address_and_confirms_itself(client: FlaskClient) -> None:
    slot = make_slot(make_house(address_visibility=AddressVisibility.CONFIRMED))

    pages = client.get("/politik?wo=04109").text
    journey = Journey(client, slot.event).to_check(slot)
    pages += journey.page
    journey.send(art="buchen")

    assert slot.event.title in pages
    assert "Beispielstraße" not in pages
    assert all_bookings()[0].awaits is Awaits.HOST


@pytest.mark.parametrize("values", [
    {"audiences": ("public",)}, {"state": EventState.DRAFT}, {"kind": EventKind.BACKGROUND_TALK},
    {"starts_on": clock.today() - timedelta(days=2)},
])  # fmt: skip
def test_what_is_not_for_politics_has_no_such_form(client: FlaskClient, values: dict[str, object]) -> None:
    event = make_event(**{"audiences": ("public", "politics"), **values})

    assert client.get(f"/t/{event.slug}/politik").status_code == 404
    assert event.title not in client.get("/politik").text


def test_an_event_on_invitation_takes_proposals_but_shows_no_times(client: FlaskClient) -> None:
    slot = make_slot(make_house(admission=Admission.INVITATION))

    page = client.get(f"/t/{slot.event.slug}/politik").text

    assert f'value="{slot.id}"' not in page
    assert "Zeit vorschlagen" in page


def test_a_visit_to_a_cancelled_event_stores_nothing(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event).to_check(slot)
    slot.event.state = EventState.CANCELLED
    slot.event.cancelled_at = clock.now()
    db.session.commit()

    answer = journey.send(art="buchen")

    assert answer.status_code == 409
    assert "Dieser Termin ist abgesagt" in answer.text
    assert all_bookings() == []


def test_the_pages_speak_english(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event, "/en").to_check(slot)

    answer = journey.send(art="buchen")

    assert answer.status_code == 303
    assert all_bookings()[0].language == "en"
    assert mails("visit_confirmed")[0].subject.startswith("Confirmed for")


def test_who_comes_alone_books_without_a_second_name(client: FlaskClient) -> None:
    slot = make_slot(make_house())
    journey = Journey(client, slot.event).begin(slot)

    journey.send(**{**GUEST, "booker": "selbst", "booker_name": "", "party_size": "1"})
    journey.send(**COURSE)
    journey.send(art="buchen")

    [booking] = all_bookings()
    assert (booking.booker_name, booking.guest_name, booking.party_size) == ("Dr. Kim Sommer", "Dr. Kim Sommer", 1)
    assert booking.political is not None
    assert booking.political.is_for_guest is False


@pytest.mark.parametrize(
    ("names", "is_enough"), [("", False), ("Robin Winter", False), ("Robin Winter\nToni Herbst", True)]
)
def test_a_house_that_registers_its_guests_asks_for_every_name(
    client: FlaskClient, names: str, is_enough: bool
) -> None:
    slot = make_slot(make_house(registers_companions=True))

    answer = Journey(client, slot.event).begin(slot).send(**GUEST, companions=names)

    assert ("Für den Ablauf" in answer.text) is is_enough
    assert answer.status_code == (200 if is_enough else 422)
