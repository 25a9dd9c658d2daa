"""Hooks of gunicorn: each worker has a queue of connections of its own, among which Linux divides who comes.

Out of one queue the first worker to wake takes nearly all connections, and a kept one stays where it is. The master
holds the queues: what waits in that of a killed worker is answered by the next, to whom it is given.
"""

import socket
import sys
from typing import Any

from gunicorn.sock import create_sockets

CAN_DIVIDE = sys.platform == "linux" and hasattr(socket, "SO_REUSEPORT")  # elsewhere one queue would get everything


def on_starting(server: Any) -> None:
    """Listen once for each worker."""
    if CAN_DIVIDE:
        server.cfg.set("reuse_port", True)
        server.LISTENERS = [one for _ in range(server.cfg.workers) for one in create_sockets(server.cfg, server.log)]
        server.cfg.set("reuse_port", False)  # with it each worker would listen by itself, and take its queue along


def pre_fork(server: Any, worker: Any) -> None:
    """Give a new worker the queue that fewest others have: that of the one it comes after."""
    if CAN_DIVIDE:
        taken = [one for other in server.WORKERS.values() for one in other.sockets]
        worker.sockets = [min(server.LISTENERS, key=taken.count)]
