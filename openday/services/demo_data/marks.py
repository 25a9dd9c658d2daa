"""Invented marks for Träger of the demo, drawn in code: a shape, a colour, a first name."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from openday.services.demo_data.shape import DemoTraeger

COLOURS = ("#8A1C4A", "#1B5E8C", "#2F6B2F", "#B4540A", "#4B3A8F", "#00696B", "#9B1B1B")
SIZE = 96


def mark_of(spec: DemoTraeger, number: int) -> bytes | None:
    """Return a PNG as a Träger would upload it; every fourth one has not got round to it."""
    if number % 4 == 3:
        return None
    colour, word = COLOURS[number % len(COLOURS)], spec.key.capitalize()
    font = ImageFont.load_default(56)
    picture = Image.new("RGBA", (SIZE + 24 + round(font.getlength(word)), SIZE))
    pen = ImageDraw.Draw(picture)
    shapes = (
        lambda: pen.ellipse((4, 4, SIZE - 4, SIZE - 4), colour),
        lambda: pen.polygon([(4, 44), (SIZE // 2, 4), (SIZE - 4, 44), (SIZE - 12, SIZE - 4), (12, SIZE - 4)], colour),
        lambda: pen.rounded_rectangle((8, 4, SIZE - 8, SIZE - 4), 24, colour),
        lambda: pen.regular_polygon((SIZE // 2, SIZE // 2, 44), 6, fill=colour),
        lambda: pen.pieslice((4, 4, SIZE - 4, SIZE - 4), 90, 360, colour),
    )
    shapes[number % len(shapes)]()
    pen.ellipse((SIZE // 2 - 10, SIZE // 2 + 6, SIZE // 2 + 10, SIZE // 2 + 26), "white")
    pen.text((SIZE + 16, SIZE // 2), word, colour, font, anchor="lm")
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
