"""Builds a tile: one headline figure with its period, its change in words and its course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.trend import Trend, trend
from dashboard.base.language import word
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import figure_link, link
from dashboard.components.shell.sparks import sparkline
from dashboard.components.shell.tags import change_tag

ABSENT = "—"  # a tile of which nothing is known
SHARED = 2  # tiles from which on what they share is said once


def exact_title(shown: Tile) -> str | None:
    """The value as tables print it, with its unit, where the tile shows fewer figures."""
    is_rounded = shown.exact not in ("", shown.value)
    return f"{shown.exact} {shown.unit}".strip() if is_rounded else None


@dataclass(frozen=True, slots=True)
class Common:
    """What is said once below the tiles instead of on each: ``marks`` of all of them, ``reasons``
    why several are not compared or judged, with the number of tiles.
    """

    marks: tuple[str, ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()

    def has(self, text: str) -> bool:
        """Whether this reason is said below."""
        return any(text == reason for reason, _ in self.reasons)


def common_of(tiles: Sequence[Tile], language: str) -> Common:
    """What several tiles share; nothing of a single one."""
    if len(tiles) < SHARED:
        return Common()
    marks = tuple(mark for mark in tiles[0].marks if all(mark in one.marks for one in tiles))
    why = Counter(one.change for one in tiles if one.change and not one.short)
    why += Counter(_not_judged(one, language) for one in tiles if _not_judged(one, language))
    return Common(marks, tuple((text, count) for text, count in why.items() if count >= SHARED))


def _not_judged(shown: Tile, language: str) -> str:
    """That the course is not judged, of a tile that draws one."""
    drawn = sum(value is not None for value in shown.sparkline) > 1
    judged = trend(shown.years)
    return word(f"trend_{judged}", language) if drawn and judged is Trend.NOT_JUDGED else ""


NOTHING_COMMON = Common()


def _number(shown: Tile, selection: Selection, path: str) -> html.P:
    """The value, which leads to its source, with its unit."""
    value: Component = html.Span(shown.value, className="tile-value")
    if shown.figure:
        value = html.A(
            shown.value,
            href=figure_link(shown.figure, path, selection),
            className="tile-value figure-link",
            title=exact_title(shown),
        )
    if not shown.unit:
        return html.P(value, className="tile-figure")
    # The space ends with the line where the unit begins the next one.
    parts: list[Component | str] = [value, " ", html.Span(shown.unit, className="tile-unit")]
    return html.P(parts, className="tile-figure")


def _note(text: str, title: str = "") -> html.P | None:
    return html.P(text, className="tile-note", title=title) if text else None


def tile(
    shown: Tile, selection: Selection, path: str = "/", common: Common = NOTHING_COMMON
) -> Component:
    """One figure; the title leads to the indicator's own page, the number to its source.

    ``path`` is that of the page it stands on; what is ``common`` is said there.
    """
    language = selection.language
    spark = sparkline(shown.sparkline, word("spark_alt", language, indicator=shown.title))
    address = link(f"/indicators/{shown.indicator}", selection)
    going = word(f"trend_{trend(shown.years)}", language) if shown.value != ABSENT else ""
    going = "" if common.has(going) else going
    own = [mark for mark in shown.marks if mark not in common.marks]
    note = ", ".join(own) if common.marks else shown.note
    limits = " · ".join(text for text in (shown.period, note) if text)
    change = "" if common.has(shown.change) else shown.change
    return html.Li(
        [
            html.H3(html.A(shown.title, href=address), className="tile-title"),
            _number(shown, selection, path),
            change_tag(shown.arrow, change, shown.tone),
            _note(shown.step),
            spark.component() if spark else None,
            _note(limits),
            _note(going if spark else "", title=word("trend_rule", language)),
        ],
        className="tile",
    )


def stated_once(common: Common, tiles: int, language: str) -> str:
    """The line below the tiles; "" where nothing is common."""
    marks = word("list_comma", language).join(common.marks)
    parts = [word("tiles_all", language, text=marks)] if marks else []
    for text, count in common.reasons:
        key = "tiles_all" if count == tiles else "tiles_some"
        parts.append(word(key, language, count=count, text=text))
    return word("list_semicolon", language).join(parts)


def tile_grid(tiles: Sequence[Tile], selection: Selection, path: str = "/") -> list[Component]:
    """Tiles side by side, as many as fit; indicators without any figure on one line below."""
    language = selection.language
    with_value = [shown for shown in tiles if shown.value != ABSENT]
    common = common_of(with_value, language)
    known = [tile(shown, selection, path, common) for shown in with_value]
    parts: list[Component] = [html.Ul(known, className="tiles")] if known else []
    if said := stated_once(common, len(known), language):
        parts.append(html.P(said, className="tiles-missing"))
    return [*parts, *missing_tiles(tiles, selection)]


def missing_tiles(tiles: Sequence[Tile], selection: Selection) -> list[Component]:
    """The indicators without any figure on one line, each leading to its page; else nothing."""
    missing: list[Component | str] = []
    for shown in tiles:
        if shown.value == ABSENT:
            address = link(f"/indicators/{shown.indicator}", selection)
            comma = word("list_comma", selection.language) if missing else ""
            missing += [comma, html.A(shown.title, href=address)]
    if not missing:
        return []
    text = word("tiles_missing", selection.language)
    return [html.P([text, *missing], className="tiles-missing")]
