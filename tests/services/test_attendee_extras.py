"""Which further columns a list has: those somebody answered, and each question of the event."""

from typing import Any

from openday.exports.attendee_csv import as_csv
from openday.extensions import db
from openday.models import Event
from openday.models.words import (
    FieldOfWork,
    GuestKind,
    MayAnnounce,
    PoliticalLevel,
    PressProof,
    QuestionKind,
    YesNoOpen,
)
from openday.services.attendee_list import AttendeeFilter, attendee_list, attendee_page
from openday.services.booking import book_slot
from openday.services.booking_request import PoliticalFacts, PressFacts
from tests.factories import booking_request, given, make_event, make_question, make_slot

POLITICS = PoliticalFacts(
    PoliticalLevel.BUNDESTAG,
    guest_role="Ausschuss für Arbeit",
    constituency="Leipzig-Nord",
    is_for_guest=True,
    brings_press=YesNoOpen.NO,
    may_announce=MayAnnounce.ASK,
    topics="Wartezeiten",
    security_notes="Hintereingang",
)
PRESS = PressFacts(("photo", "live"), PressProof.CARD, ("client",), "heute, 18 Uhr")


def make_list(event: Event, **filters: Any) -> list[dict[str, str]]:
    listing = attendee_list(event.id, AttendeeFilter(**filters))
    headers = [one.header for one in listing.extras]
    return [dict(zip(headers, one.extras, strict=True)) for one in listing.attendees]


def test_politics_press_and_professionals_have_their_columns_and_others_leave_them_empty(app):
    slot = make_slot(capacity=50)
    book_slot(
        booking_request(
            slot, name="Alex Büro", guest_name="Dr. Sommer", guest_kind=GuestKind.POLITICS, politics=POLITICS
        )
    )
    book_slot(booking_request(slot, name="Feder", guest_kind=GuestKind.PRESS, organisation="Stadtblatt", press=PRESS))
    book_slot(
        booking_request(
            slot,
            name="Lehrerin",
            guest_kind=GuestKind.PROFESSIONAL,
            field_of_work=FieldOfWork.SCHOOL,
            companions="Eins\nZwei",
        )
    )

    politics, press, teacher = make_list(slot.event)

    assert {name: value for name, value in politics.items() if value} == {
        "Gebucht von": "Alex Büro",
        "Ebene": "Bundestag",
        "Funktion oder Amt": "Ausschuss für Arbeit",
        "Wahlkreis oder Ort": "Leipzig-Nord",
        "Presse dabei": "Nein",
        "Ankündigen": "Erst nach Rücksprache",
        "Themen oder Fragen": "Wartezeiten",
    }
    assert {name: value for name, value in press.items() if value} == {
        "Was geplant ist": "Foto, Live-Übertragung",
        "Nachweis": "Presseausweis bringe ich mit",
        "Möchte sprechen mit": "Ratsuchende nach Absprache",
        "Abgabe oder Sendetermin": "heute, 18 Uhr",
    }
    assert {name: value for name, value in teacher.items() if value} == {
        "Arbeitsfeld": "Schule",
        "Namen der Begleitpersonen": "Eins\nZwei",
    }


def test_security_notes_are_in_no_list(app):
    slot = make_slot()
    book_slot(booking_request(slot, guest_kind=GuestKind.POLITICS, politics=POLITICS))

    listing = attendee_list(slot.event_id, AttendeeFilter())

    assert "Hintereingang" not in repr(listing)
    assert "Hintereingang" not in b"".join(as_csv(listing)).decode()


def test_a_list_of_the_public_has_no_further_column(app):
    slot = make_slot()
    book_slot(booking_request(slot))

    assert make_list(slot.event) == [{}]
    assert make_list(make_event()) == []


def test_every_question_is_a_column_in_its_order_answered_or_not(app):
    slot = make_slot()
    eats = make_question(slot.event, label="Essen Sie mit?", kind=QuestionKind.YES_NO)
    dish = make_question(slot.event, label="Was?", kind=QuestionKind.SEVERAL_OF, options="Suppe\nSalat")
    make_question(slot.event, label="Noch nie beantwortet")
    make_question(make_event(), label="Andere Veranstaltung")
    book_slot(booking_request(slot, name="A", answers=(given(eats, "yes"), given(dish, "Suppe\nSalat"))))
    book_slot(booking_request(slot, name="Berta"))

    assert make_list(slot.event) == [
        {"Essen Sie mit?": "Ja", "Was?": "Suppe, Salat", "Noch nie beantwortet": ""},
        {"Essen Sie mit?": "", "Was?": "", "Noch nie beantwortet": ""},
    ]
    assert make_list(slot.event, search="Berta")[0]["Essen Sie mit?"] == ""
    db.session.rollback()
    assert attendee_page(slot.event_id, AttendeeFilter()).extras[0].header == "Essen Sie mit?"
