"""German is the source language; every other catalogue is read from its ``.po`` file when the process starts."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Domain
from jinja2 import Environment

from openday import wording

LANGUAGES = ("de", "en")
TRANSLATIONS = Path(__file__).parent / "translations"


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the compiled catalogue of a language: nothing binary is kept in the repository, nothing is built."""
    source = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return NullTranslations()
    with source.open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(fp=compiled)


class PoDomain(Domain):  # type: ignore[misc]
    """A gettext domain that serves from the catalogues in memory."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the language being written."""
        return current_catalogue()


def current_catalogue() -> NullTranslations:
    """Return the catalogue of the language being written right now; German strings are their own translation."""
    return catalogue(wording.language())


def speak(environment: Environment) -> None:
    """Let templates ask the catalogue itself: a page says a hundred phrases, and each would find its domain first."""
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # by the extension of Flask-Babel
        lambda text: current_catalogue().ugettext(text),
        lambda one, many, number: current_catalogue().ungettext(one, many, number),
        newstyle=True,
    )
    environment.globals["_"] = environment.globals["gettext"]  # no second call for the short name
