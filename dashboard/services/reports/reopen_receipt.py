"""A receipt opened again: the charts as then known, and which figures have changed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from dashboard.base.language import DEFAULT_LANGUAGE
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.plan import PlanError, read_plan
from dashboard.charts.model.selection import Selection, from_query, known_text
from dashboard.charts.text.changed import Changed, changed_figures
from dashboard.services.context import NotFound
from dashboard.services.figures.comparisons import headlines
from dashboard.services.figures.figures import PANELS
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.compose import charts_of
from dashboard.services.reports.receipts import CHART, REPORT
from dashboard.store.receipts import Receipt, find_receipt
from dashboard.store.versions import read_versions

MOST_SOURCES = 60  # changed figures whose submission is looked up
Asked = list[tuple[str, Selection]]  # charts, each with the selection it is drawn with


@dataclass(frozen=True, slots=True)
class Reopened:
    """What a receipt stands for. ``charts`` are as then known, with ref and selection.

    ``address`` opens the view itself as then known; "" where there is no page for it.
    """

    receipt: Receipt
    selection: Selection
    charts: tuple[tuple[str, Selection, Chart], ...]
    changed: tuple[Changed, ...]
    address: str


def reopen(desk: FrontDesk, text: str) -> Reopened | None:
    """What this code stands for; None for a mistyped or unknown one."""
    receipt = find_receipt(desk.context.engine, text)
    if receipt is None:
        return None
    selection = selection_of(receipt.query, receipt)
    asked = asked_charts(desk, receipt, selection)
    drawn = tuple((ref, one, desk.figures.chart(ref, one)) for ref, one in asked)
    changed = changes_between(desk, asked, replace(selection, as_known=None))
    return Reopened(receipt, selection, drawn, tuple(changed), _address(receipt))


def selection_of(query: str, receipt: Receipt) -> Selection:
    """What was chosen, with the figures as known when the receipt was given."""
    found = from_query(dict(parse_qsl(query)), "", DEFAULT_LANGUAGE)
    return replace(found, as_known=receipt.known)


def changes_between(
    desk: FrontDesk, asked: Asked, later: Selection, leaves: bool = False
) -> list[Changed]:
    """The figures of these charts that are others as known in ``later``, each once.

    Small counts of people stay hidden where the list ``leaves`` the house.
    """
    rates = {name for name, one in desk.catalogue.indicators.items() if one.is_rate}
    found: dict[object, Changed] = {}
    for ref, selection in asked:
        drawn = (
            desk.figures.chart(ref, replace(selection, as_known=at))
            for at in (selection.as_known, later.as_known)
        )
        then, now = (desk.release.chart(chart) if leaves else chart for chart in drawn)
        for one in changed_figures(then, now, rates):
            found.setdefault(one.figure, one)
    listed = list(found.values())
    sourced = [_with_source(desk, one) for one in listed[:MOST_SOURCES]]
    return sourced + listed[MOST_SOURCES:]


def _with_source(desk: FrontDesk, one: Changed) -> Changed:
    if one.figure.months or one.new == "—":
        return one
    figure = one.figure
    standing = [
        version.submission
        for version in read_versions(
            desk.context.engine, figure.indicator, figure.area, figure.period
        )
        if version.withdrawn is None and version.kind in (figure.kind or "actual", "standard")
    ]
    return replace(one, submission=standing[-1]) if standing else one


def asked_charts(desk: FrontDesk, receipt: Receipt, selection: Selection) -> Asked:
    """The charts of what a receipt stands for; empty where it shows lists only."""
    if receipt.kind == CHART:
        named = [(receipt.ref, selection)]
    elif receipt.kind == REPORT:
        try:
            named = charts_of(desk, read_plan(receipt.ref), selection)
        except (PlanError, KeyError):
            named = []  # a topic that is declared no more
    else:
        named = charts_of_page(desk, receipt.ref, selection)
    return [(ref, one) for ref, one in named if _is_known(desk, ref)]


def charts_of_page(desk: FrontDesk, path: str, selection: Selection) -> Asked:
    """The figures of a page as charts: of a street its trends, of the overview its headlines."""
    kind, _, name = path.strip("/").partition("/")
    if kind == "topic" and name in desk.catalogue.topics:
        charts = desk.catalogue.topics[name].charts
        return [(f"{name}/{chart.id}", selection) for chart in charts]
    if kind == "indicators" and name:
        return [(f"indicator:{name}/{panel}", selection) for panel in PANELS]
    if kind == "street":
        return [
            (f"indicator:{one}/trend", replace(selection, area=name))
            for one in headlines(desk.catalogue)
        ]
    if not kind:
        return [(f"indicator:{one}/streets", selection) for one in headlines(desk.catalogue)]
    return []


def _is_known(desk: FrontDesk, ref: str) -> bool:
    try:
        desk.figures.spec(ref)
    except NotFound:
        return False
    return True


def _address(receipt: Receipt) -> str:
    query = dict(parse_qsl(receipt.query)) | {"known": known_text(receipt.known)}
    if receipt.kind == REPORT:
        return ""
    path = receipt.ref
    if receipt.kind == CHART:
        owner = receipt.ref.partition("/")[0]
        indicator = owner.removeprefix("indicator:")
        path = f"/topic/{owner}" if owner == indicator else f"/indicators/{indicator}"
    return f"{path}?{urlencode(query)}"
