"""Where a server listens."""

import socket
from dataclasses import dataclass

from openday.cli.german import Refused

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - what to open in a browser then


@dataclass(frozen=True)
class Address:
    """A host and a port."""

    host: str
    port: int

    @classmethod
    def free(cls, host: str, port: int) -> "Address":
        """Return the address, port 0 replaced by one that is free right now."""
        if port:
            return cls(host, port)
        with listener(host, 0) as probe:
            return cls(host, int(probe.getsockname()[1]))

    @property
    def bind(self) -> str:
        """Host and port as gunicorn reads them."""
        return f"{bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """What to open in a browser on this machine."""
        return f"http://{bracketed(EVERYWHERE.get(self.host, self.host))}:{self.port}"


def bracketed(host: str) -> str:
    """Return an IPv6 address in brackets, everything else as it is."""
    return f"[{host}]" if ":" in host else host


def listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; raises ``OSError`` when that is not possible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    probe = socket.socket(family, socket.SOCK_STREAM)
    try:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen(1)
    except OSError:
        probe.close()
        raise
    return probe


def refuse_taken(address: Address) -> None:
    """Refuse an address another program listens on, or that this machine does not have."""
    try:
        listener(address.host, address.port).close()
    except socket.gaierror as error:
        raise Refused(f"Den Rechnernamen „{address.host}“ gibt es nicht.") from error
    except PermissionError as error:
        raise Refused(f"Port {address.port} ist dem System vorbehalten. Nehmen Sie etwa --port 8000.") from error
    except OSError as error:
        raise Refused(
            f"Auf {address.bind} kann openday nicht hören: {error.strerror}. "
            f"Nehmen Sie einen anderen Port: --port {min(address.port + 1, 65535)}"
        ) from error
