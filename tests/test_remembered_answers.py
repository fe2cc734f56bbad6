"""A form that comes each month asks once: its answers are remembered, and given to no other."""

import pytest
from hand_ins import looked_at, stored
from stores import fresh_store

from dashboard.intake.understanding.remembered_answers import FormKey
from dashboard.store.mappings import read_mappings

HEADINGS = ("街道", "户数", "人数", "发放资金", "三无对象人数", "一档护理人数")
SAID = {
    "basis": "in_month",
    "unit": "万元",
    "words": {"标题": "农村低保", "户数": "农村低保户数", "三无对象人数": "", "一档护理": ""},
}
NOTED = ("口径时限=当月数（李 2024-10-08）", "单位=万元", "标题=农村低保", "“一档护理”=不读入")


@pytest.fixture
def store(tmp_path):
    yield from fresh_store("sqlite", tmp_path)


def relief(month, title="长清区{}救助情况统计表", headings=HEADINGS, streets=("文昌街道",)):
    lines = [[street, 7 + at, 9 + at, 12.5, 3, 2] for at, street in enumerate(streets)]
    return [[title.format(month)], [*headings], *lines]


def asked(sheet):
    return [(one.kind, one.word) for one in sheet.asked] + [(one.name,) for one in sheet.unknown]


def said(sheet, rule="remembered_answer"):
    return "".join(one.message.zh for one in sheet.receipt.findings if one.rule == rule)


def kept(store):
    known = {one.name: one.indicator for one in read_mappings(store) if FormKey.parse(one.form)}
    return known


@pytest.fixture
def answered(store):
    (sheet,) = looked_at(store, relief("2024年9月"), basis="")
    assert len(asked(sheet)) >= 2  # what the title is of, a word; then basis and unit
    (receipt,) = stored(store, relief("2024年9月"), by="李", **SAID)
    assert receipt.id
    return store


def test_the_next_month_of_a_form_asks_nothing_and_says_what_was_remembered(answered):
    for month in ("2024年8月", "2024年07月份", "二〇二四年六月"):
        (sheet,) = looked_at(answered, relief(month), basis="")
        assert asked(sheet) == []
        assert not sheet.receipt.refused
        assert {cell.indicator for cell in sheet.understood} == {
            "rural_dibao_households",
            "rural_dibao_persons",
            "rural_dibao__money__in_month",
        }
        note = said(sheet)
        assert all(part in note for part in NOTED)
    assert kept(answered) == {
        "basis": "in_month",
        "unit": "万元",
        "word:标题": "农村低保",
        "word:户数": "农村低保户数",
        "word:三无对象人数": "",
    }


def test_what_is_answered_now_wins_and_is_remembered_instead(answered):
    (receipt,) = stored(answered, relief("2024年10月"), by="王", basis="year_to_date")
    assert receipt.id and kept(answered)["basis"] == "year_to_date"
    (sheet,) = looked_at(answered, relief("2024年11月"), basis="")
    assert "口径时限=本年累计数（王 2024-10-08）" in said(sheet)


@pytest.mark.parametrize(
    "other",
    [
        relief("2024年10月", title="长清区{}高龄补贴发放表"),
        relief("2024年10月", headings=(*HEADINGS[:3], "补助资金", *HEADINGS[4:])),
        [["长清区2024年10月救助情况统计表(单位:元)"], *relief("")[1:]],
    ],
    ids=("subject", "headings", "unit"),
)
def test_answers_are_applied_to_no_other_form(answered, other):
    (sheet,) = looked_at(answered, other, basis="")
    assert asked(sheet)
    assert "口径时限" not in said(sheet)


@pytest.mark.parametrize("time", ["2024年1-11月", "2024年三季度", "2024年上半年", "2023年度"])
def test_a_months_answers_are_no_quarters_or_years(answered, time):
    (sheet,) = looked_at(answered, relief(time), basis="")
    assert "口径时限" not in said(sheet)


def test_answers_to_what_a_month_does_not_ask_are_neither_applied_nor_noted(answered):
    (sheet,) = looked_at(answered, [*relief("2024年10月"), ["注：资金为本年累计数"]], basis="")
    assert ("rural_dibao_spending", 125_000) in {(c.indicator, c.value) for c in sheet.understood}
    assert "标题=农村低保" in said(sheet)
    assert "口径时限" not in said(sheet) and "单位=" not in said(sheet)  # proved by money a person


def test_answers_are_applied_to_no_other_district(store):
    bare = "{}救助情况统计表"
    stored(store, relief("2024年9月", title=bare), **SAID)
    own, other = relief("2024年8月", title=bare), relief("2024年8月", bare, HEADINGS, ("平安街道",))
    (sheet,) = looked_at(store, own, basis="")
    assert asked(sheet) == []
    (sheet,) = looked_at(store, other, basis="", area="370114")
    assert asked(sheet) and "口径时限" not in said(sheet)


def test_a_form_that_differs_by_its_title_is_told_what_the_other_was_answered(answered):
    (sheet,) = looked_at(answered, relief("2024年10月", title="长清区{}救助台账"), basis="")
    assert asked(sheet)
    note = said(sheet, "alike_answer")
    assert "《长清区救助情况统计表》" in note and "口径时限=当月数" in note


def test_what_was_not_asked_is_not_remembered(store):
    rows = [["长清区2024年9月低保"], ["街道", "人数"], ["文昌街道", 7]]
    stored(store, rows, basis="year_to_date", unit="元")
    assert kept(store) == {}


def test_the_area_of_a_label_is_remembered_for_its_form(store):
    rows = [["长清区2024年9月低保"], ["街道", "人数"], ["文昌街道", 7], ["城南片区", 9]]
    (sheet,) = looked_at(store, rows)
    assert "城南片区" in str(sheet.receipt.findings)
    stored(store, rows, streets={"城南片区": "崮云湖街道"})
    rows[0] = ["长清区2024年10月低保"]
    (sheet,) = looked_at(store, rows)
    assert {cell.area for cell in sheet.understood} == {"370113001", "370113002"}
    assert "“城南片区”=崮云湖街道" in said(sheet)
