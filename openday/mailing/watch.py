"""Ends what a mail server draws out: a socket's time-out starts anew with every byte, this one does not."""

import smtplib
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread


class Watch:
    """Cuts a connection when one step on it takes more than ``seconds``.

    One thread looks after all steps, as starting one costs as much as sending a mail. It need not be told of a step:
    all take equally long, so that it is never asleep for longer than a step that has just begun.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.step: tuple[float, smtplib.SMTP] | None = None
        self.is_over = Event()
        self.thread = Thread(target=self.look, name="mail watch", daemon=True)

    @contextmanager
    def over(self, host: smtplib.SMTP) -> Iterator[None]:
        """Watch one step."""
        if not self.thread.ident:
            self.thread.start()
        self.step = (time.monotonic() + self.seconds, host)
        try:
            yield
        finally:
            self.step = None

    def look(self) -> None:
        """Sleep until the step of this moment would be too long, and look again."""
        pause = self.seconds
        while not self.is_over.wait(pause):
            step, pause = self.step, self.seconds
            if step is not None:
                left = step[0] - time.monotonic()
                if left > 0:
                    pause = left
                else:
                    cut(step[1])

    def end(self) -> None:
        """Let the thread go."""
        self.is_over.set()


def cut(host: smtplib.SMTP) -> None:
    """End a connection from another thread, whatever it is waiting for."""
    if host.sock is None:
        return
    try:
        host.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        host.sock.close()
