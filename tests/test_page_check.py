"""What is asked of every page of every test does find what is wrong with one."""

import pytest

from tests.page_check import problems_of_page

PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Eine Seite</title>
<script type="application/ld+json">{"name": " None "}</script><script src="/static/a.js" defer></script></head>
<body><main><h1>Eine Seite &amp; mehr</h1><h2>Darunter</h2><p id="hint">So geht es<br>weiter</p>
<form method="post"><input type="hidden" name="csrf_token" value="geheim"><label for="name">Name</label>
<input id="name" name="name" value="a &gt; b" aria-describedby="hint" required><input aria-label="Suche">
<button disabled>Los</button></form><svg viewBox="0 0 1 1"><path d="M0 0"/></svg><img src="/a.png" alt=""></main></body>
</html>
"""
BROKEN = {
    "no doctype": ("<!doctype html>", ""),
    "no language": (' lang="de"', ""),
    "no single title": ("<title>Eine Seite</title>", ""),
    "no single main": ("main>", "div>"),
    "0 h1": ("h1>", "h2>"),
    "2 h1": ("h2>", "h1>"),
    "heading h1 is followed by h3": ("h2>", "h3>"),
    "id hint twice": ("<h2>", '<h2 id="hint">'),
    "<input id='name'> has no label": ('<label for="name">', "<label>"),
    "<input id=''> has no label": (' aria-label="Suche"', ""),
    "aria-describedby to missing 'hint'": ('id="hint"', 'id="other"'),
    "inline style on <p>": ("<p ", '<p style="color: red" '),
    "inline style on <style>": ("<main>", "<main><style></style>"),
    "inline script: onclick": ("<button ", '<button onclick="go()" '),
    "inline script": ('src="/static/a.js" ', ""),
    "image without alternative text": (' alt=""', ""),
    "</main> closes something else": ("</svg>", "</svg><div>"),
    "</p> closes something else": ("<h2>", "</p><h2>"),
    "never closed: ['html']": ("</html>", ""),
    "no tag as it should be: So geht es": ("es<br>", "es < br"),
    "no tag as it should be: <input name=x>": ("<h2>", "<input name=x><h2>"),
    "no tag as it should be: So geht es<BR>": ("<br>", "<BR>"),
    "a slip of the programmer is shown: None": ("Darunter", "None"),
    "a slip of the programmer is shown: für None da": ("Darunter", "für None da"),
    "a slip of the programmer is shown: &lt;built-in": ("Darunter", "&lt;built-in"),
    "a slip of the programmer is shown: Undefined": ("Darunter", "Undefined"),
}


def test_a_good_page_is_left_alone() -> None:
    assert problems_of_page(PAGE) == ()


@pytest.mark.parametrize("problem", BROKEN)
def test_what_is_wrong_with_a_page_is_said(problem: str) -> None:
    good, bad = BROKEN[problem]
    assert good in PAGE

    found = problems_of_page(PAGE.replace(good, bad))

    assert any(sentence.startswith(problem) for sentence in found), found


def test_a_page_that_differs_in_its_token_alone_is_as_good() -> None:
    assert problems_of_page(PAGE.replace("geheim", "anders")) == ()
