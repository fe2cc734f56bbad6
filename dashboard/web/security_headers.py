"""Adds security headers to every response: no other host, no frame, no content sniffing."""

from __future__ import annotations

import base64
import hashlib
import re

from flask import Flask, Response, g

from dashboard.services.front_desk import front_desk
from dashboard.web.proxies import is_encrypted

# Plotly writes inline styles, which stay allowed. Everything else comes from this host only, and an
# inline script runs only where the page that was served holds it letter for letter.
_POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors {ancestors}"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)


def inline_scripts(document: str) -> tuple[str, ...]:
    """The hashes of a page's inline scripts as a policy names them."""
    codes = (
        match["code"] for match in _INLINE.finditer(document) if "src=" not in match["attributes"]
    )
    return tuple(f"'sha256-{_digest(code)}'" for code in codes)


def _digest(code: str) -> str:
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def protect(server: Flask) -> None:
    """Add the headers to every answer, without replacing what a route set itself."""
    server.after_request(with_headers)


def with_headers(response: Response) -> Response:
    """The answer with those headers that it lacks."""
    scripts = "".join(f" {one}" for one in g.get("inline_scripts", ()))
    ancestors = front_desk().settings.frame_ancestors
    allowed = " ".join(("'self'", *ancestors)) if ancestors else "'none'"
    policy = _POLICY.format(scripts=scripts, ancestors=allowed)
    response.headers.setdefault("Content-Security-Policy", policy)
    if not ancestors:
        response.headers.setdefault("X-Frame-Options", "DENY")
    if is_encrypted():
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
