"""The second half of the random lives, for the second process (``--dist loadfile``)."""

from tests.model.lives import live


def test_another_house_and_its_model_agree_whatever_people_do(app):
    live(app, number=2)
