"""Whoever writes an event for the first time sees what others would write, at the very field."""

import re

import pytest
from flask import Flask

from openday.prose import as_html
from tests.factories import make_event, make_user
from tests.web.staff import signed_in

FIELDS = [
    ("was", "title"),
    ("was", "summary"),
    ("ort", "name"),
    ("zeiten", "date_words"),
    ("zeiten", "time_words"),
    ("zugang", "access_notes"),
    ("schutz", "photo_note"),
    ("schutz", "terms"),
]


@pytest.mark.parametrize(("task", "name"), FIELDS)
def test_a_field_for_words_says_what_others_write_there(app: Flask, task: str, name: str) -> None:
    event = make_event()
    page = signed_in(app, make_user(event.traeger)).get(f"/konto/termine/{event.id}/{task}").text

    control = re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>', page)
    assert control
    hint = re.search(rf'<p class="hint" id="{name}-hint">([^<]+)</p>', page)
    assert hint
    assert f"{name}-hint" in control[0]
    assert re.search(r"[Zz]um Beispiel.{12,}", hint[1], re.DOTALL)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_example_of_a_long_text_can_be_taken_as_it_is(app: Flask, prefix: str) -> None:
    event = make_event()
    organiser = signed_in(app, make_user(event.traeger))
    example = re.search(r"<pre>(.+?)</pre>", organiser.get(f"{prefix}/konto/termine/{event.id}/was").text, re.DOTALL)
    assert example

    shown = as_html(example[1])

    assert len(re.findall("<li><strong>", shown)) == 3
    assert re.search(r"<h\d>", shown)
    assert "*" not in shown
