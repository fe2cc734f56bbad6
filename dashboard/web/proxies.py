"""Judges what a web server before the dashboard says of a reader: only of a known one is it taken.

A web server on this computer is known: its word for the reader's address and for HTTPS counts.
``DASHBOARD_PROXIES`` names others. The path below which it shows the dashboard is taken from named
ones alone, for web servers pass on what a reader writes into that header unless they set it.
"""

from __future__ import annotations

import ipaddress

from flask import request

from dashboard.base.settings import Settings
from dashboard.services.front_desk import front_desk


def sender() -> str:
    """The address a request comes from; what a known web server says it is."""
    address = request.remote_addr or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    is_told = bool(forwarded) and is_known(address, front_desk().settings)
    return forwarded if is_told and is_address(forwarded) else address


def is_encrypted() -> bool:
    """Whether the browser speaks HTTPS, with us or with the web server before us."""
    if request.is_secure:
        return True
    said = request.headers.get("X-Forwarded-Proto", "") == "https"
    return said and is_known(request.remote_addr or "", front_desk().settings)


def is_known(address: str, settings: Settings) -> bool:
    """Whether the word of a web server at this address counts."""
    return is_named(address, settings) or (is_address(address) and _plain(address).is_loopback)


def is_named(address: str, settings: Settings) -> bool:
    """Whether the settings name a web server at this address."""
    return is_address(address) and str(_plain(address)) in settings.proxies


def vouched_name() -> str:
    """Who has signed in with the named web server that passes the request on; else empty.

    A header holds bytes that are read one by one as Latin letters: names are UTF-8.
    """
    settings = front_desk().settings
    if not settings.user_header or not is_named(request.remote_addr or "", settings):
        return ""
    said = request.headers.get(settings.user_header, "")
    try:
        return said.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return said.strip()


def is_address(text: str) -> bool:
    """Whether a text is an address in digits."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _plain(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address; of one that is IPv4 in the clothes of IPv6, the former."""
    address = ipaddress.ip_address(text)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
