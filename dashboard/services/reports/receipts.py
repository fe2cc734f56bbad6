"""Receipts: a code for everything that leaves, by which exactly this view can be opened again."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from dashboard.base.language import word
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import Plan
from dashboard.charts.model.selection import Selection, to_query
from dashboard.services.filters import moment_of
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import StoreError
from dashboard.store.receipt_codes import printed_code
from dashboard.store.receipts import Receipt, View, take_receipt

CHART, REPORT, VIEW = "chart", "report", "view"
_TRIES = 3
_ONLY_HERE = ("present", "known", "page", "from")  # of an address, no part of what is shown


def query_for(selection: Selection) -> str:
    """The query of a view: everything but the moment of knowledge, the language always named."""
    query = to_query(selection, as_known=None, present=False).removeprefix("?")
    return query if "lang=" in query else f"{query}&lang={selection.language}"


def of_chart(ref: str, selection: Selection) -> View:
    """A chart as it is drawn for a selection."""
    return View(CHART, ref, query_for(selection))


def of_report(plan: Plan, selection: Selection) -> View:
    """A report made after a plan."""
    return View(REPORT, plan.as_json(), query_for(selection))


def of_page(path: str, search: str, selection: Selection) -> View:
    """A page of the dashboard; what its address says beyond the selection is kept."""
    named = dict(parse_qsl(query_for(selection)))
    asked = {name: text for name, text in parse_qsl(search.lstrip("?")) if name not in _ONLY_HERE}
    return View(VIEW, path or "/", urlencode(asked | named if path != "/figure" else named | asked))


def take(
    desk: FrontDesk, view: View, selection: Selection, by: str = "", version: int | None = None
) -> Receipt:
    """The receipt of a view; the same one for the same figures. Raises StoreError."""
    return take_receipt(desk.context.engine, view, moment_of(selection.as_known), by, version)


def code_for(desk: FrontDesk, view: View, selection: Selection) -> str:
    """The code as printed; "" where the store takes none: what leaves must not wait for it."""
    try:
        return printed_code(take(desk, view, selection).code)
    except StoreError:
        return ""


def stamped_chart(desk: FrontDesk, ref: str, selection: Selection) -> Chart:
    """A finished chart with its receipt, its last fact; raises NotFound for an unknown ref."""
    for _ in range(_TRIES):
        version = desk.version()
        chart = desk.figures.chart(ref, selection)
        code = code_for(desk, of_chart(ref, selection), selection)
        if desk.version() == version:
            break  # else something came in between, and figures and receipt may differ
    if not code:
        return chart
    facts = (*chart.facts, (word("code_label", selection.language), code))
    return replace(chart, facts=facts, receipt=code)
