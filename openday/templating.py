"""Templates are compiled once for each language: what they say is in their code, nothing is looked up to show it."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

from openday import wording
from openday.i18n import catalogue

TRANSLATING = ("_", "gettext")


class Translated(NodeTransformer):
    """Puts the phrases of a catalogue in the place of the calls that would ask for them."""

    def __init__(self, language: str) -> None:
        self.catalogue = catalogue(language)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name for it
        """Turn ``_("…")`` into its words, ``_("… %(name)s", name=…)`` into words its values are put into."""
        self.generic_visit(node)
        if getattr(node.node, "name", None) not in TRANSLATING or not isinstance(node.args[0], nodes.Const):
            return node
        said = self.catalogue.ugettext(node.args[0].value)
        if not node.kwargs:
            return nodes.TemplateData(said % {}, lineno=node.lineno)
        values = [nodes.Pair(nodes.Const(one.key), one.value, lineno=node.lineno) for one in node.kwargs]
        words = nodes.TemplateData(said, lineno=node.lineno)
        return nodes.Mod(words, nodes.Dict(values, lineno=node.lineno), lineno=node.lineno)


class TranslatingGenerator(CodeGenerator):
    """Writes the code of a template that has its words in it."""

    environment: "Templates"

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - as above
        """Translate first; a text that is no file is asked for in any language, and translates as it is shown."""
        if self.environment.language:
            node = Translated(self.environment.language).visit(node)
        super().visit_Template(node, frame)


class Templates(Environment):
    """The templates of all languages; ``language`` is empty, and ``get_template`` takes from those of the right one."""

    code_generator_class = TranslatingGenerator
    language = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.languages: dict[str, Templates] = {}

    def get_template(self, name: str | Template, *args: Any, **options: Any) -> Template:
        """Return a template in the language being written."""
        if self.language:
            return super().get_template(name, *args, **options)
        return self.in_language(wording.language()).get_template(name, *args, **options)

    def in_language(self, language: str) -> "Templates":
        """Return the templates of a language, which share everything with these but what is compiled."""
        if language not in self.languages:
            templates = self.overlay(cache_size=-1)  # there are as many as there are files
            templates.language = language
            self.languages.setdefault(language, templates)
        return self.languages[language]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names every template knows: none has its own, and each import would look through two lists."""
        return self.globals if d is None else super().make_globals(d)
