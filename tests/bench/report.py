"""Figures of one run, side by side: what was reached, next to what, and what is to be reached."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One line; ``ratio`` is against ``against`` of the same run, ``goal`` what performance asks for at least."""

    database: str
    what: str
    value: str
    ratio: float | None = None
    against: str = ""
    goal: str = ""


@dataclass
class Report:
    """Collects the lines and prints each as soon as it is known."""

    figures: list[Figure] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        """Keep and print a line."""
        self.figures.append(figure)
        print(line_of(figure), flush=True)


HEAD = f"{'database':<11}{'what':<52}{'figure':>34}  {'ratio':>7}  against (at least)"


def line_of(figure: Figure) -> str:
    """Return a line of the table."""
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} ×"
    goal = f" ({figure.goal})" if figure.goal else ""
    return f"{figure.database:<11}{figure.what:<52}{figure.value:>34}  {ratio:>7}  {figure.against}{goal}"


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long an act takes."""
    begin = time.perf_counter()
    act()
    return max(1e-6, time.perf_counter() - begin)
