"""Texts in other languages and the history of an event: what is written down, and what can be taken back."""

import pytest
from flask import Flask

from openday.extensions import db
from openday.models import Event, EventChange
from openday.models.words import EventKind, TextLanguage
from openday.services.event import save_task
from openday.services.event_history import history_of
from openday.services.event_page import event_page
from openday.services.event_request import ContactRequest, WhatRequest
from openday.services.event_text import NothingToUndo, TextRequest, save_text, text_in, undo_text
from openday.services.scope import Scope, scope_of
from tests.factories import make_event, make_user

ENGLISH = TextRequest("Open doors", "See how advice works.", "Tea at **ten**.")


@pytest.fixture
def event(app: Flask) -> Event:
    return make_event()


@pytest.fixture
def scope(event: Event) -> Scope:
    return scope_of(make_user(event.traeger, name="Olga Orga").id)


def fresh(event: Event) -> Event:
    db.session.rollback()
    return db.session.get_one(Event, event.id, populate_existing=True)


def save_title(scope: Scope, event: Event, title: str) -> None:
    request = WhatRequest(title, EventKind.OPEN_DAY, event.summary, event.description, ("public",), ())
    save_task(scope, event.id, request)


def lines(scope: Scope, event: Event) -> list[tuple[str, str]]:
    return [(line.who, line.fact) for line in history_of(scope, event.id)]


def test_the_page_speaks_the_language_somebody_wrote_and_german_otherwise(event: Event, scope: Scope) -> None:
    save_text(scope, event.id, TextLanguage.ENGLISH, ENGLISH)

    english, easy = event_page(event.slug, language="en"), event_page(event.slug, language="easy")
    assert (english.title, english.description, english.language) == ("Open doors", "Tea at **ten**.", "en")
    assert (easy.title, easy.language) == (fresh(event).title, "de")
    assert event_page(event.slug).language == "de"


def test_saving_texts_raises_the_versions_kept_pages_hang_on(event: Event, scope: Scope) -> None:
    before = event.version

    save_text(scope, event.id, TextLanguage.EASY, ENGLISH)

    assert fresh(event).version > before


def test_a_language_with_nothing_left_is_gone(event: Event, scope: Scope) -> None:
    save_text(scope, event.id, TextLanguage.ENGLISH, ENGLISH)

    save_text(scope, event.id, TextLanguage.ENGLISH, TextRequest("", "", ""))

    assert fresh(event).texts == []


def test_who_changed_which_fact_is_written_down_without_personal_values(event: Event, scope: Scope) -> None:
    save_title(scope, event, "Neuer Titel")
    save_task(scope, event.id, ContactRequest("Ada Neu", "0341 1", "neu@example.org", None, None))

    assert lines(scope, event) == [("Olga Orga", "contact"), ("Olga Orga", "title")]
    kept = db.session.query(EventChange).filter_by(fact="contact").one()
    assert (kept.before, kept.after) == (None, None)


def test_saving_the_same_again_is_no_change(event: Event, scope: Scope) -> None:
    save_title(scope, event, event.title)

    assert lines(scope, event) == []


def test_the_last_change_of_a_text_is_taken_back_and_then_the_one_before(event: Event, scope: Scope) -> None:
    first = event.title
    save_title(scope, event, "Zweiter Titel")
    save_title(scope, event, "Dritter Titel")

    (last,) = [line for line in history_of(scope, event.id) if line.change_id]
    undo_text(scope, event.id, last.change_id or 0)
    assert fresh(event).title == "Zweiter Titel"
    with pytest.raises(NothingToUndo):
        undo_text(scope, event.id, last.change_id or 0)
    (last,) = [line for line in history_of(scope, event.id) if line.change_id]
    undo_text(scope, event.id, last.change_id or 0)

    assert fresh(event).title == first
    assert [line.is_undone for line in history_of(scope, event.id)] == [True, True]


def test_only_the_last_change_can_be_taken_back(event: Event, scope: Scope) -> None:
    save_title(scope, event, "Zweiter Titel")
    save_title(scope, event, "Dritter Titel")
    older = db.session.query(EventChange).filter_by(after="Zweiter Titel").one()

    with pytest.raises(NothingToUndo):
        undo_text(scope, event.id, older.id)

    assert fresh(event).title == "Dritter Titel"


def test_english_texts_come_back_even_when_the_language_was_emptied(event: Event, scope: Scope) -> None:
    save_text(scope, event.id, TextLanguage.ENGLISH, TextRequest("Open doors", "", ""))
    save_text(scope, event.id, TextLanguage.ENGLISH, TextRequest("", "", ""))

    (last,) = [line for line in history_of(scope, event.id) if line.change_id]
    undo_text(scope, event.id, last.change_id or 0)

    text = text_in(fresh(event), TextLanguage.ENGLISH)
    assert text is not None
    assert text.title == "Open doors"
