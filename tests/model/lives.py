"""So many lives of a house, so long: the figures of security.md §5 (g3), in parts that two processes share."""

from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.stateful import run_state_machine_as_test

from tests.model.machine import SeatMachine

LIVES, STEPS = 25, 50
PARTS = 10  # on each database, in each of the two files


class Anew(HypothesisProvider):
    """Draws every life anew; left to itself, hypothesis makes four of five from another by repeating a step of it."""


AVAILABLE_PROVIDERS["anew"] = Anew


def live(app: Flask, number: int, lives: int = LIVES) -> None:
    """Live through all of them, the same ones each time this number is given; the first difference ends it."""
    machine = seed(number)(type("Lives", (SeatMachine,), {"app": app, "lengths": []}))
    run_state_machine_as_test(
        machine,
        settings=settings(
            backend="anew",
            max_examples=lives,
            stateful_step_count=STEPS + 1,  # the house itself counts for one
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
        _min_steps=STEPS + 1,  # no life ends early
    )
    assert sum(length >= STEPS for length in machine.lengths) >= lives
