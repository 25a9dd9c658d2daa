"""Finding a person by what somebody at the door understood: no case, no accents, umlauts in both spellings."""

import unicodedata
from collections.abc import Callable
from itertools import filterfalse

# Letters that Unicode does not take apart, and ß, which is ss to everybody.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})


def plain(text: str) -> str:
    """Return the text without case and accents: ``Müller`` is ``muller``, ``Ayşe`` is ``ayse``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filterfalse(unicodedata.combining, decomposed)).translate(_PLAIN)


def spelled_out(text: str) -> str:
    """Return the text with umlauts as two letters: ``Müller`` is ``mueller``."""
    return plain(unicodedata.normalize("NFC", text.casefold()).translate(_SPELLED_OUT))


def matcher(search: str) -> Callable[..., bool]:
    """Return a test whether every word of ``search`` is somewhere in the given texts, in either spelling."""
    words = [(plain(word), spelled_out(word)) for word in search.split()]

    def matches(*texts: str | None) -> bool:
        if not words:
            return True
        text = " ".join(filter(None, texts))
        found_in, spelled = plain(text), spelled_out(text)
        return all(word in found_in or long_word in spelled for word, long_word in words)

    return matches
