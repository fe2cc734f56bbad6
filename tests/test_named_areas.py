"""Areas as tables print them: short, in two languages, or as a person says them."""

import pytest
from sheets import areas, catalogue, rules, sheet

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Level
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy
from dashboard.intake.understanding.places import OWN, Finder
from dashboard.intake.understanding.words import normal

ETHNIC = [
    Area("429901", Text("江北县"), Level.DISTRICT),
    Area("429901200", Text("石桥土家族苗族乡"), Level.STREET, "429901"),
    Area("429901201", Text("回龙乡"), Level.STREET, "429901"),
    Area("429901202", Text("回龙回族乡"), Level.STREET, "429901"),
    Area("429902", Text("双河拉祜族佤族自治县"), Level.DISTRICT),
]
TITLE = ["长清区2024年9月低保情况表"]
HEAD = ["街道", "低保户数", "低保人数"]


def taken(*rows, **said):
    one = sheet([TITLE, HEAD, *map(list, rows)])
    recognition = recognise(one, catalogue(), areas(), Hints(basis="in_month", **said))
    return tidy(one, recognition, catalogue(), areas(), skip_unknown=False)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("石桥乡", "429901200"),
        ("石桥土家族苗族乡", "429901200"),
        ("石桥", "429901200"),
        ("回龙乡", "429901201"),
        ("双河县", "429902"),
        ("江北县 Jiangbei County", "429901"),
        ("石桥乡(Shiqiao)", "429901200"),
    ],
)
def test_a_name_without_its_peoples_or_with_its_english_is_that_area(printed, code):
    assert [area.code for area in Finder(Areas(ETHNIC)).find(printed)] == [code]


@pytest.mark.parametrize("printed", ["石桥镇社区", "石桥A组", "江北县城"])
def test_a_longer_name_is_not_that_area(printed):
    assert not Finder(Areas(ETHNIC)).find(printed)


@pytest.mark.parametrize("printed", ["全 市 Total", "合计 Grand Total", "总计(Total)", "Total"])
def test_a_total_in_two_languages_is_a_total(printed):
    assert OWN.fullmatch(normal(printed))


def test_one_unknown_street_does_not_keep_the_others_out():
    tidied = taken(["文昌街道", 7, 9], ["崮云湖街道", 5, 6], ["龙浔镇", 1, 2])
    finding = next(one for one in tidied.findings if one.rule == "unknown_area")
    assert finding.severity == "warning"
    assert {one.value for one in tidied.observations} == {7, 9, 5, 6}
    assert "--street" in finding.message.zh


def test_an_unknown_street_is_said():
    rows = ["文昌街道", 7, 9], ["龙浔镇", 1, 2]
    tidied = taken(*rows, streets={"龙浔镇": "崮云湖街道"})
    assert not rules(tidied)
    assert {one.value for one in tidied.observations} == {7, 9, 1, 2}
    left = taken(*rows, streets={"龙浔镇": "-"})
    assert rules(left) == ["row_left_out"]
    assert {one.value for one in left.observations} == {7, 9}


def test_where_no_street_is_known_the_table_is_refused():
    tidied = taken(["龙浔镇", 7, 9], ["北溪镇", 5, 6], ["文昌街道", 1, 2])
    assert {one.severity for one in tidied.findings if one.rule == "unknown_area"} == {"error"}
