"""What only some guests were asked: by politics, press, professionals and groups, and by the event's own questions.

Each is a column of the lists where anybody has answered; security notes are in none of them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from openday.exports.attendee_list import Extra
from openday.exports.words import (
    FIELDS_OF_WORK,
    MAY_ANNOUNCE,
    POLITICAL_LEVELS,
    PRESS_PARTNERS,
    PRESS_PLANS,
    PRESS_PROOFS,
    YES_NO_OPEN,
    terms_in_words,
)
from openday.extensions import db
from openday.models import Answer, Booking, PoliticalVisit, PressVisit, Question
from openday.services.question import shown_words

EXTRA_COLUMNS = (
    Booking.field_of_work,
    Booking.companions,
    PoliticalVisit.level,
    PoliticalVisit.guest_role,
    PoliticalVisit.constituency,
    PoliticalVisit.brings_press,
    PoliticalVisit.may_announce,
    PoliticalVisit.topics,
    PressVisit.plans,
    PressVisit.proof,
    PressVisit.talks_to,
    PressVisit.deadline,
    Booking.terms_version,
    Booking.terms_accepted_at,
)
Value = Callable[[Any], str]


def named(words: dict[str, Any], word: str | None) -> str:
    """Return the name of a stored word, nothing for none."""
    return str(words[word]) if word else ""


def all_named(words: dict[str, Any], chosen: Sequence[str] | None) -> str:
    """Return the names of several stored words with commas between them."""
    return ", ".join(str(words[word]) for word in chosen or () if word in words)


FACTS: tuple[tuple[Any, bool, Value], ...] = (
    (_l("Gebucht von"), False, lambda row: row.booker_name if row.guest_name else ""),
    (_l("Ebene"), True, lambda row: named(POLITICAL_LEVELS, row.level)),
    (_l("Funktion oder Amt"), True, lambda row: row.guest_role or ""),
    (_l("Wahlkreis oder Ort"), False, lambda row: row.constituency or ""),
    (_l("Presse dabei"), True, lambda row: named(YES_NO_OPEN, row.brings_press)),
    (_l("Ankündigen"), True, lambda row: named(MAY_ANNOUNCE, row.may_announce)),
    (_l("Themen oder Fragen"), False, lambda row: row.topics or ""),
    (_l("Was geplant ist"), True, lambda row: all_named(PRESS_PLANS, row.plans)),
    (_l("Nachweis"), True, lambda row: named(PRESS_PROOFS, row.proof)),
    (_l("Möchte sprechen mit"), True, lambda row: all_named(PRESS_PARTNERS, row.talks_to)),
    (_l("Abgabe oder Sendetermin"), False, lambda row: row.deadline or ""),
    (_l("Arbeitsfeld"), False, lambda row: named(FIELDS_OF_WORK, row.field_of_work)),
    (_l("Namen der Begleitpersonen"), True, lambda row: row.companions or ""),
    (_l("Bedingungen"), False, lambda row: terms_in_words(row.terms_version, row.terms_accepted_at)),
)
"""Header, whether it is printed for the door, and the value of a row with ``EXTRA_COLUMNS``."""


def extras_of(event_id: int, rows: Sequence[Any]) -> tuple[tuple[Extra, ...], dict[int, tuple[str, ...]]]:
    """Return the further columns of a list and their values by booking id; one statement."""
    asked = [row for row in rows if row.guest_name or any(row[-len(EXTRA_COLUMNS) :])]  # of many thousand mostly few
    columns = [
        (Extra(str(header), on_paper), {row.id: words for row in asked if (words := value(row))})
        for header, on_paper, value in FACTS
    ]
    used = [(extra, values) for extra, values in columns if values] + answered(event_id)
    by_id = {row.id: tuple(values.get(row.id, "") for _extra, values in used) for row in rows}
    return tuple(extra for extra, _values in used), by_id


def answered(event_id: int) -> list[tuple[Extra, dict[int, str]]]:
    """Return each question of the event with its answers in words by booking id, unanswered questions too."""
    found: dict[int, tuple[Extra, dict[int, str]]] = {}
    for row in db.session.execute(
        select(Question.id, Question.label, Question.kind, Answer.booking_id, Answer.value)
        .outerjoin(Answer, Answer.question_id == Question.id)
        .where(Question.event_id == event_id)
        .order_by(Question.position, Question.id)
    ):
        _extra, answers = found.setdefault(row.id, (Extra(row.label, on_paper=True, is_question=True), {}))
        if row.booking_id is not None:
            answers[row.booking_id] = shown_words(row.kind, row.value)
    return list(found.values())
