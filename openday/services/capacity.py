"""How many seats there are. Pools grow and shrink, never below what is taken: the database decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy import Integer, bindparam, or_, update

from openday.errors import Refusal
from openday.extensions import db
from openday.models import SeatPool, Slot
from openday.models.words import Mode, PoolAudience
from openday.services.seats import RESERVES

KEPT: Mapping[Mode, tuple[PoolAudience, ...]] = {
    Mode.ONSITE: (*RESERVES, PoolAudience.WALK_IN),
    Mode.ONLINE: RESERVES,
}
"""For whom seats can be kept in which mode."""
TAKEN_WORDS = {
    PoolAudience.EVERYONE: _l(
        "Von den Plätzen für alle sind schon %(taken)s vergeben, es blieben nur %(seats)s. "
        "Geben Sie mehr Plätze an, oder halten Sie weniger zurück"
    ),
    PoolAudience.POLITICS: _l("Für Politik sind schon %(taken)s Plätze vergeben. Halten Sie mindestens so viele frei"),
    PoolAudience.PRESS: _l("Für Presse sind schon %(taken)s Plätze vergeben. Halten Sie mindestens so viele frei"),
    PoolAudience.WALK_IN: _l(
        "Für Gäste ohne Anmeldung sind schon %(taken)s Plätze vergeben. Halten Sie mindestens so viele frei"
    ),
}


_seats = bindparam("seats", type_=Integer)
SET_CAPACITY = (
    update(SeatPool)
    .where(SeatPool.id == bindparam("pool"), or_(_seats.is_(None), SeatPool.taken <= _seats))
    .values(capacity=_seats)
)


class SeatsTaken(Refusal):
    """A pool would have fewer seats than are taken; ``audience`` and ``mode`` say which one, ``slot`` at which time."""

    code = "seats_taken"

    def __init__(self, slot: Slot, pool: SeatPool, seats: int) -> None:
        self.slot, self.mode, self.audience = slot, pool.mode, pool.audience
        super().__init__(TAKEN_WORDS[pool.audience] % {"taken": pool.taken, "seats": seats})


@dataclass(frozen=True)
class SeatPlan:
    """The seats of a slot in one mode: ``total`` of them, None for no limit, ``kept`` are those of them for whom."""

    total: int | None
    kept: Mapping[PoolAudience, int] = field(default_factory=dict)

    @property
    def kept_in_all(self) -> int:
        """The seats that are not for everybody."""
        return sum(self.kept.values())

    @property
    def for_everyone(self) -> int | None:
        """The seats that are left for everybody, None for no limit; below zero the plan is impossible."""
        return None if self.total is None else self.total - self.kept_in_all


def plan_of(slot: Slot, mode: Mode) -> SeatPlan | None:
    """Return the plan that a slot has in a mode, None when one can't take part that way."""
    capacities = {pool.audience: pool.capacity for pool in slot.pools if pool.mode is mode}
    if not capacities:
        return None
    general = capacities.pop(PoolAudience.EVERYONE, 0)
    kept = {audience: seats or 0 for audience, seats in capacities.items()}
    if general is None:
        return SeatPlan(slot.room_limit if mode is Mode.ONSITE else None, kept)
    return SeatPlan(general + sum(kept.values()), kept)


def new_pools(plans: Mapping[Mode, SeatPlan]) -> list[SeatPool]:
    """Return the pools of a slot that is about to be made."""
    return [pool for mode, plan in plans.items() for pool in missing_pools(mode, plan, frozenset())]


def missing_pools(mode: Mode, plan: SeatPlan, known: frozenset[PoolAudience]) -> list[SeatPool]:
    """Return the pools a plan needs beside those that are there; nothing kept needs no pool."""
    pools = [SeatPool(mode=mode, audience=audience, capacity=plan.kept.get(audience, 0)) for audience in KEPT[mode]]
    pools = [pool for pool in pools if pool.capacity and pool.audience not in known]
    if PoolAudience.EVERYONE in known:
        return pools
    return [SeatPool(mode=mode, audience=PoolAudience.EVERYONE, capacity=plan.for_everyone), *pools]


def fit_pools(slot: Slot, plans: Mapping[Mode, SeatPlan]) -> None:
    """Give a slot the seats of its plans, behind the claimed event; raises ``SeatsTaken`` when somebody sits there."""
    for mode, plan in plans.items():
        pools = [pool for pool in slot.pools if pool.mode is mode]
        if not pools and plan.total == 0:
            continue
        for pool in pools:
            seats = plan.for_everyone if pool.audience is PoolAudience.EVERYONE else plan.kept.get(pool.audience, 0)
            if not set_capacity(pool.id, seats):
                raise SeatsTaken(slot, pool, seats or 0)
        slot.pools.extend(missing_pools(mode, plan, frozenset(pool.audience for pool in pools)))
    if Mode.ONSITE in plans:
        slot.room_limit = plans[Mode.ONSITE].total
    db.session.flush()  # whoever counts the seats next reads the tables


def set_capacity(pool_id: int, capacity: int | None) -> bool:
    """Set how many seats a pool has unless more are taken; None is no limit."""
    wanted = {"pool": pool_id, "seats": capacity}
    return db.session.connection().execute(SET_CAPACITY, wanted).rowcount > 0
