"""Who answers a Träger: the people of its Verband, or, where there are none or they don't, those of the platform."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from sqlalchemy import select

from openday import clock, working_days
from openday.extensions import db
from openday.models import Membership, Traeger, User, traeger_verbaende
from openday.models.words import Role

WORKING_DAYS_TO_ANSWER = 2
REMEMBERED = 20  # answers


@dataclass(frozen=True)
class Approver:
    """Whose answer a Träger waits for, by name; ``verband`` is empty where the platform answers.

    ``usual_days``: after so many days the answer usually came, None while there are too few to say so.
    """

    people: tuple[str, ...]
    verband: str
    usual_days: int | None
    answer_by: date | None

    @property
    def in_words(self) -> str:
        """The people and their Verband in one line, empty where nobody is known by name."""
        people = ", ".join(self.people)
        return f"{people} ({self.verband})" if people and self.verband else people or self.verband


def coordinators_of(traeger: Traeger) -> list[User]:
    """Return the active people who coordinate one of the Verbände of a Träger."""
    verband_ids = [verband.id for verband in traeger.verbaende]
    return people_with(Membership.role == Role.COORDINATOR, Membership.verband_id.in_(verband_ids))


def administrators() -> list[User]:
    """Return the active people who run the platform."""
    return people_with(Membership.role == Role.ADMIN)


def people_with(*conditions: object) -> list[User]:
    """Return the active people with such a membership, each once."""
    statement = select(User).join(Membership).where(User.active.is_(True), *conditions)  # type: ignore[arg-type]
    return list(db.session.scalars(statement.order_by(User.id).distinct()))


def approver_of(traeger: Traeger) -> Approver:
    """Return who is asked about a Träger right now and how long that usually takes."""
    coordinators = [] if traeger.escalated_at else coordinators_of(traeger)
    people = coordinators or administrators()
    asked = [person.name for person in people if person.name]
    verband = ", ".join(one.name for one in traeger.verbaende) if coordinators else ""
    answer_by = answer_day(traeger.submitted_at, traeger.region) if traeger.submitted_at else None
    return Approver(tuple(asked), verband, usual_days(traeger), answer_by)


def usual_days(traeger: Traeger) -> int | None:
    """Return the median days of the last answers to the Träger of the same Verbände, None with fewer than three."""
    verband_ids = [verband.id for verband in traeger.verbaende]
    answers: Sequence[Any] = db.session.execute(
        select(Traeger.submitted_at, Traeger.reviewed_at)
        .join(traeger_verbaende, traeger_verbaende.c.traeger_id == Traeger.id)
        .where(
            traeger_verbaende.c.verband_id.in_(verband_ids),
            Traeger.submitted_at.is_not(None),
            Traeger.reviewed_at >= Traeger.submitted_at,
        )
        .order_by(Traeger.reviewed_at.desc())
        .limit(REMEMBERED)
    ).all()
    days = [(clock.to_berlin(done).date() - clock.to_berlin(asked).date()).days for asked, done in answers]
    return round(median(days)) if len(days) >= 3 else None


def answer_day(asked_at: datetime, region: str | None) -> date:
    """Return the second working day after the question where the Träger is, a Berlin day."""
    return working_days.working_day_after(clock.to_berlin(asked_at).date(), WORKING_DAYS_TO_ANSWER, region)
