"""An area with few figures: all it has, in the order of its source, nothing empty."""

import pytest
from screens import DISTRICT, named, page_layout, text_of, written_in

from dashboard.services.figures.stated_figures import FEW

pytestmark = pytest.mark.slow
REPORTED, SPANS, THREE = "370113", "370400", "220000"


def of_kind(part, name, kind):
    return [p for p in named(part, name) if kind in str(getattr(p, "className", "")).split()]


def stated(desk, area):
    return desk.stated.of(desk.selections.of({"area": area}, "zh"))


def test_the_demo_district_has_too_many_figures_to_list(desk):
    assert stated(desk, DISTRICT) is None


def test_the_figures_of_a_report_stand_in_its_order_with_its_words(app, desk):
    page = page_layout(app, "/", area=REPORTED, lang="zh")
    words = text_of(page)
    assert "报告里的数字" in words and "“城乡低保人数达到11022人" in words
    assert words.index("“共发放各类救助金14086万元”") < words.index("“保障困难群众3万多人”")
    assert "上年同期没有数据" not in words
    listed = stated(desk, REPORTED)
    assert listed.is_report and listed.is_compared
    every = [one for group in listed.groups for one in group.figures]
    assert len(every) == len({one.tile.indicator for one in every}) > FEW


def test_the_results_of_several_years_stand_apart(app, desk):
    groups = stated(desk, SPANS).groups
    spans = [group.months for group in groups if group.months]
    assert spans == [60, 36] and all(not group.months for group in groups[: -len(spans)])
    page = page_layout(app, "/", area=SPANS, lang="zh")
    assert "五年成果" in text_of(page) and "三年成果" in text_of(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_area_of_four_figures_shows_each_once_and_no_empty_card(app, language):
    page = page_layout(app, "/", area=THREE, lang=language)
    tiles = of_kind(page, "Li", "row-tile")
    assert len(tiles) == 4
    assert not of_kind(page, "P", "empty")
    without = of_kind(page, "P", "tiles-missing")
    assert len(named(without, "A")) == len(app.desk.catalogue.topics) - 1


def test_streets_without_a_figure_are_named_in_one_line(app):
    page = page_layout(app, "/", area=REPORTED, lang="zh")
    words = written_in(page)
    assert "6 个街镇没有数：" in words
    (card,) = of_kind(page, "Div", "matrix-card")
    assert "马山镇" not in written_in(card) and "崮云湖街道" in written_in(card)
