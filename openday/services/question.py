"""The organiser's own questions: which an event asks, how they are changed, and for how long answers are kept."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, bindparam, delete, func, select

from openday.errors import NotFound, Refusal
from openday.exports.words import YES_NO
from openday.extensions import db
from openday.models import Answer, AuditEntry, Booking, Question
from openday.models.words import QuestionKind
from openday.services.availability import announce_event
from openday.services.booking_request import GivenAnswer
from openday.services.scope import Scope, editable_event
from openday.transaction import transaction

log = structlog.get_logger()

MOST_QUESTIONS = 12
SHORT_ANSWER, LONG_ANSWER = 200, 1000  # characters
LARGEST_NUMBER = 999_999
CHOOSING = (QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF)


class TooManyQuestions(Refusal):
    """Nobody answers more."""

    code = "too_many_questions"
    message = _l("Mehr als %(most)s Fragen gehen nicht. Löschen Sie zuerst eine.", most=MOST_QUESTIONS)


class StillNeeded(Refusal):
    """A later question depends on this one, or on one of its answers."""

    code = "question_still_needed"

    def __init__(self, label: str) -> None:
        super().__init__(
            _l("Von dieser Frage hängt „%(question)s“ ab. Ändern oder löschen Sie zuerst diese.", question=label)
        )


class AlreadyAnswered(Refusal):
    """Guests have answered: another kind would make their answers meaningless."""

    code = "question_answered"
    message = _l("Gäste haben schon geantwortet. Die Art der Frage lässt sich nicht mehr ändern.")


@dataclass(frozen=True)
class QuestionRequest:
    """Each is a column of the question; ``shown_if_answer`` is one of the stored answers of ``shown_if_id``."""

    kind: QuestionKind
    label: str
    purpose: str
    hint: str | None = None
    options: str = ""
    is_required: bool = False
    keep_days: int = 30
    shown_if_id: int | None = None
    shown_if_answer: str | None = None


OF_EVENT = select(Question).where(Question.event_id == bindparam("event")).order_by(Question.position, Question.id)
WORDS_OF_EVENT = OF_EVENT.with_only_columns(*Question.__table__.columns)
"""Asked for every form that books, so both are built once."""


def questions_of(event_id: int) -> list[Question]:
    """Return the questions of an event in their order."""
    return list(db.session.scalars(OF_EVENT, {"event": event_id}))


def asked_at(event_id: int) -> tuple[tuple[object, ...], ...]:
    """Return everything the questions of an event say, to tell whether they are the same."""
    return tuple(tuple(row) for row in db.session.connection().execute(WORDS_OF_EVENT, {"event": event_id}))


def still_asked(answers: tuple[GivenAnswer, ...]) -> tuple[GivenAnswer, ...]:
    """Return the answers without those to questions that were removed while the form was sent."""
    if not answers:
        return ()
    ids = [one.question_id for one in answers]
    asked = set(db.session.scalars(select(Question.id).where(Question.id.in_(ids))))
    return tuple(one for one in answers if one.question_id in asked)


def answers_to_keep(answers: tuple[GivenAnswer, ...], day: date) -> list[Answer]:
    """Return the answers as they are stored; the time they are kept counts from a Berlin day."""
    return [
        Answer(question_id=one.question_id, value=one.text, erase_on=day + timedelta(days=one.keep_days))
        for one in answers
    ]


def correct_answers(booking: Booking, answers: tuple[GivenAnswer, ...], day: date) -> None:
    """Let a booking have these answers and no others, behind the event's row; what stays is kept as was promised."""
    given = {one.question_id: one for one in answers_to_keep(still_asked(answers), day)}
    for known in booking.answers:
        if known.question_id in given and known.value == given[known.question_id].value:
            given[known.question_id] = known
    booking.answers = list(given.values())


def keep_answers_until(are_moved: ColumnElement[bool], day: date) -> None:
    """Count the time answers of some bookings are kept from another Berlin day: their visit was moved to it."""
    kept = select(Answer, Question.keep_days).join(Question, Question.id == Answer.question_id)
    for answer, keep_days in db.session.execute(kept.join(Booking, Booking.id == Answer.booking_id).where(are_moved)):
        answer.erase_on = day + timedelta(days=keep_days)


def shown_words(kind: QuestionKind, value: str) -> str:
    """Return a stored answer as people read it."""
    if kind is QuestionKind.YES_NO:
        return str(YES_NO.get(value, value))
    return value.replace("\n", ", ") if kind is QuestionKind.SEVERAL_OF else value


def question_in_scope(scope: Scope, event_id: int, question_id: int) -> Question:
    """Return a question of an event one may edit; raises ``NotFound`` also when it belongs to another event."""
    event = editable_event(scope, event_id)
    question = db.session.get(Question, question_id, populate_existing=True)
    if question is None or question.event_id != event.id:
        raise NotFound
    return question


def answers_to(question_id: int) -> int:
    """Return how many guests have answered."""
    return int(db.session.scalar(select(func.count()).where(Answer.question_id == question_id)) or 0)


@transaction
def add_question(scope: Scope, event_id: int, request: QuestionRequest) -> int:
    """Ask one thing more, behind all others, and return its id; raises ``TooManyQuestions`` and ``NotFound``."""
    editable_event(scope, event_id)
    announce_event(event_id)
    known = questions_of(event_id)
    if len(known) >= MOST_QUESTIONS:
        raise TooManyQuestions
    refuse_strange_condition(known, request)
    position = max((one.position for one in known), default=-1) + 1
    question = Question(event_id=event_id, position=position, **asdict(request))
    db.session.add(question)
    db.session.flush()  # the audit entry needs question.id
    note(scope, event_id, f"question {question.id} added")
    return question.id


@transaction
def change_question(scope: Scope, event_id: int, question_id: int, request: QuestionRequest) -> None:
    """Ask it differently; raises ``AlreadyAnswered`` for another kind, ``StillNeeded``, ``NotFound``.

    Answers that were given stay as they are and are kept as long as was promised.
    """
    question = question_in_scope(scope, event_id, question_id)
    announce_event(event_id)
    if request.kind is not question.kind and answers_to(question_id):
        raise AlreadyAnswered
    earlier = [one for one in questions_of(event_id) if one.position < question.position]
    refuse_strange_condition(earlier, request)
    for name, value in asdict(request).items():
        setattr(question, name, value)
    for later in depending_on(question_id):
        if later.shown_if_answer not in question.answers_to_choose:
            raise StillNeeded(later.label)
    note(scope, event_id, f"question {question_id} changed")


@transaction
def move_question(scope: Scope, event_id: int, question_id: int, step: int) -> None:
    """Ask it one place earlier (``step`` -1) or later (1); at the end of the list nothing changes.

    Raises ``StillNeeded`` where a question would come before the one it depends on.
    """
    question = question_in_scope(scope, event_id, question_id)
    announce_event(event_id)
    order = questions_of(event_id)
    place = order.index(question)
    if not 0 <= place + step < len(order):
        return
    order[place], order[place + step] = order[place + step], order[place]
    first, second = order[min(place, place + step)], order[max(place, place + step)]
    if first.shown_if_id == second.id:
        raise StillNeeded(first.label)
    for position, one in enumerate(order):
        one.position = position
    note(scope, event_id, f"question {question_id} moved")


@transaction
def remove_question(scope: Scope, event_id: int, question_id: int) -> None:
    """Ask it no more; what was answered is gone at once. Raises ``StillNeeded`` and ``NotFound``."""
    question = question_in_scope(scope, event_id, question_id)
    announce_event(event_id)
    for later in depending_on(question_id):
        raise StillNeeded(later.label)
    db.session.execute(delete(Answer).where(Answer.question_id == question_id))
    db.session.delete(question)
    note(scope, event_id, f"question {question_id} removed")


def depending_on(question_id: int) -> list[Question]:
    """Return the questions that are asked after a certain answer only."""
    return list(db.session.scalars(select(Question).where(Question.shown_if_id == question_id)))


def refuse_strange_condition(earlier: list[Question], request: QuestionRequest) -> None:
    """Raise ``NotFound`` for a condition on anything but an answer of an earlier question of the same event."""
    if request.shown_if_id is None:
        return
    found = next((one for one in earlier if one.id == request.shown_if_id), None)
    if found is None or request.shown_if_answer not in found.answers_to_choose:
        raise NotFound


def note(scope: Scope, event_id: int, detail: str) -> None:
    """Write down who changed the questions."""
    db.session.add(
        AuditEntry(action="edited", actor_id=scope.user_id, object_type="event", object_id=event_id, detail=detail)
    )
    log.info("questions changed", event_id=event_id)
