"""The forms of a page as a browser sees them: where they go, and what each of their fields would send."""

from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser

from openday import clock

CHOSEN = frozenset({"radio", "checkbox"})
NOT_SENT = frozenset({"submit", "button", "file"})
TYPED: dict[str, str] = {
    "email": "kontakt@beispiel.de",
    "number": "5",
    "url": "https://beispiel.de",
    "date": (clock.today() + timedelta(days=1)).isoformat(),
    "time": "10:00",
}
"""What somebody types into an empty field of a type; ``Wort`` into any other."""
NUMERIC = "5"


@dataclass
class Field:
    """One name of a form; ``value`` is what it would send, None for nothing."""

    name: str
    kind: str
    value: str | None = None

    @property
    def takes_words(self) -> bool:
        """Whether what it sends is read; of a box that is ticked it is not."""
        return self.kind != "checkbox" and self.name != "csrf_token"


@dataclass
class Form:
    """A form; empty fields are filled with something that fits."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, str]:
        """What it sends."""
        return {one.name: one.value for one in self.fields.values() if one.value is not None}


class FormReader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, page: str, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.forms: list[Form] = []
        self.current: Form | None = None
        self.last: Field | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.current = Form(given.get("action") or self.path, given.get("method", "get").lower())
            self.forms.append(self.current)
        elif self.current is not None and tag in ("input", "select", "textarea"):
            self.note(tag, given)
        elif tag == "option" and self.last is not None and (self.last.value is None or "selected" in given):
            self.last.value = given.get("value") or self.last.value

    def note(self, tag: str, given: dict[str, str]) -> None:
        """Take down a field."""
        kind = given.get("type", "text") if tag == "input" else tag
        name = given.get("name", "")
        if not name or kind in NOT_SENT or self.current is None:
            return
        self.last = self.current.fields.setdefault(name, Field(name, kind))
        if kind in CHOSEN:
            if "checked" in given or (kind == "radio" and self.last.value is None):
                self.last.value = given.get("value", "on")
        elif kind != "select":
            empty = NUMERIC if given.get("inputmode") == "numeric" else TYPED.get(kind, "Wort")
            self.last.value = given.get("value") or ("" if kind == "hidden" else empty)

    def handle_data(self, data: str) -> None:
        if self.last is not None and self.last.kind == "textarea" and data.strip():
            self.last.value = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.current = None
        if tag in ("form", "select", "textarea"):
            self.last = None


def forms_of(page: str, path: str) -> list[Form]:
    """Return the forms of a page that change something."""
    return [one for one in FormReader(page, path).forms if one.method == "post"]
