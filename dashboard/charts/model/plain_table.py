"""Makes a table of words: no cell of it is coloured or compared."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.model.chart import Table


def plain_table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    keys: Sequence[str] = (),
) -> Table:
    """A table of these texts; ``keys`` name its rows, else their numbers do."""
    blank = tuple(("",) * len(columns) for _ in rows)
    names = keys or [str(number) for number in range(1, len(rows) + 1)]
    return Table(
        caption=caption,
        columns=tuple(columns),
        rows=tuple((name, tuple(row)) for name, row in zip(names, rows, strict=True)),
        numbers=tuple((None,) * len(columns) for _ in rows),
        tones=blank,
        words=blank,
        decimals=(0,) * len(columns),
    )
