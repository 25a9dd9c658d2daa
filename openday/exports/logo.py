"""Logos: an uploaded picture drawn anew, small and harmless; those of one event painted into one file."""

import struct
from functools import lru_cache
from io import BytesIO
from threading import Lock

from flask_babel import lazy_gettext as _l
from PIL import Image, ImageChops, ImageOps

from openday.errors import Refusal

FORMATS = ("PNG", "JPEG", "WEBP")
LONGEST = 4000  # pixels
KEPT = (480, 160)
CELL = (240, 80)
STRIP_BYTES = 9 * 1024  # what an event page has left of its 32 KB
MOST_IN_STRIP = 12
ENCODINGS = ((82, 1), (50, 1), (40, 2), (10, 2))  # quality; how many pixels become one
FAINT = 16  # of 255
MALFORMED = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error)
one_at_a_time = Lock()  # a picture of 4,000 × 4,000 pixels takes 130 MB while it is drawn


class UnreadablePicture(Refusal):
    """It is no picture, not of a kind we read, or broken."""

    code = "unreadable_picture"
    message = _l(
        "Diese Datei ist kein Bild, das wir lesen können. Wählen Sie eine unbeschädigte Datei: PNG, JPEG, WebP"
    )


class Vector(UnreadablePicture):
    """An SVG is a program for the browser."""

    code = "vector"
    message = _l("SVG-Dateien nehmen wir nicht, weil sie Programme enthalten können. Speichern Sie Ihr Logo als PNG")


class TooManyPixels(UnreadablePicture):
    """Drawing it would take more memory than a page may."""

    code = "too_many_pixels"
    message = _l("Das Bild ist zu groß. Verkleinern Sie es auf höchstens 4.000 Pixel Breite und Höhe")


class NothingToSee(UnreadablePicture):
    """Logos stand on white, in dark mode too."""

    code = "nothing_to_see"
    message = _l("Auf weißem Grund ist dieses Logo nicht zu sehen. Wählen Sie die dunkle oder farbige Fassung")


def drawn(file: bytes) -> bytes:
    """Return a picture as PNG on white, upright and without its margins; nothing else of the file is left.

    Raises ``UnreadablePicture``.
    """
    if b"<svg" in file[:1024].lower():
        raise Vector
    try:
        with one_at_a_time, Image.open(BytesIO(file), formats=FORMATS) as picture:
            if max(picture.size) > LONGEST:
                raise TooManyPixels
            logo = cropped(on_white(picture))
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except MALFORMED as error:
        raise UnreadablePicture from error
    logo.thumbnail(KEPT)
    return encoded(logo, "PNG", optimize=True)


def on_white(picture: Image.Image) -> Image.Image:
    """Return the first frame in RGB, upright and no larger than four times what is kept."""
    layer = picture if picture.mode in ("L", "RGB", "RGBA") else picture.convert("RGBA")
    layer.thumbnail((KEPT[0] * 4, KEPT[0] * 4))
    ImageOps.exif_transpose(layer, in_place=True)
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer.convert("RGBA"))
    return paper.convert("RGB")


def cropped(picture: Image.Image) -> Image.Image:
    """Return what can be told from white; raises ``NothingToSee``."""
    difference = ImageChops.difference(picture, Image.new("RGB", picture.size, "white"))
    box = difference.point([step > FAINT for step in range(256)] * 3).getbbox()
    if box is None:
        raise NothingToSee
    return picture.crop(box)


@lru_cache(maxsize=64)
def strip(logos: tuple[bytes, ...]) -> bytes:
    """Return logos below each other as one WebP, each in the middle of its cell: a page asks for one file.

    The busier they are, the coarser they get: the page has room for ``STRIP_BYTES``.
    """
    width, height = CELL
    sheet = Image.new("RGB", (width, height * len(logos)), "white")
    for number, logo in enumerate(logos):
        with Image.open(BytesIO(logo), formats=("PNG",)) as picture:
            picture.thumbnail(CELL)
            corner = ((width - picture.width) // 2, height * number + (height - picture.height) // 2)
            sheet.paste(picture, corner)
    file = b""
    for quality, factor in ENCODINGS:
        file = encoded(sheet.reduce(factor), "WEBP", quality=quality)
        if len(file) <= STRIP_BYTES:
            break
    return file


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return the bytes of a picture and no word beside it."""
    target = BytesIO()
    Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(target, kind, **options)
    return target.getvalue()
