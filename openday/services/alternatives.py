"""Other times for somebody whose slot just filled up."""

from openday import clock
from openday.mailing.visit import Visit
from openday.models.words import Mode, PoolAudience, SlotState
from openday.services.visit import visits_of_event

NEAREST = 3


def nearest_free(
    visit: Visit, party_size: int, mode: Mode | None, audience: PoolAudience = PoolAudience.EVERYONE
) -> list[Visit]:
    """Return the free times of the same event that fit the whole party, nearest to the wanted one first."""
    wanted = mode or (visit.modes[0] if visit.modes else Mode.ONSITE)
    at = clock.now()
    free = [
        other
        for other in visits_of_event(visit.event_id)
        if other.slot_id != visit.slot_id
        and other.slot_state is SlotState.OPEN
        and other.starts_at > at
        and fits(other, party_size, wanted, audience)
    ]
    free.sort(key=lambda other: (abs(other.starts_at - visit.starts_at), other.starts_at))
    return sorted(free[:NEAREST], key=lambda other: other.starts_at)


def fits(visit: Visit, party_size: int, mode: Mode, audience: PoolAudience = PoolAudience.EVERYONE) -> bool:
    """Whether a party of that audience finds room in that mode."""
    left = visit.seats_left(mode, audience)
    return left is None or left >= party_size
