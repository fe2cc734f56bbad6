"""Defines what changed in a file that was brought to another period, and says it in a line."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.base.language import word

UPDATED = ("chart", "text", "cell", "removed", "added")  # what changes the file itself


@dataclass(frozen=True, slots=True)
class FileChange:
    """One thing that changed, or did not, in a file; ``name`` says which.

    ``slide`` is its number, 0 in a document. ``what`` is chart, text, cell (updated), kept (edited
    by hand and left), absent (no figures), removed, added, new (not put in) or no_receipt.
    """

    slide: int
    what: str
    name: str = ""
    old: str = ""
    new: str = ""


def is_updated(changes: list[FileChange]) -> bool:
    """Whether anything in the file became another, so that it is worth writing."""
    return any(change.what in UPDATED for change in changes)


def line_of(change: FileChange, language: str) -> str:
    """A change as one line: the slide, what became of it, and the words before and after."""
    old, new = (" ".join(text.split()) for text in (change.old, change.new))
    line = word(f"refresh_{change.what}", language, name=change.name, old=old, new=new)
    slide = word("refresh_slide", language, slide=change.slide) if change.slide else ""
    return slide + line


def lines_of(changes: list[FileChange], language: str) -> list[str]:
    """The changes as lines; one that says so where there are none."""
    lines = [line_of(change, language) for change in changes]
    return lines or [word("refresh_nothing", language)]
