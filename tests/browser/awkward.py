"""The table „What real activities look like“: what an organiser types for each row, and what guests then read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from playwright.sync_api import Page

from openday import clock, wording
from tests.browser.demo import follow
from tests.browser.mailbox import until_mailed
from tests.browser.test_accessibility import assert_accessible

DAY = clock.today() + timedelta(days=9)
STREET, ROOM = "Beispielstr. 12", "https://raum.example.org/geheim-4711"
Typed = Mapping[str, str | bool]
WHERE: Typed = {"Straße und Hausnummer": STREET, "Postleitzahl": "04109", "Ort": "Leipzig", "Bundesland": "Sachsen"}
WHEN: Typed = {"Erster Tag": DAY.isoformat(), "Ohne Anmeldung": True}
NOBODY: Typed = {"Straße und Hausnummer": "", "Postleitzahl": "", "Ort": "", "Bundesland": "Bitte wählen"}


def said(words: str) -> str:
    """Return words as one reads them: any space is a space."""
    return re.sub(r"\s+", " ", words)


@dataclass(frozen=True)
class Activity:
    """What an organiser types beside the usual, and what guests read in the end and what they must not."""

    title: str
    shows: tuple[str, ...]
    hides: tuple[str, ...] = ("00:00",)
    kind: str = "Tag der offenen Tür"
    what: Typed = field(default_factory=dict)
    where: Typed = field(default_factory=dict)
    when: Typed = field(default_factory=dict)
    more_places: tuple[Typed, ...] = ()
    times: Typed | None = None
    protection: Typed = field(default_factory=dict)
    room_later: bool = False
    in_list: int | None = None


ACTIVITIES = (
    Activity("Anfang ohne Ende", ("19:00 Uhr",), when={"Beginn": "19:00"}),
    Activity("Worte statt Uhrzeit", ("am Nachmittag",), when={"Uhrzeit in Worten": "am Nachmittag"}),
    Activity(
        "Der Tag folgt",
        ("Mitte September, der Tag folgt",),
        when={"Erster Tag": "", "Tag in Worten": "Mitte September, der Tag folgt"},
    ),
    Activity(
        "Ausstellung über viele Tage",
        (said(wording.days_in_words(DAY, DAY + timedelta(days=6))),),
        when={"Letzter Tag": (DAY + timedelta(days=6)).isoformat()},
        in_list=1,
    ),
    Activity(
        "Ein Bus mit Halten",
        ("Leipzig", "2. Halt", "Marktplatz", "14:00– bis 15:30 Uhr"),
        kind="Infostand",
        more_places=(
            {
                "Was ist hier?": "2. Halt",
                "Name des Ortes": "Marktplatz",
                "Ort": "Syke",
                "Beginn": "14:00",
                "Ende": "15:30",
            },
        ),
    ),
    Activity(
        "Stadtrundgang und später Film",
        ("Teil 2, Film", "Kleines Kino", "19:30 Uhr"),
        when={"Beginn": "15:00"},
        more_places=(
            {"Was ist hier?": "Teil 2, Film", "Name des Ortes": "Kleines Kino", "Ort": "Leipzig", "Beginn": "19:30"},
        ),
    ),
    Activity(
        "Postkarten ohne Ort und ohne Gäste",
        (said(wording.day_in_words(DAY)),),
        hides=("00:00", "Steht noch nicht fest", "Kommen Sie einfach vorbei", "Kostenlos"),
        kind="Aktion",
        where={**NOBODY, "Ohne Gäste": True},
    ),
    Activity(
        "Hybrid mit zweierlei Plätzen",
        ("Vor Ort: 30 Plätze frei", "Digital: 70 Plätze frei", "oder digital von überall"),
        kind="Podium",
        where={"Vor Ort und digital": True},
        when={"Beginn": "18:00", "Ende": "20:00", "Mit Anmeldung": True},
        times={"Dauer": "", "Plätze vor Ort": "30", "Plätze digital": "70"},
    ),
    Activity(
        "Digital, der Link folgt",
        ("Den Link bekommen Sie mit Ihrer Buchung.", "Digital, von überall"),
        hides=("00:00", "raum.example.org"),
        where={**NOBODY, "Nur digital": True},
        when={"Beginn": "10:00", "Ende": "11:30", "Mit Anmeldung": True},
        times={"Dauer": "", "Plätze digital": "100"},
        room_later=True,
    ),
    Activity(
        "Nur für Politik, gezeigt",
        ("Nur auf Einladung", "Politik"),
        hides=("Alle Interessierten",),
        kind="Gespräch",
        what={"Alle Interessierten": False, "Politik": True},
        when={"Beginn": "11:00", "Nur auf Einladung": True},
        in_list=1,
    ),
    Activity(
        "Nur für Politik, in keiner Liste",
        ("Nur auf Einladung", "Politik"),
        hides=("Alle Interessierten",),
        what={"Alle Interessierten": False, "Politik": True},
        when={"Beginn": "11:00", "Nur auf Einladung": True},
        protection={"In der Liste der Termine zeigen": False},
        in_list=0,
    ),
    Activity(
        "Alle und die Politik zugleich",
        ("Alle Interessierten, Politik", "Für Politik", "Weiter zu Ihren Angaben"),
        what={"Politik": True},
        when={"Beginn": "10:00", "Ende": "12:00", "Mit Anmeldung": True},
        times={"Dauer": "30"},
    ),
    Activity(
        "Außerhalb der Woche",
        (said(wording.day_in_words(DAY + timedelta(days=90))),),
        when={"Erster Tag": (DAY + timedelta(days=90)).isoformat()},
    ),
    Activity(
        "Von Leipzig nach Berlin",
        ("10117 Berlin", "Lindenhof Migrationsdienste Leipzig"),
        where={"Postleitzahl": "10117", "Ort": "Berlin", "Bundesland": "Berlin", "Straße und Hausnummer": ""},
    ),
    Activity(
        "Anmeldung erwünscht, mit Frist",
        (
            "Anmeldung erwünscht",
            "Sie können auch ohne kommen",
            f"bis {said(wording.day_in_words(DAY - timedelta(days=2)))}",
        ),
        when={"Anmeldung erwünscht": True, "Anmeldung bis, Tag": (DAY - timedelta(days=2)).isoformat()},
    ),
)


def words_of(page: Page) -> str:
    return said(page.locator("body").inner_text())


def mails(page: Page) -> set[str]:
    """Return the addresses of the mails in the demo's mailbox."""
    page.goto("/_postfach")
    links = page.get_by_role("main").get_by_role("listitem").get_by_role("link").all()
    return {link.get_attribute("href") or "" for link in links}


def words_of_mails(page: Page, known: set[str], words: str, number: int) -> list[str]:
    """Wait for so many new mails with these words, a pattern, and return what they say."""
    read: dict[str, str] = {}

    def enough() -> list[str]:
        for address in mails(page) - known - read.keys():
            page.goto(address)
            read[address] = words_of(page)
        found = [text for text in read.values() if re.search(words, text)]
        return found if len(found) >= number else []

    return until_mailed(page, enough)


EDITOR = ("", "/was", "/ort", "/zeiten", "/uhrzeiten")  # what differs by kind
seen_by_axe: set[str] = set()


def assert_editor_accessible(page: Page, home: str, kind: str) -> None:
    """Let axe see the editor of an event; for each kind once, whose pages have the same fields."""
    if kind not in seen_by_axe:
        seen_by_axe.add(kind)
        for tail in EDITOR:
            page.goto(home + tail)
            assert_accessible(page)


def titles_in_list(page: Page) -> list[str]:
    """Return the titles of all pages of the list of that day."""
    page.goto(f"/termine?tag={DAY}")
    titles: list[str] = []
    while True:
        titles += page.get_by_role("main").get_by_role("listitem").get_by_role("link").all_inner_texts()
        further = page.locator("a[rel=next]")
        if not further.count():
            return titles
        follow(further)


def events_on_home_page(page: Page) -> int:
    page.goto("/")
    return int(re.findall(r"Alle Termine ansehen \((\d+)\)", words_of(page))[0])
