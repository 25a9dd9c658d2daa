"""English is complete: every German text has its translation, none is a guess, and the gaps to fill are the same."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "openday" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
GAP = re.compile(r"%\(\w+\)s|%s|\{\w+\}")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The texts as they stand in the code today."""
    template = tmp_path_factory.mktemp("texts") / "messages.pot"
    pybabel = Path(sys.executable).with_name("pybabel")
    keywords = ["-k", "_l", "-k", "lazy_ngettext:1,2"]
    command = [str(pybabel), "-q", "extract", "-F", "pyproject.toml", *keywords, "-o", str(template), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    with template.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def ids(message_id: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message_id,) if isinstance(message_id, str) else tuple(message_id)


def test_every_text_is_translated_and_none_is_fuzzy(sources: Catalog, english: Catalog) -> None:
    missing = []
    for message in sources:
        if not message.id:
            continue
        found = english.get(message.id)
        if found is None or found.fuzzy or not all(ids(found.string)):
            missing.append(ids(message.id)[0])

    assert missing == []


def test_no_translation_is_left_of_a_text_that_is_gone(sources: Catalog, english: Catalog) -> None:
    assert [message.id for message in english if message.id and sources.get(message.id) is None] == []


def test_translations_have_the_same_gaps_to_fill(english: Catalog) -> None:
    wrong = [
        message.id
        for message in english
        if message.id
        and not set(GAP.findall(" ".join(ids(message.string)))) <= set(GAP.findall(" ".join(ids(message.id))))
    ]

    assert wrong == []


def test_translations_do_not_repeat_the_german(english: Catalog) -> None:
    repeated = [
        message.id
        for message in english
        if message.id
        and isinstance(message.id, str)
        and message.string == message.id
        and re.search("[äöüß„]", message.id)
    ]

    assert repeated == []
