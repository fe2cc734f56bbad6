"""The list of indicators: values of the chosen area, topics that open, names by their initials."""

import json

import pytest
from screens import DISTRICT, named, page_layout, text_of

from dashboard.catalogue.initials import initials

pytestmark = pytest.mark.slow


def groups(page):
    """The blocks of the topics."""
    return [
        part
        for part in named(page, "Details")
        if "indicator-group" in str(getattr(part, "className", ""))
    ]


def rows(group):
    """The rows of a block's table, each its texts."""
    tables = [getattr(part, "data-table", None) for part in named(group, "Div")]
    return [
        [cell.get("text", "") for cell in line["cells"]]
        for table in filter(None, tables)
        for line in json.loads(table)["body"]
    ]


def test_a_name_is_found_by_the_initials_of_its_syllables(desk):
    assert initials("养老床位数") == "ylcws"
    found = {row.indicator.name.zh for row in desk.directory.search("jhdj")}
    assert "结婚登记对数" in found
    assert desk.directory.search("zzzzz") == []


def test_a_row_states_the_figure_of_the_chosen_area_and_its_target(app, desk):
    page = page_layout(
        app, "/indicators", area=DISTRICT, period="2026-10", lang="zh", q="养老机构床位数"
    )
    (group,) = groups(page)
    (line,) = [line for line in rows(group) if line[0] == "养老机构床位数"]
    assert line[1:4] == ["落后", "5,308", "张"]
    assert group.open


def test_topics_are_folded_but_the_first(app):
    page = page_layout(app, "/indicators", area=DISTRICT, period="2026-10", lang="zh")
    assert [bool(group.open) for group in groups(page)] == [True] + [False] * 8


def test_what_is_missing_is_listed_without_a_row(app):
    page = page_layout(app, "/indicators", area="370113", period="2023-12", lang="zh")
    for group in groups(page):
        assert not any("—" == line[2] for line in rows(group))
        assert "没有数" in text_of(group) or rows(group)


def test_rates_that_follow_from_other_figures_have_a_row(app):
    page = page_layout(
        app, "/indicators", area=DISTRICT, period="2026-10", lang="zh", q="每千名老年人"
    )
    assert any(line[2] == "34.9" for group in groups(page) for line in rows(group))
