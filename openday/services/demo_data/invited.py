"""For politicians and newsrooms: on invitation, several audiences, a series of talks."""

from openday.models.words import EventKind
from openday.services.demo_data.shape import DemoEvent, DemoPlace, Times

MUENSTER = DemoPlace("Münster", "NW", "48143", "Kornblumenweg 10", "Jugendmigrationsdienst, Besprechungsraum")

TALKS = tuple(
    DemoEvent(
        slug=f"gespraech-mit-einer-fraktion-{number}",
        title=f"Gespräch mit einer Fraktion ({number} von 4)",
        traeger="kornblume",
        programmes="MBE JMD",
        kind=EventKind.CONTACT_TALK,
        day=day,
        start="11:00",
        end="11:30",
        admission="invitation",
        audiences="politics",
        hosts=("silberpappel", "feldahorn"),
        summary="Eine halbe Stunde, drei Fragen, zwei Menschen aus der Beratung. Nacheinander mit allen Fraktionen.",
        places=(MUENSTER,),
        contact="Hanna Tillmann",
    )
    for number, day in enumerate((1, 3, 8, 22), start=1)
)

EVENTS = (
    *TALKS,
    DemoEvent(
        slug="abgeordnete-bei-silberpappel",
        title="Abgeordnete in der Beratung: Hospitation auf Einladung",
        traeger="silberpappel",
        programmes="MBE",
        kind=EventKind.CONTACT_TALK,
        day=1,
        start="09:00",
        end="10:30",
        admission="invitation",
        audiences="politics",
        summary="Mitglieder des Bundestags und ihre Büros begleiten ein Beratungsgespräch. Bitte vereinbaren Sie den Besuch.",
        places=(DemoPlace("Siegen", "NW", "57072", "Pappelweg 31", "Beratungshaus Silberpappel"),),
    ),
    DemoEvent(
        slug="hintergrundgespraech-passau",
        title="Hintergrundgespräch mit der Geschäftsführung",
        traeger="walnussbaum",
        programmes="JMD",
        kind=EventKind.CONTACT_TALK,
        day=3,
        start="15:00",
        admission="invitation",
        audiences="politics",
        is_listed=False,
        summary="Nicht öffentlich gelistet: Wer diesen Link hat, ist eingeladen.",
        places=(DemoPlace("Passau", "BY", "94032", "Am Nussberg 1", "Außenstelle"),),
    ),
    DemoEvent(
        slug="aktionstag-im-beratungszentrum",
        title="Aktionstag im Beratungszentrum: Offene Türen und Gespräche mit der Politik",
        traeger="brueckenwerk",
        programmes="MBE JMD",
        day=3,
        start="10:00",
        end="14:00",
        audiences="public politics professional",
        summary="Für alle: Führungen und Snacks. Für Mandatsträgerinnen und Mandatsträger: eigene Gesprächsplätze.",
        description="Die Führungen stehen allen offen. Für Gespräche mit der Leitung halten wir je zwei Plätze für "
        "Mitglieder von Stadtrat, Landtag und Bundestag frei.",
        places=(DemoPlace("Dresden", "SN", "01067", "Brückengasse 4", "Brückenwerk, 2. Etage"),),
        access="step_free accessible_toilet",
        times=(Times(3, "10:00", "14:00", 8, minutes=50, pause=10, taken=(8, 3, 0, 1)),),
    ),
    DemoEvent(
        slug="presserundgang-mit-fototermin",
        title="Presserundgang mit Fototermin",
        traeger="lindenhof",
        programmes="MBE",
        kind=EventKind.PRESS_TALK,
        day=1,
        start="09:15",
        end="10:15",
        admission="welcome",
        audiences="press",
        photo="on_request",
        photo_note="Fototermin um 9:45 Uhr am Eingang. Ratsuchende bitte nur nach Absprache.",
        summary="Zwei Menschen, die gern erzählen, eine Leiterin mit Zahlen, ein Termin für das Bild.",
        places=(DemoPlace("Leipzig", "SN", "04109", "Lindenstraße 12", "Lindenhof, Eingang im Hof"),),
        times=(Times(1, "09:15", "10:15", 6, minutes=30),),
    ),
    DemoEvent(
        slug="parlamentarisches-fruehstueck",
        title="Frühstück mit Abgeordneten zur Asylverfahrensberatung",
        traeger="morgenweite",
        programmes="AVB PSZ",
        kind=EventKind.CONTACT_TALK,
        day=2,
        start="08:00",
        end="09:15",
        admission="invitation",
        audiences="politics professional",
        hosts=("goldammer",),
        has_lead=True,
        summary="Kaffee, Brötchen und drei Zahlen aus dem Berichtsjahr. Auf Einladung der beiden Träger.",
        places=(DemoPlace("Berlin", "BE", "10117", "Morgenweite 2", "Beratungsstelle, Raum 1"),),
    ),
)
