"""Which columns of a table a reader can sort by."""

import json

import pytest
from screens import DISTRICT, PAGES, page_layout, tables_of

from dashboard.components.shell.real_table import (
    AS_SEEN,
    FEW,
    STANDS_STILL,
    UNSORTED,
    Cell,
    Row,
    head_row,
    real_table,
)

HEAD = [Cell("街道", scope="col"), Cell("对数", scope="col", kind="number")]
BODY = [Row([Cell(name, scope="row"), Cell("1", kind="number")]) for name in "甲乙丙丁"]


def sorts(head=None, body=BODY, kind=""):
    table = real_table("表", head or [Row(HEAD)], body, kind=kind)
    content = json.loads(getattr(table, "data-table"))
    return [cell.get("sort", "") for cell in content["head"][-1]["cells"]]


def test_every_column_of_words_and_numbers_is_sortable():
    assert sorts() == ["text", "number"]


def test_a_column_is_not_where_its_figures_have_a_unit_each_or_it_leads_elsewhere():
    head = [Row([Cell("a", scope="col", sort=UNSORTED), Cell("b", scope="col", href="/x")])]
    assert sorts(head) == ["", ""]
    assert [cell.sort for cell in head_row("area", ["street"], "zh", (), {"street"}).cells] == [
        "no"
    ]


@pytest.mark.parametrize("kind", ["printed", "as-printed", "signs", "compare many-units"])
def test_what_shows_a_sheet_or_many_units_keeps_its_order(kind):
    assert sorts(kind=kind) == ["", ""]


def test_few_rows_and_cells_over_several_rows_are_not_sorted():
    assert sorts(body=BODY[:3]) == ["", ""]
    tall = [Row([Cell("甲", scope="row", down=2), Cell("1")]), *BODY]
    assert sorts(body=tall) == ["", ""]


def test_headings_of_groups_and_totals_do_not_count_as_rows():
    group = Row([Cell("组", scope="rowgroup", kind="group", across=2)])
    total = Row([Cell("合计", scope="row"), Cell("4")], kind="summary")
    assert sorts(body=[group, *BODY, total]) == ["text", "number"]
    assert sorts(body=[group, *BODY[:3], total]) == ["", ""]


# By the tables' class the columns in which each row has a unit of its own: no order is in them.
UNITS_EACH = {
    "indicator-rows": {"本期", "计量单位", "比上年同期", "2022年10月"},
    "targets": {"应完成与已完成", "预计期末", "今后每月需"},
    "comparison-rows": {"本街镇", "整体"},
    "topic-figures": {"数值"},
}


def unsorted(table):
    """The headings that no reader can sort by, but for those drawn, empty or leading elsewhere."""
    rows = [
        row["cells"] for row in table["body"] if not set(STANDS_STILL) & set(row["kind"].split())
    ]
    rows = [cells for cells in rows if not any("across" in cell for cell in cells)]
    if len(rows) <= FEW or AS_SEEN & set(table["kind"].split()):
        return set()
    return {
        cell["text"]
        for place, cell in enumerate(table["head"][-1]["cells"])
        if cell.get("text") and not {"sort", "href"} & set(cell)
        if not any("drawing" in cells[place] for cells in rows)
    }


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_column_of_a_pages_tables_is_sortable_unless_its_rows_have_a_unit_each(app, path):
    for table in tables_of(page_layout(app, path, area=DISTRICT, period="2026-10")):
        named = set().union(*map(UNITS_EACH.get, set(table["kind"].split()) & set(UNITS_EACH)))
        assert unsorted(table) <= named, table["caption"]
