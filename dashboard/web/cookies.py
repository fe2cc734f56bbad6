"""Lets browsers keep values, as safely as the place of the dashboard allows."""

from __future__ import annotations

from typing import Literal

from flask import Response

from dashboard.components.shell.sub_path import sub_path
from dashboard.services.front_desk import front_desk
from dashboard.web.proxies import is_encrypted


def is_framed() -> bool:
    """Whether pages of other sites may show the dashboard inside them."""
    return bool(front_desk().settings.frame_ancestors)


def same_site() -> Literal["Lax", "None"]:
    """Which sites' pages a cookie is sent from: inside a page of another site, from that too."""
    return "None" if is_framed() else "Lax"


def _place() -> str:
    """Below which path a cookie is sent: other programs of the same host do not get it."""
    return sub_path() or "/"


def set_cookie(
    response: Response, name: str, value: str, seconds: int | None, *, for_scripts: bool = False
) -> None:
    """Let the browser keep a value, which scripts cannot read unless it is for them."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=_place(),
        httponly=not for_scripts,
        samesite=same_site(),
        secure=is_framed() or is_encrypted(),
    )


def drop_cookie(response: Response, name: str) -> None:
    """Let the browser forget a value."""
    secure = is_framed() or is_encrypted()
    response.delete_cookie(name, _place(), httponly=True, samesite=same_site(), secure=secure)
