"""What is not compared says why wherever a change would stand: never "not comparable" alone."""

import pytest
from chart_cases import AREAS, CATALOGUE, DEMO, SOURCES, figure, points, spec

from dashboard.analysis import explain_change
from dashboard.analysis.change import Label
from dashboard.base.language import LANGUAGES, word
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Transform
from dashboard.charts.build import build_chart
from dashboard.charts.kinds.tiles import build_tile
from dashboard.charts.model.selection import Selection
from dashboard.exports.chart_csv import csv_text

STREETS = [area.code for area in AREAS.children(DEMO)]
NOW, THEN = (2023, 12), (2022, 12)


def both(now, then, area=DEMO, **changes):
    last = figure("marriages", area, NOW, now)._replace(**changes)
    return [last, figure("marriages", area, THEN, then)]


def every_street(months, value=100.0):
    return [figure("marriages", code, month, value) for code in STREETS[:11] for month in months]


CASES = {  # figures and a piece of the reason
    "disputed": (both(200.0, 100.0, status="D", others=(210.0,)), "数值有出入"),
    "partial": ([*every_street([NOW, THEN])[:-3]], "两期上报的地区不同"),
    "own line": ([*every_street([NOW]), figure("marriages", DEMO, THEN, 900.0)], "本级填报"),
    "no base": ([figure("marriages", DEMO, NOW, 900.0)], "上年同期没有数据"),
    "small base": (both(20.0, 1.0), "基数较小"),
    "zero base": (both(20.0, 0.0), "基数为零"),
}


def drawn(figures, transform=Transform.VALUE, kind="line", area=DEMO):
    declared = spec(kind, "marriages", transform=transform)
    selection = Selection(area, Period(*NOW))
    return build_chart(declared, selection, points(figures), CATALOGUE, AREAS, SOURCES)


def last_words(table):
    return " ".join(table.words[-1])


@pytest.mark.slow
@pytest.mark.parametrize("case", list(CASES))
def test_the_sentence_the_tile_the_table_and_the_file_say_why(case):
    figures, reason = CASES[case]
    chart = drawn(figures)
    assert reason in chart.sentence
    assert reason in last_words(chart.table)
    assert reason in csv_text(chart)
    assert reason in build_tile(points(figures), "marriages", Selection(DEMO, Period(*NOW))).change


@pytest.mark.parametrize("case", ["disputed", "partial", "own line"])
def test_pointing_at_a_figure_says_why_it_is_not_compared(case):
    figures, reason = CASES[case]
    assert reason in drawn(figures).series[0].hover[-1]


@pytest.mark.parametrize("kind", ["bar", "table"])
def test_a_chart_of_changes_says_why_a_street_has_none(kind):
    one, other, third = STREETS[:3]
    figures = [
        *both(120.0, 100.0, one),
        *both(150.0, 100.0, other, status="D", others=(140.0,)),
        *both(90.0, 100.0, third),
    ]
    chart = drawn(figures, Transform.YEAR_ON_YEAR, kind)
    words = dict(zip((key for key, _ in chart.table.rows), chart.table.words, strict=True))
    assert "数值有出入" in " ".join(words[other])
    assert "缺报" not in " ".join(words[other])
    said = " ".join((*chart.notes, *chart.sentence, *chart.series[0].hover))
    assert "不可比" not in said.replace("前后不可比", "")


def test_a_trend_of_changes_says_why_a_year_has_none():
    values = {2019: 80.0, 2020: 90.0, 2021: 80.0, 2022: 100.0, 2023: 200.0}
    figures = [figure("marriages", DEMO, (year, 12), value) for year, value in values.items()]
    figures[2] = figures[2]._replace(status="D")
    words = drawn(figures, Transform.YEAR_ON_YEAR).table.words
    assert [" ".join(cells).strip() for cells in words].count("数值有出入，不作比较") == 2


def test_a_change_is_not_split_where_it_is_not_compared():
    own = points(CASES["own line"][0])
    assert explain_change.explain(own, "marriages", DEMO, Period(*THEN), Period(*NOW)).reason == (
        "own_against_sum"
    )
    assert "本级填报" in drawn(CASES["own line"][0], kind="waterfall").sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language):
    for reason in (
        "split_within own_against_sum break_between base_too_small over_span not_reported disputed "
        "partial_differs zero_base no_share"
    ).split():
        assert word(f"reason_{reason}", language, name="x")
    for label in Label:
        assert word(f"reason_no_base_{label}", language)
    for reason in ("split_within", "own_against_sum", "break_between", "over_span", "no_parts"):
        assert word(f"why_refused_{reason}", language, name="x")
