"""What a row of a planning list may say: a coordinator plans for the Träger of the own Verband or Land only."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from openday.extensions import db
from openday.models import Campaign, Event, Traeger, Verband
from openday.services.activities.row import ActivityRow
from openday.services.activities.store import says_otherwise
from openday.services.scope import Scope, is_reviewed_by

Fault = tuple[str, object]
"""The column and the reason."""


@dataclass(frozen=True)
class Ground:
    """What is known about everything the rows name, read once; ``mine`` are the Träger in scope."""

    years: frozenset[int]
    traeger: dict[str, Traeger]
    mine: frozenset[str]
    verbaende: frozenset[str]
    own_verbaende: frozenset[str]
    events: dict[str | None, Event]

    @classmethod
    def read(cls, scope: Scope, rows: Iterable[ActivityRow]) -> "Ground":
        """Read it."""
        rows = list(rows)
        is_named = Traeger.name.in_({name for row in rows for name in (row.traeger, *row.partners)})
        traeger = db.session.scalars(select(Traeger).where(is_named).options(selectinload(Traeger.verbaende)))
        verbaende = {row.id: row.name for row in db.session.execute(select(Verband.id, Verband.name))}
        events = db.session.scalars(select(Event).where(Event.source_key.in_([row.source_key for row in rows])))
        return cls(
            years=frozenset(db.session.scalars(select(Campaign.year))),
            traeger={each.name: each for each in traeger},
            mine=frozenset(db.session.scalars(select(Traeger.name).where(is_named, is_reviewed_by(scope)))),
            verbaende=frozenset(verbaende.values()),
            own_verbaende=frozenset(verbaende[verband_id] for verband_id in scope.verband_ids),
            events={event.source_key: event for event in events},
        )

    def says_otherwise(self, row: ActivityRow) -> bool:
        """Whether a row differs from its event."""
        return says_otherwise(row, self.events[row.source_key])

    def is_foreign(self, name: str) -> bool:
        """Whether a Träger is known and somebody else's."""
        return name in self.traeger and name not in self.mine

    def is_answered_by_others(self, name: str) -> bool:
        """Whether a Träger is foreign and not just a name an earlier list mentioned."""
        return self.is_foreign(name) and bool(self.traeger[name].verbaende or self.traeger[name].region)


def fault_of(scope: Scope, row: ActivityRow, ground: Ground) -> Fault | None:
    """Return why a row is refused, None for a good one; what is there already has no further fault."""
    if row.year not in ground.years:
        return "date", _l("Für %(year)s gibt es hier keine Aktionswoche.", year=row.year)
    if ground.is_foreign(row.traeger):
        return "traeger", _l("Der Träger „%(name)s“ gehört nicht zu Ihrem Bereich.", name=row.traeger)
    if scope.is_admin or row.source_key in ground.events:
        return None
    return fault_of_verband(scope, row, ground) or fault_of_partners(row, ground)


def fault_of_verband(scope: Scope, row: ActivityRow, ground: Ground) -> Fault | None:
    """Return what is wrong with the Verbände of a row: nobody brings a Träger into somebody else's."""
    known = ground.traeger.get(row.traeger)
    if known is not None:
        return foreign_verband(row, ground.own_verbaende | {verband.name for verband in known.verbaende})
    if {place.region for place in row.places} & scope.lands:
        return foreign_verband(row, ground.verbaende)
    if not scope.verband_ids:
        return "bundesland", _l("Der Träger ist neu und liegt nicht in Ihrem Bundesland.")
    if not row.verbaende:
        return "verband", _l("Der Träger ist neu. Tragen Sie seinen Verband ein.")
    return foreign_verband(row, ground.own_verbaende)


def foreign_verband(row: ActivityRow, allowed: Iterable[str]) -> Fault | None:
    """Return the first Verband that may not stand here."""
    foreign = [name for name in row.verbaende if name not in allowed]
    return (
        ("verband", _l("Der Verband „%(name)s“ gehört nicht zu Ihrem Bereich.", name=foreign[0])) if foreign else None
    )


def fault_of_partners(row: ActivityRow, ground: Ground) -> Fault | None:
    """Return the first partner that has to be asked: only the Träger itself can do that."""
    foreign = [name for name in row.partners if ground.is_answered_by_others(name)]
    if not foreign:
        return None
    words = _l(
        "„%(name)s“ gehört nicht zu Ihrem Bereich. Lassen Sie den Namen weg: Der Träger lädt ihn selbst ein.",
        name=foreign[0],
    )
    return "cooperation_partners", words
