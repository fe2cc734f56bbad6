"""Makes the Chinese of a printed page text that can be searched and copied.

Chinese typefaces draw a radical and the character it is with one glyph: ⺠ and 民. What a browser
prints then names the radical, which nobody searches for. Here the character is put in its place.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

# Radicals without a compatibility mapping of Unicode, each before its character.
_PAIRS = (
    "⺂乛⺃乚⺅亻⺉刂⺋㔾⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺞歺⺠民⺡氵⺣灬⺤爫⺦丬⺨犭⺫罒⺭礻⺯糹⺰纟⺱罓⺳㓁"
    "⺹耂⺺肀⺾艹⺿艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼"
    "⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⼾户"
)
_CHARACTERS = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | {"―": "—", "‒": "–"}
_BLOCK = re.compile(rb"(begin(bf(?:char|range))(.*?)end\2)", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f]+)>")


def plain_sign(sign: str) -> str:
    """The character that a radical stands for; other signs stay what they are."""
    if sign in _CHARACTERS:
        return _CHARACTERS[sign]
    if "\u2e80" <= sign <= "\u2fdf" or "\ufb00" <= sign <= "\ufb06":  # and the ligature of fi
        return unicodedata.normalize("NFKC", sign)
    return sign


def _spelt(code: bytes) -> str:
    return bytes.fromhex(code.decode("ascii")).decode("utf-16-be")


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode("ascii")


def _chars(body: bytes) -> Iterator[bytes]:
    """Lines "<glyph> <text>" with the text mended."""
    codes = _CODE.findall(body)
    for glyph, text in zip(codes[::2], codes[1::2], strict=False):
        mended = "".join(map(plain_sign, _spelt(text)))
        yield b"<" + glyph + b"> <" + _hex(mended) + b">"


def _ranges(body: bytes) -> Iterator[bytes]:
    """Lines "<first> <last> <text>", glyph for glyph where a radical is among them."""
    codes = _CODE.findall(body)
    for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
        start, count = _spelt(text), int(last, 16) - int(first, 16) + 1
        head, tail = start[:-1], ord(start[-1])
        signs = [plain_sign(chr(tail + step)) for step in range(count)]
        if signs == [chr(tail + step) for step in range(count)]:
            yield b"<" + first + b"> <" + last + b"> <" + text + b">"
            continue
        for step, sign in enumerate(signs):
            glyph = f"{int(first, 16) + step:0{len(first)}X}".encode("ascii")
            yield b"<" + glyph + b"> <" + glyph + b"> <" + _hex(head + sign) + b">"


def mended_map(content: bytes) -> bytes:
    """A ToUnicode map of a typeface, its radicals replaced; blocks hold at most 100 lines."""

    def block(match: re.Match[bytes]) -> bytes:
        kind, body = match[2], match[3]
        if b"[" in body:
            return match[1]
        lines = list(_chars(body) if kind == b"bfchar" else _ranges(body))
        parts = [lines[first : first + 100] for first in range(0, len(lines), 100)]
        written = [b"begin" + kind + b"\n" + b"\n".join(part) + b"\nend" + kind for part in parts]
        counts = [f"{len(part)} ".encode("ascii") for part in parts[1:]]
        joined = written[0] if written else b""
        for count, more in zip(counts, written[1:], strict=True):
            joined += b"\n" + count + more
        return joined

    # The number of lines stands before each block.
    text = _BLOCK.sub(block, content)
    return re.sub(
        rb"\d+ (begin(bf(?:char|range))(.*?)end\2)",
        lambda match: f"{len(match[3].strip().splitlines())} ".encode("ascii") + match[1],
        text,
        flags=re.DOTALL,
    )


def _fonts(resources: Any, seen: set[int]) -> Iterator[Any]:  # noqa: ANN401 - pypdf's objects
    """The fonts of a page's resources and of the drawings within it."""
    resources = resources.get_object() if resources is not None else {}
    for font in resources.get("/Font", {}).get_object().values() if "/Font" in resources else ():
        yield font.get_object()
    for drawing in resources["/XObject"].get_object().values() if "/XObject" in resources else ():
        inner = drawing.get_object()
        if id(inner) not in seen and "/Resources" in inner:
            seen.add(id(inner))
            yield from _fonts(inner["/Resources"], seen)


def searchable(content: bytes) -> bytes:
    """The PDF with the characters in place of the radicals that its typefaces name."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its remarks are not for the terminal
    writer = PdfWriter(clone_from=io.BytesIO(content))
    mended: set[int] = set()
    seen: set[int] = set()
    for page in writer.pages:
        for font in _fonts(page.get("/Resources"), seen):
            if id(font) in mended or "/ToUnicode" not in font:
                continue
            mended.add(id(font))
            stream = DecodedStreamObject()
            stream.set_data(mended_map(font["/ToUnicode"].get_object().get_data()))
            font[NameObject("/ToUnicode")] = writer._add_object(stream.flate_encode())
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
