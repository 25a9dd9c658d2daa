"""The day itself: an event whose door is open now. It is booked as tomorrow's, because what has begun can't be booked."""

from openday.services.demo_data.guided import LEIPZIG
from openday.services.demo_data.shape import TODAY, DemoEvent, Times

EVENTS = (
    DemoEvent(
        slug="heute-im-lindenhof",
        title="Heute im Lindenhof: ein Blick hinter die Tür",
        traeger="lindenhof",
        programmes="MBE JMD",
        day=TODAY + 1,
        start="09:00",
        end="17:00",
        is_listed=False,
        is_moved_to_today=True,
        summary="Der Probelauf vor der Aktionswoche, mit echten Führungen und einer Liste am Eingang.",
        places=(LEIPZIG,),
        access="step_free accessible_toilet",
        photo="on_request",
        times=(Times(TODAY + 1, "09:00", "17:00", 8, minutes=60, taken=(5, 8, 6, 7, 4, 8, 5, 3)),),
    ),
)
