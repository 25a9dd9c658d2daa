"""Every way seats move, in random order: the services and the pure model must agree after each step."""

from tests.model.lives import live


def test_a_house_and_its_model_agree_whatever_people_do(app):
    live(app, number=1)
