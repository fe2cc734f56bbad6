"""The overview: its finding, the targets off pace with where and why, streets by targets."""

import json
from dataclasses import replace
from urllib.parse import unquote

import pytest
from screens import DISTRICT, named, page_layout, text_of

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.office_names import office_name
from dashboard.charts.text.target_words import Form, TargetWords, status_word
from dashboard.components.figures import topic_rows
from dashboard.components.shell.sparks import index_trend

pytestmark = pytest.mark.slow

MONTH = "2026-10"


def title_of(heading):
    """A heading's text without the gaps between its clauses."""
    return text_of(heading).replace("， ", "，").replace("； ", "；")


def of_kind(part, name, kind):
    """The elements of this name and class."""
    return [p for p in named(part, name) if kind in str(getattr(p, "className", "")).split()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_overview_begins_with_the_targets_furthest_behind(app, desk, language):
    page = page_layout(app, "/", area=DISTRICT, period=MONTH, lang=language)
    (leading,) = of_kind(page, "Div", "off-pace")
    (lines,) = named(leading, "Ol")
    first = desk.targets.progress(DISTRICT, MONTH)
    behind = sorted((row for row in first if row.status in OFF_PACE), key=lambda row: row.task_gap)
    assert len(lines.children) == len(behind)
    worst = TargetWords(behind[0], desk.catalogue, desk.areas(), language, brief=True)
    owner = office_name(worst.target.owner, language)
    done = replace(worst, form=Form.BARE).done if language == "en" else worst.done
    said = text_of(lines.children[0])
    for text in (worst.name, worst.gap, done, worst.to_do, worst.due_now, owner):
        assert text in said


def test_a_line_names_the_streets_that_hold_a_target_back(app, desk):
    page = page_layout(app, "/", area=DISTRICT, period=MONTH, lang="zh")
    (beds,) = [p for p in of_kind(page, "Li", "off-line") if "养老机构床位数" in text_of(p)]
    (where,) = of_kind(beds, "Div", "off-where")
    row = next(
        r for r in desk.targets.progress(DISTRICT, MONTH) if r.target.indicator == "elderly_beds"
    )
    parts = [one for one in desk.targets.contributions(row) if one.area][:3]
    assert [text_of(a) for a in named(where, "A")] == [
        desk.areas().name_of(one.area, "zh") for one in parts
    ]
    assert all(f"at={one.area}" in a.href for one, a in zip(parts, named(where, "A"), strict=True))
    assert f"少 {round(-parts[0].value)}" in text_of(where)


def test_the_heading_of_the_overview_is_its_finding(app, desk):
    page = page_layout(app, "/", area=DISTRICT, period=MONTH, lang="zh")
    (heading,) = named(page, "H1")
    first = desk.targets.progress(DISTRICT, MONTH)
    behind = [row for row in first if row.status in OFF_PACE]
    worst = min(behind, key=lambda row: row.task_gap)
    name = desk.catalogue.indicators[worst.target.indicator].name.zh
    assert title_of(heading) == f"{len(first)} 项目标中 {len(behind)} 项落后，缺口最大的是{name}"


def test_every_street_with_a_target_has_a_row_of_the_matrix_and_each_cell_its_target(app, desk):
    page = page_layout(app, "/", area=DISTRICT, period=MONTH, lang="zh")
    (card,) = of_kind(page, "Div", "matrix-card")
    content = json.loads(getattr(card.children, "data-table"))
    parts = [r for r in desk.targets.progress(DISTRICT, MONTH, True) if r.area != DISTRICT]
    assert len(content["body"]) == len({row.area for row in parts})
    cells = [c for line in content["body"] for c in line["cells"] if "target=" in c.get("href", "")]
    assert len(cells) == len(parts)
    assert {cell["text"] for cell in cells} <= {status_word(row.status, "zh") for row in parts}
    counts = [line["cells"][1]["key"] for line in content["body"]]
    assert counts == sorted(counts, reverse=True)


def test_topics_without_figures_are_one_line_and_none_an_empty_card(app, desk):
    page = page_layout(app, "/", area="370113", period="2023-12", lang="zh")
    rows = of_kind(of_kind(page, "Div", "topic-rows")[0], "Section", "topic-row")
    (line,) = of_kind(page, "P", "tiles-missing")
    topics = list(desk.catalogue.topic_order())
    assert len(rows) + len(named(line, "A")) == len(topics)
    assert text_of(line).startswith(f"另有 {len(topics) - len(rows)} 个专题没有数据")
    assert all(of_kind(row, "Li", "row-tile") for row in rows)


def test_a_topic_with_other_figures_than_its_headlines_is_not_called_empty(desk, monkeypatch):
    monkeypatch.setattr(topic_rows, "headline_tiles", lambda *_: {})
    selection = Selection(DISTRICT, Period(2026, 10))
    told = topic_rows.topic_rows(desk, selection)[0].children
    assert told[0].children[0] == "有数据、但没有主要指标的专题："


def test_what_holds_of_all_headline_figures_is_said_once(app, desk):
    page = page_layout(app, "/", area=DISTRICT, period=MONTH, lang="zh")
    (where,) = of_kind(page, "P", "where")
    assert text_of(where).endswith("初步数")
    assert "初步数" not in "".join(text_of(p) for p in of_kind(page, "Li", "row-tile"))


def test_an_only_target_that_cannot_be_judged_is_the_title_with_its_value(app, desk):
    page = page_layout(app, "/", area="370113", period="2023-12", lang="zh")
    (heading,) = named(page, "H1")
    assert title_of(heading) == (
        "每个社区社会组织数 7.5个/社区，目标不少于 10.0个/社区；差距在崮云湖街道"
    )
    assert not of_kind(page, "Ul", "status-bar")


def test_trends_share_one_scale():
    def end(values):
        line = unquote(index_trend(values, "").source).split('points="')[1].split('"')[0]
        return float(line.split(",")[-1])

    assert end([100, 100.8]) - end([100, 130.8]) > 6
    assert end([100, 170]) == end([100, 900])  # both lie beyond the scale
    assert index_trend([None, 5], "") is None
    assert index_trend([0, 5], "") is None
