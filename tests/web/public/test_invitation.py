"""A background talk: nowhere to be found without its link; its terms are accepted before booking and stored."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from openday import clock
from openday.extensions import db
from openday.models import Event, Slot
from openday.models.words import BookingState, EventKind, EventState, GuestKind
from openday.services.invitation import invitation_token, keep_for_invited
from openday.services.listing import settle_listing
from tests.factories import all_bookings, make_event, make_slot, save
from tests.web.office import taken
from tests.web.public.own import only_booking

TERMS = "Was gesagt wird, bleibt im Raum.\nZitate nur nach Freigabe."


def make_talk(**overrides: object) -> Slot:
    """A background talk with one time in ten days."""
    values = {"kind": EventKind.BACKGROUND_TALK, "terms": TERMS, "terms_version": 3, "audiences": ("public",)}
    event = make_event(**{**values, "starts_on": clock.today() + timedelta(days=10), **overrides})
    keep_for_invited(event)
    settle_listing(event)
    save(event)
    return make_slot(event, starts_at=clock.now().replace(microsecond=0) + timedelta(days=10))


def link_of(event: Event) -> str:
    return f"/einladung/{invitation_token(event)}"


def form_of(client: FlaskClient, slot: Slot) -> dict[str, str]:
    page = client.get(f"{link_of(slot.event)}/anmelden?slot={slot.id}").text
    nonce = page.split('name="nonce"')[1].split('value="')[1].split('"')[0]
    return {"name": "Ayşe Kaya", "email": "a.kaya@example.org", "party_size": "1", "nonce": nonce, "terms": "3"}


def test_whoever_has_the_link_reads_what_it_is_and_its_terms_and_registers(client: FlaskClient) -> None:
    slot = make_talk()

    page = client.get(link_of(slot.event)).text
    answer = client.post(f"{link_of(slot.event)}/anmelden?slot={slot.id}", data=form_of(client, slot))

    assert "Einladung zum Hintergrundgespräch" in page
    assert "Was gesagt wird, bleibt im Raum." in page
    assert f'value="{slot.id}"' in page
    assert answer.status_code == 303
    booking = only_booking()
    assert (booking.state, booking.terms_version) == (BookingState.CONFIRMED, 3)
    assert booking.terms_accepted_at is not None
    assert taken(slot) == 1
    own = client.get(answer.headers["Location"]).text
    assert slot.event.title in own
    assert f"/t/{slot.event.slug}" not in own


def test_for_everybody_else_it_does_not_exist(client: FlaskClient) -> None:
    slot = make_talk(audiences=("public", "politics", "press"))
    slug = slot.event.slug

    statuses = {
        path: client.get(path).status_code
        for path in (
            f"/t/{slug}", f"/t/{slug}.ics", f"/t/{slug}/buchen", f"/t/{slug}/buchen?slot={slot.id}",
            f"/t/{slug}/politik", f"/t/{slug}/presse", f"/t/{slug}/presse?slot={slot.id}",
        )
    }  # fmt: skip
    listings = [client.get(path).text for path in ("/", "/termine", "/politik", "/politik?wo=04109", "/presse")]

    assert set(statuses.values()) == {404}, statuses
    assert not any(slot.event.title in page or slug in page for page in listings)


@pytest.mark.parametrize("token", ["nirgends", "x" * 5000, "%00", "'OR'1'='1"])
def test_another_link_opens_nothing(client: FlaskClient, token: str) -> None:
    make_talk()

    assert client.get(f"/einladung/{token}").status_code == 404
    assert client.get(f"/einladung/{token}/anmelden?slot=1").status_code == 404


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"state": EventState.DRAFT, "published_at": None}, 404),
        ({"state": EventState.WITHDRAWN}, 404),
        ({"state": EventState.CANCELLED, "cancelled_at": clock.now(), "cancel_reason": "Krankheit"}, 200),
    ],
)
def test_the_link_opens_what_is_public_to_its_guests(
    client: FlaskClient, values: dict[str, object], status: int
) -> None:
    slot = make_talk(**values)

    answer = client.get(link_of(slot.event))

    assert answer.status_code == status
    assert f'value="{slot.id}"' not in answer.text


def test_without_a_yes_to_the_terms_nothing_is_booked(client: FlaskClient) -> None:
    slot = make_talk()
    form = form_of(client, slot)
    del form["terms"]

    answer = client.post(f"{link_of(slot.event)}/anmelden?slot={slot.id}", data=form)

    assert answer.status_code == 422
    assert "Nehmen Sie die Bedingungen an" in answer.text
    assert all_bookings() == []


def test_terms_that_changed_meanwhile_have_to_be_read_again(client: FlaskClient) -> None:
    slot = make_talk()
    form = form_of(client, slot)
    slot.event.terms, slot.event.terms_version = "Nichts darf zitiert werden.", 4
    db.session.commit()

    answer = client.post(f"{link_of(slot.event)}/anmelden?slot={slot.id}", data=form)

    assert answer.status_code == 422
    assert "Die Bedingungen haben sich geändert." in answer.text
    assert "Nichts darf zitiert werden." in answer.text
    assert 'value="Ayşe Kaya"' in answer.text
    assert all_bookings() == []


def test_journalists_get_their_own_form_and_the_same_neutral_answer(client: FlaskClient) -> None:
    slot = make_talk(audiences=("press",))
    form = {**form_of(client, slot), "organisation": "frei", "plans": "text", "accepts_photo_rule": "y"}

    answer = client.post(f"{link_of(slot.event)}/anmelden?slot={slot.id}", data=form)

    assert answer.status_code == 303
    assert only_booking().guest_kind is GuestKind.PRESS
    assert only_booking().terms_version == 3
    assert "Prüfen Sie Ihr Postfach" in client.get(answer.headers["Location"]).text


def test_what_is_wrong_is_listed_in_the_order_of_the_page(client: FlaskClient) -> None:
    slot = make_talk(audiences=("press",))
    form = form_of(client, slot)

    page = client.post(f"{link_of(slot.event)}/anmelden?slot={slot.id}", data={"nonce": form["nonce"]}).text

    listed = page.split('id="errors-title"')[1].split("</ul>")[0]
    order = [listed.index(f'href="#{name}"') for name in ("name", "organisation", "accepts_photo_rule", "terms")]
    assert order == sorted(order)


def test_a_time_of_another_event_is_not_part_of_the_invitation(client: FlaskClient) -> None:
    slot, other = make_talk(), make_slot()

    assert client.get(f"{link_of(slot.event)}/anmelden?slot={other.id}").status_code == 404
    assert client.get(f"{link_of(slot.event)}/anmelden").status_code == 303
