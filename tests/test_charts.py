"""A chart says what the figures say: order, units, gaps, breaks, incomplete totals, sources."""

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

from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Kind, Step, Transform
from dashboard.charts.build import CHART_KINDS, needed
from dashboard.charts.model.selection import Selection

# ---- streets ----


def test_streets_are_ranked_with_the_district_and_the_target():
    drawn = chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR)
    assert drawn.categories == ("平安街道", "文昌街道", "万德街道", "崮云湖街道")
    assert drawn.series[0].labels == ("10.8", "10.2", "10.0", "4.3")
    assert drawn.keys == ("370113003", "370113001", "370113007", "370113002")
    assert [round(mark.value, 1) for mark in drawn.targets] == [7.5, 10.0]
    assert "10.0" in drawn.targets[1].label and "目标" in drawn.targets[1].label


def test_streets_without_a_figure_are_listed_and_never_drawn():
    drawn = chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR)
    assert len(drawn.series[0].values) == 4
    note = next(note for note in drawn.notes if note.startswith("无数据"))
    assert "归德街道" in note and "文昌街道" not in note
    row = {key: cells for key, cells in drawn.table.rows}["370113005"]
    assert row[1] == "—"


def test_the_district_row_of_an_incomplete_total_says_how_many_streets_are_in_it():
    drawn = chart(spec("bar", "community_organisations"), changqing(), CHANGQING, YEAR)
    at = [key for key, _ in drawn.table.rows].index(CHANGQING)
    assert drawn.table.numbers[at][1] == 450
    assert drawn.table.words[at][1] == "10个街镇中4个有数据"


def test_a_rate_stands_beside_its_counts():
    drawn = chart(spec("bar", PER_COMMUNITY), changqing(), CHANGQING, YEAR)
    cells = {key: cells for key, cells in drawn.table.rows}["370113003"]
    assert cells[-2:] == ("43", "4")


def test_a_street_is_shown_among_its_neighbours_and_coloured():
    drawn = chart(spec("bar", PER_COMMUNITY), changqing(), "370113001", YEAR)
    assert drawn.chosen == "370113001"
    assert len(drawn.keys) == 4
    assert drawn.title.startswith("长清区")


def test_the_lowest_comes_first_where_less_is_better():
    figures = [
        figure("left_behind_children", code, YEAR, value)
        for code, value in (("990101001", 30.0), ("990101002", 5.0))
    ]
    drawn = chart(spec("bar", "left_behind_children"), figures, DEMO, YEAR)
    assert drawn.keys == ("990101002", "990101001")


def test_a_zero_is_drawn_and_a_missing_street_is_not():
    figures = [
        figure("adoptions", "990101001", YEAR, 0.0),
        figure("adoptions", "990101002", YEAR, 3.0),
        figure("adoptions", "990101003", YEAR, None, status="L"),
    ]
    drawn = chart(spec("bar", "adoptions"), figures, DEMO, YEAR)
    assert dict(zip(drawn.keys, drawn.series[0].values, strict=True)) == {
        "990101002": 3.0,
        "990101001": 0.0,
    }


def test_a_change_can_be_drawn_and_may_be_negative():
    figures = marriages({2025: [100] * 12, 2026: [90] * 12}, "990101001")
    figures += marriages({2025: [100] * 12, 2026: [120] * 12}, "990101002")
    declared = spec("bar", "marriages", transform=Transform.YEAR_ON_YEAR)
    drawn = chart(declared, figures, DEMO, (2026, 12))
    assert drawn.series[0].texts == ("20.0%", "−10.0%")
    assert drawn.unit == "%"


def test_the_table_of_years_says_what_did_not_exist_and_what_was_not_reported():
    figures = marriages({2021: [5] * 12, 2022: [6] * 12}, "990101001")
    for street in range(3, 9):  # most streets report, so one that does not is missed
        figures += marriages({2022: [6] * 12}, f"99010100{street}")
    figures += marriages({2022: [7] * 12}, "990101012")
    drawn = chart(spec("table", "marriages"), figures, DEMO, (2022, 12))
    rows = {
        key: (cells, words)
        for (key, cells), words in zip(drawn.table.rows, drawn.table.words, strict=True)
    }
    assert rows["990101012"][0][1] == "—" and rows["990101012"][1][1] == "当时未设立"
    assert rows["990101002"][0][1] == "—" and rows["990101002"][1][1] == "缺报"
    assert rows["990101012"][1][2] == "最高"


def test_a_few_streets_in_a_table_do_not_make_the_others_unreported():
    drawn = chart(spec("bar", "community_organisations"), changqing(), CHANGQING, YEAR)
    assert not any("缺报" in note for note in drawn.notes)
    handed_in = [
        figure("orphans", "990101001", (2022, 12), 5.0),
        figure("orphans", "990101002", (2022, 12), None, status="L"),
    ]
    said = chart(spec("bar", "orphans"), handed_in, DEMO, (2022, 12)).notes
    assert any(note.startswith("缺报") and "西山街道" in note for note in said)


# ---- empty, source, need ----


def test_an_empty_chart_names_the_nearest_period():
    figures = [figure("marriages", "370113006", (2022, 12), 100.0)]
    drawn = chart(spec("line", "marriages"), figures, "370113006", (2021, 12))
    assert drawn.empty == "张夏街道2021年没有数据；最近的是2022年。"
    assert drawn.series == ()


def test_known_periods_beyond_what_was_fetched_are_named_too():
    drawn = chart(spec("bar", "marriages"), [], "370113006", (2021, 12), known=[Period(2018, 12)])
    assert drawn.empty == "张夏街道2021年没有数据；最近的是2018年。"


def test_an_older_figure_stands_in_within_a_year_and_says_so():
    figures = [figure("orphans", "990101001", (2026, 9), 12.0)]
    drawn = chart(spec("bar", "orphans"), figures, DEMO, (2026, 10))
    assert drawn.subtitle.endswith("2026年9月末")
    assert any("2026年10月末没有数据" in note for note in drawn.notes)


def test_the_source_names_two_files_the_lowest_grade_and_the_last_day():
    figures = [
        figure("orphans", DEMO, (year, 12), 10.0, submission=number)
        for year, number in ((2021, 1), (2022, 2), (2023, 4))
    ]
    drawn = chart(spec("line", "orphans"), figures, period=YEAR)
    assert drawn.source.startswith("来源：2023年工作总结、月报.xlsx等3份")
    assert drawn.source.endswith("更新于 2026-11-01")
    assert (drawn.grade, drawn.is_demo) == ("report", False)


def test_demo_figures_are_marked_wherever_they_are():
    figures = [figure("orphans", DEMO, YEAR, 10.0, submission=3)]
    drawn = chart(spec("line", "orphans"), figures, period=YEAR)
    assert drawn.is_demo and drawn.demo_mark == "演示数据"
    assert "演示数据" in drawn.source
    assert ("标记", "演示数据") in drawn.facts


def test_money_is_shown_in_the_scale_of_the_language():
    figures = [figure("dibao_spending", DEMO, YEAR, 12_345_600.0)]
    chinese = chart(spec("line", "dibao_spending"), figures, period=YEAR)
    english = chart(spec("line", "dibao_spending"), figures, period=YEAR, language="en")
    assert chinese.subtitle == "单位：万元 · 2023年"
    assert chinese.series[0].texts == ("1,234.56万元",)
    assert english.series[0].texts == ("12.35 million yuan",)
    assert english.subtitle == "million yuan · 2023"


def test_every_kind_has_a_builder_and_speaks_both_languages():
    assert set(CHART_KINDS) == set(Kind)
    for language in ("zh", "en"):
        for kind, drawn in one_of_each_kind(language).items():
            assert drawn.series and not drawn.empty, kind
            said = [drawn.title, drawn.subtitle, drawn.sentence, drawn.source, *drawn.notes]
            said += [text for series in drawn.series for text in series.hover]
            said += [text for _, cells in drawn.table.rows for text in cells]
            assert not [text for text in said if "chart_" in text or "{" in text], kind


def test_every_row_of_every_table_fits_its_columns():
    for kind, drawn in one_of_each_kind().items():
        width = len(drawn.table.columns)
        assert len(drawn.table.decimals) == width, kind
        for (_, cells), *others in zip(
            drawn.table.rows,
            drawn.table.numbers,
            drawn.table.tones,
            drawn.table.words,
            strict=True,
        ):
            assert {len(cells), *(len(other) for other in others)} == {width}, kind
        for series in drawn.series:
            lengths = {len(series.values), len(series.hover), len(series.texts)}
            assert lengths == {len(drawn.categories)}, kind


def test_what_is_fetched_grows_with_what_is_shown():
    selection = Selection(DEMO, Period(2026, 10))
    bar = needed(spec("bar", "marriages"), selection, CATALOGUE, AREAS)
    assert (bar.first, bar.last) == (Period(2025, 1), Period(2026, 12))
    assert set(bar.areas) >= {DEMO, "990101001", "990101012"}
    assert set(bar.indicators) >= {"marriages", "marriages_in_month"}
    trend = needed(spec("line", "marriages"), selection, CATALOGUE, AREAS)
    assert trend.first is None
    running = needed(spec("line", "marriages", step=Step.CUMULATIVE), selection, CATALOGUE, AREAS)
    assert running.first == Period(2019, 1)  # as many years as are drawn where no months come


def test_every_declared_chart_draws_one_unit():
    for topic in CATALOGUE.topics.values():
        for declared in topic.charts:
            units = {CATALOGUE.indicators[name].unit.id for name in declared.indicators}
            assert len(units) == 1, f"{topic.id}/{declared.id}"


def test_a_district_without_streets_is_not_ranked_alone():
    figures = [figure("orphans", DEMO, YEAR, 12.0)]
    drawn = chart(spec("bar", "orphans"), figures, DEMO, YEAR)
    assert drawn.empty == "示例区没有分街镇的“孤儿数”数据可比。"


def test_a_season_needs_more_than_yearly_figures():
    figures = [figure("marriages", DEMO, (year, 12), 100.0) for year in (2022, 2023)]
    drawn = chart(spec("season", "marriages"), figures, period=YEAR)
    assert drawn.empty == "示例区没有分月或分季的“结婚登记对数”数据。"


def test_an_area_that_never_reported_an_indicator_is_told_so():
    drawn = chart(spec("line", "orphans"), [], period=YEAR)
    assert drawn.empty == "示例区还没有“孤儿数”的数据。"


def test_a_season_compares_only_months_of_the_same_streets():
    streets = [area.code for area in AREAS.children(DEMO)][:11]
    months = {1: 10.0, 2: 12.0, 3: 8.0, 4: 9.0}
    figures = [
        figure("marriages_in_month", code, (2023, month), value)
        for month, value in months.items()
        for code in (streets[:2] if month == 3 else streets)
    ]
    drawn = chart(spec("season", "marriages_in_month"), figures, period=(2023, 4))
    assert "最多的是2023年2月" in drawn.sentence and "最少的是2023年4月" in drawn.sentence
    assert "另有1期上报的街镇不同，未作比较" in drawn.sentence
    english = chart(spec("season", "marriages_in_month"), figures, period=(2023, 4), language="en")
    assert "1 more is of other streets and was not compared" in english.sentence
