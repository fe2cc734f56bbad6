"""Streets that no list knows: proposed, registered with the file, refused where they cannot be."""

import pytest
from stores import BACKENDS, WHEN, fresh_store, handing_in

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.concepts import Area, Finding, Level
from dashboard.components.submissions import answers as said
from dashboard.components.submissions.new_streets import with_streets
from dashboard.components.submissions.word_choices import word_choices
from dashboard.intake import Handover, receive
from dashboard.intake.new_streets import (
    NotRegistrable,
    Unlisted,
    registered,
    street_name,
    taken_codes,
    titled_district,
    unlisted_streets,
)
from dashboard.store.submissions import read_areas as read_stored_areas

DISTRICT = Area("370199", Text("青石区", ""), Level.DISTRICT, "370100")
AREAS = Areas([DISTRICT, Area("370199002", Text("东湖街道", ""), Level.STREET, "370199")])


def unknown(*names):
    return [Finding("error", "unknown_area", Text("", ""), value=name) for name in names]


def test_a_street_is_named_without_its_number_and_its_office():
    assert street_name("1.东湖街道办事处") == "东湖街道"
    assert street_name("（2）河口镇") == "河口镇"
    assert street_name("南门街办") == "南门街道"


def test_totals_districts_and_numbers_are_no_streets():
    found = unlisted_streets(unknown("东湖街道", "长清区", "合计", "12", "白塔镇"), DISTRICT, ())
    labels = ("东湖街道", "长清区", "白塔镇")
    assert found == Unlisted(("东湖街道", "白塔镇"), "370199", labels=labels)
    assert unlisted_streets(unknown("合计"), DISTRICT, ()) is None


@pytest.mark.parametrize(
    ("title", "district"),
    [
        ("青石区2026年三季度低保人数统计表", "青石区"),
        ("济南市长清区低保", "长清区"),
        ("低保人数统计表", ""),
    ],
)
def test_the_district_is_proposed_from_the_title(title, district):
    assert titled_district(title) == district


def test_codes_are_free_and_lie_below_the_districts():
    new = registered([Unlisted(("南门街道", "白塔镇", "东湖街道"), "370199")], "", AREAS)
    assert [(one.code, one.name.zh) for one in new] == [
        ("370199001", "南门街道"),
        ("370199003", "白塔镇"),
    ]


def test_a_district_is_registered_with_its_streets_and_two_sheets_share_them():
    asked = [Unlisted(("南门街道",), "", "红河区"), Unlisted(("南门街道", "白塔镇"), "")]
    new = registered(asked, "370188=红河区", AREAS)
    assert [one.code for one in new] == ["370188", "370188001", "370188002"]


@pytest.mark.parametrize("district", ["", "3701=红河区", "370199=红河区", "abc=红河区"])
def test_a_district_without_a_proper_code_or_with_anothers_is_refused(district):
    with pytest.raises(NotRegistrable):
        registered([Unlisted(("南门街道",), "")], district, AREAS)


def test_a_code_that_somebody_else_took_meanwhile_stops_the_file():
    new = [Area("370199002", Text("南门街道", ""), Level.STREET, "370199")]
    assert taken_codes(new, AREAS).rule == "area_code_taken"
    assert taken_codes([*AREAS], AREAS) is None


def test_the_button_adds_the_areas_to_the_answers_and_takes_them_back():
    outline = {
        "sheets": [["表.xlsx", "表"]],
        "streets": {"0": ["", "南门街道", "白塔镇"]},
    }
    answers = said.no_answers()
    with pytest.raises(NotRegistrable):
        with_streets(answers, outline, 0, AREAS)
    answers["sheets"] = [
        ["表.xlsx", "表", said.DISTRICT_NAME, "红河区"],
        ["表.xlsx", "表", said.DISTRICT_CODE, "370188"],
    ]
    after = with_streets(answers, outline, 0, AREAS)
    assert [row[0] for row in after["areas"]] == ["370188", "370188001", "370188002"]
    assert said.handover_of(after).areas[0].name.zh == "红河区"
    assert with_streets(after, outline, -1, AREAS)["areas"] == []


class _Desk:
    catalogue = read_catalogue()


def test_a_words_meanings_are_proposed_by_likeness_and_leaving_out_comes_last():
    choices = word_choices(_Desk(), "低保", "", "", "zh")
    assert "低保" in choices[0]["label"]
    assert [one["value"] for one in choices[-2:]] == ["nothing", said.LEAVE_OUT]
    assert any(one["value"] == "care" for one in choices)
    found = word_choices(_Desk(), "一档", "资金", "", "zh")
    assert found[0]["value"] == "money"


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def test_of_two_clerks_who_propose_one_code_at_once_the_second_is_refused_in_plain_words(store):
    before = handing_in(store, read_catalogue(), AREAS)  # what both of them saw

    def hand_in(street):
        new = (Area("370199001", Text(street, street), Level.STREET, "370199"),)
        table = f"青石区2024年9月情况\n街道,城市低保人数(人)\n{street},12\n"
        said = Handover(areas=new)
        return receive(before, [("表.csv", table.encode())], said, WHEN)

    (first,) = hand_in("南门街道")
    (second,) = hand_in("北门街道")
    assert first.id == 1, first.findings
    assert second.refused and second.id is None
    (finding,) = [one for one in second.findings if one.severity == "error"]
    assert finding.rule == "area_code_taken"
    assert finding.message.zh.startswith("代码 370199001 刚刚已登记为“南门街道”")
    assert "370199001" in finding.message.en
    assert [one.name.zh for one in read_stored_areas(store)] == ["南门街道"]
    (again,) = hand_in("南门街道")  # the same street is nobody else's
    assert "area_code_taken" not in [one.rule for one in again.findings]
