"""What a booking was asked by the organiser, and answered."""

from sqlalchemy import bindparam, select

from openday.extensions import db
from openday.models import Answer, Question
from openday.services.own_booking import OwnBooking
from openday.services.question import shown_words

ANSWERS = (
    select(Question.label, Question.kind, Answer.value)
    .join(Answer, Answer.question_id == Question.id)
    .where(Answer.booking_id == bindparam("booking"))
    .order_by(Question.position, Question.id)
)


def answers_in_words(booking: OwnBooking) -> list[tuple[str, str]]:
    """Return label and answer in the order of the questions; one statement where there are any."""
    if not booking.has_answers:
        return []
    rows = db.session.connection().execute(ANSWERS, {"booking": booking.id})
    return [(label, shown_words(kind, value)) for label, kind, value in rows]
