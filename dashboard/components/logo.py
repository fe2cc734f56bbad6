"""Shows the bureau's mark in the header: its own file, checked by what is in it, else ours.

It is served under one path with headers that let an SVG do nothing but be looked at.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from flask import Flask, Response, request
from PIL import Image, UnidentifiedImageError

from dashboard.base.settings import SettingsError
from dashboard.charts.plotly.theme import SCREEN

SETTING = "DASHBOARD_LOGO"
ADDRESS = "/logo"
LARGEST = 512 * 1024  # bytes
MOST_PIXELS = 4_000_000
WIDEST = 6.0  # times its height; what is longer leaves no room for the name
HOUR = 3600
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
_SVG = "image/svg+xml"
_ACTIVE = {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"}
_MARK = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    f'rx="7" fill="{SCREEN.primary}"/><path d="M8 23V15M14 23V9M20 23v-6M26 23V12" '
    f'stroke="{SCREEN.on_strong}" stroke-width="3" stroke-linecap="round" '
    'transform="translate(-1 0)"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as it is served; ``shape`` is its width divided by its height."""

    content: bytes
    kind: str  # media type
    shape: float


def _refused(path: Path, why: str) -> SettingsError:
    return SettingsError(f"{SETTING}={path}: {why}")


def _length(text: str) -> float:
    match = re.match(r"\s*([0-9.]+)(?:px)?\s*$", text)
    return float(match[1]) if match else 0.0


def _svg(path: Path, content: bytes) -> Logo:
    """An SVG that only draws: no document type, script, event or address outside itself."""
    if b"<!" in re.sub(rb"<!--.*?-->|<!\[CDATA\[", b"", content, flags=re.S):
        raise _refused(path, "an SVG without a document type or entities is needed")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise _refused(path, f"this SVG cannot be read ({error})") from error
    if root.tag.rpartition("}")[2] != "svg":
        raise _refused(path, "a PNG, JPEG or SVG picture is needed")
    for element in root.iter():
        if reason := _active(element):
            raise _refused(path, reason)
    return Logo(content, _SVG, _shape(root))


def _active(element: ElementTree.Element) -> str:
    """Why an element does more than draw; "" for one that only draws."""
    name = str(element.tag).rpartition("}")[2].lower()
    if name in _ACTIVE:
        return f"an SVG without <{name}> is needed"
    for attribute, value in element.attrib.items():
        short = attribute.rpartition("}")[2].lower()
        if short.startswith("on"):
            return f"an SVG without events ({short}) is needed"
        if short == "href" and not value.startswith(("#", "data:image/")):
            return "an SVG that names no other file is needed"
    return ""


def _shape(root: ElementTree.Element) -> float:
    """Width divided by height of an SVG, from its view box or else its own size; 1 for neither."""
    box = [_length(part) for part in root.get("viewBox", "").replace(",", " ").split()]
    width, height = box[2:] if len(box) == 4 else (0.0, 0.0)
    if not (width and height):
        width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    return width / height if width and height else 1.0


def _bitmap(path: Path, content: bytes) -> Logo:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=tuple(_TYPES)) as picture:
                (width, height), kind = picture.size, str(picture.format)
                if width * height > MOST_PIXELS:
                    raise _refused(path, f"at most {MOST_PIXELS:,} pixels can be used")
                picture.load()
    except UnidentifiedImageError as error:
        raise _refused(path, "a PNG, JPEG or SVG picture is needed") from error
    except (OSError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise _refused(path, f"this picture cannot be read ({error})") from error
    return Logo(content, _TYPES[kind], width / height)


@lru_cache(maxsize=4)
def read_logo(path: Path | None) -> Logo:
    """The logo at ``path``, the program's own mark for None; raises SettingsError with a reason."""
    if path is None:
        return Logo(_MARK.encode("utf-8"), _SVG, 1.0)
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError as error:
        raise _refused(path, f"the file cannot be read ({error.strerror})") from error
    if not content:
        raise _refused(path, f"a picture of 1 byte to {LARGEST // 1024} KiB is needed")
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    logo = _svg(path, content) if start == b"<" else _bitmap(path, content)
    if not 1 / WIDEST <= logo.shape <= WIDEST:
        raise _refused(path, f"a picture at most {WIDEST:g} times as wide as high is needed")
    return logo


def add_logo(server: Flask, path: Path | None) -> None:
    """Serve the logo under ADDRESS; raises SettingsError at the start where it cannot be used."""
    logo = read_logo(path)

    def answer() -> Response:
        response = Response(logo.content, content_type=logo.kind)
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
        )
        response.headers["Cache-Control"] = f"public, max-age={HOUR}"
        response.add_etag()
        response.make_conditional(request)
        return response

    server.add_url_rule(ADDRESS, "logo", answer)
