"""Builds the cards of the wall screen: targets off pace, streets, what turned, figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.actuals import is_flow
from dashboard.analysis.off_pace import OFF_PACE, OffPace
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.wall_pages import WallCard
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.off_pace_words import OffPaceWords, others_behind
from dashboard.charts.text.office_names import office_name
from dashboard.charts.text.target_words import SIGNS, Form, TargetWords, status_word
from dashboard.charts.text.wording import below_names
from dashboard.components.figures.tiles import exact_title
from dashboard.components.figures.topic_rows import common_marks, headline_tiles
from dashboard.components.shell.attributes import aria
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.sparks import index_trend
from dashboard.components.shell.tags import change_tag
from dashboard.components.targets.off_pace import pace_bar
from dashboard.components.targets.target_list import words_of
from dashboard.components.wall_map import outline_map
from dashboard.services.front_desk import FrontDesk

LINES = 4  # targets that fit
MOVES = 5
MOVES_IN_FOOT = 2
LONGEST_UNIT = 14  # letters beside a large number
STREETS = 16  # tiles that fit; of more streets the worst
FIGURES = 9
FEW = 3  # figures that are drawn larger
KINDS = {"zh": ("街道", "镇", "乡"), "en": (" Subdistrict", " Township", " Town")}

Names = Mapping[str, str]
Card = Callable[[FrontDesk, Selection], Component | None]


def target_lines(desk: FrontDesk, selection: Selection) -> Component | None:
    """The targets off pace, furthest behind first; the few there are where none is; else None."""
    language, targets = selection.language, desk.target_overview.of(selection)
    off_pace = [off for off in targets.in_sight if off.row.status in OFF_PACE]
    shown = (off_pace or list(targets.in_sight))[:LINES]
    if shown:
        lines = [_line(desk, off, language) for off in shown]
        named = {off.row.target.id for off in shown}
        others = others_behind(targets.rows, named, desk.catalogue, language)
        rest = html.P(others, className="wall-rest") if others else None
        return html.Section([html.Ol(lines), rest], className="wall-card wall-lines")
    if not targets.rows:
        return None
    none = word("wall_none_behind", language)
    return html.Section(html.P(none, className="wall-none"), className="wall-card wall-empty")


def _line(desk: FrontDesk, off: OffPace, language: str) -> Component:
    words = replace(words_of(desk, off.row, language, brief=True), form=Form.TITLE)
    off_words, areas = OffPaceWords(off, words), desk.areas()
    names = short_names(areas, [street.area for street in off.holdbacks.streets], language)
    owner = office_name(off.row.target.owner, language)
    streets = [
        html.Li([html.Span(names[street.area]), html.Strong(off_words.street_amount(street.value))])
        for street in off.holdbacks.streets
    ]
    return html.Li(
        [
            html.Div([html.H2(_short_title(words.name)), html.P(owner)]),
            html.Div([pace_bar(off.row, is_flow(words.indicator)), html.P(_done(off, words))]),
            html.Div([html.P(_gap(words), className="wall-gap"), html.P(off_words.since_due)]),
            html.Div(
                [html.P(off_words.where_in_short()), html.Ul(streets) if streets else None],
                className="wall-where-streets",
            ),
        ],
        className=f"status-{off.row.status}",
    )


def _gap(words: TargetWords) -> str:
    """The gap; in English what is counted is not named again, for the lines beside it do so."""
    is_counted = words.language == "en" and not words.indicator.is_rate
    is_money = words.indicator.unit.dimension == "money"
    return replace(words, form=Form.BARE).gap if is_counted and not is_money else words.gap


def _done(off: OffPace, words: TargetWords) -> str:
    """What was done; of an overdue target behind all that was to be, for nothing else states it."""
    if not off.months_overdue:
        return words.done
    bare = replace(words, form=Form.BARE) if words.language == "en" else words
    return word("chart_comma", words.language).join([words.to_do, bare.done])


def _short_title(name: str) -> str:
    """An indicator's name without what stands in brackets."""
    return re.sub(r"\s*[(（][^()（）]*[)）]", "", name)


def short_names(areas: Areas, codes: Sequence[str], language: str) -> dict[str, str]:
    """The streets' names without 街道, 镇 or 乡, where no two of them then read alike."""
    full = {code: areas.name_of(code, language) for code in codes}
    short = {code: _without_kind(name, language) for code, name in full.items()}
    alike = Counter(short.values())
    return {code: short[code] if alike[short[code]] == 1 else full[code] for code in codes}


def _without_kind(name: str, language: str) -> str:
    for kind in KINDS.get(language, ()):
        if name.endswith(kind) and len(name) - len(kind) >= 2:
            return name.removesuffix(kind)
    return name


def street_tiles(desk: FrontDesk, selection: Selection) -> Component | None:
    """The streets, those behind in most targets first; their shade says in how many."""
    language, targets = selection.language, desk.target_overview.of(selection)
    behind: Counter[str] = Counter()
    for row in targets.parts:
        behind[row.area] += row.status in OFF_PACE
    if not behind:
        return None
    most = max(max(behind.values()), 1)
    ordered = sorted(behind, key=lambda code: (-behind[code], code))
    names = short_names(desk.areas(), ordered, language)
    levels = {code: round(count / most * 3) for code, count in behind.items()}
    listed = len({row.target.indicator for row in targets.parts})
    below = below_names(desk.areas(), selection.area, language)
    about = word("wall_streets_of", language, count=listed, **below)
    outlines = desk.figures.outlines(sorted(behind), selection)
    if len(outlines) == len(behind):
        drawn: Component = outline_map(outlines, behind, levels, names)
    else:
        drawn = _tiles(ordered[:STREETS], behind, levels, names)
        if len(ordered) > STREETS:
            about += word("wall_streets_more", language, shown=STREETS, count=len(ordered))
    return html.Section(
        [html.H2(word("wall_streets", language, **below)), html.P(about), drawn],
        className="wall-card wall-streets",
    )


def _tiles(
    codes: Sequence[str], counts: Mapping[str, int], levels: Mapping[str, int], names: Names
) -> Component:
    """A tile for every street, in their order."""
    tiles = []
    for code in codes:
        number = html.Strong(str(counts[code]) if counts[code] else "–")
        kind = f"wall-level-{levels[code]}"
        tiles.append(html.Li([html.Span(names[code]), number], className=kind))
    return html.Ul(tiles, className="wall-tile-map")


def changes(desk: FrontDesk, selection: Selection) -> Component | None:
    """Which targets turned bad or good since the period before, bad ones first."""
    since = desk.target_overview.since(selection)
    if since is None or not desk.target_overview.rows(selection):
        return None
    language, moves = selection.language, desk.target_overview.moves(selection)
    month = periods.name(since, language)
    lines = []
    for move in moves[:MOVES]:
        words = words_of(desk, move.now, language)
        place = "" if move.now.area == selection.area else words.place
        statuses = (status_word(progress.status, language) for progress in (move.before, move.now))
        before, now = statuses
        text = word("digest_line", language, place=place, name=words.name, before=before, now=now)
        sign = html.Span(SIGNS[move.now.status], **aria(hidden="true"))
        bad = "is-bad" if move.is_bad else "is-good"
        lines.append(html.Li([sign, html.Span(text.strip(" ,"))], className=bad))
    body = html.Ul(lines) if lines else html.P(word("digest_none", language))
    head = html.H2(word("digest_title", language, month=month))
    return html.Section([head, body], className="wall-card wall-changes")


def latest_moves(desk: FrontDesk, selection: Selection) -> Component | None:
    """What turned since the period before on one line, for the foot of a page; None of nothing."""
    language, before = selection.language, desk.target_overview.since(selection)
    moves = desk.target_overview.moves(selection)[:MOVES_IN_FOOT]
    if before is None or not moves:
        return None
    items = [
        html.Li(html.Strong(word("wall_since", language, month=periods.name(before, language))))
    ]
    for move in moves:
        words = words_of(desk, move.now, language)
        area = move.now.area
        place = "" if area == selection.area else short_names(desk.areas(), [area], language)[area]
        now = status_word(move.now.status, language)
        text = word("wall_move", language, place=place, name=words.name, now=now)
        sign = html.Span(SIGNS[move.now.status], **aria(hidden="true"))
        kind = "is-bad" if move.is_bad else "is-good"
        items.append(html.Li([sign, " ", text.strip(" ,")], className=kind))
    return html.Ul(items, className="wall-moves")


def figure_grid(desk: FrontDesk, selection: Selection) -> Component | None:
    """The first figure of each topic, large."""
    tiles = first_figures(desk, selection)[:FIGURES]
    if not tiles:
        return None
    common = common_marks(desk, selection)
    listed = [figure_tile(tile, selection.language, "", common) for tile in tiles]
    few = f" of-{len(tiles)}" if len(tiles) <= FEW else ""
    return html.Section(html.Ul(listed), className=f"wall-card wall-figures{few}")


CARDS: dict[WallCard, Card] = {
    WallCard.TARGETS: target_lines,
    WallCard.STREETS: street_tiles,
    WallCard.CHANGES: changes,
    WallCard.FIGURES: figure_grid,
}


def first_figures(desk: FrontDesk, selection: Selection) -> list[Tile]:
    """One figure of each topic that has any."""
    tiles = headline_tiles(desk, selection)
    first = (
        next((tiles[name] for name in topic.headline if name in tiles), None)
        for topic in desk.catalogue.topic_order()
    )
    return [tile for tile in first if tile is not None]


def figure_tile(
    tile: Tile, language: str, kind: str = "wall-card", common: Collection[str] = ()
) -> Component:
    """A figure with its unit, its marks, its change on a year before and its small trend.

    ``common`` marks of all figures stand at the foot of the page.
    """
    own = [mark for mark in tile.marks if mark not in common]
    trend = index_trend(tile.years, word("spark_alt", language, indicator=tile.title), 160, 56)
    arrow = "" if tile.arrow == "unchanged" else tile.arrow
    change = change_tag(arrow, tile.short, tile.tone)
    drawn = trend.component() if trend else None
    unit = tile.unit if len(tile.unit) <= LONGEST_UNIT else ""  # the name says it
    return html.Li(
        [
            html.H2(_short_title(tile.title)),
            html.P([html.Strong(tile.value, title=exact_title(tile)), " ", html.Span(unit)]),
            html.Div([change, drawn]) if change or drawn else None,
            html.P(dotted(*own), className="wall-note") if own else None,
        ],
        className=kind,
    )
