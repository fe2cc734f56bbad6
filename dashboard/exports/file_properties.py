"""Writes what an office file says of itself: the bureau as author, now as time, nobody else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def stamp(properties: Any, bureau: str, language: str) -> None:  # noqa: ANN401 - no types
    """Sets the core properties of a file from python-pptx or python-docx."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    properties.author = properties.last_modified_by = bureau
    properties.created = properties.modified = now
    properties.revision = 1
    properties.language = "zh-CN" if language == "zh" else "en-GB"


def drop_thumbnail(file: Any) -> None:  # noqa: ANN401
    """Takes out the picture of a template's first page, which shows another document."""
    package = file.part.package
    for rel_id, rel in list(package._rels.items()):
        if rel.reltype.endswith("/thumbnail"):
            package.drop_rel(rel_id)
