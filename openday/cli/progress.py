"""A progress bar where somebody watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm


class ProgressBar:
    """What a service reports its steps to."""

    def __init__(self, bar: "tqdm[None]") -> None:
        self.bar = bar

    def __call__(self, done: int, total: int) -> None:
        """Show ``done`` of ``total`` steps."""
        self.bar.total = total
        self.bar.update(done - self.bar.n)


@contextmanager
def progress_bar(title: str, unit: str) -> Iterator[ProgressBar]:
    """Show how far the work is, on a terminal only."""
    with tqdm(desc=title, unit=f" {unit}", leave=False, disable=not sys.stderr.isatty()) as bar:
        yield ProgressBar(bar)
