"""Whatever is uploaded as a logo, what is kept is a small picture and nothing beside it."""

from io import BytesIO

import pytest
from PIL import Image

from openday.exports.logo import (
    KEPT,
    STRIP_BYTES,
    NothingToSee,
    TooManyPixels,
    UnreadablePicture,
    Vector,
    drawn,
    strip,
)
from tests.pictures import SVG, bomb, located, picture


def opened(file: bytes) -> Image.Image:
    return Image.open(BytesIO(file), formats=("PNG",))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_without_its_margins(kind):
    logo = opened(drawn(picture(kind, size=(1000, 400))))

    assert (logo.mode, logo.info) == ("RGB", {})
    assert logo.width <= KEPT[0]
    assert abs(logo.width / logo.height - 960 / 360) < 0.1
    assert logo.getpixel((2, 2)) != (255, 255, 255)


def test_where_a_photo_was_taken_and_who_took_it_is_gone_and_it_stands_upright():
    upright, turned = drawn(located()), drawn(located(direction=6))

    assert b"Olga" in located()
    for kept in (upright, turned):
        assert b"Olga" not in kept
        assert b"eXIf" not in kept
    assert opened(upright).width > opened(upright).height
    assert opened(turned).width < opened(turned).height


def test_a_page_behind_a_picture_is_gone():
    kept = drawn(picture() + b"<script>alert(1)</script>")

    assert b"script" not in kept


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (b"", UnreadablePicture),
        (b"<!doctype html><script>alert(1)</script>", UnreadablePicture),
        (b"%PDF-1.7", UnreadablePicture),
        (picture("GIF"), UnreadablePicture),
        (picture()[:200], UnreadablePicture),
        (picture("JPEG")[:900], UnreadablePicture),
        (picture("WEBP")[:60], UnreadablePicture),
        (bomb(1000, 1000), UnreadablePicture),
        (SVG, Vector),
        (bomb(4001, 10), TooManyPixels),
        (bomb(60_000, 60_000), TooManyPixels),
        (picture(colour="white"), NothingToSee),
    ],
)
def test_what_is_no_logo_is_refused(file, refusal):
    with pytest.raises(UnreadablePicture) as caught:
        drawn(file)

    assert type(caught.value) is refusal


def test_logos_stand_below_each_other_each_in_its_cell():
    colours = ("#8A1C4A", "#1B5E8C", "#2F6B2F")
    painted = Image.open(BytesIO(strip(tuple(drawn(picture(colour=colour)) for colour in colours))))

    assert painted.size == (240, 240)
    middles = [painted.convert("RGB").getpixel((120, 40 + 80 * number)) for number in range(3)]
    assert [max(range(3), key=lambda channel: pixel[channel]) for pixel in middles] == [0, 2, 1]


def test_many_restless_logos_still_fit_into_a_page():
    noise = BytesIO()
    Image.effect_noise((480, 160), 120).convert("RGB").save(noise, "PNG")
    logo = drawn(noise.getvalue())

    assert len(strip((logo,) * 5)) <= STRIP_BYTES
    assert len(strip(tuple(drawn(picture(size=(300 + n, 120))) for n in range(12)))) <= STRIP_BYTES
