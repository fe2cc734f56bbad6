"""Finds the addresses under which this computer can be reached, to be opened in a browser."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import suppress

from dashboard.base.settings import EVERYWHERE

try:
    import fcntl
except ImportError:  # Windows, whose host name leads to all of its addresses
    fcntl = None  # type: ignore[assignment]

_ADDRESS_OF = 0x8915  # SIOCGIFADDR of Linux
_NAME_BYTES = 15
_AT = slice(20, 24)  # where the answer has the address


def addresses_to_open(host: str, port: int, prefix: str = "") -> list[str]:
    """The web addresses of a server that listens at ``host``, this computer's own one first."""
    hosts = ["127.0.0.1", *sorted(network_addresses())] if host in EVERYWHERE else [host]
    return [f"http://{f'[{one}]' if ':' in one else one}:{port}{prefix}/" for one in hosts]


def network_addresses() -> set[str]:
    """This computer's IPv4 addresses in its networks; nothing is sent to find them."""
    found = {*_of_interfaces(), *_of_name()}
    return {address for address in found if not address.startswith("127.")}


def _of_interfaces() -> Iterator[str]:
    if fcntl is None:
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _number, name in socket.if_nameindex():
            with suppress(OSError):  # an interface without an address; a system other than Linux
                request = struct.pack("256s", name.encode()[:_NAME_BYTES])
                yield socket.inet_ntoa(fcntl.ioctl(asked.fileno(), _ADDRESS_OF, request)[_AT])


def _of_name() -> Iterator[str]:
    with suppress(OSError):
        for *_kind, address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            yield str(address[0])
