"""The organiser's own questions: what is stored of the answers, and for how long."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.mailing.visit import EventFacts, Visit
from openday.models import Question


def questions_of(event_id: int) -> list[Question]:
    """Return the questions of an event in their order."""
    return list(
        db.session.scalars(
            select(Question).where(Question.event_id == event_id).order_by(Question.position, Question.id)
        )
    )


def answer_rows(answers: Iterable[tuple[int, str]], facts: EventFacts) -> list[dict[str, Any]]:
    """Return what to store of answers to questions of the event: each says by which Berlin day it is erased."""
    given = dict(answers)
    if not given:
        return []
    day = facts.day if isinstance(facts, Visit) else facts.last_day or clock.today()
    return [
        {"question_id": one.id, "value": given[one.id], "erase_on": day + timedelta(days=one.keep_days)}
        for one in questions_of(facts.event_id)
        if given.get(one.id)
    ]
