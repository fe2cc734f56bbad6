"""A dash or a blank under 本年累计数 in the row of a stock says that there is no such figure."""

import pytest
from sheets import read

TITLE = ["长清区2025年9月民政事业统计月报", None, None, None]
HEAD = ["指标名称", "计量单位", "本月数", "本年累计数"]
STOCKS = (
    ["城市低保户数", "户", 286],
    ["城市低保人数", "人", 431],
    ["特困人员供养人数", "人", 812],
    ["享受高龄津贴人数", "人", 9126],
)
FLOWS = (["临时救助", "人次", 64, 517], ["结婚登记", "对", 92, 803])


@pytest.mark.parametrize("mark", ["—", "/", None])
def test_no_series_comes_from_what_a_stock_does_not_have(mark):
    rows = [TITLE, HEAD, *([*one, mark] for one in STOCKS), *FLOWS]
    tidied = read(rows)
    assert not [one.message.zh for one in tidied.findings if one.severity != "note"]
    assert {one.indicator: one.value for one in tidied.observations} == {
        "urban_dibao_households": 286,
        "urban_dibao_persons": 431,
        "tekun_persons": 812,
        "old_age_allowance_persons": 9126,
        "temporary_assistance__person_times__in_month": 64,
        "temporary_assistance_times": 517,
        "marriages_in_month": 92,
        "marriages": 803,
    }


def test_a_dash_among_figures_of_a_series_stays_what_is_lacking():
    rows = [["长清区2025年9月特困人员情况"], ["街道", "人数", "累计人数"]]
    rows += [["文昌街道", 7, 60], ["崮云湖街道", 9, "—"]]
    times = [one for one in read(rows).observations if one.indicator == "tekun__person_times"]
    assert [one.value for one in times] == [60, None]


def test_two_figures_of_one_meaning_are_still_refused():
    rows = [TITLE, HEAD, ["城市低保户数", "户", 286, 2500], *FLOWS]
    assert "urban_dibao_households" not in {one.indicator for one in read(rows).observations}
