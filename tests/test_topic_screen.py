"""A topic's page: its finding as the title, one strip of figures, a table of its streets."""

import json
from types import SimpleNamespace

import pytest
from screens import DISTRICT, named, page_layout, text_of

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.catalogue.outlines import Outline
from dashboard.catalogue.topics import Kind
from dashboard.charts.plotly.bars import bar_colours
from dashboard.charts.plotly.theme import SCREEN
from dashboard.components.shell.phrases import clauses
from dashboard.components.wall_map import outline_map

MONTH = "2026-10"
SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0))


def topic_page(app, topic, **query):
    """The page of a topic as the server lays it out."""
    from dash import page_registry

    (page,) = [one for one in page_registry.values() if one["path_template"] == "/topic/<topic>"]
    with app.server.test_request_context(f"/topic/{topic}"):
        return page["layout"](topic=topic, **query)


def tables(page, kind):
    """The contents of the tables of this class name."""
    every = [json.loads(text) for div in named(page, "Div") if (text := _table(div))]
    return [table for table in every if kind in table["kind"].split()]


def _table(part):
    return getattr(part, "data-table", "")


@pytest.mark.slow
def test_a_topic_with_targets_behind_says_so_in_its_title(app, desk):
    page = topic_page(app, "elderly", area=DISTRICT, period=MONTH, lang="zh")
    (heading,) = named(page, "H1")
    known = desk.catalogue.indicators
    with app.server.test_request_context("/"):
        rows = desk.targets.progress(DISTRICT, MONTH)
    own = [row for row in rows if known[row.target.indicator].topic == "elderly"]
    behind = sum(row.status in OFF_PACE for row in own)
    assert text_of(heading).startswith(f"{len(own)} 项目标中 {behind} 项落后")
    assert "养老设施覆盖" in text_of(page)


@pytest.mark.slow
def test_a_topic_without_anything_to_say_has_its_name(app):
    page = topic_page(app, "elderly", area="000000", lang="zh")
    (heading,) = named(page, "H1")
    assert text_of(heading) == "养老设施覆盖"


@pytest.mark.slow
def test_running_totals_are_headed_by_all_their_months(app):
    words = text_of(topic_page(app, "marriage", area=DISTRICT, period=MONTH, lang="zh"))
    assert "2026年1—10月" in words.partition("本专题的说明")[0]
    mixed = text_of(topic_page(app, "assistance", area=DISTRICT, period=MONTH, lang="zh"))
    assert "2026年1—10月" in mixed, "where not all are running totals each figure says its months"


@pytest.mark.slow
def test_the_streets_of_a_topic_stand_worst_first_and_the_whole_last(app):
    page = topic_page(app, "elderly", area=DISTRICT, period=MONTH, lang="zh")
    (table,) = tables(page, "street-rows")
    rates = [float(row["cells"][3]["text"]) for row in table["body"]]
    *streets, whole = rates
    assert streets == sorted(streets)
    assert table["body"][-1]["kind"] == "summary"
    marked = ["is-worse" in row["cells"][3]["kind"] for row in table["body"][:-1]]
    assert marked == [rate < whole for rate in streets]


@pytest.mark.slow
def test_the_list_narrows_to_indicators_with_a_target_or_a_change_for_the_worse(app):
    asked = {"area": DISTRICT, "period": MONTH, "lang": "zh"}
    lengths = {}
    for show in ("", "targets", "worse"):
        page = page_layout(app, "/indicators", **asked, show=show)
        lengths[show] = sum(len(table["body"]) for table in tables(page, "indicator-rows"))
        chips = [
            part for part in named(page, "A") if "list-chip" in str(getattr(part, "className", ""))
        ]
        (chosen,) = [chip for chip in chips if "is-on" in chip.className]
        if show:
            assert text_of(chosen).endswith(f" {lengths[show]}")
    assert 0 < lengths["worse"] < lengths[""] and 0 < lengths["targets"] < lengths[""]


def test_a_ranking_is_quiet_but_for_the_worse_side_and_the_chosen_street():
    chart = SimpleNamespace(
        kind=Kind.BAR, keys=("1", "2", "3"), chosen="2", worse=(False, False, True)
    )
    assert bar_colours(chart, SCREEN) == [SCREEN.quiet_bar, SCREEN.primary, SCREEN.categorical[1]]
    quiet = SimpleNamespace(kind=Kind.BAR, keys=("1", "2"), chosen="", worse=())
    assert set(bar_colours(quiet, SCREEN)) == {SCREEN.quiet_bar}


def test_a_chinese_title_is_broken_between_its_clauses_only():
    parts = clauses("结婚登记1,680对，比上年同期少6对")
    assert [part.children for part in parts] == ["结婚登记1,680对，", "比上年同期少6对"]
    assert clauses("4 of 14 targets behind, so far") == ["4 of 14 targets behind, so far"]


def test_the_walls_map_has_a_shape_and_a_label_for_every_street():
    east = tuple((x + 1, y) for x, y in SQUARE)
    outlines = {"1": Outline((SQUARE,)), "2": Outline((east,))}
    drawn = outline_map(outlines, {"1": 2, "2": 0}, {"1": 3, "2": 0}, {"1": "东湖", "2": "西山"})
    shapes, labels = drawn.children
    assert [shape.className for shape in shapes.children] == [
        "wall-shape wall-level-3",
        "wall-shape wall-level-0",
    ]
    assert all(shape.style["clipPath"].startswith("polygon(") for shape in shapes.children)
    assert [text_of(label) for label in labels.children] == ["东湖 2", "西山 –"]
    assert float(labels.children[0].style["left"].rstrip("%")) < 50
