"""Every way seats move, in random order: the services and the pure model must agree after each step."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.machine import SeatMachine

EXAMPLES, STEPS = 20, 50


def test_the_house_and_its_model_agree_whatever_people_do(app):
    SeatMachine.app = app
    run_state_machine_as_test(
        SeatMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
