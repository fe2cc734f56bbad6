"""The path below which a proxy shows the dashboard, and which addresses leave it."""

import re
from urllib.parse import urlsplit

BELOW = "/minzheng"
LINKS = """() => [...document.querySelectorAll('[href], [src], form')].map(
    each => each.href || each.src || each.action)"""


def left(addresses, site):
    """Those of the addresses that lead out of the path."""
    parts = [(one, urlsplit(one)) for one in addresses]
    return [
        f"leaves the path: {one}"
        for one, part in parts
        if part.scheme in ("http", "https")
        and not (one.startswith(site) and re.match(rf"{BELOW}(?!{BELOW})(/|$)", part.path))
    ]
