"""Trends: years, months and running totals, with their gaps, breaks and part years."""

from chart_cases import CHANGQING, DEMO, chart, figure, marriages, spec

from dashboard.catalogue.topics import Step
from dashboard.charts.plotly.figures import figure as drawing


def two_years():
    """2025 whole and 2026 up to October, 100 a month, then 5 % fewer."""
    return marriages({2025: [100] * 12, 2026: [95] * 10})


def test_fewer_than_three_years_are_walked_by_months_unless_the_reader_chose():
    drawn = chart(spec("line", "marriages"), two_years(), period=(2026, 10))
    assert drawn.step == Step.MONTH
    assert drawn.keys[0] == "2025-01" and drawn.keys[-1] == "2026-10"
    three = marriages({2024: [100] * 12}) + two_years()
    assert chart(spec("line", "marriages"), three, period=(2026, 10)).step == Step.YEAR
    chosen = chart(spec("line", "marriages"), two_years(), period=(2026, 10), step="year")
    assert chosen.step == Step.YEAR


def test_an_unfinished_year_is_named_by_its_months_and_compared_with_the_same():
    drawn = chart(spec("line", "marriages"), two_years(), period=(2026, 10), step="year")
    assert drawn.categories == ("2025年", "2026年1—10月")
    assert drawn.keys == ("2025-12", "2026-10")
    assert drawn.unfinished == (False, True)
    assert drawn.table.rows[1][1] == ("2026年1—10月", "950", "−5.0%")
    assert "同比−5.0%" in drawn.series[0].hover[1]


def test_months_of_a_running_total_are_the_months_themselves():
    figures = marriages({2026: [30, 40, 50, 60]})
    drawn = chart(spec("line", "marriages", step=Step.MONTH), figures, period=(2026, 4))
    assert drawn.series[0].values == (30, 40, 50, 60)
    assert drawn.keys == ("2026-01", "2026-02", "2026-03", "2026-04")


def test_figures_that_come_by_the_quarter_are_drawn_by_the_quarter():
    figures = [
        figure("marriages", DEMO, (2026, month), value)
        for month, value in ((3, 100.0), (6, 250.0), (9, 300.0))
    ]
    drawn = chart(spec("column", "marriages", step=Step.MONTH), figures, period=(2026, 9))
    assert drawn.categories == ("2026年第1季度", "2026年第2季度", "2026年第3季度")
    assert drawn.series[0].values == (100, 150, 50)


def test_a_month_that_cannot_be_worked_out_is_a_gap():
    figures = [f for f in marriages({2026: [30, 40, 50, 60]}) if f.period.month != 2]
    drawn = chart(spec("line", "marriages", step=Step.MONTH), figures, period=(2026, 4))
    assert drawn.series[0].values == (30, None, None, 60)
    assert drawn.keys[1] == ""


def test_at_most_three_years_of_months_are_drawn():
    figures = marriages({year: [10] * 12 for year in range(2020, 2026)})
    drawn = chart(spec("column", "marriages", step=Step.MONTH), figures, period=(2025, 6))
    assert len(drawn.categories) == 36
    assert drawn.keys[0] == "2022-07" and drawn.keys[-1] == "2025-06"


def test_a_running_total_is_drawn_over_the_two_years_before():
    figures = marriages({year: [10 + year - 2023] * 12 for year in (2022, 2023, 2024, 2025)})
    figures += marriages({2026: [20] * 5})
    drawn = chart(spec("line", "marriages", step=Step.CUMULATIVE), figures, period=(2026, 5))
    assert [series.name for series in drawn.series] == ["2026年", "2025年", "2024年"]
    assert drawn.series[0].values[4:6] == (100, None)
    assert drawn.series[1].values[11] == 144
    assert drawn.table.words[7][1] == ""  # August has not come yet: it is not missing
    assert drawn.gap == "比同期多40"
    (label,) = [one for one in drawing(drawn)["layout"]["annotations"] if drawn.gap in one["text"]]
    assert (label["x"], label["y"], label["yanchor"]) == (4, 55, "top")  # below the lowest May


def test_only_a_running_total_names_its_distance_from_last_year():
    figures = marriages({2025: [12] * 12, 2026: [10] * 5})
    running = spec("line", "marriages", step=Step.CUMULATIVE)
    assert chart(running, figures, period=(2026, 5), language="en").gap == "−10 on last year"
    assert chart(running, figures, period=(2026, 5), comparison="none").gap == ""
    assert chart(spec("line", "marriages"), figures, period=(2026, 5)).gap == ""


def test_the_reader_may_change_the_step_and_no_other_step_is_offered():
    figures = marriages({2025: [10] * 12, 2026: [10] * 5})
    drawn = chart(spec("line", "marriages"), figures, period=(2026, 5), step="cumulative")
    assert drawn.step == "cumulative"
    assert drawn.alternatives == ("year", "month", "cumulative")
    yearly = [figure("marriages", DEMO, (year, 12), 100.0) for year in (2024, 2025)]
    only = chart(spec("line", "marriages"), yearly, period=(2025, 12), step="month")
    assert (only.step, only.alternatives) == ("year", ())


def test_missing_years_stay_on_the_axis_as_gaps():
    figures = [figure("marriages", DEMO, (year, 12), 100.0) for year in (2019, 2022)]
    drawn = chart(spec("line", "marriages"), figures, period=(2022, 12))
    assert drawn.categories == ("2019年", "2020年", "2021年", "2022年")
    assert drawn.series[0].values == (100, None, None, 100)


def test_a_second_indicator_is_not_drawn_over_other_months():
    figures = marriages({2026: [10] * 10}) + marriages({2026: [4] * 8}, indicator="divorces")
    asked = spec("line", "marriages", "divorces")
    drawn = chart(asked, figures, period=(2026, 10), step="year")
    assert drawn.series[1].values == (None,)
    assert any("2026年1—8月" in note for note in drawn.notes)


def test_a_change_of_boundary_is_a_break_before_the_first_year_after_it():
    figures = [
        figure("marriages", "990101004", (year, 12), 100.0) for year in (2020, 2021, 2022, 2023)
    ]
    drawn = chart(spec("line", "marriages"), figures, "990101004", (2023, 12))
    (mark,) = [mark for mark in drawn.breaks if mark.is_break]
    assert mark.category == 2
    assert "新城街道" in mark.label


def test_an_event_that_is_no_break_is_only_marked():
    figures = [figure("divorces", CHANGQING, (year, 12), 100.0) for year in (2020, 2021)]
    drawn = chart(spec("line", "divorces"), figures, CHANGQING, (2021, 12))
    assert [(mark.category, mark.is_break) for mark in drawn.breaks] == [(1, False)]
