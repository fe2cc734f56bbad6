"""Rules that look beyond a sheet: earlier months, a published standard, the day of the hand-in."""

from dataclasses import replace

import pytest
from sheets import areas, catalogue
from test_check import figure

from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.check import check
from dashboard.intake.forms.rules.rules import Handed, KnownFigure

AREA = "370113"


def month(text):
    year, number = text.split("-")
    return Period(int(year), int(number))


def was(indicator, period, value, area=AREA, kind=FigureKind.ACTUAL):
    return KnownFigure(indicator, area, month(period), value, kind)


def now(indicator, period, value, row=1, **more):
    return figure(indicator, value, period=month(period), row=row, **more)


def findings(*own, known=(), **more):
    return check(own, catalogue(), areas(), known=known, **more)


def rules(*own, known=(), **more):
    return [(one.rule, one.row) for one in findings(*own, known=known, **more)]


def only(*own, known=(), **more):
    (finding,) = findings(*own, known=known, **more)
    return finding


def says(finding, zh, en):
    """Whether the message holds every one of these words in its language."""
    missing = [word for word in zh if word not in finding.message.zh]
    missing += [word for word in en if word not in finding.message.en]
    assert not missing, (missing, finding.message)
    return True


# ---- opening + in − out = closing ----


def urban(value, added=35, left=20):
    return [
        now("urban_dibao_persons", "2024-09", value, row=2),
        now("urban_dibao_persons_added", "2024-09", added, row=3),
        now("urban_dibao_persons_left", "2024-09", left, row=4),
    ]


def test_what_was_there_and_came_and_went_makes_what_is_there():
    before = [was("urban_dibao_persons", "2024-08", 1200)]
    assert rules(*urban(1215), known=before) == []
    finding = only(*urban(1225), known=before)
    assert (finding.rule, finding.row) == ("urban_dibao_balance", 2)
    assert says(
        finding,
        ["1,200 + 35 − 20 = 1,215人，填报 1,225人，差 10人"],
        ["1,200 + 35 − 20 = 1,215 people", "1,225 people", "10 people apart"],
    )


def test_a_balance_is_only_drawn_where_every_figure_of_it_is_known():
    assert rules(*urban(1225)) == []
    assert rules(*urban(1225)[:2], known=[was("urban_dibao_persons", "2024-08", 1200)]) == []
    assert rules(*urban(1225), known=[was("urban_dibao_persons", "2023-12", 1200)]) == []


def test_flows_since_january_start_from_the_end_of_last_year():
    flows = [
        now("organisations_registered", "2024-09", 20, row=3),
        now("organisations_deregistered", "2024-09", 10, row=4),
    ]
    before = [
        was("social_organisations", "2023-12", 500),
        was("social_organisations", "2024-08", 9),
    ]
    assert ("organisations_balance", 2) not in rules(
        now("social_organisations", "2024-09", 510, row=2), *flows, known=before[:1]
    )
    assert ("organisations_balance", 2) in rules(
        now("social_organisations", "2024-09", 560, row=2), *flows, known=before[:1]
    )


# ---- growth that is stated as a figure of its own ----


def test_a_stated_growth_rate_is_computed_from_both_years():
    own = [
        now("dibao_spending", "2024-05", 38_809_800),
        now("dibao_spending_growth", "2024-05", 9.8, 2),
    ]
    assert rules(*own, known=[was("dibao_spending", "2023-05", 35_346_000)]) == []
    finding = only(*own, known=[was("dibao_spending", "2023-05", 36_000_000)])
    assert (finding.rule, finding.row) == ("dibao_spending_growth", 2)
    assert says(finding, ["38,809,800 ÷ 36,000,000 − 1", "7.8%"], ["gives 7.8", "9.8"])


def test_a_net_addition_gives_the_growth_where_last_year_is_not_known():
    # 长清区 2023: 11,022 people, 316 more than a year before, an increase of 3 %
    own = [now("dibao_persons", "2023-12", 11_022), now("dibao_persons_added", "2023-12", 316)]
    assert rules(*own, now("dibao_persons_growth", "2023-12", 3, 3)) == []
    assert rules(*own, now("dibao_persons_growth", "2023-12", 4, 3)) == [
        ("dibao_persons_growth", 3)
    ]


# ---- figures since January ----


def test_a_figure_since_january_does_not_fall_within_its_year():
    known = [was("marriages", "2024-08", 900)]
    finding = only(now("marriages", "2024-09", 850, 7), known=known)
    assert (finding.rule, finding.row) == ("to_date_falls", 7)
    assert says(
        finding,
        ["2024-09 850 < 2024-08 900", "差 50对"],
        ["2024-09 850 < 2024-08 900", "50 couples"],
    )
    assert rules(now("marriages", "2024-09", 900), known=known) == []
    assert rules(now("marriages", "2025-01", 50), known=known) == []


def test_an_earlier_month_handed_in_late_is_held_against_the_later_one():
    known = [was("marriages", "2024-10", 900)]
    assert rules(now("marriages", "2024-09", 950, 4), known=known) == [("to_date_falls", 4)]
    both = [now("marriages", "2024-09", 950, 4), now("marriages", "2024-10", 900, 5)]
    assert rules(*both) == [("to_date_falls", 5)]


# ---- months and figures since January ----


MONTHS = [
    now("marriages_in_month", f"2024-0{n}", each, n) for n, each in enumerate((90, 80, 95), 1)
]


def test_a_figure_since_january_is_the_sum_of_its_months():
    assert rules(*MONTHS, now("marriages", "2024-03", 265, 5)) == []
    finding = only(*MONTHS, now("marriages", "2024-03", 275, 5))
    assert (finding.rule, finding.severity, finding.row) == ("months_to_date", "warning", 5)
    assert says(finding, ["90 + 80 + 95 = 265对", "差 10对"], ["90 + 80 + 95 = 265", "10 couples"])


def test_a_figure_since_january_is_that_of_a_month_before_and_the_month():
    own = [now("marriages", "2024-08", 850, 2), now("marriages_in_month", "2024-08", 90, 3)]
    assert rules(*own, known=[was("marriages", "2024-07", 760)]) == []
    finding = only(*own, known=[was("marriages", "2024-07", 770)])
    assert (finding.rule, finding.row) == ("months_to_date", 2)
    assert says(finding, ["770 + 90 = 860对"], ["770 + 90 = 860"])


def test_a_month_handed_in_alone_is_held_against_two_figures_since_january():
    known = [was("marriages", "2024-07", 760), was("marriages", "2024-08", 850)]
    assert rules(now("marriages_in_month", "2024-08", 90, 3), known=known) == []
    finding = only(now("marriages_in_month", "2024-08", 99, 3), known=known)
    assert (finding.rule, finding.row) == ("months_to_date", 3)
    assert says(finding, ["850 − 760 = 90对", "差 9对"], ["850 − 760 = 90", "9 couples"])
    assert rules(now("marriages_in_month", "2024-07", 99), known=known) == []


# ---- jumps ----


def year_of(indicator, year, each):
    return [was(indicator, f"{year}-{n}", each * n) for n in range(1, 13)]


def test_a_stock_that_doubles_within_a_month_wants_a_note():
    known = [was("orphans", "2024-08", 100)]
    assert rules(now("orphans", "2024-09", 190), known=known) == []
    finding = only(now("orphans", "2024-09", 220, 3), known=known)
    assert (finding.rule, finding.severity, finding.row) == ("jump_stock", "warning", 3)
    assert says(finding, ["2024-08 100", "2.20 倍", "0.5—2"], ["2.20 times", "0.5 to 2"])
    assert rules(now("orphans", "2024-09", 20), known=[was("orphans", "2024-08", 5)]) == []
    assert rules(now("orphans", "2024-09", 220), known=[was("orphans", "2023-12", 100)]) == []


def test_a_month_of_a_figure_since_january_is_held_against_the_usual_month():
    known = [*year_of("marriages", 2023, 100), was("marriages", "2024-01", 100)]
    assert rules(now("marriages", "2024-02", 200), known=known) == []
    finding = only(now("marriages", "2024-02", 1000, 3), known=known)
    assert (finding.rule, finding.row) == ("jump_to_date", 3)
    assert says(
        finding, ["当月 900", "13 个月的中位数 100", "9.00 倍"], ["own 900", "median of 13"]
    )


def test_a_month_as_it_was_a_year_ago_is_no_jump():
    last = [
        *(was("marriages", f"2023-{n}", 100 * n) for n in range(1, 12)),
        was("marriages", "2023-12", 2600),
    ]
    year = [was("marriages", f"2024-{n}", 100 * n) for n in range(1, 12)]
    assert rules(now("marriages", "2024-12", 2700), known=[*last, *year]) == []
    assert rules(now("marriages", "2024-12", 2700), known=year) == [("jump_to_date", 1)]


def test_a_recorded_event_says_why_a_month_is_unusual():
    known = [was("divorces", f"2020-{n}", 100 * n) for n in range(1, 13)]
    # the cooling-off period is in force since 2021-01
    assert rules(now("divorces", "2021-01", 9), known=known) == []
    known.append(was("divorces", "2021-01", 39))
    assert rules(now("divorces", "2021-02", 40), known=known) == [("jump_to_date", 1)]


# ---- units ----


@pytest.mark.parametrize(
    ("value", "zh"),
    [
        (2_000_000e4, "可能是按“元”填报而标为“万元”"),
        (2_000_000e8, "可能是按“元”填报而标为“亿元”"),
        (200, "可能是按“万元”填报而标为“元”"),
        (2_000_000e3, "可能是按“元”填报而标为“千元”"),
    ],
)
def test_an_amount_of_another_size_than_before_is_suspected_of_its_unit(value, zh):
    known = [was("temporary_assistance_spending", "2023-09", 1_900_000)]
    (finding,) = findings(now("temporary_assistance_spending", "2024-09", value, 6), known=known)
    assert (finding.rule, finding.row) == ("unit_suspect", 6)
    assert says(finding, [zh, "1,900,000"], ["1,900,000", "was probably entered in"])
    assert rules(now("temporary_assistance_spending", "2024-09", 9e6), known=known) == []


def test_a_standard_of_a_year_where_a_month_is_meant_is_suspected():
    known = [was("rural_dibao_standard", "2023-12", 500)]
    finding = only(now("rural_dibao_standard", "2024-12", 6240), known=known)
    assert says(finding, ["元/人·年", "元/人·月"], ["yuan a year", "yuan a month"])
    assert rules(now("rural_dibao_standard", "2024-12", 540), known=known) == []


def test_without_a_history_an_amount_is_held_against_the_areas_beside_it():
    streets = areas().children("370305")[:5]
    rows = [
        figure("temporary_assistance_spending", 50_000 + n, area=one.code, row=n)
        for n, one in enumerate(streets)
    ]
    assert check(rows, catalogue(), areas()) == []
    rows[3] = figure("temporary_assistance_spending", 50_000e4, area=streets[3].code, row=3)
    (finding,) = check(rows, catalogue(), areas())
    assert (finding.rule, finding.row) == ("unit_suspect", 3)
    assert says(finding, ["同级 4 个地区的中位数"], ["median of 4 areas"])


def test_a_unit_that_is_wrong_is_not_reported_as_a_jump_too():
    known = [*year_of("temporary_assistance_spending", 2023, 200_000)]
    own = now("temporary_assistance_spending", "2024-01", 200_000e4)
    assert rules(own, known=known) == [("unit_suspect", 1)]


# ---- money, persons and the published standard ----


def paid(amount, row=5):
    return [
        now("urban_dibao_persons", "2024-10", 311),
        now("urban_dibao_paid", "2024-10", amount, row),
    ]


def test_money_a_person_and_month_is_held_against_the_published_standard():
    standard = [was("urban_dibao_standard", "2024-01", 900, kind=FigureKind.STANDARD)]
    assert rules(*paid(1_981_162), known=standard) == []
    # 2,250 a month would do without a standard, but not where 900 is published
    assert rules(*paid(7_000_000)) == []
    finding = only(*paid(7_000_000), known=standard)
    assert finding.rule == "urban_dibao_paid_each"
    assert says(
        finding,
        ["7,000,000 ÷ 城市低保人数 311 ÷ 10 个月", "标准为 900 元", "2,250.8"],
        ["÷ 10 months", "standard of", "900 yuan"],
    )


def test_the_standard_of_the_city_above_holds_where_the_district_has_none():
    above = areas().ancestors(AREA)[0].code
    standard = [was("urban_dibao_standard", "2024-01", 900, area=above)]
    assert rules(*paid(7_000_000), known=standard) == [("urban_dibao_paid_each", 5)]
    old = [was("urban_dibao_standard", "2019-01", 900, area=above)]
    assert rules(*paid(7_000_000), known=old) == []


# ---- the day of the hand-in, and editions ----


def test_a_month_after_the_hand_in_is_an_error_once_a_sheet():
    handed = Handed("JZH01", month("2024-09"))
    own = [now("marriages", "2024-10", 90, 4), now("divorces", "2024-10", 30, 5)]
    finding = only(*own, handed=handed)
    assert (finding.rule, finding.severity, finding.row) == ("future_period", "error", 4)
    assert says(finding, ["2024-09", "共 2 个数"], ["2024-10", "2024-09; 2 figures"])
    assert rules(*own, handed=Handed("JZH01", month("2024-10"))) == []
    assert rules(*own) == []
    ahead = [
        now("marriages", "2024-12", 90, kind=FigureKind.TARGET),
        now("urban_dibao_standard", "2025-01", 900),
    ]
    assert rules(*ahead, handed=handed) == []


def test_a_rule_of_one_edition_leaves_other_forms_alone():
    row = {
        "id": "own",
        "kind": "not_negative",
        "severity": "warning",
        "indicators": "*",
        "tolerance": "",
        "editions": "JZH01|YZH",
        "message_zh": "{name}",
        "message_en": "{name}",
    }
    own = replace(catalogue(), rules=(row,))
    negative = [now("orphans", "2024-09", -1)]
    assert [one.rule for one in check(negative, own, handed=Handed("jzh01"))] == ["own"]
    assert check(negative, own, handed=Handed("JBZH0001")) == []
    assert check(negative, own) == []


@pytest.mark.parametrize(
    ("indicator", "value", "severity"),
    [
        ("temporary_assistance_spending", -30_000, "warning"),
        ("temporary_assistance_spending", 30_000, ""),
        ("urban_dibao_standard", -500, "error"),
        ("urban_dibao_persons", -7, "error"),
    ],
)
def test_money_below_zero_wants_a_note_and_no_count_or_standard_may_be(indicator, value, severity):
    found = [one for one in findings(now(indicator, "2024-09", value)) if "负数" in one.message.zh]
    assert [one.severity for one in found] == ([severity] if severity else [])
