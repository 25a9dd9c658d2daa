"""Invented guests: names of many origins, addresses nobody can have (RFC 2606)."""

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from openday.services.slug import slug_of

FIRST_NAMES = (
    "Ayşe",
    "Mehmet",
    "Olena",
    "Jürgen",
    "Fatima",
    "Björn",
    "Nguyễn",
    "Käthe",
    "Amir",
    "Søren",
    "Łucja",
    "Hannah",
    "Yusuf",
    "Grażyna",
    "Thomas",
    "Zeynep",
    "Dirk-Uwe",
    "Leïla",
    "Anneliese",
    "Đorđe",
    "Mariam",
    "Günther",
    "Inês",
)
LAST_NAMES = (
    "Kaya",
    "Schröder",
    "Kowalczyk",
    "Öztürk",
    "von der Heide",
    "Müller-Lüdenscheid",
    "Haddad",
    "Nowak",
    "Weiß",
    "Petrenko",
    "García Pérez",
    "Großmann",
    "Al-Masri",
    "Jäger",
    "Tran",
    "Bauer",
    "O’Neill",
    "Yıldız",
    "Strauß",
)
NEEDS = (
    "Ich komme mit dem Rollstuhl.",
    "Bitte Dolmetschen: Ukrainisch.",
    "Ich bringe einen Assistenzhund mit.",
    "Ich höre schlecht und sitze gern vorn.",
)


@dataclass(frozen=True)
class Guest:
    """Somebody who books."""

    name: str
    email: str


def people(seed: str) -> Iterator[Guest]:
    """Yield guests without end, always the same ones for the same event."""
    step = crc32(seed.encode())
    while True:
        first, last = FIRST_NAMES[step % len(FIRST_NAMES)], LAST_NAMES[step // 7 % len(LAST_NAMES)]
        mailbox = f"{slug_of(first)}.{slug_of(last)}"
        yield Guest(f"{first} {last}", f"{mailbox}@example.org")
        step += 37
