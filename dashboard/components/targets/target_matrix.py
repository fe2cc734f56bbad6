"""Builds the table of streets × targets: how each street stands, and how much it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status
from dashboard.base.language import Scale, number, word
from dashboard.catalogue.concepts import Aggregation
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import SIGNS, status_word
from dashboard.charts.text.wording import below_names, scale_of
from dashboard.components.shell.address import link
from dashboard.components.shell.more_rows import more_rows
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.components.targets.target_choice import TargetChoice
from dashboard.services.front_desk import FrontDesk
from dashboard.services.targets.target_overview import AreaTargets

FEW = 2  # columns, up to which the table is no wider than its words
FAR = -50.0  # points of the way from which a cell is darker

# How the cells of a column are sorted.
PLACES = (
    Status.BEHIND,
    Status.OVER_LIMIT,
    Status.OVERDUE,
    Status.NOT_JUDGED,
    Status.NOT_DUE,
    Status.ON_PACE,
    Status.AHEAD,
    Status.DONE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One target of the streets: its indicator, the date due, and the scale of what is lacking."""

    indicator: str
    due: Period
    name: str
    scale: Scale

    def lacking(self, row: Progress, language: str) -> str:
        """How far a street is below what is due, without the unit; "" where it is not."""
        if row.gap is None or row.gap >= 0:
            return ""
        shown = abs(row.gap) / self.scale.factor
        return number(shown, self.scale.decimals, language)


def _target(row: Progress) -> tuple[str, Period]:
    return row.target.indicator, row.target.period


def _columns(desk: FrontDesk, parts: Sequence[Progress], language: str) -> list[Column]:
    """The targets of streets: rates before counts, those with most streets behind first."""
    rows: dict[tuple[str, Period], list[Progress]] = defaultdict(list)
    for row in parts:
        rows[_target(row)].append(row)

    def order(one: tuple[str, Period]) -> tuple[bool, int, tuple[str, Period]]:
        meaning = desk.catalogue.indicators[one[0]]
        is_rate = meaning.is_rate or meaning.aggregation is Aggregation.RATIO
        return not is_rate, -sum(row.status in OFF_PACE for row in rows[one]), one

    return [_column(desk, row, rows[row], language) for row in sorted(rows, key=order)]


def _column(
    desk: FrontDesk, one: tuple[str, Period], rows: Sequence[Progress], language: str
) -> Column:
    meaning = desk.catalogue.indicators[one[0]]
    scale = scale_of(meaning, [row.gap for row in rows], language)
    if meaning.is_rate:
        scale = replace(scale, label=word("matrix_points", language), decimals=1)
    return Column(*one, meaning.name[language], scale)


def _other_targets(targets: AreaTargets, columns: Sequence[Column], language: str) -> Iterator[str]:
    """How many targets of the area itself have no column, if any."""
    listed = {column.indicator for column in columns}
    rest = len({row.target.indicator for row in targets.rows} - listed)
    if rest:
        yield word("matrix_rest", language, count=rest)


def matrix_section(
    desk: FrontDesk, targets: AreaTargets, choice: TargetChoice, selection: Selection
) -> Component | None:
    """The table with its heading; None where no area below has a target."""
    if not targets.parts:
        return None
    language, columns = selection.language, _columns(desk, targets.parts, selection.language)
    title, text = _title(desk, selection), html.P(word("matrix_text", language))
    by_street = _by_street(targets.parts)
    known = {code: own for code, own in by_street.items() if any(map(_is_known, own.values()))}
    absent = [code for code in by_street if code not in known and known]
    notes = [
        *_absent_streets(desk, absent, selection),
        word("matrix_note", language),
        *_other_targets(targets, columns, language),
    ]
    table = _table(desk, known or by_street, columns, choice, selection)
    few = " is-few" if len(columns) <= FEW else ""
    return html.Section(
        [
            html.Div([html.H2(title), text], className="section-head"),
            html.Div(table, className=f"panel-card matrix-card{few}"),
            more_rows(len(known or by_street), language),
            html.P(" ".join(notes), className="muted legend"),
        ],
        className="overview-section",
    )


def _title(desk: FrontDesk, selection: Selection) -> str:
    names = below_names(desk.areas(), selection.area, selection.language)
    return word("matrix_title", selection.language, **names)


def _absent_streets(desk: FrontDesk, absent: Sequence[str], selection: Selection) -> list[str]:
    """A note that names the streets without any figure of the targets."""
    if not absent:
        return []
    language, areas = selection.language, desk.areas()
    comma, below = word("list_comma", language), below_names(areas, selection.area, language)
    names = comma.join(areas.name_of(code, language) for code in absent)
    return [word("matrix_absent", language, names=names, count=len(absent), **below)]


def _by_street(parts: Sequence[Progress]) -> dict[str, dict[tuple[str, Period], Progress]]:
    """The streets' rows by street and target."""
    by_street: dict[str, dict[tuple[str, Period], Progress]] = defaultdict(dict)
    for row in parts:
        by_street[row.area][_target(row)] = row
    return by_street


def _is_known(row: Progress) -> bool:
    """Whether the street has a figure of the target."""
    return row.actual is not None


def _table(
    desk: FrontDesk,
    by_street: Mapping[str, Mapping[tuple[str, Period], Progress]],
    columns: Sequence[Column],
    choice: TargetChoice,
    selection: Selection,
) -> Component:
    language = selection.language
    streets = sorted(by_street, key=lambda code: _order(by_street[code].values(), code))
    head = [
        Cell(word("area_street", language), scope="col", sort="text"),
        Cell(word("group_behind", language), scope="col", kind="number", sort="number"),
        *(
            Cell(
                column.name,
                scope="col",
                small=column.scale.label,
                sort="number",
                kind="matrix-target",
            )
            for column in columns
        ),
    ]
    body = []
    for code in streets:
        own = by_street[code]
        cells = [
            _cell(own.get((column.indicator, column.due)), column, choice, selection)
            for column in columns
        ]
        behind = sum(row.status in OFF_PACE for row in own.values())
        name = desk.areas().name_of(code, language)
        first = Cell(name, scope="row", href=link(f"/street/{code}", selection), key=name)
        count = Cell(str(behind) if behind else "–", kind="number strong", key=behind)
        body.append(Row([first, count, *cells]))
    return real_table(_title(desk, selection), [Row(head)], body, kind="matrix", quiet=True)


def _order(rows: Iterable[Progress], code: str) -> tuple[int, float, str]:
    """Most targets behind first, then furthest behind."""
    behind = [row for row in rows if row.status in OFF_PACE]
    return -len(behind), sum(row.task_gap or 0.0 for row in behind), code


def _cell(row: Progress | None, column: Column, choice: TargetChoice, selection: Selection) -> Cell:
    """How a street stands, and what it lacks where that is much or not judged."""
    language = selection.language
    if row is None:
        return Cell("—", meaning=word("matrix_no_target", language), kind="matrix-none", key=9999)
    off = row.status in OFF_PACE
    says = off or row.status is Status.NOT_JUDGED
    far = off and (row.task_gap or 0.0) <= FAR
    return Cell(
        status_word(row.status, language),
        href=choice.address(selection, target=row.target.id, at=row.area),
        as_page=True,
        arrow=SIGNS[row.status],
        small=column.lacking(row, language) if says else "",
        kind="matrix-cell" + " is-off" * off + " is-far" * far,
        key=round(PLACES.index(row.status) * 1000.0 + (row.task_gap or 0.0), 3),
    )
