"""The processing agreement a Träger accepts: one text for each law it may stand under, each with its versions.

The texts are a start: whoever runs an installation has them checked before the first Träger joins.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.models import AuditEntry, Traeger
from openday.models.words import LegalRegime, Role
from openday.services.scope import Scope, owned_traeger
from openday.transaction import transaction

log = structlog.get_logger()

FOR_ALL_LAWS = "2026-11"
"""The first text; it was one for all three laws."""
ACCEPTED: Mapping[LegalRegime, tuple[str, ...]] = {
    LegalRegime.DSGVO: ("dsgvo-2026-1", FOR_ALL_LAWS),
    LegalRegime.KDG: ("kdg-2026-1", FOR_ALL_LAWS),
    LegalRegime.DSG_EKD: ("dsg-ekd-2026-1", FOR_ALL_LAWS),
}
"""The versions that hold, the newest first. Owners are asked anew once theirs is taken out."""


@dataclass(frozen=True)
class Law:
    """Where a law says what the agreement hangs on, and who watches over it."""

    name: str
    basis: str
    secrecy: str
    security: str
    rights: str
    breaches: str
    authority: object


LAWS: Mapping[LegalRegime, Law] = {
    LegalRegime.DSGVO: Law(
        "DSGVO",
        "Art.\xa028 DSGVO",
        "Art.\xa028 Abs. 3 DSGVO",
        "Art.\xa032 DSGVO",
        "Art.\xa012 bis 22 DSGVO",
        "Art.\xa033 DSGVO",
        _l("die Datenschutzaufsicht Ihres Bundeslands"),
    ),
    LegalRegime.KDG: Law(
        "KDG",
        "§\xa029 KDG",
        "§\xa05 KDG",
        "§\xa026 KDG",
        "§§\xa014 bis 25 KDG",
        "§\xa033 KDG",
        _l("die Datenschutzaufsicht Ihres Bistums (Diözesandatenschutzbeauftragte)"),
    ),
    LegalRegime.DSG_EKD: Law(
        "DSG-EKD",
        "§\xa030 DSG-EKD",
        "§\xa026 DSG-EKD",
        "§\xa027 DSG-EKD",
        "§§\xa016 bis 25 DSG-EKD",
        "§\xa032 DSG-EKD",
        _l("die Datenschutzaufsicht der Evangelischen Kirche in Deutschland oder Ihrer Landeskirche"),
    ),
}


class NewerVersion(Refusal):
    """The text that was read is not the one that holds now."""

    code = "newer_version"
    message = _l("Inzwischen gilt eine andere Fassung. Lesen Sie sie und nehmen Sie sie dann an.")


def current_version(regime: LegalRegime) -> str:
    """Return the version a Träger under this law accepts now."""
    return ACCEPTED[regime][0]


def regime_of(version: str) -> LegalRegime | None:
    """Return the law a version was written for, None for the one for all laws and for a word that is no version."""
    if version == FOR_ALL_LAWS:
        return None
    return next((regime for regime, versions in ACCEPTED.items() if version in versions), None)


def is_due(traeger: Traeger) -> bool:
    """Whether the owners are asked: nothing was accepted, or what no longer holds under this law."""
    return traeger.agreement_version not in ACCEPTED[traeger.legal_regime]


def due_for(scope: Scope) -> list[Traeger]:
    """Return the Träger one runs that have an agreement to accept, by name."""
    owned = [traeger_id for traeger_id, role in scope.roles.items() if role is Role.OWNER]
    traeger = db.session.scalars(select(Traeger).where(Traeger.id.in_(owned)).order_by(Traeger.name)) if owned else ()
    return [one for one in traeger if is_due(one)]


def agree(traeger: Traeger, user_id: int) -> None:
    """Write down, inside a transaction, that somebody accepts the current version."""
    traeger.agreement_version = current_version(traeger.legal_regime)
    traeger.agreement_accepted_at, traeger.agreement_accepted_by = clock.now(), user_id


@transaction
def accept_agreement(scope: Scope, traeger_id: int, version: str) -> None:
    """Accept the version that was read; raises ``NotFound``, ``NotAllowed``, ``NewerVersion``."""
    traeger = owned_traeger(scope, traeger_id)
    if version != current_version(traeger.legal_regime):
        raise NewerVersion
    agree(traeger, scope.user_id)
    db.session.add(
        AuditEntry(
            action="agreement_accepted",
            actor_id=scope.user_id,
            object_type="traeger",
            object_id=traeger_id,
            detail=version,
        )
    )
    log.info("agreement accepted", traeger_id=traeger_id, version=version)
