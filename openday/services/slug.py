"""The readable part of an address: ``/t/mbe-leipzig-oeffnet-die-tuer``."""

import re
import unicodedata
from collections.abc import Collection

SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": " und ", "@": " at "})
NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def slug_of(text: str, longest: int = 80) -> str:
    """Return lower-case words of ASCII joined by hyphens, cut between words; ``seite`` when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(SPELLED)).encode("ascii", "ignore").decode()
    slug = NOT_IN_SLUGS.sub("-", plain).strip("-")
    if len(slug) > longest:
        slug = slug[: longest + 1].rpartition("-")[0][:longest].strip("-") or slug[:longest].strip("-")
    return slug or "seite"


def free_slug(text: str, taken: Collection[str], longest: int = 80) -> str:
    """Return a slug that is not among ``taken``: the first free one of ``name``, ``name-2``, ``name-3``."""
    slug = slug_of(text, longest - 6)
    number, candidate = 1, slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
