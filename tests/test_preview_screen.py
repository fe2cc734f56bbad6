"""A preview as it is drawn: each state of a sheet, its answers, and what stands in the way."""

import re
from collections import Counter

import pytest
from screens import every, named, tables_of, text_of, written_in

from dashboard.base.language import Text, known_words
from dashboard.base.progress import QUIET
from dashboard.catalogue.concepts import Finding
from dashboard.components.shell.file_names import safe
from dashboard.components.submissions import answers as said
from dashboard.components.submissions.findings import MOST_FINDINGS, sheet_findings
from dashboard.components.submissions.preview import draw_preview
from dashboard.components.submissions.work import (
    begin,
    discard,
    folded_part,
    hand_in,
    named_apart,
    pasted,
)
from dashboard.components.submissions.work_progress import stage_of
from dashboard.intake import Handover

TOWN = "370113107"
HEAD = "indicator,area,period,value,unit\n"
GOOD = HEAD + f"marriages,{TOWN},2025-06,34,对\ndivorces,{TOWN},2025-06,12,对\n"
WRONG_SUM = HEAD + "".join(
    f"{name},{TOWN},2025-06,{value},人\n"
    for name, value in (
        ("dibao_persons", 100),
        ("urban_dibao_persons", 40),
        ("rural_dibao_persons", 80),
    )
)
NO_PERIOD = "编制单位：马山镇\n指标名称,计量单位,数量\n结婚登记对数,对,34\n离婚登记对数,对,12\n"
UNKNOWN = "编制单位：马山镇,2025年6月\n指标名称,计量单位,数量\n结婚登记对数,对,3\n没有的数,对,1\n"


def drawn(desk, text, name="表.csv", answers=None, language="zh"):
    answers = answers or said.no_answers()
    handover = said.handover_of(answers)
    sheets = desk.submissions.preview([(name, text.encode())], handover, QUIET)
    return draw_preview(desk, sheets, answers, language)


def controls(cards):
    return {
        (part.id["what"], part.id["place"]): part.value
        for part in every(cards)
        if isinstance(getattr(part, "id", None), dict) and part.id["type"] == "answer"
    }


def state_of(cards):
    kinds = [str(getattr(part, "className", "")) for part in every(cards)]
    return [kind.split("is-")[1] for kind in kinds if kind.startswith("sheet-preview")]


@pytest.mark.parametrize(
    ("table", "state"),
    [
        (GOOD, "ready"),
        (WRONG_SUM, "note"),
        (NO_PERIOD, "ask"),
        (GOOD.replace("34", "abc"), "refused"),
    ],
)
def test_a_sheet_is_ready_or_says_what_it_needs(desk, table, state):
    view = drawn(desk, table)
    assert state_of(view.cards) == [state]
    assert view.outline["ready"] == (state in ("ready", "note"))
    assert view.outline["needs_note"] == (state == "note")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("table", [GOOD, WRONG_SUM, NO_PERIOD, UNKNOWN])
def test_every_state_is_said_in_words(desk, table, language):
    written = Counter(written_in(drawn(desk, table, language=language).cards).split())
    own = Counter(re.split(r"[,\n]", table))  # the cells of the sheet itself, shown as they are
    assert not known_words() & set(written - own)


def test_a_preview_counts_and_lists_what_is_new_and_shows_each_cell_beside_its_source(desk):
    view = drawn(desk, GOOD)
    by_kind = {table["kind"]: table for table in tables_of(view.cards)}
    assert [row["cells"][1]["text"] for row in by_kind["changes"]["body"]] == [
        "结婚登记对数",
        "离婚登记对数",
    ]
    (first, _) = by_kind["understood"]["body"]
    assert first["cells"][0] == {
        "text": "结婚登记对数",
        "scope": "row",
        "small": "第 2 行",
    }
    assert first["cells"][1]["text"] == "34" and first["cells"][1]["small"] == "= 34对"
    assert "2 新增" in text_of(view.cards)


def test_what_could_not_be_read_is_asked_and_not_repeated_as_an_error(desk):
    view = drawn(desk, NO_PERIOD)
    assert controls(view.cards)["period", 0] == ""
    assert controls(view.cards)["area", 0] == TOWN
    assert "--period" not in written_in(view.cards)


def test_an_answer_is_kept_for_its_sheet_and_an_empty_one_takes_it_back(desk):
    outline = drawn(desk, NO_PERIOD).outline
    control = said.sheet_control("period", 0)
    assert not said.changed(outline, [control], [""])
    assert said.changed(outline, [control], ["2025-06"])
    answers = said.answered(said.no_answers(), outline, [control], ["2025-06"])
    view = drawn(desk, NO_PERIOD, answers=answers)
    assert state_of(view.cards) == ["ready"], text_of(view.cards)
    assert "由您填写" in text_of(view.cards)
    back = said.answered(answers, view.outline, [control], [""])
    assert back["sheets"] == []


def test_an_answer_that_means_nothing_is_an_error(desk):
    outline = drawn(desk, NO_PERIOD).outline
    control = said.sheet_control("period", 0)
    answers = said.answered(said.no_answers(), outline, [control], ["昨天"])
    assert state_of(drawn(desk, NO_PERIOD, answers=answers).cards) == ["refused"]


def test_an_unknown_line_is_given_a_meaning_or_left_out(desk):
    view = drawn(desk, UNKNOWN)
    assert state_of(view.cards) == ["ask"]
    control = said.line_control(0)
    (list_of_lines,) = (part for part in named(view.cards, "Dropdown") if part.id["what"] == "line")
    assert list_of_lines.options[-1]["value"] == said.LEAVE_OUT
    for choice, count in ((said.LEAVE_OUT, 1), ("divorces", 2)):
        answers = said.answered(said.no_answers(), view.outline, [control], [choice])
        after = drawn(desk, UNKNOWN, answers=answers)
        assert state_of(after.cards) == ["ready"]
        assert f"{count} 个数" in text_of(after.cards)
        assert controls(after.cards)["line", 0] == choice  # still there to be changed
    skipped = said.answered(said.no_answers(), view.outline, [said.skip_control()], [True])
    assert state_of(drawn(desk, UNKNOWN, answers=skipped).cards) == ["ready"]


def test_many_sheets_are_folded_until_they_are_opened(desk):
    files = [
        (f"{month}月.csv", GOOD.replace("-06", f"-0{month}").encode()) for month in range(1, 7)
    ]
    sheets = desk.submissions.preview(files, Handover(), QUIET)
    view = draw_preview(desk, sheets, said.no_answers(), "zh")
    assert len(view.parts) == 6 and not tables_of(view.cards)
    assert tables_of(view.parts["0"])


def test_texts_of_a_file_are_cleaned_and_cut():
    assert safe("a\u202eb\x00\n c") == "ab c"
    assert safe("长" * 500) == "长" * 79 + "…"
    finding = Finding("error", "x", Text("坏" * 2000, "bad"), "表", 2, "B", "\u202e<b>")
    (table,) = tables_of(sheet_findings([finding], "zh", "标题"))
    cells = table["body"][0]["cells"]
    assert cells[3]["text"] == "<b>" and len(cells[2]["text"]) == 600


def test_a_long_list_of_findings_is_cut_and_says_so():
    finding = Finding("note", "x", Text("说明", "a note"))
    parts = sheet_findings([finding] * (MOST_FINDINGS + 7), "zh", "标题")
    (table,) = tables_of(parts)
    assert len(table["body"]) == MOST_FINDINGS
    assert "还有 7 条" in text_of(parts)


def test_files_of_one_name_are_told_apart():
    names = [name for name, _ in named_apart([("表.csv", b"1"), ("表.csv", b"2"), ("表", b"")])]
    assert names == ["表.csv", "表 (2).csv", "表"]


def test_a_pasted_page_keeps_its_table_while_its_text_is_left_alone():
    page = {"html": "<table><tr><td>1</td></tr></table>", "text": "1\r\n"}
    assert pasted("1\n", page, "粘贴") == [("粘贴.html", page["html"].encode())]
    assert pasted("2\n", page, "粘贴") == [("粘贴.txt", b"2\n")]


def finished(desk, work):
    while not desk.jobs.state(work["job"]).is_over:
        pass
    return work


def test_nothing_is_stored_that_was_not_seen_or_needs_a_note(desk):
    selection = desk.selections.of({}, "zh")
    work = finished(desk, begin(desk, [("表.csv", WRONG_SUM.encode())]))
    stage = stage_of(desk, work, selection, again=False, ticks=None)
    assert stage.form_hidden and not stage.preview_hidden and stage.most_ticks == 0
    assert hand_in(desk, work, [], [], " ") == (None, "work_note_needed")
    after, _ = hand_in(desk, work, [said.sheet_control("period", 0)], ["2025-07"], "已核对")
    assert after["act"] == "preview" and after["message"] == "work_changed"
    finished(desk, after)
    assert folded_part(desk, after, 0, "zh") == []
    assert discard(desk, after) == {}
    gone, _ = hand_in(desk, after, [], [], "已核对")
    assert "已不在" in text_of(stage_of(desk, gone, selection, again=False, ticks=None).receipts)


def test_what_cannot_be_stored_is_said_before_it_is_tried(desk):
    work = finished(desk, begin(desk, [("表.csv", NO_PERIOD.encode())]))
    assert hand_in(desk, work, [], [], "说明") == (None, "work_nothing_ready")
    discard(desk, work)


def test_files_in_the_place_of_others_say_that_those_were_not_handed_in(desk):
    selection = desk.selections.of({}, "zh")
    before = finished(desk, begin(desk, [("表.csv", NO_PERIOD.encode())]))
    work = finished(desk, begin(desk, [("表.csv", NO_PERIOD.encode())], before))
    message = stage_of(desk, work, selection, again=False, ticks=None).message
    assert "前面预览的文件没有确认报送" in message and "还不能报送" in message
    discard(desk, work)


STREETS = (
    "新河区2025年6月婚姻登记情况\n街道,结婚登记对数,离婚登记对数\n东门街道,34,12\n西门街道,20,7\n"
)


def test_a_district_that_is_only_proposed_corrects_nothing(desk):
    work = begin(desk, [("街道.csv", STREETS.encode())])
    selection = desk.selections.of({"lang": "zh"}, "zh")
    stage = settled(desk, work, selection)
    shown = controls(drawn(desk, STREETS, "街道.csv").cards)
    assert shown[said.DISTRICT_NAME, 0] == "新河区"
    ids = [said.sheet_control(what, place) for what, place in shown]
    assert hand_in(desk, work, ids, [*shown.values()], "") == (None, "work_nothing_ready")
    own = {**shown, (said.DISTRICT_NAME, 0): "新河新区"}
    after, _ = hand_in(desk, work, ids, [*own.values()], "")
    again = settled(desk, after, selection)
    assert "还不能报送" in stage.message
    assert "已按您的更正" in again.message and "还不能报送" in again.message


def settled(desk, work, selection):
    return stage_of(desk, finished(desk, work), selection, again=False, ticks=None)


def test_too_many_files_are_refused_in_words(desk):
    work = begin(desk, [(f"{n}.csv", b"x") for n in range(101)])
    stage = stage_of(desk, work, desk.selections.of({}, "en"), again=False, ticks=None)
    assert "100 files" in text_of(stage.receipts)


UNSAID = "长清区2024年9月情况统计表\n街道,总数\n文昌街道,7\n崮云湖街道,8\n"


def title_answers(**given):
    answers = said.no_answers()
    answers["sheets"] = [["表.csv", "表", what, text] for what, text in given.items()]
    return answers


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_title_leaves_open_is_answered_by_controls(desk, language):
    asked = drawn(desk, UNSAID, language=language)
    shown = controls(asked.cards)
    assert ("title_programme", 0) in shown
    programme = title_answers(title_programme="城市低保")
    measured = drawn(desk, UNSAID, answers=programme, language=language)
    assert controls(measured.cards)["title_programme", 0] == "城市低保"
    assert ("title_measure", 0) in controls(measured.cards)
    both = title_answers(title_programme="城市低保", title_measure="persons")
    handover = said.handover_of(both)
    (sheet,) = desk.submissions.preview([("表.csv", UNSAID.encode())], handover, QUIET)
    assert {(one.indicator, one.value) for one in sheet.understood} == {
        ("urban_dibao_persons", 7),
        ("urban_dibao_persons", 8),
    }
    assert drawn(desk, UNSAID, answers=both, language=language).outline["held_back"] == 0


def test_a_title_of_targets_is_answered_by_a_control(desk):
    text = "长清区2024年9月低保目标任务\n街道,低保人数\n文昌街道,7\n"
    assert ("title_mark", 0) in controls(drawn(desk, text).cards)
    handover = said.handover_of(title_answers(title_mark="目标"))
    (sheet,) = desk.submissions.preview([("表.csv", text.encode())], handover, QUIET)
    assert [str(one.kind) for one in sheet.understood] == ["target"]


def test_a_title_answer_counts_for_its_own_sheet_alone(desk):
    handover = said.handover_of(title_answers(title_programme="城市低保", title_measure="persons"))
    files = [("表.csv", UNSAID.encode()), ("另表.csv", UNSAID.encode())]
    first, second = desk.submissions.preview(files, handover, QUIET)
    assert first.understood and not second.understood


def test_title_questions_of_a_sheet_without_a_period_are_asked_at_once(desk):
    text = UNSAID.replace("2024年9月", "")
    shown = controls(drawn(desk, text).cards)
    assert {("period", 0), ("title_programme", 0)} <= set(shown)


NO_UNIT = "长清区2026年1-10月社会救助资金发放表\n街道,低保金,特困金\n文昌街道,350,200\n"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_unit_of_money_is_asked_once_a_sheet_and_answered_on_the_page(desk, language):
    view = drawn(desk, NO_UNIT, language=language)
    assert state_of(view.cards) == ["ask"]
    assert controls(view.cards)["unit", 0] == ""
    assert not re.search("--[a-z]", text_of(view.cards))
    answers = said.answered(
        said.no_answers(), view.outline, [said.sheet_control("unit", 0)], ["万元"]
    )
    [sheet] = desk.submissions.preview(
        [("表.csv", NO_UNIT.encode())], said.handover_of(answers), QUIET
    )
    assert {cell.value for cell in sheet.understood} == {3_500_000, 2_000_000}
    assert not sheet.receipt.refused
    assert controls(drawn(desk, NO_UNIT, answers=answers).cards)["unit", 0] == "万元"


def test_money_without_a_unit_may_be_left_out_on_the_page(desk):
    table = NO_UNIT.replace("低保金", "低保人数")
    answers = {**said.no_answers(), "sheets": [["表.csv", "表", "unit", said.LEAVE_OUT]]}
    [sheet] = desk.submissions.preview(
        [("表.csv", table.encode())], said.handover_of(answers), QUIET
    )
    assert not sheet.receipt.refused
    assert [cell.value for cell in sheet.understood] == [350]


def test_messages_of_a_page_name_no_option_of_the_command_line(desk):
    table = "长清区2026年10月低保对象表\n街道,低保人数,奇异数\n文昌街道,350,200\n"
    for language in ("zh", "en"):
        assert not re.search("--[a-z]", text_of(drawn(desk, table, language=language).cards))


def test_every_wrong_figure_of_a_column_is_an_error_at_once(desk):
    table = "长清区2026年10月低保人数,\n街道,人数\n文昌街道,-12\n平安街道,1e400\n归德街道,NaN\n"
    [sheet] = desk.submissions.preview([("表.csv", table.encode())], Handover(), QUIET)
    errors = [one for one in sheet.receipt.findings if one.severity == "error"]
    assert [(one.row, one.column) for one in sorted(errors, key=lambda one: one.row)] == [
        (3, "B"),
        (4, "B"),
        (5, "B"),
    ]


def _of_year(title, *headings):
    values = ",".join(str(100 + at) for at in range(len(headings)))
    rows = [f"{street},{values}" for street in ("文昌街道", "平安街道")]
    return "\n".join([title, ",".join(("街道", *headings)), *rows])


def _period_control(view):
    return controls(view.cards)["period", 0]


@pytest.mark.parametrize("year", [2030, 2031])
def test_a_year_that_is_not_over_proposes_no_month_and_asks_for_it(desk, year):
    text = _of_year(f"长清区{year}年城市低保情况", "人数")
    view = drawn(desk, text)
    assert state_of(view.cards) == ["ask"]
    assert _period_control(view) == ""
    assert "这一年还没有过完" in written_in(view.cards)
    answered = said.no_answers()
    answered["sheets"].append(["表.csv", "表", "period", "2025-09"])
    again = drawn(desk, text, answers=answered)
    assert state_of(again.cards) == ["ready"]
    assert _period_control(again) == "2025-09"


def test_a_year_that_is_over_is_its_last_month(desk):
    view = drawn(desk, _of_year("长清区2025年城市低保情况", "人数"))
    assert state_of(view.cards) == ["ready"]
    assert _period_control(view) == "2025-12"


def test_a_month_that_has_not_come_stays_to_be_mended(desk):
    view = drawn(desk, _of_year("长清区2031年7月城市低保情况", "人数"))
    assert state_of(view.cards) == ["refused"]
    assert _period_control(view) == "2031-07"


def test_where_only_the_year_is_missing_only_the_year_is_asked(desk):
    view = drawn(desk, _of_year("长清区城市低保情况", "7月低保人数"))
    assert state_of(view.cards) == ["ask"]
    assert "没有写年份" in written_in(view.cards)


UNKNOWN_STREET = (
    "长清区2025年9月低保情况\n街道,城市低保人数\n文昌街道,30\n平安街道,31\n归德街道,32\n"
    "张夏街道,33\n灵岩街道,22\n灵岩区,5\n"
)


def test_each_unknown_area_is_asked_and_a_new_street_can_be_registered(desk):
    view = drawn(desk, UNKNOWN_STREET)
    assert view.outline["labels"] == {"0": ["灵岩街道", "灵岩区"]}
    assert view.outline["streets"] == {"0": ["370113", "灵岩街道"]}
    assert view.outline["open"] == 1
    (options,) = {
        tuple(choice["label"] for choice in part.options)
        for part in every(view.cards)
        if getattr(part, "id", None) == {"type": "answer", "what": "label-0", "place": 0}
    }
    assert "五峰山街道" in options and options[-1] == "不读入这些行"


def test_an_answered_area_is_read_and_stays_to_be_changed(desk):
    outline = drawn(desk, UNKNOWN_STREET).outline
    asked = [said.sheet_control(f"label-{number}", 0) for number in (0, 1)]
    answers = said.answered(said.no_answers(), outline, asked, ["370113004", said.LEAVE_OUT])
    assert answers["sheets"] == [
        ["表.csv", "表", "label-灵岩街道", "370113004"],
        ["表.csv", "表", "label-灵岩区", said.LEAVE_OUT],
    ]
    view = drawn(desk, UNKNOWN_STREET, answers=answers)
    assert state_of(view.cards) == ["ready"]
    assert controls(view.cards)["label-0", 0] == "370113004"
    assert controls(view.cards)["label-1", 0] == said.LEAVE_OUT
    assert view.outline["open"] == 0


def test_a_bureau_without_streets_is_not_asked_which_of_none_it_is(desk):
    view = drawn(desk, STREETS)
    assert view.outline["labels"] == {}
    assert view.outline["streets"]["0"][1:] == ["东门街道", "西门街道"]


def test_one_street_printed_twice_names_both_its_cells(desk):
    text = "长清区2025年9月低保情况\n街道,城市低保人数\n文昌街道,30\n文昌街道,22\n"
    assert "：B3、B4" in written_in(drawn(desk, text).cards)
    assert "请在本页的选项中回答" not in written_in(drawn(desk, text).cards)


def test_a_table_of_several_months_names_them_all(desk):
    text = _of_year("长清区2025年城市低保情况", "7月人数", "8月人数", "9月人数")
    view = drawn(desk, text)
    assert _period_control(view) == "2025-07..2025-09"
    assert "表头或各行写明的各期" in written_in(view.cards)


@pytest.mark.parametrize(
    ("table", "waits", "text"),
    [
        (GOOD, "", "1 个文件可以报送"),
        (WRONG_SUM, "note", "报送前请写说明"),
        (NO_PERIOD, "answers", "还不能报送"),
        (UNKNOWN_STREET, "note", "不回答也可以报送"),
    ],
)
def test_what_handing_in_waits_for_is_said(desk, table, waits, text):
    work = begin(desk, [("表.csv", table.encode())])
    stage = settled(desk, work, desk.selections.of({"lang": "zh"}, "zh"))
    discard(desk, work)
    assert stage.waits_for == waits
    assert text in stage.message
