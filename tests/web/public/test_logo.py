"""Addresses of logos that nobody has put up."""

import re

import pytest

from openday.extensions import db
from openday.models import EventHost, Logo
from tests.factories import make_event, make_traeger, save
from tests.pictures import picture


@pytest.mark.parametrize("names", ["x", "{0}x", "{0}.x", "{0}.{0}", ".", "{0}.", ".".join("abcdefghijklm")])
def test_only_what_is_there_is_painted(client, names):
    name = "a" * 32
    save(Logo(traeger_id=make_traeger().id, digest=name, image=picture()))

    assert client.get(f"/logo/{name}.webp").status_code == 200
    assert client.get(f"/logo/{names.format(name)}.webp").status_code == 404


def test_two_traeger_may_have_the_same_logo(client):
    for _traeger in range(2):
        save(Logo(traeger_id=make_traeger().id, digest="b" * 32, image=picture()))

    assert client.get(f"/logo/{'b' * 32}.webp").status_code == 200
    assert db.session.query(Logo).count() == 2


def test_of_very_many_partners_all_are_named_and_the_first_show_their_logos(client):
    event = make_event()
    for number in range(1, 15):
        partner = make_traeger(name=f"Partner {number:02}")
        save(EventHost(event_id=event.id, traeger_id=partner.id, position=number))
        save(Logo(traeger_id=partner.id, digest=f"{number:032}", image=picture(size=(300 + number, 120))))

    page = client.get(f"/t/{event.slug}").text

    assert page.count("<strong>Partner ") == 14
    [strip] = set(re.findall(r'src="(/logo/[^"]+)"', page))
    assert page.count(strip) == 12
    assert client.get(strip).status_code == 200
