"""Writes tables of plain HTML pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def table(caption: str, headings: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are HTML already."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in headings)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="scroll" tabindex="0" role="group"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
