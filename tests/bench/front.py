"""Pages a second behind nginx as ``openday nginx`` sets it up, next to a file of the same bytes that nginx serves."""

import gzip
import socket
import time
from concurrent.futures import ProcessPoolExecutor
from http.client import HTTPConnection
from multiprocessing import get_context

from tests.bench.data import fill
from tests.bench.place import Place
from tests.bench.report import Figure, Report
from tests.fronted import MISSING, NGINX, fronted
from tests.served import free_port

TOGETHER = 16  # requests on the wire at once: a client that waits for each answer would be slower than nginx
BATCHES = 60  # on one connection; nginx closes it after a thousand requests
ROUNDS = 3
STATIC = "server {{ listen 127.0.0.1:{port}; root {root}; gzip_static on; default_type text/html; access_log off; }}"


def measure_front(place: Place, report: Report, seconds: float) -> None:
    """Ask for the catalogue and an event behind nginx, in turns with the file."""
    if NGINX is None:
        report.add(Figure(place.database, "behind nginx", MISSING))
        return
    fill(10)
    port, root = free_port(), place.folder / "static"
    root.mkdir(exist_ok=True)
    with fronted(place.settings, place.folder, more=STATIC.format(port=port, root=root)) as front:
        for number, path in enumerate(("/termine", "/t/termin-1")):
            page = page_of(front.port, path)
            (root / f"{number}.html").write_bytes(page)
            (root / f"{number}.html.gz").write_bytes(gzip.compress(page, 6))
            turns = [
                (measured(port, f"/{number}.html", seconds / 2), measured(front.port, path, seconds / 2))
                for _ in range(ROUNDS)
            ]
            static, ours = (sorted(rates)[ROUNDS // 2] for rates in zip(*turns, strict=True))
            report.add(Figure(place.database, f"nginx, a file as large as {path}", f"{static:7.0f}/s"))
            report.add(
                Figure(place.database, f"{path} behind nginx", f"{ours:7.0f}/s", ours / static, "file", "0.5, aim 0.8")
            )


def page_of(port: int, path: str) -> bytes:
    """Return a page as it is without compression."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    body = connection.getresponse().read()
    connection.close()
    return body


def measured(port: int, path: str, seconds: float) -> float:
    """Return the answers per second a process of its own gets."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(rate, port, path, seconds).result()


def rate(port: int, path: str, seconds: float) -> float:
    """Ask for a page again and again; raises when an answer is not like the first."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    begin, answers, spent = time.perf_counter(), 0, 0.0
    while spent < seconds:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
            length = length_of(wire, request)
            for _ in range(BATCHES):
                wire.sendall(request * TOGETHER)
                if received(wire, length * TOGETHER).count(b"HTTP/1.1 200 OK") != TOGETHER:
                    raise SystemExit(f"{path}: nginx answered something else")
                answers += TOGETHER
        spent = time.perf_counter() - begin
    return answers / spent


def length_of(wire: socket.socket, request: bytes) -> int:
    """Return how many bytes an answer has, head and body."""
    wire.sendall(request)
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += wire.recv(65536)
    body = next(line for line in data[:end].lower().split(b"\r\n") if line.startswith(b"content-length"))
    length = end + 4 + int(body.split(b":")[1])
    received(wire, length - len(data))
    return length


def received(wire: socket.socket, length: int) -> bytes:
    """Return exactly so many bytes."""
    parts = []
    while length > 0:
        parts.append(wire.recv(min(length, 1 << 18)))
        if not parts[-1]:
            raise SystemExit("nginx closed the connection")
        length -= len(parts[-1])
    return b"".join(parts)
