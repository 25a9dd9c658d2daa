"""What a Träger says about itself, changed by its owners; and where it stands with its Verband."""

from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from openday.extensions import db
from openday.models import AuditEntry, Traeger
from openday.models.words import Review
from openday.services.approver import Approver, approver_of
from openday.services.join import NameTaken, TraegerRequest, describe, is_name_taken
from openday.services.listing_change import announce_traeger
from openday.services.scope import Scope, owned_traeger
from openday.transaction import transaction

log = structlog.get_logger()


@dataclass(frozen=True)
class Standing:
    """A Träger and who is asked about it; None once it is trusted."""

    traeger: Traeger
    approver: Approver | None


@transaction
def change_traeger(scope: Scope, traeger_id: int, request: TraegerRequest) -> None:
    """Save what is said about a Träger; raises ``NotFound``, ``NotAllowed``, ``NameTaken``."""
    traeger = owned_traeger(scope, traeger_id)
    if is_name_taken(request.name, but=traeger_id):
        raise NameTaken
    describe(traeger, request)
    traeger.legal_regime, traeger.responsible_name = request.legal_regime, request.responsible_name
    db.session.flush()  # the lists are told by statements of their own
    announce_traeger(traeger_id)
    db.session.add(AuditEntry(action="edited", actor_id=scope.user_id, object_type="traeger", object_id=traeger_id))
    log.info("traeger changed", traeger_id=traeger_id)


def standing_of(traeger: Traeger) -> Standing:
    """Return where a Träger stands; of one that is trusted nobody asks."""
    return Standing(traeger, None if traeger.is_trusted else approver_of(traeger))


def own_traeger(scope: Scope) -> list[Traeger]:
    """Return the Träger of one's teams, by name."""
    statement = select(Traeger).where(Traeger.id.in_(scope.roles)).options(selectinload(Traeger.verbaende))
    return list(db.session.scalars(statement.order_by(Traeger.name)))


def open_standings(scope: Scope) -> list[Standing]:
    """Return the own Träger that wait or were given back."""
    return [standing_of(one) for one in own_traeger(scope) if one.review in (Review.WAITING, Review.RETURNED)]
