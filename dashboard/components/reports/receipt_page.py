"""Builds the page of a receipt: its view, the figures as then known, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import known_name, number, word
from dashboard.catalogue import periods
from dashboard.catalogue.topics import Topic
from dashboard.charts.model.plan import PlanError, read_plan
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.changed import Changed
from dashboard.components.reports.report_choice import MOST_AREAS, refs_of, topic_of_ref
from dashboard.components.shell import ids
from dashboard.components.shell.address import figure_tail, link
from dashboard.components.shell.headings import area_name, title_block
from dashboard.components.shell.not_found import note_missing
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.components.shell.small_form import Field, small_form
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.receipts import REPORT
from dashboard.store.receipt_codes import LENGTH, normal_code, printed_code
from dashboard.store.receipts import Receipt

MOST_CHANGES = 300  # rows shown; how many more there are is said
_COLUMNS = (
    "code_figure",
    "code_area",
    "code_period",
    "code_then",
    "code_now",
    "code_change",
    "code_submission",
)


def entry_card(language: str, typed: str = "") -> Component:
    """Where a code is typed."""
    label = word("code_field", language)
    field = Field(ids.RECEIPT_CODE, "code", label, value=typed[:40], needed=True)
    form = small_form(ids.RECEIPT_FIND, [field], word("code_open", language))
    turn = dcc.Location(id=ids.RECEIPT_TURN, refresh=True)
    return html.Section([form, turn], className="panel-card")


def refused(text: str, language: str) -> list[Component]:
    """A helpful sentence for a code that is mistyped or was never given."""
    note_missing()
    signs = sum(sign.isalnum() for sign in text)
    if signs == LENGTH:
        key = "code_unknown" if normal_code(text) else "code_mistyped"
    else:
        key = "code_length"
    sentence = word(key, language, code=text[:40], count=signs)
    return [
        *title_block(word("page_receipt", language)),
        html.Div(html.P(sentence, role="alert"), className="notice"),
        entry_card(language, text),
    ]


def receipt_head(
    desk: FrontDesk, receipt: Receipt, selection: Selection, address: str
) -> Component:
    """What the receipt stands for, when it was given, as of which moment the figures are."""
    language = selection.language
    when = periods.name(selection.period, language) if selection.period else ""
    where = " · ".join(text for text in (area_name(desk, selection.area, language), when) if text)
    facts: list[tuple[str, str | Component]] = [
        ("code_label", html.Code(printed_code(receipt.code))),
        ("code_kind", word(f"code_kind_{receipt.kind}", language)),
        ("code_where", where),
        ("code_known", known_name(receipt.known, language)),
        ("code_made", known_name(receipt.made, language)),
        ("code_by", receipt.made_by),
    ]
    pairs = [
        html.Div([html.Dt(word(key, language)), html.Dd(content)])
        for key, content in facts
        if content
    ]
    anchor = html.A(word("code_view", language), href=address, className="btn btn-primary")
    return html.Section(
        [html.Dl(pairs, className="facts"), anchor if address else None],
        className="panel-card receipt-head",
    )


def report_views(desk: FrontDesk, receipt: Receipt, selection: Selection) -> list[Component]:
    """The pages on which the charts of a report stand, as then known; empty of other receipts."""
    language, topics = selection.language, desk.catalogue.topics
    if receipt.kind != REPORT:
        return []
    try:
        plan = read_plan(receipt.ref)
    except PlanError:
        return []
    owners = dict.fromkeys(topic_of_ref(ref) for ref in refs_of(desk, plan))
    links = [
        _topic_link(desk, topics[owner], replace(selection, area=area))
        for area in (plan.areas or (selection.area,))[:MOST_AREAS]
        for owner in owners
        if owner in topics
    ]
    if not links:
        return []
    title = html.H2(word("code_report_views", language))
    return [html.Section([title, html.Ul(links)], className="panel-card")]


def _topic_link(desk: FrontDesk, topic: Topic, selection: Selection) -> Component:
    texts = (area_name(desk, selection.area, selection.language), topic.title[selection.language])
    name = " · ".join(text for text in texts if text)
    return html.Li(html.A(name, href=link(f"/topic/{topic.id}", selection)))


def changes_card(
    desk: FrontDesk, changed: Sequence[Changed], selection: Selection, title: str, nothing: str
) -> Component:
    """The figures that have changed, old and new, or the sentence that nothing has."""
    language = selection.language
    heading = html.H2(title)
    if not changed:
        return html.Section([heading, html.P(nothing)], className="panel-card")
    shown = list(changed[:MOST_CHANGES])
    caption = word("code_changed", language, count=len(changed))
    head = Row([Cell(word(key, language), scope="col") for key in _COLUMNS])
    rows = [Row(_cells(desk, change, language)) for change in shown]
    tail = figure_tail("/", _latest(selection))
    table = real_table(caption, [head], rows, kind="changed", tail=tail)
    left = len(changed) - len(shown)
    more = html.P(word("code_more", language, count=left)) if left else None
    return html.Section([heading, table, more], className="panel-card")


def _latest(selection: Selection) -> Selection:
    return replace(selection, as_known=None)


def _cells(desk: FrontDesk, change: Changed, language: str) -> list[Cell]:
    meaning = desk.catalogue.indicators.get(change.figure.indicator)
    name = meaning.name[language] if meaning else change.figure.indicator
    submission = Cell("—")
    if change.submission:
        href = (
            link("/submissions", Selection("", language=language))
            + f"&submission={change.submission}"
        )
        submission = Cell(f"#{change.submission}", href=href)
    return [
        Cell(name, scope="row"),
        Cell(area_name(desk, change.figure.area, language)),
        Cell(periods.name(change.figure.period, language)),
        Cell(change.old, kind="number"),
        Cell(change.new, kind="number", figure=change.figure),
        Cell(change_text(change, language), kind="number"),
        submission,
    ]


def change_text(change: Changed, language: str) -> str:
    """The change with its sign: in percent, of a rate in percentage points."""
    if change.change is None:
        return "—"
    sign = "+" if change.change > 0 else "−"
    figure = f"{sign}{number(abs(change.change), 1, language)}"
    return figure + (word("code_points", language) if change.in_points else "%")
