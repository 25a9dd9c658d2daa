"""The queue of a Verband, and what visitors find before and after its answer."""

import pytest
from flask import Flask

from openday.extensions import db
from openday.models import Event, Traeger
from openday.models.words import Admission, EventState, ReturnReason, Review
from openday.services.publication import publish_event
from openday.services.scope import scope_of
from tests.factories import (
    make_coordinator,
    make_event,
    make_programme,
    make_slot,
    make_traeger,
    make_user,
    make_verband,
)
from tests.web.staff import Browser, signed_in

LISTS = (
    "/", "/en/", "/termine", "/en/termine", "/termine?land=SN", "/politik", "/presse", "/archiv",
    "/archiv/{year}", "/t/{neighbour}",
)  # fmt: skip


class Waiting:
    """A Träger that waits, its event online, and a neighbour's event that is listed."""

    def __init__(self, review: Review = Review.WAITING) -> None:
        self.verband = make_verband()
        self.coordinator = make_coordinator(self.verband)
        self.traeger = make_traeger(verbaende=[self.verband], review=review)
        self.owner = make_user(self.traeger)
        facts = {"audiences": ("public", "politics", "press"), "admission": Admission.OPEN, "photo_rule": "open"}
        self.event = make_event(
            traeger=self.traeger, title="Noch nicht gelistet", state=EventState.DRAFT, published_at=None, **facts
        )
        make_slot(self.event)
        publish_event(scope_of(self.owner.id), self.event.id)
        self.neighbour = make_event()

    def lists(self, client: Browser) -> list[str]:
        """Return every page that lists events."""
        year = self.event.campaign.year
        paths = [path.format(year=year, neighbour=self.neighbour.slug) for path in LISTS]
        return [answer.text for path in paths if (answer := client.get(path)).status_code == 200]


@pytest.fixture
def waiting(app: Flask) -> Waiting:
    return Waiting()


def test_what_waits_is_open_to_its_link_and_in_no_list(waiting: Waiting, client: Browser) -> None:
    page = client.get(f"/t/{waiting.event.slug}")

    assert page.status_code == 200
    assert 'content="noindex"' in page.text
    lists = waiting.lists(client)
    assert len(lists) > 6
    assert not any("Noch nicht gelistet" in text or waiting.event.slug in text for text in lists)


def test_after_a_yes_it_is_in_the_lists_at_once(app: Flask, waiting: Waiting, client: Browser) -> None:
    waiting.lists(client)  # the pages are kept now
    desk = signed_in(app, waiting.coordinator)

    answer = desk.send(f"/konto/freigabe/traeger/{waiting.traeger.id}", {"antwort": "freigeben"})

    assert answer.headers["Location"].endswith("/konto/freigabe")
    assert "Noch nicht gelistet" in client.get("/termine").text
    assert 'content="noindex"' not in client.get(f"/t/{waiting.event.slug}").text
    assert "Alles bearbeitet" in desk.get("/konto/freigabe").text


def test_the_next_one_follows(app: Flask, waiting: Waiting) -> None:
    second = make_traeger(verbaende=[waiting.verband], review=Review.WAITING)
    desk = signed_in(app, waiting.coordinator)

    answer = desk.send(f"/konto/freigabe/traeger/{waiting.traeger.id}", {"antwort": "vertrauen"})

    assert answer.headers["Location"].endswith(f"/konto/freigabe/traeger/{second.id}")
    assert db.session.get_one(Traeger, waiting.traeger.id, populate_existing=True).is_trusted


@pytest.mark.parametrize(
    "values",
    [{"reason": "unclear", "note": ""}, {"reason": "", "note": "x"}, {"reason": "erfunden", "note": "x"},
     {"reason": "unclear", "note": "a\x00b"}, {"reason": "unclear", "note": "x" * 501}],
)  # fmt: skip
def test_giving_back_needs_a_reason_and_words(app: Flask, values: dict[str, str]) -> None:
    waiting = Waiting(Review.APPROVED)
    desk = signed_in(app, waiting.coordinator)

    answer = desk.send(f"/konto/freigabe/termin/{waiting.event.id}", {"antwort": "zurueckgeben", **values})

    assert answer.status_code == 422
    assert "Es gibt ein Problem" in answer.text
    assert db.session.get_one(Event, waiting.event.id, populate_existing=True).review is Review.WAITING


def test_the_owner_reads_the_reason_and_sends_it_again(app: Flask) -> None:
    waiting = Waiting(Review.APPROVED)
    values = {"antwort": "zurueckgeben", "reason": ReturnReason.CONTACT.value, "note": "Welche <b>Klingel</b>?"}
    desk, owner = signed_in(app, waiting.coordinator), signed_in(app, waiting.owner)

    assert desk.send(f"/konto/freigabe/termin/{waiting.event.id}", values).status_code == 303
    page = owner.get(f"/konto/termine/{waiting.event.id}").text
    again = owner.send(f"/konto/termine/{waiting.event.id}/erneut-freigeben")

    assert "Welche &lt;b&gt;Klingel&lt;/b&gt;?" in page
    assert again.status_code == 303
    assert waiting.event.title in desk.get("/konto/freigabe").text


def test_who_comes_second_is_told(app: Flask, waiting: Waiting) -> None:
    first, second = signed_in(app, waiting.coordinator), signed_in(app, make_coordinator(waiting.verband))
    path = f"/konto/freigabe/traeger/{waiting.traeger.id}"
    assert first.send(path, {"antwort": "freigeben"}).status_code == 303

    answer = second.send(path, {"antwort": "zurueckgeben", "reason": "other", "note": "Nein"})

    assert answer.status_code == 409
    assert "inzwischen jemand anderes" in answer.text


def test_an_answer_that_is_none_changes_nothing(app: Flask, waiting: Waiting) -> None:
    desk = signed_in(app, waiting.coordinator)

    assert desk.send(f"/konto/freigabe/traeger/{waiting.traeger.id}", {"antwort": "löschen"}).status_code == 422
    assert db.session.get_one(Traeger, waiting.traeger.id, populate_existing=True).review is Review.WAITING


def test_trust_is_taken_back_with_a_reason_and_given_again(app: Flask) -> None:
    trusted = Waiting(Review.TRUSTED)
    desk, owner = signed_in(app, trusted.coordinator), signed_in(app, trusted.owner)
    path = f"/konto/freigabe/traeger/{trusted.traeger.id}"
    assert path in desk.get("/konto/verband/termine").text

    silent = desk.send(f"{path}/vertrauen", {"why": " "})
    given = desk.send(f"{path}/vertrauen", {"why": "Die Adresse war falsch."})
    late = desk.send(f"{path}/vertrauen", {"why": "Die Adresse war falsch."})

    assert [silent.status_code, given.status_code, late.status_code] == [422, 303, 409]
    assert "Schreiben Sie, warum" in silent.text
    assert "Die Adresse war falsch." in desk.get(path).text
    assert "Die Adresse war falsch." in owner.get(f"/konto/traeger/{trusted.traeger.id}").text
    assert "Noch nicht gelistet" in desk.get("/termine").text
    assert desk.send(path, {"antwort": "vertrauen"}).status_code == 303
    assert "Diesem Träger wird vertraut" in desk.get(path).text


def test_an_event_is_shown_with_what_was_checked_about_it(app: Flask, client: Browser) -> None:
    waiting = Waiting(review=Review.APPROVED)
    desk, path = signed_in(app, waiting.coordinator), f"/konto/freigabe/termin/{waiting.event.id}"
    assert "Sagen Sie, wie zugänglich der Ort ist" in desk.get(path).text
    make_event(traeger=waiting.traeger, title="Noch einmal gelistet")
    waiting.event.access_features, waiting.event.programmes = ("step_free",), [make_programme()]
    waiting.event.admission = Admission.WELCOME
    db.session.commit()

    page = desk.get(path).text

    assert "Vielleicht doppelt: Noch einmal gelistet. Gleicher Träger, gleicher Tag." in page
    assert "Ort, Zeit, Zugang, Foto-Regel und Ansprechperson sind angegeben." in page
