"""Nobody waits for ever: what a Verband has not answered in two working days goes up to the administrators."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, update

from openday import clock
from openday.extensions import db
from openday.models import Event, Traeger
from openday.models.words import Review
from openday.services.approver import WORKING_DAYS_TO_ANSWER, answer_day
from openday.services.review_queue import ANSWERABLE
from openday.services.review_request import escalate
from openday.transaction import transaction

Kind = type[Traeger] | type[Event]
Questions = Select[int, datetime | None, str | None]  # id, since when, in which Land


def escalate_due(at: datetime) -> int:
    """Let everything go up that has waited too long and return how much it was. For the worker."""
    since = at - timedelta(days=WORKING_DAYS_TO_ANSWER)  # no earlier than that, weekends and holidays come on top
    waiting: dict[Kind, Questions] = {
        Traeger: select(Traeger.id, Traeger.submitted_at, Traeger.region),
        Event: (
            select(Event.id, Event.submitted_at, Traeger.region)
            .join(Event.traeger)
            .where(Traeger.review.in_(ANSWERABLE))
        ),
    }
    return sum(go_up(kind, thing_id) for kind in waiting for thing_id in late(kind, waiting[kind], since, at))


def late(kind: Kind, waiting: Questions, since: datetime, at: datetime) -> list[int]:
    """Return the ids of what waits for longer than it should."""
    rows: Sequence[Any] = db.session.execute(
        waiting.where(kind.review == Review.WAITING, kind.escalated_at.is_(None), kind.submitted_at <= since)
    ).all()
    return [thing_id for thing_id, submitted_at, region in rows if is_late(submitted_at, region, at)]


def is_late(submitted_at: datetime, region: str | None, at: datetime) -> bool:
    """Whether the second working day after the question is over at the hour it was asked."""
    asked = clock.to_berlin(submitted_at)
    until = datetime.combine(answer_day(submitted_at, region), asked.time())
    return clock.to_berlin(at).replace(tzinfo=None) >= until


@transaction
def go_up(kind: Kind, thing_id: int) -> bool:
    """Claim one thing and tell the administrators; False when somebody answered or was quicker."""
    claimed = db.session.scalar(
        update(kind)
        .where(kind.id == thing_id, kind.review == Review.WAITING, kind.escalated_at.is_(None))
        .values(escalated_at=clock.now())
        .returning(kind.id)
    )
    if claimed is None:
        return False
    thing: Any = db.session.get_one(kind, thing_id, populate_existing=True)
    if isinstance(thing, Event):
        escalate(thing.traeger, thing)
    else:
        escalate(thing)
    return True
