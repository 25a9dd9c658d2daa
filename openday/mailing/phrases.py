"""What people typed, made fit for one line of a mail; a subject that keeps its status when it has to be cut."""

import re
import unicodedata

SUBJECT_LENGTH = 60
_BREAKING = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
_REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LOOKS_LIKE_A_LINK = re.compile(r"(?i:https?:|www\.)|://|@|\w\.(?:[a-z]{2,}|[A-Z]{2,})\b")  # but not Dr.Kaya


def one_line(text: str | None) -> str:
    """Return the text as one line: no line break or control character of any alphabet, nothing that turns the rest."""
    line = " ".join((text or "").split())
    if line.isprintable():
        return line
    visible = _REORDERING.sub("", line)
    return " ".join("".join(" " if unicodedata.category(sign) in _BREAKING else sign for sign in visible).split())


def greeting_name(name: str | None) -> str:
    """Return the name to greet with; empty when it looks like an address: no form may send strangers a link."""
    line = one_line(name)
    return "" if _LOOKS_LIKE_A_LINK.search(line) else line


def shortened(text: str, surplus: int) -> str:
    """Return the text without its last ``surplus`` characters, with an ellipsis, cut between words if that is near."""
    if surplus <= 0:
        return text
    kept = text[: max(0, len(text) - surplus - 1)]
    word_end = kept.rfind(" ")
    if word_end > len(kept) - 12 and word_end > 0:
        kept = kept[:word_end]
    return kept.rstrip(" ,;:–-") + "…"
