"""Puts the path below which the dashboard stands before its addresses, and takes it off again.

Everything inside writes addresses from the dashboard's own root, such as ``/topic/marriage``. A web
server may show it below a path of its host (``/minzheng``): what leaves is translated here as a
whole, so that no link has to know of it.
"""

from __future__ import annotations

import re

from flask import has_request_context, request

# What holds an address: attributes of HTML, keys of JSON that are props of the same name, the page
# for browsers without scripts, and the prefix under which Dash's scripts ask. Dash writes / as
# \u002f into JSON. An address that begins with // is another host's.
_ADDRESS = re.compile(
    r"""(?:
        (?<=\s)(?:href|src|action|data-root)="
        |"(?:href|src|action|requests_pathname_prefix)":[ ]?"
        |<meta\ http-equiv="refresh"\ content="0;\ url=
    )(?=(?:/|\\u002f)(?!/|\\u002f))""",
    re.VERBOSE,
)


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
    return _ADDRESS.sub(lambda found: found[0] + below, text) if below else text
