"""Panels as they are sent: each as JSON with a digest, kept for all who choose the same.

The parts of an answer that are JSON already are not written anew: a sign stands for each until the
answer is finished.
"""

from __future__ import annotations

import json
import re
import secrets
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from flask import current_app, g
from plotly.io.json import to_json_plotly

from dashboard.charts.model.selection import Selection
from dashboard.components.panels import PANELS
from dashboard.components.shell.address import topic_of
from dashboard.components.shell.theme_choice import reader_theme
from dashboard.services.access.person import acting_person
from dashboard.services.front_desk import FrontDesk

_SECRET = secrets.token_hex(8)  # so that no text of a page can be taken for a sign
_SIGN = re.compile(rf'"{_SECRET}-(\d+)"')
_QUICK = 1  # zlib's level: a tenth of the size for a few milliseconds


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """A panel as JSON, and the digest by which a page knows whether it looks otherwise."""

    digest: str
    text: str

    def to_plotly_json(self) -> str:
        """The sign that stands for the panel in the answer to the present request."""
        written: list[str] = g.setdefault("written", [])
        written.append(self.text)
        return f"{_SECRET}-{len(written) - 1}"


def with_panels(text: str) -> str:
    """An answer with its panels in the places of their signs."""
    written: Sequence[str] = g.get("written", ())
    return _SIGN.sub(lambda sign: written[int(sign[1])], text) if written else text


def drawn_panels(
    desk: FrontDesk, which: Sequence[Mapping[str, str]], path: str, selection: Selection
) -> list[DrawnPanel | None]:
    """The panels by ``name`` and ``ref`` on the page at this path; None for one that fails."""
    drawn: list[DrawnPanel | None] = []

    def make() -> bytes | None:
        topic = topic_of(path)
        if topic in desk.catalogue.topics:
            desk.topics.of(topic, selection)  # reads the figures of all its charts together
        drawn.extend(_drawn(desk, one["name"], one["ref"], selection) for one in which)
        whole = [(panel.digest, panel.text) for panel in drawn if panel is not None]
        is_whole = len(whole) == len(drawn)
        return zlib.compress(json.dumps(whole).encode(), _QUICK) if is_whole else None

    version = desk.version()
    entry = desk.kept.get(_key(desk.context.reader, which, selection, version), make, version)
    if drawn or entry is None:
        return drawn
    return [DrawnPanel(*one) for one in json.loads(zlib.decompress(entry))]


def _key(
    reader: str, which: Sequence[Mapping[str, str]], selection: Selection, version: int
) -> str:
    person = acting_person()
    parts = (
        reader,
        [(one["name"], one["ref"]) for one in which],
        selection,
        selection.unread,
        version,
        date.today().isoformat(),
        reader_theme(),
        (person.name, person.role, person.areas, person.originals),
    )
    return f"panels {parts!r}"


def _drawn(desk: FrontDesk, name: str, ref: str, selection: Selection) -> DrawnPanel | None:
    """One panel, or None where it cannot be drawn; then the failure is in the log."""
    try:
        text = to_json_plotly(PANELS[name](desk, ref, selection))
    except Exception:  # whatever fails in one panel: the others are drawn, the log has the fault
        current_app.log_exception(sys.exc_info())
        return None
    return DrawnPanel(blake2b(text.encode(), digest_size=8).hexdigest(), text)
