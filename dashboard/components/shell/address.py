"""Reads what a query asks for and the reader's language, and makes the addresses of links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol
from urllib.parse import parse_qsl, urlencode

from dash import ctx
from dash.exceptions import MissingCallbackContextException
from flask import has_request_context, request

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import DEFAULT_LANGUAGE, LANGUAGES
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period, parse
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection, to_query

LANGUAGE_COOKIE = "lang"


class AreaLookup(Protocol):
    """A look-up of areas by code."""

    def get(self, code: str) -> Area | None:
        """The area of this code, or None."""


def plain_query(query: Mapping[str, object]) -> dict[str, str]:
    """A page's query with one text per key; of a key given twice the last counts."""
    return {
        str(key): str(value[-1] if isinstance(value, list | tuple) and value else value)
        for key, value in query.items()
        if isinstance(value, str | int | list | tuple)
    }


def topic_of(path: str) -> str:
    """The id of the topic whose page stands at this path, "" elsewhere."""
    return path.removeprefix("/topic/").strip("/") if path.startswith("/topic/") else ""


def query_of(search: str | None) -> dict[str, str]:
    """The query of a location's "?…" part, one text per key."""
    return dict(parse_qsl((search or "").lstrip("?")))


def reader_language(query: Mapping[str, str] | None = None) -> str:
    """The language of this request: the address's, else the cookie's, else the browser's."""
    candidates = [str((query or {}).get("lang", ""))]
    if has_request_context():
        candidates += [request.args.get("lang", ""), query_of(_called_from()).get("lang", "")]
        candidates.append(request.cookies.get(LANGUAGE_COOKIE, ""))
        candidates.append(request.accept_languages.best_match(LANGUAGES) or "")
    return next((choice for choice in candidates if choice in LANGUAGES), DEFAULT_LANGUAGE)


def _called_from() -> str:
    """The "?…" part of the address that a callback was sent from; "" elsewhere.

    A page's title is asked for without its query, and a first visit has no cookie yet.
    """
    try:
        given = ctx.inputs
    except (LookupError, MissingCallbackContextException):  # of threads, of other requests
        return ""
    return next((str(value) for name, value in given.items() if name.endswith(".search")), "")


def link(path: str, selection: Selection, **changes: object) -> str:
    """The address of a page with the reader's selection, ``changes`` of its fields made first.

    A path that names a figure in its query keeps it, with language and day of knowledge alone.
    """
    query = to_query(selection, **changes)
    if "?" not in path:
        return path + query
    own = {key: value for key, value in query_of(query).items() if key in ("lang", "known")}
    return path + ("&" + urlencode(own) if own else "")


def with_language(path: str, selection: Selection, language: str) -> str:
    """This view in another language, named even if it is the default: so it is remembered."""
    address = link(path, selection, language=language)
    return address + ("" if f"lang={language}" in address[len(path) :] else f"&lang={language}")


@lru_cache(maxsize=8192)
def figure_query(key: FigureKey) -> str:
    """Which figure an address is about, without what the reader chose."""
    parts = {"indicator": key.indicator, "area": key.area, "period": str(key.period)}
    parts |= {"months": str(key.months)} if key.months else {}
    return urlencode(parts | ({"kind": key.kind} if key.kind else {}))


@lru_cache(maxsize=1024)
def figure_tail(path: str, selection: Selection) -> str:
    """The end of a figure's address: language, day of knowledge, and the view to return to."""
    back = urlencode({"from": link(path, selection)}, safe="/")
    return link("?", selection).removeprefix("?") + "&" + back


def figure_link(key: FigureKey, path: str, selection: Selection) -> str:
    """The page of one figure, from which the reader returns to the page ``here``."""
    return f"/figure?{figure_query(key)}{figure_tail(path, selection)}"


def export_link(ref: str, ending: str, selection: Selection) -> str:
    """Where a chart's figures are downloaded as ``ending`` (csv or xlsx)."""
    return f"/export/{ref}.{ending}{with_language('', selection, selection.language)}"


def target_link(target: str, area: str, selection: Selection) -> str:
    """The page of a target as it stands in an area in the selected month."""
    own = {"period": str(selection.period or ""), "target": target}
    own |= {"at": area} if area != selection.area else {}
    address = link("/targets", selection, period=None)
    return f"{address}{'&' if '?' in address else '?'}{urlencode(own)}"


def row_anchor(indicator: str) -> str:
    """The id of an indicator's row in a table of indicators."""
    return f"at-{indicator}"


@dataclass(frozen=True, slots=True)
class ChartLinks:
    """Where a chart's categories lead: ``path`` is that of the page."""

    selection: Selection
    path: str
    areas: AreaLookup
    made: dict[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)

    def of(self, key_kind: str, key: str) -> str:
        """The address behind a key; "" where there is none.

        A street has its own page; another area or a period changes the selection of this page.
        """
        if (key_kind, key) not in self.made:
            self.made[key_kind, key] = self._of(key_kind, key)
        return self.made[key_kind, key]

    def _of(self, key_kind: str, key: str) -> str:
        if key_kind == "area" and key:
            area = self.areas.get(key)
            if area is not None and area.level is Level.STREET:
                return link(f"/street/{area.code}", self.selection)
            path = "/" if self.path.startswith("/street/") else self.path
            return link(path, self.selection, area=key)
        if key_kind == "period" and key:
            period = _period(key)
            return link(self.path, self.selection, period=period) if period else ""
        return ""

    def of_key(self, chart: Chart, key: str) -> str:
        """The address behind a key of a chart; of a street the chart's row on its page."""
        address = self.of(chart.key_kind, key)
        if not address.startswith("/street/"):
            return address
        keys = (figure for row in chart.table.figures for figure in row if figure is not None)
        first = next(keys, None)
        return address if first is None else f"{address}#{row_anchor(first.indicator)}"

    def all(self, chart: Chart) -> dict[str, str]:
        """The address behind every key of a chart that leads to a page."""
        doors = {key: self.of_key(chart, key) for key in chart.keys}
        return {key: address for key, address in doors.items() if address}


def _period(text: str) -> Period | None:
    try:
        return parse(text).end
    except ValueError:
        return None
