"""The look: its weight, how it is served, and that every pair of colours can be read."""

import gzip
import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
GROUNDS = ("paper", "surface")
TEXT = ("ink", "muted", "petrol", "petrol-strong", "coral", "ok", "warn", "error", "info", "visited")
PAIRS = [
    *((text, ground) for text in TEXT for ground in GROUNDS),
    ("ink", "sunk"),
    ("muted", "sunk"),
    ("petrol", "sunk"),
    ("on-petrol", "petrol"),
    ("on-petrol", "petrol-strong"),
    *((text, "tint") for text in ("petrol", "petrol-strong", "ink")),
    *((text, f"{text}-tint") for text in ("ok", "warn", "error", "info")),
    *(("ink", f"{tint}-tint") for tint in ("ok", "warn", "error", "info")),
]


def schemes():
    """Return the colours of the light and the dark scheme."""
    light, dark = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    first = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", light))
    return {"light": first, "dark": {**first, **dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", dark))}}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the ratio of WCAG 2.2, 1.4.3."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(scheme):
    colours = schemes()[scheme]
    poor = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in PAIRS}

    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_controls_and_the_focus_ring_can_be_seen(scheme):
    colours = schemes()[scheme]

    for ground in (*GROUNDS, "sunk"):
        assert contrast(colours["edge"], colours[ground]) >= 3
        ring = max(contrast(colours[name], colours[ground]) for name in ("focus", "focus-inner"))
        assert ring >= 3


def asset_urls(client):
    return re.findall(r"/static/openday\.[0-9a-f]{12}\.(?:css|js)", client.get("/kontakt").text)


def test_one_stylesheet_and_one_script_are_light_and_stay_a_year(client):
    urls = asset_urls(client)
    assert len(urls) == 2
    for url, limit in zip(urls, (14, 6), strict=True):
        answer = client.get(url, headers={"Accept-Encoding": "gzip"})

        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(answer.data) <= limit * 1024
        assert gzip.decompress(answer.data) == client.get(url).data


def test_the_address_of_an_older_release_is_gone(client):
    assert client.get("/static/openday.000000000000.css").status_code == 404
    assert client.get("/static/css/tokens.css").status_code == 404


def test_the_stylesheet_asks_nobody_else(client):
    style = client.get(asset_urls(client)[0]).text

    assert "url(" not in style
    assert "@import" not in style
    assert "http" not in style


def test_the_mark_is_served(client):
    answer = client.get("/favicon.svg")

    assert answer.mimetype == "image/svg+xml"
    assert answer.text.startswith("<svg")
