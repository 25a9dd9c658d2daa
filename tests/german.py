"""Finds German on an English page: sentences of ours that stayed German, and words of others not marked as German."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import read_po

ENGLISH = Path(__file__).parents[1] / "openday" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
GAP = re.compile(r"%\(\w+\)[sd]")
GERMAN = re.compile(
    r"\b(?:der|das|und|oder|nicht|für|ist|sind|ein|eine|einen|einer|Sie|Ihr|Ihre|Ihnen|wir|bei|mit|vom|zum|zur|wird|"
    r"werden|kein|keine|Uhr|Termin|Termine|Platz|Plätze|Buchung|Gäste|Januar|März|Mai|Juni|Juli|Oktober|Dezember|"
    r"Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)\b"
)
SHOWN = ("aria-label", "alt", "placeholder")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


class EnglishParts(HTMLParser):
    """The texts of a page that a voice reads as English; ``spoken`` has what stands in attributes and the title."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.languages = [""]
        self.names = [""]
        self.texts: list[str] = []
        self.spoken: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        language = found.get("lang") or self.languages[-1]
        if language == "en":
            self.spoken += [value for name in SHOWN if (value := found.get(name))]
        if tag not in VOID:
            self.names.append(tag)
            self.languages.append(language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.names.pop()
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and self.languages[-1] == "en" and self.names[-1] not in {"script", "style", "textarea"}:
            (self.spoken if self.names[-1] == "title" else self.texts).append(text)


@cache
def german_texts() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the German texts of the catalogue that have other English ones: whole, and the long parts between gaps."""
    with ENGLISH.open("rb") as file:
        messages = [one for one in read_po(file, locale="en") if one.id]
    english = [text for one in messages for text in forms(one.string)]
    whole = {text for one in messages for text in forms(one.id)}.difference(english)
    parts = {part.strip(" .,:;–") for text in whole for part in GAP.split(text)}
    known = "\n".join(english)
    return frozenset(whole), tuple(part for part in parts if len(part) > 9 and " " in part and part not in known)


def forms(message: str | tuple[str, ...] | list[str]) -> list[str]:
    """Return the texts of a message, singular and plural."""
    return [message] if isinstance(message, str) else list(message)


def german_in(page: str, names: tuple[str, ...] = ()) -> list[str]:
    """Return what is German on an English page beside proper ``names``, which have no language."""
    read = EnglishParts(page)
    whole, parts = german_texts()
    texts, spoken = ([without(names, text) for text in one] for one in (read.texts, read.spoken))
    everything = "\n".join(texts)
    return [
        *(text for text in texts + spoken if text in whole),
        *(part for part in parts if part in everything),
        *(text for text in texts if GERMAN.search(text)),
    ]


def without(names: tuple[str, ...], text: str) -> str:
    """Return a text without names in it."""
    for name in names:
        text = text.replace(name, "…")
    return text
