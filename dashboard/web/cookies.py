"""Lets browsers keep values, as safely as the place of the dashboard allows."""

from __future__ import annotations

from typing import Literal

from flask import Response, request

from dashboard.services.front_desk import front_desk


def is_encrypted() -> bool:
    """Whether the browser speaks HTTPS, with us or with the web server before us."""
    return request.is_secure or request.headers.get("X-Forwarded-Proto", "") == "https"


def is_framed() -> bool:
    """Whether pages of other sites may show the dashboard inside them."""
    return bool(front_desk().settings.frame_ancestors)


def same_site() -> Literal["Lax", "None"]:
    """Which sites' pages a cookie is sent from: inside a page of another site, from that too."""
    return "None" if is_framed() else "Lax"


def set_cookie(
    response: Response, name: str, value: str, seconds: int | None, *, for_scripts: bool = False
) -> None:
    """Let the browser keep a value, which scripts cannot read unless it is for them."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=not for_scripts,
        samesite=same_site(),
        secure=is_framed() or is_encrypted(),
    )


def drop_cookie(response: Response, name: str) -> None:
    """Let the browser forget a value."""
    secure = is_framed() or is_encrypted()
    response.delete_cookie(name, httponly=True, samesite=same_site(), secure=secure)
