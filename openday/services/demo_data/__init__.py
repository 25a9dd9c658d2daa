"""An invented campaign: real towns, no real organisation, no real person; every awkward shape of real activities."""

from openday.services.demo_data import drop_in, guided, invited, past, politics, special, today
from openday.services.demo_data.shape import DemoEvent

CURRENT: tuple[DemoEvent, ...] = (
    *guided.EVENTS,
    *drop_in.EVENTS,
    *special.EVENTS,
    *invited.EVENTS,
    *politics.EVENTS,
    *today.EVENTS,
)
PAST: tuple[DemoEvent, ...] = past.EVENTS

BUSY = "brueckenwerk-dresden-oeffnet-die-tuer"
FULL = "kochen-und-erzaehlen-im-weidenkorb"
HYBRID = "podium-ankommen-bleiben-mitreden"
