"""What several tiles share is said once below them, not on each."""

from dataclasses import replace

from screens import named, text_of

from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.tiles import tile_grid

REASON = "上年同期没有数据，不作比较"
ONE = Tile(
    indicator="orphans",
    title="孤儿数",
    value="62",
    unit="人",
    period="2023年",
    change=REASON,
    tone="none",
    arrow="",
    sparkline=(),
    note="初步数，演示数据",
    marks=("初步数", "演示数据"),
)


def test_a_reason_that_several_tiles_share_stands_once():
    parts = tile_grid([ONE, ONE, replace(ONE, change="", marks=(), note="")], Selection("990101"))
    assert text_of(parts).count(REASON) == 1
    assert "2 项上年" in text_of(parts)
    assert "初步数，演示数据" in text_of(parts)  # not of all: it stays on the tile


def test_marks_of_all_tiles_stand_once():
    parts = tile_grid(
        [ONE, replace(ONE, marks=("初步数", "演示数据", "约数"))], Selection("990101")
    )
    text = text_of(parts)
    assert text.count("演示数据") == 1
    assert text.count("约数") == 1


def test_a_single_tile_says_all_itself():
    parts = tile_grid([ONE], Selection("990101"))
    (tile,) = named(parts, "Li")
    assert REASON in text_of(tile) and "演示数据" in text_of(tile)
    assert len(parts) == 1
