"""A mail server with bad manners, on loopback: it refuses, hangs, drops and dawdles on command."""

import contextlib
import socket
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

DROP = "DROP"
HANG = "HANG"
CRAWL = "CRAWL"
SECONDS_PER_BYTE = 0.1
BANNER, EHLO, MAIL, RCPT, DATA, BODY, DOT = "BANNER", "EHLO", "MAIL", "RCPT", "DATA", "BODY", "DOT"
GOOD_ANSWERS = {BANNER: "220 peer", EHLO: "250 peer", MAIL: "250 ok", RCPT: "250 ok", DATA: "354 go", DOT: "250 ok"}


@dataclass
class Manners:
    """What goes wrong at which verb: an answer, ``DROP``, ``HANG`` or ``CRAWL``; only the first ``times`` times."""

    faults: dict[str, str] = field(default_factory=dict)
    times: int = 1_000_000
    only_for: str = ""  # an address; the fault then meets no other mail


class Gone(Exception):
    """The conversation is over."""


class Peer:
    """Accepts mails into ``mails``; each connection has its own thread."""

    def __init__(self, manners: Manners | None = None, port: int = 0) -> None:
        self.manners = manners or Manners()
        self.mails: list[EmailMessage] = []
        self.hellos: list[str] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.connections = 0
        self.is_hung = threading.Event()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._over.set()
        self._listener.close()
        for connection in self._open:
            connection.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self._listener.accept()
                self._open.append(connection)
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(Gone, OSError, ValueError), connection:
            Conversation(self, connection).run()

    def fault(self, verb: str, recipients: list[str]) -> str | None:
        """Return what goes wrong now, and count it."""
        with self._lock:
            manners = self.manners
            is_meant = not manners.only_for or manners.only_for in recipients
            if verb not in manners.faults or manners.times <= 0 or not is_meant:
                return None
            manners.times -= 1
            return manners.faults[verb]

    def hang(self) -> None:
        self.is_hung.set()
        self._over.wait(20)
        raise Gone

    def arrived(self) -> dict[str, list[str]]:
        """Return the Message-IDs that came for each recipient, every copy counted."""
        found: dict[str, list[str]] = {}
        for mail in self.mails:
            found.setdefault(str(mail["To"]), []).append(str(mail["Message-ID"]))
        return found


class Conversation:
    """One connection."""

    def __init__(self, peer: Peer, connection: socket.socket) -> None:
        self.peer = peer
        self.connection = connection
        self.file = connection.makefile("rb")
        self.sender = ""
        self.recipients: list[str] = []

    def run(self) -> None:
        self.answer(BANNER)
        while line := self.file.readline().decode("ascii"):
            verb, _space, rest = line.strip().partition(" ")
            self.obey(verb.upper(), rest)

    def obey(self, verb: str, rest: str) -> None:
        if verb in {"EHLO", "HELO"}:
            self.peer.hellos.append(rest)
            self.answer(EHLO)
        elif verb == "MAIL":
            self.sender, self.recipients = rest, []
            self.answer(MAIL)
        elif verb == "RCPT":
            self.recipients.append(rest.partition("<")[2].partition(">")[0])
            self.answer(RCPT)
        elif verb == "DATA":
            if self.answer(DATA).startswith("354"):
                self.take()
        elif verb == "QUIT":
            self.say("221 bye")
            raise Gone
        else:
            self.say("250 ok" if verb in {"RSET", "NOOP"} else "502 what")

    def take(self) -> None:
        self.meet(BODY)
        lines = []
        while (line := self.file.readline()) != b".\r\n":
            if not line:
                raise Gone
            lines.append(line.removeprefix(b"."))
        fault = self.peer.fault(DOT, self.recipients)
        if fault is None or fault in {DROP, HANG}:  # it has the mail, whatever it says
            self.peer.mails.append(message_from_bytes(b"".join(lines), policy=default))
            self.peer.envelopes.append((self.sender, self.recipients))
        self.do(fault or GOOD_ANSWERS[DOT])

    def answer(self, verb: str) -> str:
        fault = self.peer.fault(verb, self.recipients)
        if fault == CRAWL:
            self.crawl(GOOD_ANSWERS[verb])
            return GOOD_ANSWERS[verb]
        return self.do(fault or GOOD_ANSWERS[verb])

    def meet(self, verb: str) -> None:
        if fault := self.peer.fault(verb, self.recipients):
            self.do(fault)

    def do(self, action: str) -> str:
        if action == DROP:
            raise Gone
        if action == HANG:
            self.peer.hang()
        self.say(action)
        return action

    def say(self, line: str) -> None:
        self.connection.sendall(line.encode() + b"\r\n")

    def crawl(self, line: str) -> None:
        for byte in line.encode() + b"\r\n":
            self.connection.sendall(bytes([byte]))
            if self.peer._over.wait(SECONDS_PER_BYTE):
                raise Gone
