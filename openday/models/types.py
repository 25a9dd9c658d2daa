"""Column types: instants that are always aware UTC, states that are words, sets of words in one column."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A point in time: refuses naive values, gives back aware UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store UTC; raises ``ValueError`` for a naive value, which nobody could read back."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return aware UTC; SQLite hands out naive values."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """One word of an enumeration, stored as readable text."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        self.known = {word.value: word for word in words}

    def process_bind_param(self, value: StrEnum | str | None, _dialect: Dialect) -> str | None:
        """Store the word; raises ``ValueError`` for one that is not in the enumeration."""
        return None if value is None else (self.known.get(value) or self.words(value)).value

    def process_result_value(self, value: Any, _dialect: Dialect) -> StrEnum | None:
        """Return the member of the enumeration."""
        return None if value is None else self.known.get(value) or self.words(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A small set of words in one column, kept as ``" public politics "`` so that ``LIKE '% public %'`` finds one."""

    impl = String(255)
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, _dialect: Dialect) -> str | None:
        """Store the words in their order, each once; a string is the pattern of a ``LIKE`` and stays."""
        if value is None or isinstance(value, str):
            return value
        words = list(dict.fromkeys(str(word) for word in value))
        return f" {' '.join(words)} " if words else ""

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...]:
        """Return the words as a tuple."""
        return tuple((value or "").split())


def has_word(word: str) -> str:
    """Return the ``LIKE`` pattern that finds a word in a :class:`Words` column."""
    return f"% {word} %"
