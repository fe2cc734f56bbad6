"""Gives every export a receipt code, by which exactly this view can be opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import DEFAULT_LANGUAGE, word
from dashboard.base.progress import QUIET, JobProgress
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import parse
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import Plan, PlanError, read_plan
from dashboard.charts.model.selection import Selection, from_query, known_text, to_query
from dashboard.charts.text.changed import Changed
from dashboard.services.figures.comparisons import headlines
from dashboard.services.figures.figures import PANELS
from dashboard.services.filters import moment_of
from dashboard.services.reports.changes import changes_between
from dashboard.services.reports.coverage import (
    Covered,
    as_text,
    changed_since,
    covered_by_charts,
    read_covered,
)
from dashboard.services.reports.sources import Asked, Sources, charts_of
from dashboard.store.opening import StoreError
from dashboard.store.receipt_codes import printed_code
from dashboard.store.receipts import Basis, Receipt, View, find_receipt, take_receipt

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


def selection_of(query: str, receipt: Receipt) -> Selection:
    """What was chosen, with the figures as known when the receipt was given."""
    selection = from_query(dict(parse_qsl(query)), "", DEFAULT_LANGUAGE)
    return replace(selection, as_known=receipt.known)


@dataclass(frozen=True, slots=True)
class Reopened:
    """What a receipt stands for. ``charts`` are as then known, with ref and selection: of a chart.

    ``address`` opens the view itself as then known; of a report the page that makes it.
    """

    receipt: Receipt
    selection: Selection
    charts: tuple[tuple[str, Selection, Chart], ...]
    address: str


class Receipts:
    """Gives receipts and opens what they stand for again. Thread-safe."""

    def __init__(self, sources: Sources) -> None:
        """Keep the receipts in the store of these services."""
        self._sources, self._engine = sources, sources.context.engine

    def take(
        self,
        view: View,
        selection: Selection,
        by: str = "",
        covered: Callable[[], Iterable[Covered]] | None = None,
    ) -> Receipt:
        """The receipt of a view; the same one for the same figures. Raises StoreError.

        ``covered`` gives the figures of the view where it is made already, else they are read.
        """

        def covers() -> str:
            return as_text(covered() if covered else self._covered(view, selection))

        basis = Basis(moment_of(selection.as_known), covers=covers)
        return take_receipt(self._engine, view, by, basis)

    def _covered(self, view: View, selection: Selection) -> Iterable[Covered]:
        """The figures of a chart or a page."""
        asked = self._charts(view, selection)
        return covered_by_charts(self._sources.figures.chart(ref, one) for ref, one in asked)

    def code(
        self,
        view: View,
        selection: Selection,
        covered: Callable[[], Iterable[Covered]] | None = None,
    ) -> str:
        """The code as printed; "" where the store takes none: a file must not wait for it."""
        try:
            return printed_code(self.take(view, selection, covered=covered).code)
        except StoreError:
            return ""

    def printed(self, receipt: Receipt) -> str:
        """A receipt's code as it is printed."""
        return printed_code(receipt.code)

    def stamped_chart(self, ref: str, selection: Selection) -> Chart:
        """A finished chart with its receipt, its last fact; raises NotFound for an unknown ref."""
        context = self._sources.context
        for _ in range(_TRIES):
            version = context.version()
            chart = self._sources.figures.chart(ref, selection)
            covered = partial(covered_by_charts, [chart])
            code = self.code(of_chart(ref, selection), selection, covered)
            if context.version() == version:
                break  # else something came in between, and figures and receipt may differ
        if not code:
            return chart
        facts = (*chart.facts, (word("code_label", selection.language), code))
        return replace(chart, facts=facts, receipt=code)

    def reopen(self, text: str) -> Reopened | None:
        """What this code stands for; None for a mistyped or unknown one."""
        receipt = find_receipt(self._engine, text)
        if receipt is None:
            return None
        selection = selection_of(receipt.query, receipt)
        asked = self._charts(receipt.view, selection) if receipt.kind == CHART else []
        drawn = tuple((ref, one, self._sources.figures.chart(ref, one)) for ref, one in asked)
        return Reopened(receipt, selection, drawn, _address(receipt))

    def comparing(self, reopened: Reopened) -> Callable[[JobProgress], object]:
        """The work of comparing it with the figures of today; ``read_changed`` reads the result."""

        def compare(progress: JobProgress) -> object:
            changed = self.changed(reopened, progress)
            return None if changed is None else [_as_row(change) for change in changed]

        return compare

    def changed(self, reopened: Reopened, progress: JobProgress = QUIET) -> list[Changed] | None:
        """What is another figure now than on the receipt; None where it covers no figures.

        A receipt that does not say its figures is drawn anew, which takes its time. Raises
        Cancelled.
        """
        receipt, selection = reopened.receipt, reopened.selection
        latest, covered = replace(selection, as_known=None), read_covered(receipt.covers)
        if covered:
            return changed_since(self._sources, covered, latest)
        asked = self._charts(receipt.view, selection)
        if not asked:
            return None
        return changes_between(self._sources, asked, latest, progress=progress)

    def _charts(self, view: View, selection: Selection) -> Asked:
        """The charts of what a receipt stands for; empty where it shows lists only."""
        catalogue = self._sources.catalogue
        if view.kind == CHART:
            named = [(view.ref, selection)]
        elif view.kind == REPORT:
            try:
                named = charts_of(catalogue, read_plan(view.ref), selection)
            except (PlanError, KeyError):
                named = []  # a topic that is declared no more
        else:
            named = charts_of_page(catalogue, view.ref, selection)
        return [(ref, one) for ref, one in named if self._sources.has_chart(ref)]


def _as_row(changed: Changed) -> list[object]:
    """A change as the result of a job holds it."""
    figure, texts = changed.figure, (changed.old, changed.new)
    rest = (changed.change, changed.in_points, changed.submission)
    return [*map(str, figure[:3]), *figure[3:], *texts, *rest]


def read_changed(rows: Iterable[Sequence[Any]]) -> list[Changed]:
    """The changes as a job of ``comparing`` gives them."""
    return [
        Changed(FigureKey(indicator, area, parse(period).end, months, kind), *rest)
        for indicator, area, period, months, kind, *rest in rows
    ]


def charts_of_page(catalogue: Catalogue, path: str, selection: Selection) -> Asked:
    """The figures of a page as charts: of a street its trends, of the overview its headlines."""
    kind, _, name = path.strip("/").partition("/")
    if kind == "street":
        selection = replace(selection, area=name)
    return [(ref, selection) for ref in _refs_of_page(catalogue, kind, name)]


def _refs_of_page(catalogue: Catalogue, kind: str, name: str) -> list[str]:
    """The charts of a kind of page, by their names."""
    if kind == "topic" and name in catalogue.topics:
        return [f"{name}/{chart.id}" for chart in catalogue.topics[name].charts]
    if kind == "indicators" and name:
        return [f"indicator:{name}/{panel}" for panel in PANELS]
    panel = {"street": "trend", "": "streets"}.get(kind)
    return [f"indicator:{code}/{panel}" for code in headlines(catalogue)] if panel else []


def _address(receipt: Receipt) -> str:
    query = dict(parse_qsl(receipt.query)) | {"known": known_text(receipt.known)}
    path = "/report" if receipt.kind == REPORT else receipt.ref
    if receipt.kind == CHART:
        owner = receipt.ref.partition("/")[0]
        indicator = owner.removeprefix("indicator:")
        path = f"/topic/{owner}" if owner == indicator else f"/indicators/{indicator}"
    return f"{path}?{urlencode(query)}"
