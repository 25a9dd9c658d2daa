"""Pictures as they are uploaded, harmless and otherwise."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 120), colour: str = "#8A1C4A", **options: Any) -> bytes:
    """Return a coloured bar on white; on PNG and WebP the white is transparent."""
    is_opaque = kind in {"JPEG", "GIF"}
    image = Image.new("RGB" if is_opaque else "RGBA", size, "white" if is_opaque else (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((20, 20, size[0] - 20, size[1] - 20), colour)
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def located(direction: int = 1) -> bytes:
    """Return a JPEG that says where it was taken, and which side is up (EXIF orientation)."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = direction, "Kamera von Olga Winter"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif.tobytes())


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it is huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    parts = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
