"""Several people at the same moment: threads with an application context each, and a way to stop one in the middle."""

from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Any

from flask import Flask

MOMENT = 1.0  # seconds a paused person waits for the others; on SQLite they may have to wait for him instead


def at_once(app: Flask, acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all acts at the same time; the answers, or the exceptions, in their order."""
    answers: list[Any] = [None] * len(acts)
    start = Event()

    def run(number: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                answers[number] = act()
            except Exception as error:
                answers[number] = error

    threads = [Thread(target=run, args=(number, act), daemon=True) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    start.set()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "somebody waits for ever"
    return answers


class Pause:
    """Stops whoever comes first, in the middle of what he does, until the next one is done or a moment has passed."""

    def __init__(self) -> None:
        self.reached = Event()
        self.go_on = Event()

    def behind(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with the pause behind it: its statements have run, the rest of the service has not."""

        def run(*args: Any, **kwargs: Any) -> Any:
            answer = function(*args, **kwargs)
            if not self.reached.is_set():
                self.reached.set()
                self.go_on.wait(MOMENT)
            return answer

        return run

    def meanwhile(self, act: Callable[[], Any]) -> Callable[[], Any]:
        """Return the act of somebody who comes while the first one is stopped."""

        def run() -> Any:
            assert self.reached.wait(10), "nobody came to the place of the pause"
            try:
                return act()
            finally:
                self.go_on.set()

        return run
