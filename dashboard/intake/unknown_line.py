"""Defines a line of a sheet whose indicator is not known, as it is asked about."""

from __future__ import annotations

from typing import NamedTuple


class UnknownLine(NamedTuple):
    """A line or column of no known indicator; ``name`` is what a mapping by hand must name.

    ``suggestions`` are up to five indicators' ids, best first.
    """

    sheet: str
    row: int
    column: str
    name: str
    code: str
    heading: str
    suggestions: tuple[str, ...]
