"""Every way seats move, in random order: the services and the pure model must agree after each step."""

import pytest

from tests.model.lives import PARTS, live


@pytest.mark.parametrize("number", range(PARTS))
def test_a_house_and_its_model_agree_whatever_people_do(app, number):
    live(app, number)
