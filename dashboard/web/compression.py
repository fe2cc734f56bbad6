"""Compresses every answer that is text, as the browser takes it: brotli, else gzip.

What never changes under its address is compressed once and well, an answer that is kept quickly,
one that is sent once quicker still.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli
from flask import Flask, Response, request

SMALLEST = 500  # bytes; below it nothing is won
_TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
ONCE, KEPT, _WELL = 4, 5, 9  # qualities of brotli: half the time for a sixth more bytes
_FOR_GOOD = "max-age=31536000"  # as Dash says of files whose address carries their version
_FILES = 64  # such files


def compress_answers(server: Flask) -> None:
    """Compress the answers of this server."""
    server.after_request(compressed)


def accepted_encoding() -> str:
    """How the present request takes compressed answers: br or gzip; "" where it does not."""
    return next((one for one in ("br", "gzip") if request.accept_encodings[one] > 0), "")


def compressed(response: Response, quality: int = ONCE, encoding: str = "") -> Response:
    """The answer, compressed as this request takes it; one that is already stays as it is.

    With ``encoding``, br or gzip, it is compressed so whatever the request takes.
    """
    if not _is_text(response):
        return response
    response.vary.add("Accept-Encoding")
    encoding = encoding or accepted_encoding()
    if not encoding:
        return response
    response.direct_passthrough = False  # a file is read whole
    content = response.get_data()
    if len(content) < SMALLEST:
        return response
    if _FOR_GOOD in response.headers.get("Cache-Control", ""):
        body = _packed_once(content, encoding)
    else:
        body = packed(content, encoding, quality)
    response.set_data(body)
    response.headers["Content-Encoding"] = encoding
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)  # the same content, in other bytes
    return response


def _is_text(response: Response) -> bool:
    """Whether it is a whole text that nobody has compressed yet; what is streamed stays so."""
    return (
        response.status_code == 200
        and request.method != "HEAD"
        and (response.mimetype or "").startswith(_TEXTS)
        and "Content-Encoding" not in response.headers
        and (response.is_sequence or response.direct_passthrough)
    )


@lru_cache(maxsize=_FILES)
def _packed_once(content: bytes, encoding: str) -> bytes:
    return packed(content, encoding, _WELL)


def packed(content: bytes, encoding: str, quality: int) -> bytes:
    """The content compressed so: br or gzip."""
    if encoding == "br":
        return bytes(brotli.compress(content, quality=quality))
    return gzip.compress(content, quality, mtime=0)


def unpacked(content: bytes, encoding: str) -> bytes:
    """What was compressed so: br, gzip, or "" for what was not."""
    if encoding == "br":
        return bytes(brotli.decompress(content))
    return gzip.decompress(content) if encoding == "gzip" else content
