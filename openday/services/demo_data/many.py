"""A hundred more events: each further Träger invites to some of a dozen things, as Träger of a campaign do."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from openday.models.words import Attendance, EventKind, EventState
from openday.services.demo_data.more_traeger import MORE_TRAEGER
from openday.services.demo_data.shape import DemoEvent, DemoPlace, DemoTraeger, Times

CURRENT_MANY, PAST_MANY = 92, 6
INVITING = MORE_TRAEGER[:-2]  # two have not said yet what they plan
PROGRAMMES = ("MBE", "JMD", "MBE JMD", "AVB", "MBE AVB", "PSZ", "MBE")
LANGUAGES = ("de", "de uk", "de ar en", "de tr", "de fa ps", "de")
CONTACTS = ("Hanna Vogel", "Deniz Aksoy", "Marta Zielińska", "Paul Reimann", "Samira Nasser")
STREETS = ("Gartenstraße", "Marktstraße", "Schulstraße", "Bergstraße", "Mühlenweg", "Lindenallee")

FORMS = (
    DemoEvent(
        slug="offene-tuer",
        title="{house} {town} öffnet die Tür",
        traeger="",
        programmes="",
        summary="Wie läuft ein Erstgespräch, und was kommt danach? Kleine Gruppen, viel Zeit für Fragen.",
        start="10:00",
        end="16:00",
        times=(Times(0, "10:00", "16:00", 16, minutes=30, pause=10),),
        access="step_free",
    ),
    DemoEvent(
        slug="rundgang",
        title="Rundgang durch die Beratung in {town}",
        traeger="",
        programmes="",
        kind=EventKind.TOUR,
        summary="Eine Stunde durch das Haus: Empfang, Beratung, Kinderzimmer. Sie sprechen mit Menschen, die hier arbeiten.",
        start="10:00",
        end="15:00",
        times=(Times(0, "10:00", "15:00", 10, minutes=60),),
    ),
    DemoEvent(
        slug="podium",
        title="Podium in {town}: Ankommen braucht Beratung",
        traeger="",
        programmes="",
        kind=EventKind.PANEL,
        summary="Beratung, Betrieb und Rathaus an einem Tisch. Nach einer Stunde fragt das Publikum.",
        start="18:00",
        end="20:00",
        attendance=Attendance.HYBRID,
        room_url="https://raum.example.org/podium",
        audiences="public politics press",
        times=(Times(0, "18:00", "20:00", 80, online=120),),
        photo="open",
    ),
    DemoEvent(
        slug="gespraech",
        title="Auf einen Kaffee mit der Beratung in {town}",
        traeger="",
        programmes="",
        kind=EventKind.CONTACT_TALK,
        summary="Eine halbe Stunde am Tisch mit zwei Fachkräften. Für alle, die entscheiden oder es genauer wissen wollen.",
        start="14:00",
        end="16:00",
        audiences="public politics professional",
        times=(Times(0, "14:00", "16:00", 10, minutes=30),),
    ),
    DemoEvent(
        slug="werkstatt",
        title="Werkstatt {house}: Ein Formular, das alle verstehen",
        traeger="",
        programmes="",
        kind=EventKind.WORKSHOP,
        summary="Wir schreiben einen echten Antrag neu, in kurzen Sätzen. Das Ergebnis bekommt das Amt.",
        start="14:00",
        end="17:00",
        times=(Times(0, "14:00", "17:00", 20, minutes=90),),
        access="easy_language",
    ),
    DemoEvent(
        slug="filmabend",
        title="Filmabend in {town}: „Zwei Koffer“",
        traeger="",
        programmes="",
        kind=EventKind.SCREENING,
        summary="Ein Kurzfilm über das erste Jahr, danach ein Gespräch mit denen, die ihn gedreht haben.",
        start="19:00",
        end="21:30",
        times=(Times(0, "19:00", "21:30", 90),),
        access="step_free hearing_loop",
    ),
    DemoEvent(
        slug="infostand",
        title="Infostand in {town}: Fragen Sie uns",
        traeger="",
        programmes="",
        kind=EventKind.INFO_STAND,
        admission="open",
        summary="Ein Tisch, zwei Beraterinnen, ein Glücksrad mit Fragen, die fast niemand richtig beantwortet.",
        start="10:00",
        end="13:00",
        access="step_free",
    ),
    DemoEvent(
        slug="digitale-sprechstunde",
        title="Eine Stunde Beratung verstehen, digital aus {town}",
        traeger="",
        programmes="",
        kind=EventKind.DIGITAL,
        summary="Was darf Beratung, was kostet sie, wer bezahlt sie? Mit Zeit für Ihre Fragen im Chat.",
        start="12:00",
        end="13:00",
        attendance=Attendance.ONLINE,
        room_url="https://raum.example.org/sprechstunde",
        times=(Times(0, "12:00", "13:00", None, online=150),),
    ),
    DemoEvent(
        slug="nachbarschaftscafe",
        title="Nachbarschaftscafé {house}",
        traeger="",
        programmes="",
        kind=EventKind.OTHER,
        admission="open",
        time_words="am Nachmittag",
        summary="Kaffee, Kuchen und eine Ecke, in der beraten wird. Kommen Sie, wann es Ihnen passt.",
    ),
    DemoEvent(
        slug="planung",
        title="Tag der offenen Tür: {house} {town}",
        traeger="",
        programmes="",
        state=EventState.PLANNED,
        is_note=True,
        admission=None,
        date_words="in der Aktionswoche, der Tag folgt",
        summary="",
    ),
    DemoEvent(
        slug="pressegespraech",
        title="Pressegespräch in {town}: Zahlen vor dem Haushalt",
        traeger="",
        programmes="",
        kind=EventKind.PRESS_TALK,
        admission="welcome",
        audiences="press politics",
        summary="Was die Dienste leisten, was eine Kürzung bedeutet, und wer davon erzählt.",
        start="11:00",
        photo="on_request",
    ),
    DemoEvent(
        slug="woche",
        title="Eine Woche {house}: Hospitieren in der Beratung",
        traeger="",
        programmes="",
        kind=EventKind.TOUR,
        summary="Jeden Tag mehrere kurze Führungen. Gespräche hören Sie nur, wenn Ratsuchende zugestimmt haben.",
        last_day=4,
        start="09:00",
        end="13:00",
        times=tuple(Times(day, "09:00", "13:00", 12, minutes=30, pause=10) for day in range(5)),
        access="step_free quiet_room",
    ),
)
PLAN = next(form for form in FORMS if form.is_note)
WEEK = FORMS[-1]


def events() -> Iterator[DemoEvent]:
    """Yield them in rounds: in each round every Träger invites to something it has not invited to yet."""
    for turn in range(len(FORMS)):
        for number, traeger in enumerate(INVITING):
            yield event_of(traeger, FORMS[(number + 5 * turn) % len(FORMS)], number + turn)


def event_of(traeger: DemoTraeger, form: DemoEvent, number: int) -> DemoEvent:
    """Return the event a Träger makes of a form."""
    day = 0 if form is WEEK else number * 2 % 5
    is_called_off = number % 19 == 7 and form is not PLAN
    return replace(
        form,
        slug=f"{form.slug}-{traeger.key}",
        title=form.title.format(house=traeger.house, town=traeger.locality),
        traeger=traeger.key,
        programmes=PROGRAMMES[number % len(PROGRAMMES)],
        languages=LANGUAGES[number % len(LANGUAGES)],
        contact=CONTACTS[number % len(CONTACTS)],
        day=None if form is PLAN else day,
        times=form.times if form is WEEK else tuple(replace(times, day=day) for times in form.times),
        places=(place_of(traeger, number),),
        hosts=tuple(INVITING[(number + step) % len(INVITING)].key for step in (9, 13))
        if form.kind is EventKind.PANEL
        else (),
        state=EventState.CANCELLED if is_called_off else form.state,
        cancel_reason="Wegen Krankheit fällt der Termin aus. Wir holen ihn nach." if is_called_off else None,
        is_listed=form is not PLAN or number % 2 == 0,
    )


def place_of(traeger: DemoTraeger, number: int) -> DemoPlace:
    """Return the house of a Träger."""
    assert traeger.region is not None  # noqa: S101 - all further Träger have one
    street = f"{STREETS[number % len(STREETS)]} {3 + number}"
    return DemoPlace(traeger.locality, traeger.region, traeger.postcode, street, traeger.house)


MANY = tuple(islice(events(), CURRENT_MANY))
LAST_YEAR = tuple(
    replace(event, slug=f"{event.slug}-im-letzten-jahr", times=(), room_url=None)
    for event in MANY
    if event.state is EventState.PUBLISHED
)[:PAST_MANY]
