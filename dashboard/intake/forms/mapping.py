"""Maps lines whose name is not in the catalogue to what a person has said they mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from dashboard.catalogue.catalogue import plain_name
from dashboard.catalogue.lookup import SHORTEST_OWN_NAME

LEAVE_OUT = ""


class Mapped(NamedTuple):
    """What a line was mapped to by hand: an indicator's id, or LEAVE_OUT.

    ``by`` and ``when`` are empty for what is said with this very hand-in.
    """

    indicator: str
    by: str = ""
    when: datetime | None = None


Mappings = Mapping[str, Mapped]  # by ``mapping_key`` of the printed name, of one form


class UnknownRow(NamedTuple):
    """A line or column of no known indicator, at the cell that refused it (counted from 0)."""

    row: int
    column: int
    name: str  # by which it is mapped
    code: str = ""
    heading: str = ""
    unit: str = ""


def line_name(label: str, heading: str) -> str:
    """The name by which a line is mapped: with its heading where it is too short to stand alone."""
    alone = not heading or len(plain_name(label)) >= SHORTEST_OWN_NAME
    return label if alone else f"{heading}/{label}"


@lru_cache(maxsize=20000)
def mapping_key(name: str) -> str:
    """A printed name as mappings compare it: without numbering, spaces and bracket width."""
    return "/".join(plain_name(part) for part in name.split("/"))


def names_of(name: str) -> tuple[str, str]:
    """The names under which a line's mapping is looked for: the whole, then its last part alone."""
    return name, name.rpartition("/")[2]
