"""A mail's HTML taken apart."""

from html.parser import HTMLParser


class Mail(HTMLParser):
    """Counts what a mail is made of and keeps its words; ``cells`` are the values of its facts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.buttons: list[str] = []
        self.language = ""
        self.words: list[str] = []
        self.cells: list[str] = []
        self.is_in_facts = False
        self.open_cell: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.language = found.get("lang", "") if tag == "html" else self.language
        self.links += [found["href"]] if "href" in found else []
        self.buttons += [found["href"]] if found.get("class") == "button" else []
        if tag == "table":
            self.is_in_facts = found.get("class") == "facts"
        if tag == "td" and self.is_in_facts:
            self.open_cell = []
        if tag == "br" and self.open_cell is not None:
            self.open_cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self.open_cell is not None:
            self.cells.append(" ".join("".join(self.open_cell).split()))
            self.open_cell = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.open_cell is not None:
            self.open_cell.append(data)
