"""Puts the path below which the dashboard stands before its addresses, and takes it off again.

Everything inside writes addresses from the dashboard's own root, such as ``/topic/marriage``. A web
server may show it below a path of its host (``/minzheng``): what leaves is translated here as a
whole, so that no link has to know of it.
"""

from __future__ import annotations

import re

from flask import has_request_context, request

# What may stand before an address, which begins with one / (Dash writes it as \u002f into JSON);
# one that begins with // is another host's. The rare signs are searched for and what stands before
# them is looked at: a twelfth of the time that one expression for both takes.
_BEFORE = re.compile(r'(?:="|":"|": "|; url=)(?=(?:/|\\u002f)(?!/|\\u002f))')
_NAMES = {
    "=": (" href", " src", " action", " data-root"),  # attributes of HTML
    '"': ('"href', '"src', '"action', '"requests_pathname_prefix'),  # props, and Dash's prefix
    ";": ('<meta http-equiv="refresh" content="0',),  # for browsers without scripts
}


def sub_path() -> str:
    """The path below which the present request's reader sees the dashboard; "" at the root."""
    return request.script_root if has_request_context() else ""


def outside(address: str, below: str) -> str:
    """An address of the dashboard as readers see it; that of another host stays as it is."""
    is_own = address.startswith("/") and not address.startswith("//")
    return below + address if is_own else address


def inside(address: str, below: str) -> str:
    """An address that readers see as the dashboard knows it, from its own root."""
    if not below or not address.startswith(below):
        return address
    rest = address[len(below) :]
    return rest if rest.startswith("/") else f"/{rest}" if rest[:1] in ("", "?", "#") else address


def all_outside(text: str, below: str) -> str:
    """HTML or JSON whose links, sources and forms lead to addresses as readers see them."""
    if not below:
        return text

    def with_path(found: re.Match[str]) -> str:
        is_address = text.endswith(_NAMES[found[0][0]], 0, found.start())
        return found[0] + below if is_address else found[0]

    return _BEFORE.sub(with_path, text)
