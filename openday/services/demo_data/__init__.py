"""An invented campaign: real towns, no real organisation, no real person; every awkward shape of real activities."""

from openday.services.demo_data import drop_in, guided, invited, many, past, politics, special, today
from openday.services.demo_data.more_traeger import MORE_TRAEGER
from openday.services.demo_data.shape import DemoEvent, DemoTraeger
from openday.services.demo_data.traeger import TRAEGER

CURRENT: tuple[DemoEvent, ...] = (
    *guided.EVENTS,
    *drop_in.EVENTS,
    *special.EVENTS,
    *invited.EVENTS,
    *politics.EVENTS,
    *today.EVENTS,
)
PAST: tuple[DemoEvent, ...] = past.EVENTS
MANY: tuple[DemoEvent, ...] = many.MANY
MANY_PAST: tuple[DemoEvent, ...] = many.LAST_YEAR
ALL_TRAEGER: tuple[DemoTraeger, ...] = (*TRAEGER, *MORE_TRAEGER)

BUSY = "brueckenwerk-dresden-oeffnet-die-tuer"
FULL = "kochen-und-erzaehlen-im-weidenkorb"
HYBRID = "podium-ankommen-bleiben-mitreden"


def services_of(traeger: str) -> frozenset[str]:
    """Return the codes of what a Träger invites to; who has not said yet what it plans advises adults."""
    invited = [event for event in (*CURRENT, *PAST, *MANY) if event.traeger == traeger]
    return frozenset(code for event in invited for code in event.programmes.split()) or frozenset({"MBE"})
