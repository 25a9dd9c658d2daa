"""The words of a mail are made once for all that are alike; what is a guest's own is put into its holes.

They are kept by the very facts they are made of, so they can't be about another visit. Nothing of a person is kept.
"""

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from secrets import token_hex
from typing import Any

from markupsafe import escape

Text = tuple[str, str, str]
"""Subject, plain text and HTML."""
Render = Callable[[str, Mapping[str, Any]], Text]

HOLE = token_hex(16)  # nobody outside this process can write it into a text


def kept_text(render: Render, kind: str, facts: Mapping[str, Any], own: Collection[str]) -> Text:
    """Return what ``render`` says of these facts.

    Of the ``own`` ones its templates may ask whether there is any, and show each within a line, but for the subject.
    """
    holes = {name: f"{HOLE}-{name}-" for name in own if facts[name]}
    subject, text, html = _alike(render, kind, tuple({**facts, **holes}.items()))
    for name, hole in holes.items():
        text = text.replace(hole, str(facts[name]))
        html = html.replace(hole, escape(facts[name]))
    return subject, text, html


@lru_cache(128)
def _alike(render: Render, kind: str, facts: tuple[tuple[str, Any], ...]) -> Text:
    return render(kind, dict(facts))
