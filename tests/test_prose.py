"""Organisers' long texts: what Markdown they may use, and that nothing else ever becomes HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openday.prose import SCHEMES, TAGS, as_html

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x) <javascript:alert(1)>",
    "[x](//evil.example) [x](/konto/termine)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "[x](https://a.example'onclick='alert(1))",
    "![x](https://evil.example/pixel.png)",
    "```html\n<b>x</b>\n```",
    "[ref]: javascript:alert(1)\n\n[ref]",
    "\x00<svg/onload=alert(1)>\u202e",
    "{{ 7*7 }} &lt;script&gt;",
)
PIECES = st.sampled_from(
    (*ATTACKS, "# ", "**", "* ", "1. ", "\n", "\n\n", "> ", "[", "](", ")", "<", ">", "`", "~~~", "a")
)


class Reader(HTMLParser):
    """Notes every tag, attribute and target as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.targets: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.targets += [value or "" for name, value in attrs if name == "href"]


def is_harmless(html: str) -> bool:
    page = Reader(html)
    are_known = all(target.partition(":")[0].lower() in SCHEMES for target in page.targets)
    return page.tags <= TAGS and page.attributes <= {"href", "rel", "start"} and are_known


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Kommen Sie\nherein.", "<p>Kommen Sie<br>\nherein.</p>\n"),
        ("a\r\n\r\nb", "<p>a</p>\n<p>b</p>\n"),
        ("**fett** und *betont*", "<p><strong>fett</strong> und <em>betont</em></p>\n"),
        ("# Ablauf\n### Danach", "<h3>Ablauf</h3>\n<h4>Danach</h4>\n"),
        ("- Tee\n- Rundgang", "<ul>\n<li>Tee</li>\n<li>Rundgang</li>\n</ul>\n"),
        (
            "[Anfahrt](https://a.example/weg)",
            '<p><a href="https://a.example/weg" rel="nofollow noopener">Anfahrt</a></p>\n',
        ),
        ("", ""),
    ],
)
def test_a_part_of_markdown_is_understood(text: str, html: str) -> None:
    assert as_html(text) == html


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_pictures_and_strange_links_stay_text(attack: str) -> None:
    assert is_harmless(as_html(attack))


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_mixture_of_pieces_gets_out_of_the_allow_list(text: str) -> None:
    assert is_harmless(as_html(text))
