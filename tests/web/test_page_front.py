"""A page that leaves by the front is the page the house would have made, byte for byte, and never an old one."""

from datetime import timedelta

import pytest
import time_machine

from openday import clock
from openday.services.availability import announce_event
from openday.transaction import transaction
from tests.factories import make_slot

PATHS = ("/", "/termine", "/termine?art=vor-ort", "/t/{slug}", "/t/{slug}?tag=2026-09-14", "/en/t/{slug}", "/kontakt")


@pytest.fixture
def inside(client):
    """The requests that went the whole way."""
    front = client.application.wsgi_app
    house, seen = front.inside, []

    def counting(environ, start_response):
        seen.append(environ["PATH_INFO"])
        return house(environ, start_response)

    front.inside = counting
    yield seen
    front.inside = house


@pytest.fixture
def slug(app):
    return make_slot().event.slug


def everything(answer):
    return answer.status, list(answer.headers), answer.data


@pytest.mark.parametrize("encoding", ["", "gzip, br"])
@pytest.mark.parametrize("path", PATHS)
def test_the_second_visitor_gets_the_same_bytes_at_the_door(client, inside, slug, path, encoding):
    path, headers = path.format(slug=slug), {"Accept-Encoding": encoding}

    first, second = (client.get(path, headers=headers) for _ in range(2))

    assert first.status_code == 200
    assert everything(second) == everything(first)
    assert len(inside) == 1


def test_who_has_the_page_already_hears_so_at_the_door(client, inside, slug):
    etag = client.get(f"/t/{slug}").headers["ETag"]
    known = {"If-None-Match": etag}

    first, second = (client.get(f"/t/{slug}", headers=known) for _ in range(2))

    assert first.status_code == 304
    assert everything(second) == everything(first)
    assert len(inside) == 2


def test_what_has_changed_is_shown_at_once(client, inside, slug):
    event = make_slot().event
    client.get(f"/t/{event.slug}")

    transaction(announce_event)(event.id)
    client.get(f"/t/{event.slug}")

    assert len(inside) == 2


def test_what_time_alone_changes_is_made_anew(client, inside, slug):
    client.get(f"/t/{slug}")

    with time_machine.travel(clock.now() + timedelta(seconds=31), tick=False):
        client.get(f"/t/{slug}")

    assert len(inside) == 2


@pytest.mark.parametrize(
    "different",
    [
        {"headers": {"Host": "127.0.0.1"}},
        {"headers": {"If-None-Match": '"another"'}},
        {"query_string": {"von": "anna@example.org"}},
        {"method": "HEAD"},
    ],
)
def test_whatever_differs_goes_the_whole_way(client, inside, slug, different):
    client.get(f"/t/{slug}")

    for _ in range(2):
        client.open(f"/t/{slug}", **{"method": "GET", **different})

    assert len(inside) == 3 - ("Host" in str(different))


def test_who_brings_a_cookie_goes_the_whole_way(client, inside, slug):
    client.get(f"/t/{slug}")
    client.set_cookie("session", "anything")

    client.get(f"/t/{slug}")

    assert len(inside) == 2


@pytest.mark.parametrize(
    "path", ["/konto", "/termine?seite=99999999999999999999", "/t/gibt-es-nicht", "/link-vergessen"]
)
def test_what_is_not_a_kept_page_never_stays_at_the_door(client, inside, path):
    for _ in range(2):
        client.get(path)

    assert len(inside) == 2
