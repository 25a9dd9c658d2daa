"""Addresses of logos that nobody has put up."""

import pytest

from openday.extensions import db
from openday.models import Logo
from tests.factories import make_traeger, save
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
