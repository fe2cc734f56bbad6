"""The sentence of a chart is true: its numbers are the chart's, its words fit the arithmetic."""

import pytest
from chart_cases import (
    AREAS,
    CATALOGUE,
    CHANGQING,
    DEMO,
    PER_COMMUNITY,
    YEAR,
    changqing,
    chart,
    figure,
    marriages,
    one_of_each_kind,
    spec,
)
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Step, Transform
from dashboard.charts.text import wording


def line(now, then, indicator="marriages", language="zh", **selected):
    figures = [figure(indicator, DEMO, (2026, 10), now), figure(indicator, DEMO, (2025, 10), then)]
    drawn = chart(
        spec("line", indicator), figures, period=(2026, 10), language=language, **selected
    )
    return drawn.sentence


def test_a_fall_is_said_with_its_months():
    assert line(1234.0, 1307.0) == "2026年1—10月，示例区结婚登记1,234对，同比减少73对、下降5.6%。"


def test_the_same_in_english():
    wanted = "Jan–Oct 2026, Demo District: marriages registered 1,234 couples, "
    assert line(1234.0, 1307.0, language="en") == wanted + "down 73 couples, or 5.6%, year on year."


def test_a_rise_and_no_change():
    assert "同比增加100对、增长10.0%" in line(1100.0, 1000.0)
    assert "同比持平" in line(1000.0, 1000.0)
    assert "unchanged year on year" in line(1000.0, 1000.0, language="en")


@given(st.integers(100, 100_000), st.integers(100, 100_000))
def test_the_word_always_fits_the_arithmetic(now, then):
    said = line(float(now), float(then))
    change = round((now - then) / then * 100, 1)
    word = "增长" if change > 0 else "下降" if change < 0 else "持平"
    assert word in said
    assert not {"增长", "下降", "持平"} - {word} & {
        w for w in ("增长", "下降", "持平") if w in said
    }


@pytest.mark.parametrize(
    ("indicator", "spoken"),
    [
        ("roads_named", "已命名道路条数为"),  # counted in 件, named in 条
        ("marriages", "结婚登记"),
        ("marriage_certificates_reissued", "补发婚姻登记证"),
    ],
)
def test_a_number_follows_the_name_without_the_word_it_is_counted_in(indicator, spoken):
    assert wording.spoken_name(CATALOGUE.indicators[indicator], "zh") == spoken


def test_rates_differ_in_points():
    figures = [
        figure("facility_coverage", DEMO, (year, 12), value)
        for year, value in ((2025, 80.0), (2026, 82.5))
    ]
    drawn = chart(spec("line", "facility_coverage"), figures, period=(2026, 12))
    assert drawn.sentence.endswith("覆盖率为82.5%，同比提高2.5个百分点。")


def test_no_growth_is_printed_on_a_tiny_base():
    said = line(6.0, 2.0)
    assert "%" not in said
    assert "基数较小" in said and "增加4对" in said


def test_no_growth_is_printed_on_a_base_of_zero():
    said = line(40.0, 0.0)
    assert "%" not in said and "基数为零" in said


def test_a_missing_base_is_said_in_words():
    figures = [figure("marriages", DEMO, (2026, 10), 100.0)]
    drawn = chart(spec("line", "marriages"), figures, period=(2026, 10))
    assert drawn.sentence == "2026年1—10月，示例区结婚登记100对，上年同期没有数据，不作比较。"


def test_a_break_is_said_and_nothing_is_compared_across_it():
    figures = [figure("marriages", "990101004", (year, 12), 100.0) for year in (2021, 2022)]
    drawn = chart(spec("line", "marriages"), figures, "990101004", (2022, 12))
    assert "前后不可比" in drawn.sentence and "新城街道" in drawn.sentence
    assert "同比" not in drawn.sentence


def test_nothing_is_compared_where_the_reader_wants_no_comparison():
    said = line(1234.0, 1307.0, comparison="none")
    assert said == "2026年1—10月，示例区结婚登记1,234对。"


def test_a_month_is_compared_with_the_month_before_it():
    figures = marriages({2026: [100, 100, 150]})
    drawn = chart(
        spec("column", "marriages", step=Step.MONTH),
        figures,
        period=(2026, 3),
        comparison="period_on_period",
    )
    assert drawn.sentence == "2026年3月，示例区结婚登记150对，环比增加50对、增长50.0%。"


def test_an_incomplete_total_says_so_and_is_not_called_one():
    drawn = chart(spec("bar", "community_organisations"), changqing(), CHANGQING, YEAR)
    wanted = "2023年，文昌街道最多（266家），万德街道最少（20家）；"
    assert drawn.sentence == wanted + "全区450家（10个街镇中4个有数据）。"
    assert "合计" not in drawn.sentence


def test_the_same_in_english_for_streets():
    figures = changqing()
    drawn = chart(spec("bar", "community_organisations"), figures, CHANGQING, YEAR, language="en")
    assert "(4 of 10 streets)" in drawn.sentence
    assert "total" not in drawn.sentence.lower()


def test_a_target_is_counted_over_those_that_reported():
    drawn = chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR)
    assert "平安街道最高（10.8个/社区）" in drawn.sentence
    assert drawn.sentence.endswith("有数据的4个中3个达到目标（10.0个/社区）。")


def test_the_chosen_street_is_given_its_place():
    drawn = chart(spec("bar", PER_COMMUNITY), changqing(), "370113001", YEAR)
    assert "文昌街道10.2个/社区，居第2位（共4个有数据）" in drawn.sentence


def test_all_who_share_the_first_place_are_named():
    figures = [
        figure("adoptions", f"99010100{place}", YEAR, value)
        for place, value in enumerate((5.0, 5.0, 1.0), start=1)
    ]
    drawn = chart(spec("bar", "adoptions"), figures, DEMO, YEAR)
    assert "东湖街道、西山街道最多（5件）" in drawn.sentence


def test_equal_streets_are_not_ranked():
    figures = [figure("adoptions", f"99010100{place}", YEAR, 0.0) for place in (1, 2)]
    drawn = chart(spec("bar", "adoptions"), figures, DEMO, YEAR)
    assert "都是0件" in drawn.sentence and "最多" not in drawn.sentence


def test_one_street_alone_is_neither_most_nor_least():
    figures = [figure("adoptions", "990101001", YEAR, 4.0)]
    drawn = chart(spec("bar", "adoptions"), figures, DEMO, YEAR)
    assert "只有东湖街道有数据（4件）" in drawn.sentence
    assert "最多" not in drawn.sentence


def test_provisional_and_disputed_values_are_said_to_be():
    first = [figure("orphans", DEMO, YEAR, 40.0, status="P")]
    assert "初步数" in chart(spec("line", "orphans"), first, period=YEAR).sentence
    second = [figure("orphans", DEMO, YEAR, 40.0, status="D", others=(42.0,))]
    assert "另有数值42人" in chart(spec("line", "orphans"), second, period=YEAR).sentence


def test_a_drawn_change_is_called_one():
    figures = marriages({2025: [100] * 12, 2026: [90] * 12})
    declared = spec("line", "marriages", transform=Transform.YEAR_ON_YEAR)
    said = chart(declared, figures, period=(2026, 12)).sentence
    assert "同比变化为−10.0%" in said


def test_the_street_table_counts_directions():
    figures = []
    for code, now in (("990101001", 12), ("990101002", 8), ("990101003", 10)):
        figures += marriages({2025: [10] * 12, 2026: [now] * 12}, code)
    said = chart(spec("table", "marriages"), figures, DEMO, (2026, 12)).sentence
    assert said.endswith("街镇中3个可比，同比1个增长、1个下降、1个持平。")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_one_sentence_that_ends(language):
    for kind, drawn in one_of_each_kind(language).items():
        assert drawn.sentence.endswith("。" if language == "zh" else "."), kind
        assert "None" not in drawn.sentence, kind


def test_the_nearest_period_is_named_even_if_it_is_later():
    figures = [figure("orphans", DEMO, Period(2024, 12), 3.0)]
    drawn = chart(spec("line", "orphans"), figures, period=(2021, 6), language="en")
    assert drawn.empty == "No figures for Demo District in end of Jun 2021; the nearest is 2024."


def test_the_line_that_has_figures_speaks_where_the_first_has_none():
    figures = [figure("divorces", DEMO, YEAR, 100.0)]
    drawn = chart(spec("line", "marriages", "divorces"), figures, period=YEAR)
    assert "离婚登记100对" in drawn.sentence


def test_a_component_alone_is_not_called_the_largest():
    figures = [figure("social_associations", DEMO, YEAR, 60.0)]
    said = chart(spec("composition", "social_organisations"), figures, period=YEAR).sentence
    assert "只有社会团体数有数据（60家）" in said and "最多" not in said


def test_a_raw_count_has_no_place_in_the_sentence_and_a_rate_has_one():
    """More beds are a larger street, not a better one."""
    streets = [area.code for area in AREAS.children(DEMO)][:4]
    figures = []
    for code, beds, nursing in zip(streets, (400, 300, 200, 100), (80, 150, 60, 70), strict=True):
        figures.append(figure("elderly_beds", code, (2026, 9), float(beds)))
        figures.append(figure("nursing_beds", code, (2026, 9), float(nursing)))
    counted, rated = (
        chart(spec("bar", name), figures, streets[0], (2026, 9)).sentence
        for name in ("elderly_beds", "nursing_bed_share")
    )
    assert "第" not in counted and "400张" in counted
    assert "第4位" in rated and "20.0%" in rated
