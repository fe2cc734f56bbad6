"""Keeps which findings of drafts were accepted, each with its note: a file only added to.

A mark does not give away what a draft says, so nothing of the text is kept. A later note for the
same mark counts; an empty one takes the acceptance back.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

LONGEST = 500  # characters of a note


class Acceptances:
    """The accepted findings of one home folder."""

    def __init__(self, home: Path) -> None:
        """Keep them in ``drafts/accepted.jsonl`` of this folder."""
        self._file = home / "drafts" / "accepted.jsonl"

    def notes(self) -> dict[str, str]:
        """The note of every accepted mark; lines that cannot be read are passed over."""
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return {}
        notes: dict[str, str] = {}
        for line in lines:
            try:
                entry = json.loads(line)
                notes[str(entry["mark"])] = str(entry["note"])
            except (ValueError, KeyError, TypeError):
                continue
        return {mark: note for mark, note in notes.items() if note}

    def accept(self, mark: str, note: str, by: str = "") -> None:
        """Accept a finding; an empty note takes it back. Raises OSError where it cannot be kept."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        entry = {
            "mark": mark,
            "note": note.strip()[:LONGEST],
            "by": by,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
