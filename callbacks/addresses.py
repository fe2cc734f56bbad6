"""The selection and the language of a page's address, as callbacks receive it: "?area=…"."""

from __future__ import annotations

from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import query_of, reader_language
from dashboard.services.front_desk import front_desk


def language_of(address: str | None) -> str:
    """The language of the page at this address."""
    return reader_language(query_of(address))


def selection_of(address: str | None) -> Selection:
    """The area, period and comparison of the page at this address."""
    query = query_of(address)
    return front_desk().selections.of(query, reader_language(query))
