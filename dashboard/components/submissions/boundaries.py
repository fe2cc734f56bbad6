"""Builds the notice on the page of a closed or new area, and the list of all changes of areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import number, word
from dashboard.catalogue import periods
from dashboard.catalogue.area_changes import AreaChange, ChangeKind, ChangeRule, Step
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Level
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.components.shell.card import card
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table
from dashboard.services.front_desk import FrontDesk
from dashboard.store.area_changes import ChangeRow

PLACE = "area-changes"  # where a link to the list of changes leads
COLUMNS = ("date", "kind", "from", "to", "share", "rule", "source", "submission")
_SLOT = "\0"


def boundary_notice(desk: FrontDesk, selection: Selection) -> Component | None:
    """Says when the area's boundary changed, and leads to what it was made of or became."""
    areas, code, language = desk.areas(), selection.area, selection.language
    texts: list[Component] = []
    for step in areas.changes.made(code):
        texts.append(_made(areas, step, selection))
    ended = areas.changes.closed_in(code)
    if ended is not None:
        pairs = [pair for pair in areas.changes.from_old(code) if pair.period == ended.plus(1)]
        texts.append(_closed(areas, pairs, selection))
    if texts:
        anchor = html.A(
            word("changes_all", language), href=link("/submissions", selection) + f"#{PLACE}"
        )
        texts.append(html.P(anchor))
    area = areas.get(code)
    for period, new in areas.boundary_changes(code) if area and area.level is Level.STREET else ():
        text = word(
            "area_boundary",
            language,
            period=periods.name(period, language),
            new=new.name[language],
            old=areas.name_of(new.predecessor, language),
        )
        texts.append(html.P(text))
    return html.Div(texts, className="notice notice-areas", role="note") if texts else None


def _made(areas: Areas, step: Step, selection: Selection) -> Component:
    olds = [pair.old for pair in step.pairs if pair.old != step.area]
    if step.is_rename:
        key = "area_renamed"
    elif step.goes_on:
        key = "area_took_in" if olds else "area_gave_away"
    else:
        is_split = all(pair.kind is ChangeKind.SPLIT for pair in step.pairs)
        key = "area_carved" if is_split else "area_merged"
    return _sentence(areas, _Statement(key, step.area, step.pairs, olds), selection)


def _closed(areas: Areas, pairs: Sequence[AreaChange], selection: Selection) -> Component:
    news = [pair.new for pair in pairs]
    is_rename = any(pair.kind is ChangeKind.RENAME for pair in pairs)
    key = "area_became" if is_rename else "area_closed"
    return _sentence(areas, _Statement(key, pairs[0].old, pairs, news), selection)


@dataclass(frozen=True, slots=True)
class _Statement:
    """What became of an area: the word ``key`` says it, with the pairs and the other areas."""

    key: str
    area: str
    pairs: Sequence[AreaChange]
    others: Sequence[str]


def _sentence(areas: Areas, statement: _Statement, selection: Selection) -> Component:
    """A sentence with links to the other areas in it, and what rule earlier figures follow."""
    language, pairs = selection.language, statement.pairs
    text = word(
        statement.key,
        language,
        name=areas.name_of(statement.area, language),
        period=periods.name(pairs[0].period, language),
        others=_SLOT,
    )
    before, _, after = text.partition(_SLOT)
    parts: list[str | Component] = [before]
    for place, code in enumerate(statement.others):
        parts.append(word("list_comma", language) if place else "")
        parts.append(html.A(areas.name_of(code, language), href=link(f"/street/{code}", selection)))
    parts.append(after)
    if not all(pair.kind is ChangeKind.RENAME for pair in pairs):
        parts.append(word(f"area_rule_{_rule(pairs)}", language))
    sources = dict.fromkeys(pair.source for pair in pairs if pair.source)
    if sources:
        parts.append(
            word("restated_source", language, source=word("list_comma", language).join(sources))
        )
    return html.P([part for part in parts if part])


def _rule(pairs: Sequence[AreaChange]) -> ChangeRule:
    """The rule that lets least be statement."""
    order = (ChangeRule.NOT_COMPARABLE, ChangeRule.APPORTION)
    rules = {pair.rule for pair in pairs}
    return next((rule for rule in order if rule in rules), ChangeRule.ADD)


def _row(areas: Areas, row: ChangeRow, selection: Selection) -> Row:
    language, change = selection.language, row.change
    state = ""
    if not row.counts:
        state = word("change_withdrawn" if row.withdrawn else "change_replaced", language)
    share = (
        f"{number(change.share * 100, 1, language)}%"
        if change.rule is ChangeRule.APPORTION
        else "—"
    )
    file = f"/api/submissions/{change.submission}/file" if row.sha256 else ""
    text = f"{row.received:%Y-%m-%d} {row.submitted_by}".strip()
    return Row(
        [
            Cell(str(change.period), scope="row", small=state),
            Cell(word(f"change_{change.kind}", language)),
            *(
                Cell(areas.name_of(code, language), href=link(f"/street/{code}", selection))
                for code in (change.old, change.new)
            ),
            Cell(share, kind="number"),
            Cell(word(f"change_{change.rule}", language)),
            Cell(change.source or "—"),
            Cell(row.file, code=not file, href=file, small=text),
        ],
        kind="" if row.counts else "is-void",
    )


def changes_card(desk: FrontDesk, selection: Selection) -> Component:
    """All area changes ever handed in, the latest first, and how to hand one in."""
    language, areas = selection.language, desk.areas()
    title = word("changes_title", language)
    text = html.P(word("changes_text", language), className="lead-text")
    rows = sorted(desk.submissions.area_changes(), key=lambda row: row.change.period, reverse=True)
    if not rows:
        nothing = html.P(word("changes_none", language), className="empty")
        return card(title, [text, nothing], PLACE)
    head = head_row("change", COLUMNS, language, {"share"})
    body = [_row(areas, row, selection) for row in rows]
    table = real_table(title, [head], body, kind="changes", box="scroll-long", quiet=True)
    return card(title, [text, table], PLACE)
