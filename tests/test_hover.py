"""What is said when a pointer rests on a figure is what a person would say."""

import pytest
from chart_cases import (
    CHANGQING,
    DEMO,
    PER_COMMUNITY,
    YEAR,
    changqing,
    chart,
    figure,
    marriages,
    spec,
)

from dashboard.catalogue.topics import Kind, Step


def money(**selected):
    figures = [
        figure("dibao_spending", DEMO, (year, 5), value)
        for year, value in ((2023, 11_690_000.0), (2024, 12_340_000.0))
    ]
    return chart(spec("line", "dibao_spending"), figures, period=(2024, 5), **selected)


def test_period_area_value_with_unit_and_comparison_in_chinese():
    assert money().series[0].hover[1] == "2024年1—5月 示例区 1,234.00万元，同比+5.6%"


def test_the_same_in_english():
    said = "Jan–May 2024, Demo District: 12.34 million yuan, +5.6% year on year"
    assert money(language="en").series[0].hover[1] == said


def test_nothing_is_compared_where_the_reader_wants_no_comparison():
    assert money(comparison="none").series[0].hover[1] == "2024年1—5月 示例区 1,234.00万元"


def test_what_did_not_change_is_said_to_be_the_same():
    figures = [figure("marriages", DEMO, (year, 12), 500.0) for year in (2022, 2023)]
    drawn = chart(spec("line", "marriages"), figures, period=YEAR)
    assert drawn.series[0].hover[1].endswith("500对，同比持平")
    english = chart(spec("line", "marriages"), figures, period=YEAR, language="en")
    assert english.series[0].hover[1].endswith("500 couples, unchanged year on year")


def test_nothing_is_compared_across_a_break():
    figures = [figure("marriages", "990101004", (year, 12), 100.0 + year) for year in (2021, 2022)]
    drawn = chart(spec("line", "marriages"), figures, "990101004", (2022, 12))
    assert [mark for mark in drawn.breaks if mark.is_break]
    said = "2022年 北桥街道 2,122对，新城街道由北桥街道析出，前后不可比"
    assert drawn.series[0].hover[1] == said


def test_nothing_is_compared_on_a_tiny_base():
    figures = [figure("marriages", DEMO, (2022, 12), 2.0), figure("marriages", DEMO, YEAR, 3.0)]
    drawn = chart(spec("line", "marriages"), figures, period=YEAR)
    assert drawn.series[0].hover[1] == "2023年 示例区 3对"


def test_rates_are_compared_in_points():
    figures = [figure("elderly_beds", DEMO, (year, 12), 1000.0) for year in (2022, 2023)]
    figures += [figure("nursing_beds", DEMO, (2022, 12), 600.0)]
    figures += [figure("nursing_beds", DEMO, YEAR, 645.0)]
    drawn = chart(spec("line", "nursing_bed_share"), figures, period=YEAR)
    assert drawn.series[0].hover[1].endswith("64.5%，同比+4.5个百分点")


@pytest.mark.parametrize(
    ("status", "said"),
    [("P", "（初步数）"), ("D", "（另有数值12对）")],
    ids=["provisional", "disputed"],
)
def test_what_must_be_known_of_a_value_is_said_behind_it(status, said):
    figures = [figure("marriages", DEMO, YEAR, 900.0, status=status, others=(12.0,))]
    assert chart(spec("line", "marriages"), figures, period=YEAR).series[0].hover[0].endswith(said)


def test_an_incomplete_total_says_how_many_reported():
    figures = [figure("marriages", f"99010100{n}", YEAR, 100.0) for n in range(1, 6)]
    drawn = chart(spec("line", "marriages"), figures, period=YEAR)
    assert drawn.series[0].hover[0] == "2023年 示例区 500对（12个街镇中5个有数据）"


def test_a_cell_without_a_figure_says_so():
    figures = marriages({2023: [10] * 12, 2024: [10] * 5})
    figures = [one for one in figures if one.period != (2023, 8)]
    drawn = chart(spec("season", "marriages"), figures, period=(2024, 5))
    assert drawn.series[0].hover[7] == "2023年8月 示例区 无数据"
    assert drawn.series[1].hover[7] == "", "August of the year that is not over is not yet due"


def test_a_street_is_named_and_so_is_what_a_ranked_chart_shows():
    drawn = chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR)
    assert drawn.series[0].hover[1].startswith("2023年末 文昌街道 10.2")


def test_several_lines_are_told_apart_but_years_of_one_are_not_named_twice():
    figures = marriages({2025: [100] * 12, 2026: [95] * 10})
    figures += marriages({2026: [10] * 10}, indicator="divorces")
    asked = {"period": (2026, 10), "language": "en", "step": "year"}
    two = chart(spec("line", "marriages", "divorces"), figures, **asked)
    said = "Jan–Oct 2026, Demo District, divorces registered: 100 couples"
    assert two.series[1].hover[-1] == said
    so_far = chart(spec("line", "marriages", step=Step.CUMULATIVE), figures, period=(2026, 10))
    assert so_far.series[0].hover[9] == "2026年1—10月 示例区 950对，同比−5.0%"
    assert so_far.series[1].hover[9] == "2025年1—10月 示例区 1,000对"


def test_a_step_of_a_waterfall_says_since_when_and_in_its_unit():
    figures = []
    for place, code in enumerate(("990101001", "990101002", "990101003")):
        figures += marriages({2025: [10 + place] * 12, 2026: [12 + 2 * place] * 10}, code)
    drawn = chart(spec(Kind.WATERFALL, "marriages"), figures, period=(2026, 10))
    said = [text for one in drawn.series for text in one.hover if "西山街道" in text]
    assert set(said) == {"2025年1—10月→2026年1—10月 西山街道 +30对"}
