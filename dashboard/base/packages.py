"""Tells how large a zip file is unpacked, before it is opened."""

from __future__ import annotations

import io
import zipfile


def unpacked_size(content: bytes) -> int | None:
    """How large a packed file says it is when unpacked, in bytes; None of one that is not packed.

    A damaged one counts as not packed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
