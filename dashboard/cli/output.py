"""Writes lists: whole on the terminal, or into a file with small counts hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, FORMATS, say

if TYPE_CHECKING:
    from dashboard.services.context import Context
    from dashboard.services.release import Release

HIDE, SHOW = SMALL_CELLS = ("hide", "show")  # as in dashboard.disclosure


@dataclass(frozen=True, slots=True)
class Output:
    """Where a list goes, in which format and language, and what becomes of its small counts."""

    language: str
    format: str = FORMATS[0]
    file: str = ""  # empty: the terminal
    small_cells: str | None = None  # HIDE, SHOW, or None: hidden in a file, shown on the terminal

    @property
    def suppresses_small_cells(self) -> bool:
        """Whether small counts are hidden in this list."""
        return (self.small_cells or (HIDE if self.file else SHOW)) == HIDE

    def write(self, rows: Iterable[Mapping[str, object]], columns: tuple[str, ...]) -> int:
        """Print the rows or write them to the file; returns the exit code."""
        from dashboard.exports import listing

        as_csv = self.format == "csv"
        text = listing.as_csv(rows, columns) if as_csv else listing.as_json(rows)
        if not self.file:
            say(text)
            return DONE
        # A CSV file begins with a mark of its encoding, else spreadsheets misread Chinese.
        content = text.encode("utf-8-sig" if as_csv else "utf-8")
        return write_file(self.file, content, self.language)


def release(context: Context) -> Release:
    """What hides small counts in the lists that are exported."""
    from dashboard.services.markings import Markings
    from dashboard.services.release import Release
    from dashboard.services.targets.targets import Targets

    return Release(context, Targets(context).all, Markings(context))


def write_file(file: str, content: bytes, language: str) -> int:
    """Write a file and say how large it is; returns the exit code, raises OSError."""
    Path(file).write_bytes(content)
    say(word("report_written", language, file=file, size=f"{len(content) / 1024:,.0f}"))
    return DONE


def output_options(run: Callable[..., int]) -> Callable[..., int]:
    """Add the options of a list to a command, whose function gets them as ``output``."""

    @click.option("--format", type=click.Choice(FORMATS), default=FORMATS[0])
    @click.option("--out", default="", metavar="FILE", help="write a file instead")
    @click.option(
        "--small-cells",
        type=click.Choice(SMALL_CELLS),
        help="counts of people below the setting; without: hidden in a file, shown here",
    )
    @wraps(run)
    def with_output(
        *, format: str, out: str, small_cells: str | None, lang: str, **others: object
    ) -> int:
        return run(output=Output(lang, format, out, small_cells), **others)

    return with_output
