"""The stylesheet and the scripts: small sources, joined, hashed and compressed once when the process starts."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request

STYLES = ("tokens", "base", "layout", "components/*", "print")
SCRIPTS = ("*",)
DOOR_SCRIPTS = ("forms", "door/page")
ONE_YEAR = "public, max-age=31536000, immutable"

bp = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Bundle:
    """One file as the browser gets it; ``url`` changes with every byte of ``body``."""

    url: str
    content_type: str
    body: bytes
    compressed: bytes


def init_assets(app: Flask) -> None:
    """Build the bundles from ``static/`` and serve them under addresses that may be kept for a year."""
    root = Path(str(app.template_folder)).with_name("static")
    app.extensions["openday.assets"] = {
        "css": bundle(root / "css", STYLES, "css", "text/css; charset=utf-8"),
        "js": bundle(root / "js", SCRIPTS, "js", "text/javascript; charset=utf-8"),
        "door.js": bundle(root / "js", DOOR_SCRIPTS, "js", "text/javascript; charset=utf-8", "door.js"),
    }
    app.extensions["openday.door_worker"] = (root / "js" / "door" / "worker.js").read_bytes()
    app.extensions["openday.favicon"] = (root / "favicon.svg").read_bytes()
    app.register_blueprint(bp)


def bundle(folder: Path, patterns: tuple[str, ...], suffix: str, content_type: str, name: str = "") -> Bundle:
    """Join the files in the order of ``patterns``, names within a pattern in alphabetical order."""
    sources = [path for pattern in patterns for path in sorted(folder.glob(f"{pattern}.{suffix}"))]
    body = "\n".join(path.read_text(encoding="utf-8").strip() for path in sources).encode()
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Bundle(f"/static/openday.{digest}.{name or suffix}", content_type, body, gzip.compress(body, 9, mtime=0))


def asset(kind: str) -> Bundle:
    """Return the bundle ``css``, ``js`` or ``door.js`` of the running application."""
    found = current_app.extensions["openday.assets"][kind]
    assert isinstance(found, Bundle)  # noqa: S101 - narrows the type for every caller
    return found


@bp.get("/static/<name>")
def show(name: str) -> Response:
    """Serve a bundle; an address of an older release is gone, so that no page wears the wrong clothes."""
    bundles: dict[str, Bundle] = current_app.extensions["openday.assets"]
    found = next((one for one in bundles.values() if one.url == f"/static/{name}"), None) or abort(404)
    takes_gzip = request.accept_encodings["gzip"] > 0
    response = Response(found.compressed if takes_gzip else found.body, content_type=found.content_type)
    if takes_gzip:
        response.content_encoding = "gzip"
    response.headers["Cache-Control"] = ONE_YEAR
    response.vary.add("Accept-Encoding")
    return response


@bp.get("/favicon.svg")
def favicon() -> Response:
    """Serve the mark, the door ajar."""
    response = Response(current_app.extensions["openday.favicon"], content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response
