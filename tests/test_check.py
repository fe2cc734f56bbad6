"""Consistency rules: what disagrees is found at its cell, what was only rounded is not."""

import pytest
from sheets import areas, catalogue, read

from dashboard.catalogue.concepts import FigureKind, Observation, Source
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.check import EVERY_KIND, check
from dashboard.intake.forms.rules.rules import rule_of_row

SEPTEMBER = Period(2024, 9)


def figure(indicator, value, area="370113", period=SEPTEMBER, row=1, **more):
    return Observation(indicator, area, period, value, source=Source("表", row, "C"), **more)


def found(*observations, with_areas=False):
    findings = check(observations, catalogue(), areas() if with_areas else None)
    return [(finding.rule, finding.row) for finding in findings]


def persons(urban, rural, total):
    return [
        figure("urban_dibao_persons", urban, row=2),
        figure("rural_dibao_persons", rural, row=3),
        figure("dibao_persons", total, row=4),
    ]


def test_every_shipped_rule_is_understood_and_every_kind_is_used():
    kinds = {rule_of_row(row, EVERY_KIND, catalogue().indicators).kind for row in catalogue().rules}
    assert kinds == set(EVERY_KIND)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"kind": "sum"}, "kind"),
        ({"severity": "bad"}, "severity"),
        ({"indicators": "no_such"}, "no_such"),
        ({"indicators": ""}, "indicators"),
        ({"tolerance": "much"}, "tolerance"),
        ({"kind": "per_person"}, "low..high"),
        ({"indicators": "*some_time"}, "some_time"),
        ({"indicators": "*|marriages"}, "left out"),
        ({"kind": "balance", "indicators": "marriages|previous"}, "closing"),
        ({"kind": "balance", "indicators": "marriages|previous|divorces"}, "closing"),
        ({"kind": "growth_of", "indicators": "marriages"}, "rate"),
        ({"needs_note": "perhaps"}, "needs_note"),
    ],
)
def test_a_rule_that_cannot_be_understood_is_refused_by_name(change, word):
    row = {"id": "own", "kind": "parts", "severity": "warning", "indicators": "*", "tolerance": "0"}
    assert rule_of_row(row, EVERY_KIND, catalogue().indicators).id == "own"
    with pytest.raises(ValueError, match=rf"own.*{word}"):
        rule_of_row(row | change, EVERY_KIND, catalogue().indicators)


def test_parts_that_make_their_total_are_left_alone():
    assert found(*persons(3, 8, 11)) == []


@pytest.mark.parametrize("total", [10, 12, 0])
def test_parts_that_do_not_make_their_total_are_found_at_the_total(total):
    findings = check(persons(3, 8, total), catalogue())
    parts = [finding for finding in findings if finding.rule == "parts_total"]
    assert [(one.severity, one.sheet, one.row, one.column) for one in parts] == [
        ("warning", "表", 4, "C")
    ]
    assert "11" in parts[0].message.zh
    assert "11" in parts[0].message.en


def test_the_published_form_adds_up_within_its_rounding():
    # 四川省 2022-09, in 万元 with one decimal: the parts may be off by their rounding
    figures = [
        figure("social_welfare_spending", 3_525_606_000),
        figure("dibao_spending", 9_365_378_000),
        figure("social_assistance_spending", 12_688_623_000),
        figure("urban_dibao_spending", 1_760_581_000),
        figure("rural_dibao_spending", 7_604_797_000 - 1_000),
    ]
    assert found(*figures) == []
    figures[-1] = figure("rural_dibao_spending", 7_604_797_000 - 3_000)
    assert found(*figures) == [("parts_total", 1)]


def test_a_total_published_in_rounded_ten_thousands_is_no_disagreement():
    # the country's organisations at the end of 2007: 38.7 万 in all, the parts partly to the unit
    parts = [figure("social_associations", 212_000), figure("private_nonenterprise_units", 174_000)]
    parts.append(figure("foundations", 1_340))
    assert found(figure("social_organisations", 387_000), *parts) == []
    assert found(figure("social_organisations", 385_000), *parts) == [("parts_total", 1)]


def test_the_last_printed_digit_says_how_far_a_sum_may_be_off_not_the_zeros_of_its_value():
    # 300.0 万元 printed with one decimal: its parts are 1 万元 off
    names = ("dibao_spending", "urban_dibao_spending", "rural_dibao_spending")
    values = (3_000_000, 1_000_000, 1_990_000)
    figures = [
        figure(name, value)._replace(rounding=500.0)
        for name, value in zip(names, values, strict=True)
    ]
    assert found(*figures) == [("parts_total", 1)]
    figures[2] = figures[2]._replace(value=1_999_000)
    assert found(*figures) == []


def test_with_a_part_missing_only_an_excess_is_found():
    total = figure("social_organisations", 100)
    few = [figure("social_associations", 40), figure("private_nonenterprise_units", 50)]
    assert found(total, *few) == []
    assert found(total, few[0], figure("private_nonenterprise_units", 70)) == [("parts_total", 1)]


def test_figures_of_other_places_kinds_and_periods_are_not_mixed():
    urban, rural, total = persons(3, 8, 50)
    assert found(urban, total, figure("rural_dibao_persons", 8, period=Period(2024, 8))) == []
    assert found(urban, total, figure("rural_dibao_persons", 8, kind=FigureKind.TARGET)) == []
    assert found(urban, rural, figure("dibao_persons", 50, area="370113001")) == []


def test_a_part_larger_than_its_total_is_found_at_the_part():
    beds = [figure("elderly_beds", 100, row=2), figure("nursing_beds", 101, row=3)]
    assert found(*beds) == [("of_which_total", 3)]
    assert found(beds[0], figure("nursing_beds", 100)) == []


def test_a_count_below_zero_is_an_error_and_an_amount_below_zero_wants_a_note():
    findings = check([figure("marriages", -1), figure("charity_spending", -5)], catalogue())
    assert [(one.severity, one.rule, one.value) for one in findings] == [
        ("error", "negative_count", "-1"),
        ("warning", "negative_money", "-5"),
    ]


def test_a_net_change_may_be_below_zero():
    """净增 is what came less what went."""
    assert check([figure("dibao_persons_added", -12)], catalogue()) == []


@pytest.mark.parametrize(
    ("value", "rules"), [(0, []), (100, []), (100.5, ["share_range"]), (-1, ["share_range"])]
)
def test_a_share_outside_its_range_is_found(value, rules):
    assert [rule for rule, _ in found(figure("nursing_bed_share", value))] == rules


def test_streets_are_compared_with_their_district_where_all_of_them_are_there():
    below = areas().children("370305")
    rows = [figure("marriages", 10, area=street.code) for street in below]
    total = 10 * len(below)
    assert found(*rows, figure("marriages", total, area="370305"), with_areas=True) == []
    assert found(*rows, figure("marriages", total + 1, area="370305", row=9), with_areas=True) == [
        ("streets_total", 9)
    ]
    some = [*rows[:3], figure("marriages", total, area="370305")]
    assert found(*some, with_areas=True) == []
    assert found(*some[:3], figure("marriages", 29, area="370305"), with_areas=True) == [
        ("streets_total", 1)
    ]
    assert found(*some[:3], figure("marriages", 29, area="370305")) == []


def test_the_streets_that_are_missing_are_called_by_their_names():
    below = areas().children("370305")
    rows = [figure("marriages", 10, area=street.code) for street in below[2:]]
    total = figure("marriages", 5, area="370305")
    (finding,) = check([*rows, total], catalogue(), areas())
    for street in below[:2]:
        assert street.name.zh in finding.message.zh
        assert street.name["en"] in finding.message.en
    assert f"{len(rows)}/{len(below)}" in finding.message.zh
    few = [figure("marriages", 10, area=street.code) for street in below[:2]]
    (finding,) = check([*few, total], catalogue(), areas())
    assert f"等 {len(below) - 2} 个" in finding.message.zh


def test_a_printed_rate_that_its_counts_do_not_give_is_found():
    counts = [figure("elderly_beds", 200), figure("nursing_beds", 130)]
    assert found(*counts, figure("nursing_bed_share", 65)) == []
    assert found(*counts, figure("nursing_bed_share", 70, row=7)) == [("rate_of_counts", 7)]


def test_an_amount_entered_in_the_wrong_unit_is_found_by_what_each_person_would_get():
    # 德化县 2024-10: yuan under a heading that says 万元
    good = [
        figure("urban_dibao_persons", 311, period=Period(2024, 10)),
        figure("urban_dibao_paid", 1_981_162, period=Period(2024, 10)),
    ]
    assert found(*good) == []
    wrong = figure("urban_dibao_paid", 1_981_162e4, period=Period(2024, 10), row=5)
    assert found(good[0], wrong) == [("urban_dibao_paid_each", 5)]


def test_two_values_of_one_quantity_are_both_kept_and_reported():
    assert found(figure("dibao_persons", 4), figure("dibao_persons", 5, row=8)) == [
        ("two_values", 8)
    ]
    assert found(figure("dibao_persons", 4), figure("dibao_persons", 4)) == []


def test_missing_figures_are_no_disagreement():
    assert found(figure("marriages", None), *persons(3, None, 50)) == []


def test_a_form_is_checked_from_its_cells():
    rows = [
        ["长清区2024年9月"],
        ["指标名称", "单位", "数量"],
        ["城市低保人数", "人", 3],
        ["农村低保人数", "人", 8],
        ["城乡低保人数", "人", 12],
    ]
    (finding,) = check(read(rows).observations, catalogue(), areas())
    assert (finding.row, finding.column, finding.value) == (5, "C", "12")
    assert "长清区" in finding.message.zh
    assert "Changqing" in finding.message.en


def test_a_finding_prints_a_large_value_in_full():
    stated = [figure("marriages", 13_469_300.0), figure("marriages", 13_469_000.0, row=2)]
    printed = [one.value for one in check(stated, catalogue(), None) if one.rule == "two_values"]
    assert printed and set(printed) <= {"13469300", "13469000"}


def test_two_values_that_differ_are_printed_differently():
    stated = [figure("crude_divorce_rate", 2.04), figure("crude_divorce_rate", 2.0, row=2)]
    (finding,) = check(stated, catalogue(), None)
    assert "2.04‰" in finding.message.zh and "2.04" in finding.message.en
