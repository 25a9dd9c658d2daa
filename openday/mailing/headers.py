"""Mail headers as the library makes them, but only where it has to: a plain line is written as it stands.

Each kind of header, and each line that every mail has, is made once. Else they cost two thirds of the time of a mail.
"""

from email.header import Header
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any

ALIKE = frozenset(
    {"auto-submitted", "content-disposition", "content-language", "content-transfer-encoding", "content-type"}
    | {"from", "mime-version"}
)  # no word of a guest stands in them

LINE = 78  # characters (RFC 5322 §2.1.1)


class WholeLine(UnstructuredHeader):
    """The header that is never broken: the library would encode a long link so that no mail program knows it."""

    max_count = 1

    def fold(self, *, policy: EmailPolicy) -> str:
        """Return the line as it is; RFC 5322 §2.1.1 allows 998 characters."""
        return f"List-Unsubscribe: {self}{policy.linesep}"


class Headers(HeaderRegistry):
    """The kinds of headers; one class for a name."""

    def __getitem__(self, name: str) -> type[Any]:
        return kind_of(name)


class Policy(EmailPolicy):
    """Parses and folds what stands in every mail once, and what is plain not at all."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Return the header to keep, unparsed if it is plain; raises ``ValueError`` on a line break."""
        if name.lower() in ALIKE:
            return parsed(name, value)
        if is_plain(name, value):
            return name, value
        if name == "Subject" and len(value.splitlines()) == 1:
            return name, Header(value, "utf-8", header_name=name).encode()  # in half the time of the policy's own way
        return super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the lines of a header."""
        return folded(name, value) if name.lower() in ALIKE else super().fold_binary(name, value)


def is_plain(name: str, value: str) -> bool:
    """Whether a header is one line of plain letters, which nothing can break out of."""
    return len(f"{name}: {value}") <= LINE and value.isascii() and value.isprintable()


HEADERS = Headers()
HEADERS.map_to_type("list-unsubscribe", WholeLine)  # type: ignore[arg-type]  # as the library itself does
POLICY = Policy(linesep="\r\n", cte_type="7bit", header_factory=HEADERS)  # every relay takes 7bit


@lru_cache(64)
def kind_of(name: str) -> type[Any]:
    """Return the class of a header."""
    kind: type[Any] = HeaderRegistry.__getitem__(HEADERS, name)
    return kind


@lru_cache(256)
def parsed(name: str, value: str) -> tuple[str, Any]:
    """Return a header as the library parses it."""
    return EmailPolicy.header_store_parse(POLICY, name, value)


@lru_cache(256)
def folded(name: str, value: str) -> bytes:
    """Return a header as the library folds it."""
    return EmailPolicy.fold_binary(POLICY, name, value)
