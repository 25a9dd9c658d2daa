"""What real activities look like: each is entered in the editor on a phone and reads well on its public page."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from openday import wording
from tests.browser.awkward import (
    ACTIVITIES,
    DAY,
    ROOM,
    STREET,
    WHEN,
    WHERE,
    Activity,
    Typed,
    assert_editor_accessible,
    events_on_home_page,
    mails,
    said,
    titles_in_list,
    words_of,
    words_of_mails,
)
from tests.browser.demo import follow
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_staff import OLGA, book, sign_in


@pytest.fixture(scope="module")
def olga(browser: Browser, demo: str) -> Iterator[Page]:
    """Olga on her phone, signed in once, without JavaScript."""
    context = browser.new_context(
        base_url=demo, viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="de-DE"
    )
    page = context.new_page()
    sign_in(page, OLGA)
    yield page
    context.close()


@pytest.fixture(scope="module")
def eyes(browser: Browser, demo: str, olga: Page) -> Iterator[Page]:
    """The same phone with JavaScript, which axe needs."""
    size, known = {"width": 360, "height": 740}, olga.context.storage_state()
    context = browser.new_context(base_url=demo, viewport=size, storage_state=known, locale="de-DE")
    yield context.new_page()
    context.close()


def fill(page: Page, typed: Typed) -> None:
    """Type, choose or tick by label."""
    for label, value in typed.items():
        starts_with = re.compile("^" + label.replace("?", r"\?"))
        control = page.get_by_role("main").get_by_label(starts_with).first
        if isinstance(value, bool):
            control.set_checked(value)
        elif control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)


def press(page: Page, name: str) -> None:
    follow(page.get_by_role("main").get_by_role("button", name=name))
    assert not page.title().startswith("Fehler"), (page.url, page.locator(".errors").inner_text())


def enter(page: Page, activity: Activity) -> str:
    """Enter it page by page and put it online; returns the address of its page in the console."""
    page.goto("/konto/termine/neu")
    fill(page, {"Titel": activity.title, "Art": activity.kind})
    press(page, "Entwurf anlegen")
    home = page.url
    tasks = {
        "was": activity.what,
        "ort": {**WHERE, **activity.where},
        "zeiten": {name: value for name, value in {**WHEN, **activity.when}.items() if is_asked(activity, name)},
        "schutz": {"Nur nach Absprache": True, **activity.protection},
        "kontakt": {"Ansprechperson": "Olga Winter", "Telefon": "0341 000000"},
    }
    for task, typed in tasks.items():
        if typed:
            page.goto(f"{home}/{task}")
            fill(page, typed)
            press(page, "Speichern")
    for place in activity.more_places:
        page.goto(f"{home}/orte/neu")
        fill(page, place)
        press(page, "Speichern")
    if activity.times is not None:
        page.goto(f"{home}/uhrzeiten")
        fill(page, activity.times)
        press(page, "Vorschau anzeigen")
        press(page, "Uhrzeiten übernehmen")
    publish(page, home)
    return home


def is_asked(activity: Activity, label: str) -> bool:
    """Whether the editor asks for it: a stand is not asked for a registration."""
    admissions = ("Ohne Anmeldung", *(["Ohne Anmeldung"] if "Mit Anmeldung" in activity.when else []))
    return not (activity.kind == "Infostand" and label in admissions)


def publish(page: Page, home: str) -> None:
    page.goto(f"{home}/veroeffentlichen")
    press(page, "Veröffentlichen")
    assert page.get_by_text("Ist online").is_visible()


def look(page: Page, home: str) -> str:
    """Return the words of the public page."""
    page.goto(home)
    follow(page.get_by_role("link", name="Öffentliche Seite"))
    return words_of(page)


@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda one: one.title)
def test_what_is_entered_is_what_guests_read(olga: Page, eyes: Page, activity: Activity) -> None:
    home = enter(olga, activity)
    assert_editor_accessible(eyes, home, activity.kind)
    if activity.room_later:
        olga.goto(f"{home}/ort")
        fill(olga, {"Link zum digitalen Raum": ROOM})
        press(olga, "Speichern")

    read = look(olga, home)

    assert [words for words in activity.shows if words not in read] == [], read
    assert [words for words in activity.hides if words in read] == [], read
    assert ROOM not in olga.content()
    eyes.goto(olga.url)
    assert_accessible(eyes)
    if activity.in_list is not None:
        assert titles_in_list(olga).count(activity.title) == activity.in_list


def test_a_day_outside_the_week_is_a_hint_and_every_day_is_said_back_with_its_weekday(olga: Page) -> None:
    day = DAY + timedelta(days=90)
    home = enter(olga, Activity("Lange nach der Woche", ()))
    olga.goto(f"{home}/zeiten")
    fill(olga, {"Erster Tag": day.isoformat()})
    press(olga, "Speichern")
    assert f"Gespeichert: {said(wording.day_in_words(day))}" in words_of(olga)

    olga.goto(f"{home}/veroeffentlichen")

    assert "Der Tag liegt außerhalb der Aktionswoche" in words_of(olga)
    assert "Alles Nötige ist da." in words_of(olga)


def test_a_private_place_is_shown_by_its_town_and_told_after_booking(olga: Page) -> None:
    home = enter(
        olga,
        Activity(
            "Besuch in der Unterkunft",
            (),
            when={"Beginn": "10:00", "Ende": "12:00", "Mit Anmeldung": True},
            times={"Dauer": "60"},
            protection={"Adresse erst nach der Buchung zeigen": True},
        ),
    )

    assert "Leipzig" in look(olga, home)
    assert STREET not in olga.content()
    assert "04109" not in olga.content()
    known = mails(olga)
    book(olga, home)
    assert STREET not in olga.content()
    mail = words_of_mails(olga, known, "Besuch in der Unterkunft.*/buchung/", 1)[0]
    olga.goto(re.findall(r"/buchung/\S+", mail)[0])
    press(olga, "Buchung bestätigen")
    assert STREET in olga.content()


def test_a_series_is_a_copy_with_another_day(olga: Page) -> None:
    home = enter(olga, Activity("Reihe im Lindenhof", (), when={"Beginn": "18:00"}))
    olga.goto(f"{home}/kopieren")
    fill(olga, {"Neuer Tag": (DAY + timedelta(days=7)).isoformat()})
    press(olga, "Termin anlegen")
    press(olga, "Veröffentlichen")

    assert said(wording.day_in_words(DAY + timedelta(days=7))) in words_of(olga)
    follow(olga.get_by_role("link", name="Öffentliche Seite"))
    assert said(wording.day_in_words(DAY + timedelta(days=7))) in words_of(olga)
    assert titles_in_list(olga).count("Reihe im Lindenhof") == 1


def test_bad_weather_moves_a_time_then_calls_it_off_and_everybody_is_told(olga: Page) -> None:
    home = enter(
        olga,
        Activity(
            "Gartenfest bei jedem Wetter",
            (),
            when={"Beginn": "14:00", "Ende": "15:00", "Mit Anmeldung": True},
            times={"Dauer": ""},
        ),
    )
    book(olga, home)
    known = mails(olga)
    olga.goto(f"{home}/plaetze")
    follow(olga.get_by_role("main").get_by_role("link", name=re.compile("^Verschieben")).first)
    fill(olga, {"Neuer Beginn": "16:00", "Grund": "Am Mittag soll es gewittern."})
    press(olga, "Vorschau anzeigen")
    press(olga, "Verschieben und E-Mails senden")
    assert "Neue Uhrzeit" in look(olga, home)
    assert "Am Mittag soll es gewittern." in words_of(olga)

    olga.goto(f"{home}/absagen")
    fill(olga, {"Grund": "Der Sturm bleibt."})
    press(olga, "Ja, absagen")

    assert "Dieser Termin ist abgesagt Der Sturm bleibt." in look(olga, home)
    assert "16:00" in words_of_mails(olga, known, "Am Mittag soll es gewittern.", 1)[0]
    assert "Gartenfest bei jedem Wetter" in words_of_mails(olga, known, "Der Sturm bleibt.", 1)[0]


PARTNERS = (
    "Brückenwerk Dresden gGmbH",
    "Weidenkorb Begegnung und Beratung Rostock e. V.",
    "Morgenweite – Fachstelle für Asylverfahrensberatung",
    "Kornblume Jugendmigrationsdienst Münster",
)


def test_five_traeger_of_three_verbaende_invite_together_without_a_lead_and_count_once(olga: Page) -> None:
    before = events_on_home_page(olga)
    home = enter(olga, Activity("Fünf Träger, ein Tisch", (), kind="Infostand"))
    known = mails(olga)
    for partner in PARTNERS:
        olga.goto(f"{home}/mitwirkende")
        fill(olga, {"Träger": partner})
        press(olga, "Träger fragen")
    assert not any(partner in look(olga, home) for partner in PARTNERS)

    for mail in words_of_mails(olga, known, "/mitwirken/", len(PARTNERS)):
        olga.goto(re.findall(r"/mitwirken/[\w-]+", mail)[0])
        assert "Fünf Träger, ein Tisch" in words_of(olga)
        press(olga, "Ja, wir laden mit ein")

    read = look(olga, home)
    assert [partner for partner in PARTNERS if partner not in read] == []
    assert "BAG KJS, Caritas" in read  # a Trägergruppe stands beside the Verband
    assert olga.locator(".hosts a[href^='mailto:']").count() == olga.locator(".hosts a[href^='tel:']").count() == 5
    assert olga.locator(".hosts .logo").count() == 3, "two have put none up"
    assert "Federführung" not in read
    assert events_on_home_page(olga) == before + 1


def test_the_returning_organiser_is_online_in_three_screens(olga: Page) -> None:
    olga.goto("/konto/")
    follow(olga.get_by_role("link", name="Lindenhof Leipzig: Offene Tür im letzten Jahr"))
    assert words_of(olga).count("Wie letztes Jahr") == 1
    press(olga, "Termin anlegen")

    press(olga, "Veröffentlichen")

    assert olga.get_by_text("Ist online: Lindenhof Leipzig: Offene Tür im letzten Jahr").is_visible()


def test_a_plan_of_three_fields_becomes_an_event_without_retyping(olga: Page) -> None:
    olga.goto("/konto/planung")
    assert olga.get_by_role("main").locator("input[type=text], input:not([type])").count() == 3
    fill(
        olga,
        {
            "Was planen Sie?": "Sommerfest mit Beratung",
            "Wann ungefähr?": "im Juni",
            "Wen können wir": "Olga Winter, 0341 000001",
        },
    )
    fill(olga, {"Auch öffentlich": True})
    press(olga, "Planung anzeigen")
    home = olga.url
    assert "im Juni" in look(olga, home)

    for task, typed in (("ort", WHERE), ("zeiten", WHEN), ("schutz", {"Nur nach Absprache": True})):
        olga.goto(f"{home}/{task}")
        fill(olga, typed)
        press(olga, "Speichern")
    publish(olga, home)

    read = look(olga, home)
    assert said(wording.day_in_words(DAY)) in read
    assert "Olga Winter" in read
    assert "0341 000001" in read


def test_a_typed_date_is_said_back_in_words_with_its_weekday(olga: Page) -> None:
    olga.goto("/konto/planung")
    typed = f"{DAY.day}.{DAY.month}.{DAY.year}"
    fill(olga, {"Was planen Sie?": "Besuch am getippten Tag", "Wann ungefähr?": typed})
    press(olga, "Planung anzeigen")

    assert said(wording.day_in_words(DAY)) in words_of(olga)
