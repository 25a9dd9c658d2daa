"""Templates with their words in them: each language its own, values are put in as safely as before."""

from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale
from jinja2 import DictLoader, nodes

from openday.templating import TRANSLATING, Templates, Translated

FILES = {
    "phrase.html": '{{ _("Zum Inhalt") }}',
    "values.html": '{{ _("Rufen Sie an: %(phone)s", phone=phone) }}',
    "values.txt": '{{ _("Rufen Sie an: %(phone)s", phone=phone) }}',
    "percent.html": '{{ _("100 %% sicher") }}',
    "macro.html": '{% macro skip() %}{{ _("Zum Inhalt") }}{% endmacro %}{% set word = _("Abgesagt") %}',
    "with_macro.html": '{% from "macro.html" import skip, word %}{{ skip() }} {{ word }}',
    "chosen.html": "{{ _(phrase) }}",
}


@pytest.fixture
def templates(app: Flask) -> Templates:
    """The application's environment with files of our own."""
    found = app.create_jinja_environment()
    assert isinstance(found, Templates)
    found.globals |= app.jinja_env.globals
    found.loader = DictLoader(FILES)
    return found


def said(templates: Templates, name: str, **values: object) -> str:
    """Return what a template says."""
    return templates.get_template(name).render(values)


@pytest.mark.parametrize("first", ["de", "en"])
def test_each_language_has_its_own_words_whichever_was_asked_for_first(templates: Templates, first: str) -> None:
    words = {"de": "Zum Inhalt Abgesagt", "en": "Skip to content Cancelled"}
    for language in (first, *words):
        with force_locale(language):
            assert said(templates, "with_macro.html") == words[language]


def test_what_is_put_into_a_phrase_is_escaped_on_a_page_and_left_alone_in_a_text(templates: Templates) -> None:
    assert said(templates, "values.html", phone="<b>1</b>") == "Rufen Sie an: &lt;b&gt;1&lt;/b&gt;"
    assert said(templates, "values.txt", phone="<b>1</b>") == "Rufen Sie an: <b>1</b>"


def test_a_phrase_is_a_format_also_without_values(templates: Templates) -> None:
    assert said(templates, "percent.html") == "100 % sicher"


def test_a_phrase_that_is_chosen_while_a_page_is_made_is_looked_up(templates: Templates) -> None:
    with force_locale("en"):
        assert said(templates, "chosen.html", phrase="Abgesagt") == "Cancelled"


def test_no_phrase_of_a_template_is_looked_up_to_show_it(app: Flask) -> None:
    assert app.template_folder
    for file in Path(app.template_folder).rglob("*.*"):
        page = Translated("en").visit(app.jinja_env.parse(file.read_text(encoding="utf-8")))
        calls = [call.args[0] for call in page.find_all(nodes.Call) if getattr(call.node, "name", "") in TRANSLATING]
        assert not [phrase for phrase in calls if isinstance(phrase, nodes.Const)], file
