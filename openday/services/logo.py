"""The logo of a Träger: put up and taken down by its owners, shown wherever it invites."""

import hashlib
from collections.abc import Iterable

import structlog
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from openday.errors import NotFound
from openday.exports.logo import MOST_IN_STRIP, drawn, strip
from openday.extensions import db
from openday.models import AuditEntry, Logo
from openday.services.scope import Scope, owned_traeger
from openday.transaction import transaction

log = structlog.get_logger()


def digest_of(traeger_id: int) -> str | None:
    """Return the name of a Träger's logo, None where it has none."""
    return digests_of([traeger_id]).get(traeger_id)


def digests_of(traeger_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of the logos of several Träger, by the first Träger that have one: as many as a strip holds."""
    wanted = list(traeger_ids)
    rows = db.session.execute(select(Logo.traeger_id, Logo.digest).where(Logo.traeger_id.in_(wanted)))
    known = {row.traeger_id: row.digest for row in rows}
    return {one: known[one] for one in [one for one in wanted if one in known][:MOST_IN_STRIP]}


def change_logo(scope: Scope, traeger_id: int, file: bytes) -> None:
    """Draw a picture anew and show it from now on; raises ``NotFound``, ``NotAllowed``, ``UnreadablePicture``."""
    owned_traeger(scope, traeger_id)
    store_logo(scope, traeger_id, drawn(file))


@transaction
def store_logo(scope: Scope, traeger_id: int, image: bytes) -> None:
    """Put a drawn picture in the place of the one before."""
    owned_traeger(scope, traeger_id)
    keep_logo(traeger_id, image)
    note("logo_changed", scope, traeger_id)


def keep_logo(traeger_id: int, image: bytes) -> None:
    """Write the picture inside a transaction; of two at once the last one stays."""
    insert = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
    values = {"digest": hashlib.sha256(image).hexdigest()[:32], "image": image}
    statement = insert(Logo).values(traeger_id=traeger_id, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=[Logo.traeger_id], set_=values))


@transaction
def remove_logo(scope: Scope, traeger_id: int) -> None:
    """Take the picture down; again changes nothing. Raises ``NotFound``, ``NotAllowed``."""
    owned_traeger(scope, traeger_id)
    gone = delete(Logo).where(Logo.traeger_id == traeger_id).returning(Logo.traeger_id)
    if db.session.execute(gone).first() is not None:
        note("logo_removed", scope, traeger_id)


def strip_of(digests: tuple[str, ...]) -> bytes:
    """Return the logos of these names in one picture; raises ``NotFound`` if one of them is not there (any more)."""
    if not 1 <= len(set(digests)) == len(digests) <= MOST_IN_STRIP:
        raise NotFound
    rows = db.session.execute(select(Logo.digest, Logo.image).where(Logo.digest.in_(digests)))
    images = {row.digest: row.image for row in rows}
    if images.keys() != set(digests):
        raise NotFound
    return strip(tuple(images[digest] for digest in digests))


def note(action: str, scope: Scope, traeger_id: int) -> None:
    """Write down who did it."""
    db.session.add(AuditEntry(action=action, actor_id=scope.user_id, object_type="traeger", object_id=traeger_id))
    log.info("logo changed", action=action, traeger_id=traeger_id)
