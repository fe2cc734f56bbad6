"""Writes tables of plain HTML pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape


def table(
    caption: str,
    headings: Iterable[str],
    rows: Iterable[Sequence[str]],
    numbers: Collection[int] = (),
    name: str = "",
) -> str:
    """A table; its cells are HTML already. ``numbers`` are the places of columns of numbers.

    ``name`` is its class.
    """
    named = f' class="{name}"' if name else ""

    def kind(at: int) -> str:
        return ' class="number"' if at in numbers else ""

    head = "".join(
        f'<th scope="col"{kind(at)}>{escape(one)}</th>' for at, one in enumerate(headings)
    )
    lines = ("".join(f"<td{kind(at)}>{cell}</td>" for at, cell in enumerate(row)) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return (
        f'<div class="scroll" tabindex="0" role="group"><table{named}>'
        f"<caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
