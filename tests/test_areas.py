"""Areas: lists large and small, names written several ways, and refusals that name the cell."""

import csv
import io

import pytest
from area_lists import read_area_csv

from dashboard.catalogue.area_list import AreaError
from dashboard.catalogue.areas import Areas, normal_code
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.catalogue.periods import Period

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shipped():
    return all_areas(read_catalogue())


def test_zeros_that_only_fill_a_code_up_are_dropped():
    assert normal_code("510000000000") == "510000"
    assert normal_code("370113001000") == "370113001"
    assert normal_code("370113001201") == "370113001201"


@pytest.mark.parametrize(
    "written",
    [
        "文昌街道",
        "文昌街道办事处",
        "文昌街",
        "文昌",
        "370113001",
        "370113001000",
        "Wenchang Subdistrict",
    ],
)
def test_a_street_is_found_however_its_name_is_written(shipped, written):
    assert [area.code for area in shipped.find(written, within="370113")] == ["370113001"]


def test_a_name_outside_the_named_district_is_not_found(shipped):
    assert shipped.find("文昌街道", within="350526") == []


def test_parents_follow_from_the_codes_where_a_list_names_none():
    areas = Areas(
        read_area_csv(
            "code,name,level\n370000,山东省,province\n370100,济南市,city\n370113,长清区,district\n"
            "370113001,文昌街道,street\n370113001001,东社区,community\n"
        )
    )
    assert [area.name.zh for area in areas.ancestors("370113001001")] == [
        "文昌街道",
        "长清区",
        "济南市",
        "山东省",
    ]
    assert [area.code for area in areas.children("370113")] == ["370113001"]


def test_chinese_level_words_are_understood():
    areas = read_area_csv("code,name,level\n350526,德化县,县\n350526100,龙浔镇,镇\n")
    assert [str(area.level) for area in areas] == ["district", "street"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1!,甲,street,,", "code"),
        ("1,,street,,", "name"),
        ("1,甲,galaxy,,", "level"),
        ("1,甲,street,nowhere,", "parent"),
        ("1,甲,street,,2022-19", "valid_from"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_line_and_column(row, column):
    with pytest.raises(AreaError) as refusal:
        read_area_csv(f"code,name,level,parent,valid_from\n9,区,district,,\n{row}\n")
    assert (refusal.value.line, refusal.value.column) == (3, column)


def test_a_code_that_stands_twice_and_a_parent_below_its_child_are_refused():
    with pytest.raises(AreaError, match="already stands"):
        read_area_csv("code,name,level\n1,甲,street\n1,乙,street\n")
    with pytest.raises(AreaError, match="higher level"):
        read_area_csv("code,name,level,parent\n1,甲,street,\n2,乙,district,1\n")


def test_a_national_list_of_45000_streets_is_read_and_searched():
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["code", "name", "level"])
    for district in range(3000):
        code = 110101 + district
        writer.writerow([code, f"第{district}区", "district"])
        writer.writerows(
            [f"{code}{street:03d}", f"街{district}之{street}街道", "street"]
            for street in range(1, 16)
        )
    areas = Areas(read_area_csv(text.getvalue()))
    assert len(areas) == 48000
    assert [area.code for area in areas.find("街7之3街道")] == ["110108003"]
    assert len(areas.children("110108")) == 15


def test_a_street_that_was_carved_out_appears_from_its_first_month_on(shipped):
    before = {area.code for area in shipped.children("990101", Period(2021, 12))}
    after = {area.code for area in shipped.children("990101", Period(2022, 1))}
    new = after - before
    assert len(before) == 11 and len(after) == 12 and new == {"990101012"}
    predecessor = shipped.get("990101012").predecessor
    for code in ("990101012", predecessor):
        assert [period for period, _ in shipped.boundary_changes(code)] == [Period(2022, 1)]


def test_two_parents_that_name_each_other_do_not_hang():
    areas = Areas(read_area_csv("code,name,level\n1,甲,district\n"))
    looped = Areas([*areas, *Areas(())])
    assert looped.ancestors("1") == ()
