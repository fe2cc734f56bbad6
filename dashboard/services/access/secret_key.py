"""Gives the secret key by which tokens are signed: set, or made in the home folder."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from dashboard.base.private_files import make_private_folder

FILE = "secret.key"


def secret_key(home: Path, given: str) -> bytes:
    """The key of the settings, else the one in ``home``, made with mode 600 where there is none."""
    if given:
        return given.encode()
    file = home / FILE
    make_private_folder(home)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes().strip()
    with os.fdopen(handle, "w") as opened:
        opened.write(secrets.token_hex(32) + "\n")
    return file.read_bytes().strip()


def signed(key: bytes, *parts: str) -> str:
    """What proves that these parts come from this server."""
    return hmac.new(key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def is_signed(key: bytes, given: str, *parts: str) -> bool:
    """Whether ``given`` is what ``signed`` makes of these parts."""
    return hmac.compare_digest(given.encode(), signed(key, *parts).encode())
