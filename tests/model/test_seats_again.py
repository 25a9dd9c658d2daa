"""The second half of the random lives, for the second process (``--dist loadfile``)."""

import pytest

from tests.model.lives import PARTS, live


@pytest.mark.parametrize("number", range(PARTS, 2 * PARTS))
def test_another_house_and_its_model_agree_whatever_people_do(app, number):
    live(app, number)
