"""Tables of years and tidy tables become observations in base units, or are refused by cell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import areas, catalogue, read, rules, sheet

from dashboard.catalogue.concepts import Accumulation, FigureKind, FigureStatus
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy


def test_a_table_of_years_is_read_by_indicator():
    rows = [
        ["长清区婚姻登记情况"],
        ["指标", "2019年", "2020年", 2021.0],
        ["结婚登记(对)", 3210, "2,987", None],
        ["离婚登记(万对)", 0.1, "—", 0.2],
    ]
    found = {(o.indicator, o.period.year): o.value for o in read(rows).observations}
    assert found == {
        ("marriages", 2019): 3210,
        ("marriages", 2020): 2987,
        ("divorces", 2019): 1000,
        ("divorces", 2020): None,
        ("divorces", 2021): 2000,
    }


def test_a_table_of_years_is_read_by_area_for_the_indicator_of_its_title():
    rows = [
        ["长清区各街道结婚登记对数(对)"],
        ["街道", 2022, 2023],
        ["文昌街道", 5, 6],
        ["平安街道", 7, 8],
        ["合计", 12, 14],
    ]
    found = {(o.area, o.period.year): o.value for o in read(rows).observations}
    assert found["370113003", 2023] == 8
    assert found["370113", 2022] == 12
    assert {one.indicator for one in read(rows).observations} == {"marriages"}


TIDY_HEAD = ["indicator", "area", "period", "value", "unit", "status", "kind", "source", "phrase"]


def tidy_rows(*rows, head=TIDY_HEAD):
    return read([list(head), *rows])


def test_a_tidy_table_is_read_with_kind_status_source_and_phrase():
    tidied = tidy_rows(
        [
            "城市低保金",
            "长清区",
            "2024-05",
            "1.5",
            "万元",
            "",
            "目标",
            "工作要点",
            "全年计划1.5万元",
        ],
        ["marriages", "370113001", "2023", None, None, "缺报", None, None, None],
        ["marriages", "370113001", "2024Q1", 7, "对", "初步", "actual", None, None],
    )
    first, second, third = tidied.observations
    assert (first.value, first.kind, first.period) == (15_000, FigureKind.TARGET, Period(2024, 5))
    assert (first.source.title, first.source.phrase) == ("工作要点", "全年计划1.5万元")
    assert (second.value, second.status) == (None, FigureStatus.NOT_REPORTED)
    assert (third.status, third.period) == (FigureStatus.PROVISIONAL, Period(2024, 3))
    assert tidied.area == "370113"
    assert tidied.period == Period(2024, 5)


def test_two_statements_of_a_report_are_both_kept_and_a_plain_duplicate_is_refused():
    said = ["dibao_persons", "长清区", "2023", 4, "人", None, None, "报告"]
    both = tidy_rows(
        [*said, "共4人"],
        ["dibao_persons", "长清区", "2023", 5, "人", None, None, "报告", "现有5人"],
    )
    assert [one.value for one in both.observations] == [4, 5]
    twice = tidy_rows([*said[:7], None, None], [*said[:7], None, None])
    assert rules(twice) == ["duplicate"]
    assert "D2" in twice.findings[0].message.en
    assert "D3" in twice.findings[0].message.en


def test_a_row_may_state_a_draft():
    (one,) = tidy_rows(["marriages", "370113001", "2024Q1", 7, "对", "草稿"]).observations
    assert (one.value, one.status) == (7, FigureStatus.DRAFT)


def test_two_rows_with_two_values_are_both_kept_and_said_to_be():
    rows = [["dibao_persons", "长清区", "2023", value, "人"] for value in (4, 5)]
    both = tidy_rows(*rows)
    assert [one.value for one in both.observations] == [4, 5]
    (finding,) = both.findings
    assert (finding.severity, finding.rule) == ("warning", "two_values")
    assert "D2" in finding.message.zh and "D3" in finding.message.zh
    unknown = tidy_rows(rows[0], ["dibao_persons", "长清区", "2023", None, "人", "缺报"])
    assert rules(unknown) == ["duplicate"], "a value and none are no two values"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["marriages", "长清区", "2024H2", 3], "not_from_january"),
        (["marriages", "长清区", "2024-03..2024-05", 3], "not_from_january"),
        (["marriages", "长清区", "..2024", 3], "not_from_january"),
        (["marriages_in_month", "长清区", "2024", 3], "not_one_month"),
        (["no_such_indicator", "长清区", "2024", 3], "unknown_indicator"),
        (["marriages", "无名区", "2024", 3], "unknown_area"),
        (["marriages", "平安街道", "2024", 3], "unknown_area"),
        (["marriages", "长清区", "去年", 3], "unknown_period"),
        (["marriages", "长清区", None, 3], "unknown_period"),
        (["marriages", "长清区", "2024", 3, "对", "也许"], "unknown_status"),
        (["marriages", "长清区", "2024", 3, "对", None, "愿望"], "unknown_kind"),
        (["marriages", "长清区", "2024", 3, "对", "缺报"], "value_and_status"),
    ],
)
def test_a_tidy_row_that_does_not_fit_is_refused(row, rule):
    (finding,) = tidy_rows([*row, *[None] * (9 - len(row))]).findings
    assert (finding.severity, finding.rule, finding.row) == ("error", rule, 2)


@pytest.mark.parametrize(
    "period", ["2024", "2024-05", "2024Q3", "2024H1", "2024-01..2024-05", "2024年1—5月"]
)
def test_a_span_from_january_or_a_bare_month_fits_a_year_to_date_figure(period):
    assert not tidy_rows(["marriages", "长清区", period, 3, "对", *[None] * 4]).refused


def test_an_over_span_figure_keeps_its_first_month():
    spans = (i for i in catalogue().indicators.values() if i.accumulation is Accumulation.OVER_SPAN)
    indicator = next(spans, None)
    if indicator is None:
        pytest.skip("no over-span indicator is declared")
    rows = [[indicator.id, "长清区", period, 3, *[None] * 5] for period in ("2016..2020", "2023")]
    assert [one.since for one in tidy_rows(*rows).observations] == [
        Period(2016, 1),
        Period(2023, 1),
    ]


BASIS_HEAD = ["indicator", "area", "period", "value", "basis"]


def on_basis(name, word, head=BASIS_HEAD, period="2015-01", basis=""):
    return read([list(head), [name, "长清区", period, 10, word]], basis=basis)


@pytest.mark.parametrize(
    ("name", "word", "meant"),
    [
        *[
            ("divorces", word, "divorces_in_month")
            for word in ("in_month", "当月", "本月 ", "当月数")
        ],
        *[("离婚登记", word, "divorces_in_month") for word in ("In_Month", "of the month")],
        *[("divorces", word, "divorces") for word in ("year_to_date", "累计", "自1月起", "", None)],
        *[("离婚登记", word, "divorces") for word in ("本年累计", "year to date", "since January")],
        *[("dibao_persons", word, "dibao_persons") for word in ("末", "期末", "end_of_period")],
        ("当月离婚登记", "当月", "divorces_in_month"),
    ],
)
def test_the_basis_column_says_which_of_two_linked_indicators_a_row_is_of(name, word, meant):
    for heading in ("basis", "口径", "时限"):
        tidied = on_basis(name, word, [*BASIS_HEAD[:4], heading])
        assert not tidied.findings
        assert [one.indicator for one in tidied.observations] == [meant]


@pytest.mark.parametrize(
    ("name", "word", "rule", "expected"),
    [
        ("divorces", "民政部门登记", "basis_not_known", "year_to_date or in_month"),
        ("dibao_persons", "in_month", "wrong_basis", "end_of_period"),
        ("dibao_persons", "累计", "wrong_basis", "end_of_period"),
        ("divorces", "期末", "wrong_basis", "year_to_date or in_month"),
        ("charity_spending", "当月", "wrong_basis", "year_to_date"),
        ("当月离婚登记", "累计", "wrong_basis", "in_month"),
        ("marriages", "over_span", "wrong_basis", "year_to_date or in_month"),
    ],
)
def test_a_basis_that_is_unknown_or_contradicts_its_indicator_is_refused(
    name, word, rule, expected
):
    tidied = on_basis(name, word)
    (finding,) = [one for one in tidied.findings if one.rule != "no_figures"]
    assert not tidied.observations
    place = (finding.sheet, finding.row, finding.column, finding.value)
    assert (finding.severity, finding.rule, place) == ("error", rule, ("Sheet1", 2, "E", word))
    assert f"{expected} is needed" in finding.message.en
    assert word in finding.message.zh


def test_the_basis_of_a_person_counts_where_neither_column_nor_name_nor_period_says_one():
    rows = [
        ["离婚登记", "2015-02", None, "divorces_in_month"],
        ["divorces", "2015-03", "累计", "divorces"],
        ["结婚登记", "2014", None, "marriages"],
        ["当月结婚登记", "2015-02", None, "marriages_in_month"],
        ["dibao_persons", "2015-02", None, "dibao_persons"],
    ]
    printed = [[name, "长清区", period, 10, word] for name, period, word, _ in rows]
    tidied = read([BASIS_HEAD, *printed], basis="in_month")
    assert not tidied.findings
    assert [one.indicator for one in tidied.observations] == [meant for *_, meant in rows]
    unasked = read([BASIS_HEAD[:4], printed[3][:4]], basis="year_to_date")
    assert [one.indicator for one in unasked.observations] == ["marriages_in_month"]


def test_the_basis_of_a_person_that_an_indicator_is_not_kept_on_is_refused():
    tidied = on_basis("charity_spending", None, period="2015-02", basis="in_month")
    (finding,) = tidied.findings
    assert (finding.rule, finding.row, finding.column) == ("wrong_basis", 2, "A")
    assert "--basis in_month" in finding.message.zh


@pytest.mark.parametrize(
    ("name", "period", "word", "basis", "meant"),
    [
        ("marriages", "2015Q3", None, "", "marriages"),  # an id is that of what it is defined as
        ("结婚登记", "2015年三季度", None, "", "unknown_basis"),
        ("marriages", "2015Q3", None, "year_to_date", "marriages"),
        ("marriages", "2015Q3", "本年累计", "", "marriages"),
        ("marriages", "2015Q3", None, "in_month", "marriages__couples__months_3"),
        ("marriages", "2015Q3", "本季度", "", "marriages__couples__months_3"),
        ("marriages", "2015Q3", "当月", "", "marriages__couples__months_3"),
        ("marriages_in_month", "2015Q3", None, "", "marriages__couples__months_3"),
        ("marriages", "2015-07", "本季度", "", "basis_not_known"),
        ("marriages", "2015Q1", None, "", "marriages"),
        ("marriages", "2015H1", None, "", "marriages"),
        ("dibao_persons", "2015Q3", None, "", "dibao_persons"),
    ],
)
def test_a_quarter_of_a_flow_is_alone_or_since_january_as_the_row_or_a_person_says(
    name, period, word, basis, meant
):
    tidied = on_basis(name, word, period=period, basis=basis)
    rules = [one.rule for one in tidied.findings if one.rule != "no_figures"]
    assert [*(one.indicator for one in tidied.observations), *rules] == [meant]


def test_a_plan_of_a_year_is_not_made_one_of_a_month():
    head = [*BASIS_HEAD[:4], "kind"]
    (plan,) = read(
        [head, ["divorces", "长清区", "2015-12", 10, "计划"]], basis="in_month"
    ).observations
    assert plan.indicator == "divorces"


NAMES = ["marriages", "divorces", "urban_dibao_paid", "rural_dibao_persons"]
FIGURES = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(["370113", "370113001", "370113003"]),
    st.integers(2019, 2025),
    st.integers(1, 12),
)


@settings(max_examples=40)
@given(st.dictionaries(FIGURES, st.integers(0, 10**9), min_size=1, max_size=20), st.booleans())
def test_every_figure_of_a_tidy_table_comes_back_as_it_was_written(figures, as_text):
    rows = [["备注", "指标", "报告期", "数值", "地区"]]
    for (indicator, area, year, month), value in figures.items():
        written = f"{value:,}" if as_text else float(value)
        rows.append(["x", indicator, f"{year}-{month:02d}", written, area])
    one = sheet(rows)
    tidied = tidy(
        one, recognise(one, catalogue(), areas(), Hints(basis="year_to_date")), catalogue(), areas()
    )
    found = {(o.indicator, o.area, *o.period): o.value for o in tidied.observations}
    assert found == figures
    assert not tidied.findings
