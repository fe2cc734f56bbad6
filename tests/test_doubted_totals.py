"""What a remark says of a part counts for the totals that contain the part."""

import pytest
from sheets import read, values

TOWNS = ("文昌街道", "崮云湖街道", "平安街道")
WHOLE = "370113"


def table(notes, heading=("低保户数", "低保人数"), title="长清区2026年10月城乡低保情况表"):
    """Three streets with a note each, and their total."""
    body = [[town, 3, 5, note] for town, note in zip(TOWNS, notes, strict=True)]
    return [[title], ["街道", *heading, "备注"], *body, ["合计", 9, 15, None]]


def stored(rows, **said):
    tidied = read(rows, area=WHOLE, skip_unknown=True, **said)
    return {(one.indicator, one.area) for one in tidied.observations if one.value is not None}


@pytest.mark.parametrize("note", ["人数填反", "人数含非在册人员", "人数为上月数"])
def test_a_total_of_a_doubted_street_is_asked_with_it(note):
    found = stored(table(("", note, "")))
    assert ("dibao_persons", WHOLE) not in found
    assert ("dibao_persons", "370113001") in found
    assert ("dibao_households", WHOLE) in found


def test_an_answer_counts_for_part_and_total():
    rows = table(("", "人数填反", ""))
    assert ("dibao_persons", WHOLE) in stored(rows, words={"人数填反": "无"})
    left_out = stored(rows, words={"人数填反": ""})
    assert {("dibao_persons", "370113002"), ("dibao_persons", WHOLE)}.isdisjoint(left_out)
    assert {("dibao_households", "370113002"), ("dibao_households", WHOLE)} <= left_out


def test_what_changes_no_figure_is_asked_of_no_total():
    assert ("dibao_persons", WHOLE) in values(read(table(("已核对", "", "一卡通发放"))))


def test_a_total_of_an_estimate_is_one():
    tidied = read(table(("估计数", "", "")))
    status = {(one.indicator, one.area): one.status for one in tidied.observations}
    assert status["dibao_persons", WHOLE] == status["dibao_persons", "370113001"]
    assert status["dibao_persons", WHOLE] != status["dibao_persons", "370113002"]


def test_programmes_together_are_as_doubtful_as_each_of_them():
    heads = ("城市低保人数", "城乡低保人数")
    found = stored(table(("城市低保人数填反", "", ""), heads))
    assert ("urban_dibao_persons", "370113001") not in found
    assert ("dibao_persons", "370113001") not in found
    assert ("dibao_persons", "370113002") in found
    assert {("urban_dibao_persons", WHOLE), ("dibao_persons", WHOLE)}.isdisjoint(found)


def test_an_answer_to_a_remark_is_of_what_the_remark_is_of():
    rows = [["长清区2026年9月末养老情况"], ["街道", "老年人口(人)", "养老机构床位数(张)"]]
    rows += [[TOWNS[0], 7732, 75], [TOWNS[1], 6306, 285], ["注:老年人口口径为户籍人口"]]
    found = {one for one, _ in stored(rows, words={"老年人口口径为户籍人口": "户籍"})}
    assert {"residence" in one for one in found if "population" in one} == {True}
    assert "elderly_beds" in found
