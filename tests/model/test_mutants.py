"""The negative control: a house that breaks a rule of the waiting list is found out within a few lives."""

import pytest

from openday.services import waiting_offer, waiting_queue
from tests.model.lives import live


def takes_late_answers(monkeypatch):
    """An offer is taken although its end has passed."""
    claim = waiting_offer.claim_turn
    unasked = lambda booking, before, values, *_conditions: claim(booking, before, values)  # noqa: E731
    monkeypatch.setattr(waiting_offer, "claim_turn", unasked)


def saves_up_early(monkeypatch):
    """Seats are saved up for who was overtaken twice."""
    monkeypatch.setattr(waiting_queue, "MOST_OVERTAKINGS", 2)


@pytest.mark.parametrize("mutant", [takes_late_answers, saves_up_early])
def test_the_lives_find_out_a_house_that(mutant, app, monkeypatch):
    mutant(monkeypatch)

    with pytest.raises(AssertionError):
        live(app, number=3, lives=60)
