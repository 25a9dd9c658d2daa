"""Sessions of signed-in staff, kept by the server: a cookie copied before the sign-out opens nothing after it."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update

from openday import clock, tokens
from openday.extensions import db
from openday.models import StaffSession
from openday.transaction import transaction

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
LARGEST = 4000  # characters of the column
UNREAD_NEWS = "_flashes"
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class KeptSession:
    """What a browser's session holds; ``is_due`` when its last use should be noted."""

    user_id: int | None
    content: dict[str, Any]
    is_due: bool


OPEN = select(StaffSession.user_id, StaffSession.content, StaffSession.seen_at).where(
    StaffSession.id_digest == bindparam("digest"),
    StaffSession.seen_at > bindparam("seen"),
    StaffSession.created_at > bindparam("begun"),
)


def read_session(session_id: str) -> KeptSession | None:
    """Return the session of an id, None when it was ended, unused for 30 minutes or is older than 12 hours."""
    at = clock.now()
    ends = {"seen": at - IDLE, "begun": at - LONGEST}
    row = db.session.execute(OPEN, {"digest": tokens.digest(session_id), **ends}).first()
    if row is None:
        return None
    return KeptSession(row.user_id, json.loads(row.content), is_due=row.seen_at <= at - TOUCH_EVERY)


@transaction
def begin_session(session_id: str, user_id: int, content: dict[str, Any], *, replaces: str | None = None) -> None:
    """Store a session under the digest of its id; the one it ``replaces`` is gone, and so are those nobody can open."""
    if replaces is not None:
        forget(replaces)
    forget_over()
    db.session.add(StaffSession(id_digest=tokens.digest(session_id), user_id=user_id, content=stored(content)))


@transaction
def keep_session(session_id: str, content: dict[str, Any]) -> None:
    """Store what changed. A session that was ended meanwhile stays ended: it is never made anew."""
    db.session.execute(
        update(StaffSession)
        .where(StaffSession.id_digest == tokens.digest(session_id))
        .values(content=stored(content), seen_at=clock.now()),
        execution_options={"synchronize_session": False},
    )


def stored(content: dict[str, Any]) -> str:
    """Return the text of a session; news that nobody read give way before the column overflows."""
    text = json.dumps(content, ensure_ascii=False)
    if len(text) <= LARGEST:
        return text
    return json.dumps({name: value for name, value in content.items() if name != UNREAD_NEWS}, ensure_ascii=False)


@transaction
def touch_session(session_id: str) -> None:
    """Note that a session is in use."""
    db.session.execute(
        update(StaffSession).where(StaffSession.id_digest == tokens.digest(session_id)).values(seen_at=clock.now())
    )


@transaction
def end_session(session_id: str) -> None:
    """Sign a browser out; its cookie is worthless from now on."""
    forget(session_id)


@transaction
def end_sessions_of(user_id: int) -> int:
    """Sign a person out everywhere and return from how many browsers."""
    statement = delete(StaffSession).where(StaffSession.user_id == user_id).returning(StaffSession.id_digest)
    return len(db.session.scalars(statement, execution_options={"synchronize_session": False}).all())


def forget(session_id: str) -> None:
    """Delete one session inside a transaction."""
    db.session.execute(delete(StaffSession).where(StaffSession.id_digest == tokens.digest(session_id)))


def forget_over() -> None:
    """Delete the sessions nobody can open any more."""
    at = clock.now()
    is_over = or_(StaffSession.seen_at <= at - IDLE, StaffSession.created_at <= at - LONGEST)
    db.session.execute(delete(StaffSession).where(is_over))
