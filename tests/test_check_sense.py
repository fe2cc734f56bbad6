"""Rules of plain sense: shares typed as fractions, money of any people, jumps from few."""

from test_check_time import now, only, rules, says, was

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding

RATE = "tekun_disabled_care_rate"


def column(*values, indicator=RATE):
    return [
        now(indicator, "2024-09", value, row=row, area=f"37011300{row}")
        for row, value in enumerate(values, 1)
    ]


def test_a_column_of_fractions_under_percent_is_asked_about_once():
    finding = only(*column(0.75, 0.66, 0))
    assert (finding.rule, finding.row, finding.severity) == ("share_as_fraction", 1, "warning")
    assert says(finding, ["0.75、0.66", "75%"], ["0.75, 0.66", "75%"])


def test_a_column_with_a_percentage_or_that_was_as_small_before_is_none_of_fractions():
    assert rules(*column(0.75, 66)) == []
    assert rules(*column(0, 0)) == []
    small = [was(RATE, "2024-08", 0.7, area="370113001")]
    assert rules(*column(0.75, 0.66), known=small) == []
    large = [was(RATE, "2024-08", 75, area="370113001")]
    assert rules(*column(0.75, 0.66), known=large) == [("share_as_fraction", 1)]


def test_a_single_fraction_among_percentages_is_asked_about():
    finding = only(*column(55, 0.55, 56, 61))
    assert (finding.rule, finding.row) == ("share_as_fraction_among", 2)
    assert says(finding, ["0.55", "55%"], ["0.55", "55%"])
    assert rules(*column(1.2, 0.55, 0.9, 2.1)) == []


def test_a_growth_rate_may_be_below_one_percent():
    assert rules(*column(0.75, 0.66, indicator="dibao_persons_growth")) == []


def test_money_is_held_against_whatever_people_of_its_kind_there_are():
    paid = now("temporary_assistance_spending", "2024-09", 3.45e10, row=1)
    helped = now("temporary_assistance_times", "2024-09", 1200, row=2)
    finding = only(paid, helped)
    assert (finding.rule, finding.row) == ("money_per_head", 1)
    assert says(finding, ["÷ 临时救助人次 1,200 ÷ 9 个月"], ["÷ 9 months"])
    too_little = now("temporary_assistance_spending", "2024-09", 345, row=1)
    assert rules(too_little, helped) == [("money_per_head", 1)]
    plausible = now("temporary_assistance_spending", "2024-09", 3.45e6, row=1)
    assert rules(plausible, helped) == []


def test_an_amount_a_person_and_month_must_make_sense_by_itself():
    finding = only(now("urban_dibao_standard", "2024-09", 69100, row=1))
    assert (finding.rule, finding.row) == ("money_per_head", 1)
    assert rules(now("urban_dibao_standard", "2024-09", 956, row=1)) == []


def test_money_says_nothing_beside_people_of_another_kind():
    paid = now("temporary_assistance_spending", "2024-09", 3.45e9, row=1)
    assert rules(paid, now("orphans", "2024-09", 2, row=2)) == []


def test_a_jump_is_judged_by_the_larger_of_old_and_new():
    known = [was("orphans", "2024-08", 2)]
    assert rules(now("orphans", "2024-09", 5), known=known) == []
    assert rules(now("orphans", "2024-09", 900), known=known) == [("jump_stock", 1)]
    none = [was("orphans", "2024-08", 0)]
    assert rules(now("orphans", "2024-09", 900), known=none) == [("jump_stock", 1)]
    few = [was("marriages", f"2024-{month:02d}", 25 * month) for month in range(1, 9)]
    assert rules(now("marriages", "2024-09", 230), known=few) == []
    (found,) = rules(now("marriages", "2024-09", 30309), known=few)
    assert found == ("jump_to_date", 1)


def test_a_months_figure_is_held_against_the_months_of_its_running_total():
    few = [was("marriages", f"2024-{month:02d}", 25 * month) for month in range(1, 9)]
    assert rules(now("marriages_in_month", "2024-09", 30), known=few) == []
    assert rules(now("marriages_in_month", "2024-09", 30309), known=few) == [("jump_month", 1)]


def test_large_figures_are_shown_with_separators_and_codes_are_not():
    def shown(value, rule="jump_stock"):
        return Finding("warning", rule, Text("x"), value=value).shown_value

    assert shown("42138649") == "42,138,649"
    assert shown("-1234.50") == "-1,234.50"
    assert shown("370113001", "unknown_area") == "370113001"
    assert shown("2024", "unknown_period") == "2024"
    assert (shown("999"), shown("未报"), shown("")) == ("999", "未报", "")
