"""Whatever time brings about is done by the worker: a duty that was written and not entered would never be."""

import pkgutil
from importlib import import_module
from inspect import get_annotations, isfunction

from openday import services
from openday.services.duties import DUTIES

PART_OF_ANOTHER = {"close_requests"}  # of expire_holds


def duties_in(name: str) -> set[str]:
    """Return the functions of a module that take an instant and say how much they did."""
    module = import_module(f"{services.__name__}.{name}")
    own = (one for one in vars(module).values() if isfunction(one) and one.__module__ == module.__name__)
    return {one.__name__ for one in own if [kind.__name__ for kind in kinds_of(one)] == ["datetime", "int"]}


def kinds_of(function: object) -> list[type]:
    """Return the kinds of what a function takes and returns, as far as they are plain."""
    kinds = get_annotations(function).values()  # type: ignore[arg-type]
    return list(kinds) if all(isinstance(kind, type) for kind in kinds) else []


def test_every_duty_there_is_is_done_by_the_worker() -> None:
    written = {name for module in pkgutil.iter_modules(services.__path__) for name in duties_in(module.name)}

    assert written - PART_OF_ANOTHER == {duty.__name__ for duty in DUTIES}
