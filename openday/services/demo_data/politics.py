"""A house that keeps seats for politics, and a talk behind closed doors."""

from openday.models.words import EventKind
from openday.services.demo_data.shape import DemoEvent, DemoPlace, Times

LINDENHOF = DemoPlace("Leipzig", "SN", "04109", "Lindenstraße 12", "Lindenhof Migrationsdienste")
TALKS = "gespraechszeiten-im-lindenhof"
BACKGROUND = "hintergrundgespraech-im-lindenhof"
TERMS = "Aus dem Gespräch wird nicht zitiert.\nNamen und Bilder gibt es nur nach Freigabe."

EVENTS = (
    DemoEvent(
        slug=TALKS,
        title="Gesprächszeiten im Lindenhof",
        traeger="lindenhof",
        programmes="MBE JMD",
        kind=EventKind.CONTACT_TALK,
        day=2,
        last_day=3,
        start="10:00",
        end="12:00",
        audiences="public politics",
        summary="Eine halbe Stunde mit Rundgang und Gespräch. Für Abgeordnete und ihre Büros halten wir Plätze frei.",
        places=(LINDENHOF,),
        access="step_free",
        photo="on_request",
        times=(Times(2, "10:00", "12:00", 6, minutes=30), Times(3, "10:00", "12:00", 6, minutes=30)),
    ),
    DemoEvent(
        slug=BACKGROUND,
        title="Was Kürzungen bedeuten",
        traeger="lindenhof",
        programmes="MBE",
        kind=EventKind.BACKGROUND_TALK,
        day=3,
        start="16:00",
        end="17:00",
        audiences="press",
        is_listed=False,
        summary="Was eine Kürzung im nächsten Jahr für die Beratung in Leipzig bedeutet. Mit Leitung und Fachkräften.",
        places=(LINDENHOF,),
        photo="none",
        times=(Times(3, "16:00", "17:00", 8),),
    ),
)
