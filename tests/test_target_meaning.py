"""What is said of a target is right: on one base, restated, without alarm on incomplete totals."""

import csv
import io
import re

import pytest
from flask import Flask
from screens import DISTRICT, tables_of, written_in
from target_cases import judged
from target_files import FILES

from dashboard.__main__ import main
from dashboard.analysis.stated_targets import stated_kind
from dashboard.analysis.target_status import Status
from dashboard.analysis.target_task import SHARED
from dashboard.base.settings import read_settings
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import TargetKind
from dashboard.charts.text.target_words import TargetWords, status_word
from dashboard.components.targets.street_targets import street_targets
from dashboard.components.targets.target_choice import TargetChoice
from dashboard.components.targets.target_list import target_table
from dashboard.components.targets.target_page import head_card
from dashboard.services.front_desk import FrontDesk
from dashboard.services.targets.target_facts import target_facts

WHOLE, MERGED, OLD = "990202", "990202006", "990202004"
MONTH = "2026-09"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home into which the files were loaded from the command line, one after another."""
    home = tmp_path_factory.mktemp("targets")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_HOME", str(home))
        for name, text in FILES.items():
            file = home / f"{name}.csv"
            file.write_text(text, encoding="utf-8")
            assert main(["load", str(file), "--note", "核对过"]) == 0, name
    return home


@pytest.fixture(scope="module")
def desk(home):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(home)}))


def row_of(desk, indicator, area=WHOLE, period=MONTH, kind=None):
    rows = [
        row
        for row in desk.targets.progress(area, period)
        if row.target.indicator == indicator and kind in (None, row.target.kind)
    ]
    (row,) = rows
    return row


def standing(desk, row, language="zh"):
    return TargetWords(row, desk.catalogue, desk.areas(), language).standing


# ---- the small files: page, interface, export ----

SAID = {
    ("homes_adapted", MERGED): (
        "今年应完成200户，已完成100户（50%），此时应完成90户（45%），多10户，超前"
    ),
    ("dibao_persons", WHOLE): "应不超过4,000人，已报的合计3,650人，未判断：4 个街镇中缺 1 个",
    ("nursing_bed_share", WHOLE): (
        "应由50.0%提高到55.0%，现为52.4%，此时应为53.75%，低1.3个百分点，未判断：4 个街镇中缺 1 个"
    ),
    ("elderly_care_circle_minutes", WHOLE): "应不超过15分钟，现为25分钟",
    ("marriages", MERGED): "今年应完成1,155对，已完成818对（71%）",
    ("dibao_spending", WHOLE): (
        "今年不超过1,000万元，已用801万元（80%），此时不超过750万元（75%），多51万元，落后"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("place", "said"), SAID.items())
def test_page_interface_and_export_say_the_same_of_the_small_files(desk, home, place, said):
    indicator, area = place
    row = row_of(desk, indicator, area)
    assert said in standing(desk, row)
    selection = desk.selections.of({"area": area, "period": MONTH}, "zh")
    assert said in written_in(head_card(desk, row, selection))
    server = Flask(__name__)
    from dashboard.web.api import blueprint

    server.register_blueprint(blueprint(desk))
    asked = f"/api/progress?area={area}&period={MONTH}&format=csv"
    text = server.test_client().get(asked).get_data().decode("utf-8-sig")
    answer = list(csv.DictReader(io.StringIO(text)))
    (mine,) = [one for one in answer if one["target"] == row.target.id]
    assert said in mine["standing"]
    assert mine["status_name"] == status_word(row.status, "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_list_scorecard_and_slide_use_the_same_words(desk, language):
    row = row_of(desk, "homes_adapted", MERGED)
    words = TargetWords(row, desk.catalogue, desk.areas(), language)
    query = {"area": MERGED, "period": MONTH, "lang": language}
    selection = desk.selections.of(query, language)
    parts = [words.to_do, words.done, words.due_now, words.gap]
    listed = written_in(target_table(desk, [row], TargetChoice(MERGED, MONTH), selection))
    card = written_in(street_targets(desk, selection))
    slide = " ".join(text for _, text in target_facts(desk.catalogue, desk.areas(), row, language))
    for part in parts:
        assert part and part in words.standing
        assert part in listed and part in card and part in slide


def test_a_merged_streets_target_is_judged_by_the_restated_years(desk):
    row = row_of(desk, "homes_adapted", MERGED)
    assert (row.expected, row.actual, row.gap) == (90, 100, 10)
    assert (row.history_years, row.elapsed) == ((2024, 2025), 45)


def test_merged_streets_have_no_target_of_their_own_and_the_register_says_where_it_went(desk):
    places = {row.area for row in desk.targets.progress(WHOLE, MONTH, True)}
    assert not places & {OLD, "990202005"}
    before = {row.area for row in desk.targets.progress(WHOLE, "2026-06", True)}
    assert OLD in before and MERGED not in before
    (old,) = [one for one in desk.targets.all() if one.area == OLD]
    said = desk.targets.moves(old, "zh")
    assert "2026年7月" in said and "己新街道有自己的目标" in said
    row = desk.targets.standing(old.id, OLD, MONTH)
    assert (row.area, row.period) == (OLD, Period(2026, 6))


def test_one_odd_year_is_no_pace(desk):
    row = row_of(desk, "homes_adapted", "990202003")
    assert row.elapsed == row.elapsed_calendar == 75
    assert "往年同期数只有 2025 年一年完整" in row.reason.zh


def test_what_is_missing_for_a_rate_is_rounded_up(desk):
    row = row_of(desk, "nursing_bed_share", MERGED)
    assert row.remaining == pytest.approx(0.5)
    words = TargetWords(row, desk.catalogue, desk.areas(), "zh")
    assert words.short == "还差 1张"
    assert "还差 1张" in row.reason.zh


def test_what_has_to_fall_says_by_how_many_a_month(desk):
    row = row_of(desk, "orphans", "990202001")
    assert row.status is Status.BEHIND
    assert "今后每月需减少27人（最好的一月减少22人）" in standing(desk, row)


def test_minutes_are_better_the_fewer_they_are(desk):
    row = row_of(desk, "elderly_care_circle_minutes")
    assert row.target.kind is TargetKind.AT_MOST
    assert (row.status, row.completion) == (Status.BEHIND, None)


def test_a_district_average_is_not_imposed_on_each_street(desk):
    named = [row.target.indicator for row in desk.targets.progress("990202001", MONTH)]
    assert "nursing_bed_share" not in named
    share = desk.catalogue.indicators["nursing_bed_share"]
    assert stated_kind(share, "护理型床位占比达到55%")[0] is TargetKind.AT_LEAST
    assert stated_kind(share, "各街镇护理型床位占比达到55%")[0] is TargetKind.RATIO


# ---- carried over ----

MOVED = """\
indicator,area,period,kind,value,unit
dibao_persons,990202004,2026,at_most,1500,人
dibao_persons,990202005,2026,at_most,1600,人
orphans,990202004,2026,at_most,40,人
"""


@pytest.mark.slow
def test_targets_of_all_predecessors_go_over_by_the_rule_of_the_change(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path))
    for name, text in {**{k: FILES[k] for k in ("areas", "changes", "dibao")}, "t": MOVED}.items():
        file = tmp_path / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        assert main(["load", str(file), "--note", "核对过"]) == 0, name
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    (row,) = desk.targets.progress(MERGED, MONTH)
    assert (row.target.value, row.target.carried) == (3100, (OLD, "990202005"))
    assert row.actual == 1350
    said = {one.target.indicator: desk.targets.moves(one.target, "zh") for one in (row,)}
    assert said["dibao_persons"] == "由丁河镇、戊田镇的目标按区划变动规则合成"
    moved = {one.indicator: one for one in desk.targets.all() if one.area == OLD}
    assert "目标在那里继续计算" in desk.targets.moves(moved["dibao_persons"], "zh")
    assert "不再计算" in desk.targets.moves(moved["orphans"], "zh")


# ---- an incomplete month ----

STREETS = [f"37011300{n}" for n in range(1, 5)]


def months(last, one_more=0):
    """Running totals of four streets, 10 couples a month each but 20 in March and 5 in May."""
    by_month = {1: 10, 2: 20, 3: 40, 4: 50, 5: 55, 6: 65, 7: 75, 8: 85, 9: 95, 10: 105, 11: 115}
    return {f"2024-{month:02d}": value for month, value in by_month.items() if month <= last}


def test_one_streets_month_does_not_alarm_and_stands_beside_with_a_range():
    from sheets import areas

    below = [area.code for area in areas().children("370113", Period(2024, 10))]
    streets = {code: {"homes_adapted": months(10)} for code in below}
    streets[below[0]] = {"homes_adapted": months(11)}
    example = {"indicator": "homes_adapted", "kind": "at_least", "due": "2024", "streets": streets}
    whole = len(below)
    row = judged(example | {"value": 126 * whole, "asked": "2024-11"})
    assert (row.actual_period, row.status) == (Period(2024, 10), Status.ON_PACE)
    assert (row.newer.period, row.newer.reported, row.newer.whole) == (
        Period(2024, 11),
        1,
        whole,
    )
    known = 115 + 105 * (whole - 1)
    assert row.newer.low == known + 5 * (whole - 1)
    assert row.newer.high == known + 20 * (whole - 1)
    assert f"2024年11月：{whole} 个街镇中 1 个已报；合计预计" in row.reason.zh
    past = judged(example | {"value": 126 * whole, "asked": "2024-05"})
    assert past.newer is None, "June is complete: it is no part of a month"


@pytest.mark.slow
def test_pages_and_lists_are_judged_by_the_default_period(tmp_path, monkeypatch):
    """One street of four has reported October: September, all of them, is the default period."""
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path))
    head = "indicator,area,period,value,unit,status,kind\n"
    october = head + "dibao_persons,990202001,2026-10,1060,人,,\n"
    september = head + "dibao_persons,990202002,2026-09,1150,人,,\n"
    target = "indicator,area,period,kind,value,unit\ndibao_persons,990202,2026,at_most,4900,人\n"
    files = {k: FILES[k] for k in ("areas", "changes", "dibao")}
    for name, text in (files | {"sep": september, "oct": october, "target": target}).items():
        file = tmp_path / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        assert main(["load", str(file), "--note", "核对过"]) == 0, name
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    (row,) = desk.targets.progress(WHOLE)
    assert row.period == row.actual_period == desk.selections.default_period(WHOLE)
    assert (row.period, row.status) == (Period(2026, 9), Status.ON_PACE)
    assert (row.newer.period, row.newer.reported) == (Period(2026, 10), 1)
    assert "2026年10月：4 个街镇中 1 个已报" in row.reason.zh
    (asked,) = desk.targets.progress(WHOLE, "2026-10")
    assert asked.actual_period == Period(2026, 9), "also where the month is asked for"


# ---- a property of all sentences ----

BANNED = re.compile(r"滞后|持平|未完成|无法判断|missed|cannot be judged|[−-]\d[\d.]*%")
AMOUNT = re.compile(r"[\d,]+(?:\.\d+)?")
SHARE = re.compile(r"[（(](\d+)%[)）]")


def number_in(text):
    return float(AMOUNT.search(text).group().replace(",", ""))


def check(words):
    """Shares are those of the amounts beside them, of one whole; the gap is their difference."""
    task = words.row.task
    assert not BANNED.search(words.sentence), words.sentence
    if task is None or words.row.partial:
        return
    shares = SHARE.findall(" ".join((words.to_do, words.done, words.due_now, words.gap)))
    if task.manner not in SHARED:
        assert not shares, words.sentence
        return
    stated = words.amount_text(task.total)
    assert stated in words.to_do
    whole = number_in(stated)
    for part in filter(None, (words.done, words.due_now)):
        for share in SHARE.findall(part):
            amount = number_in(part)
            near = 50 / whole + 0.51 if whole else 1  # the amount is rounded itself
            assert amount / whole * 100 == pytest.approx(float(share), abs=near), words.sentence
    if words.due_now and words.gap and "万" not in words.sentence and "m" not in words.gap[-9:]:
        done = -number_in(words.done) if task.done < 0 else number_in(words.done)
        due = number_in(words.due_now)
        gap = number_in(words.gap) if words.gap_value else 0
        assert abs(done - due) == pytest.approx(gap), words.sentence


@pytest.mark.slow
def test_no_sentence_has_two_bases_a_negative_share_or_another_status_word(samples_desk):
    desk, sentences = samples_desk, 0
    for month in [*(f"2026-{n:02d}" for n in range(1, 11)), "2025-12"]:
        for row in desk.targets.progress(DISTRICT, month, True):
            for language in ("zh", "en"):
                words = TargetWords(row, desk.catalogue, desk.areas(), language)
                check(words)
                named = status_word(row.status, language)
                assert (
                    row.actual is None
                    or named in words.parts
                    or any(part.startswith(named) for part in words.parts)
                )
                sentences += 1
    assert sentences > 500


def test_the_status_words_are_these_and_no_others():
    zh = {status_word(status, "zh") for status in Status}
    assert zh == {"超前", "正常", "落后", "完成", "逾期", "超支", "未判断", "未到期"}
    en = {status_word(status, "en") for status in Status}
    assert en == {
        "ahead",
        "on pace",
        "behind",
        "done",
        "overdue",
        "over the limit",
        "not judged",
        "not due",
    }


@pytest.mark.slow
def test_the_level_stands_on_the_targets_own_page_alone(samples_desk):
    desk = samples_desk
    (row,) = [
        one
        for one in desk.targets.progress(DISTRICT, "2026-10")
        if desk.catalogue.indicators[one.target.indicator].name.zh == "社区养老床位数"
    ]
    selection = desk.selections.of({"area": DISTRICT, "period": "2026-10"}, "zh")
    words = TargetWords(row, desk.catalogue, desk.areas(), "zh")
    start = "今年应增157张，已增56张（36%），此时应增124张（79%），少68张"
    assert start in words.standing
    listed = written_in(target_table(desk, [row], TargetChoice(DISTRICT, "2026-10"), selection))
    level = words.amount(row.actual)
    assert level not in listed and level in written_in(head_card(desk, row, selection))
    assert tables_of(target_table(desk, [row], TargetChoice(DISTRICT, "2026-10"), selection))


# ---- a meeting ----


def test_a_targets_slide_is_of_the_meetings_period(desk):
    area = {"area": "990202001", "lang": "zh"}
    target = f"orphans:{area['area']}:2026-12:at_most"
    of_meeting = desk.selections.of(area | {"period": "2026-08"}, "zh")
    later = desk.selections.of(area | {"period": MONTH}, "zh")
    meeting = desk.meetings.make(of_meeting, "例会", "2026-10-08")
    desk.meetings.add("target", target, later, meeting)
    agenda = desk.meetings.get(meeting, "zh")
    (slide,) = desk.meetings.slides(agenda)
    assert agenda.selection.period == slide.row.period == Period(2026, 8)
    facts = dict(target_facts(desk.catalogue, desk.areas(), slide.row, "zh"))
    assert facts["已完成"] == "已减32人（25%）（2026年8月）"


@pytest.mark.parametrize(
    ("asked", "needed"), [(66, "20张"), (65, "20张"), (60, "18张")], ids=["up", "up-again", "whole"]
)
def test_nineteen_are_not_enough_for_66_percent(asked, needed):
    """66 % of 30 beds are 19.8, 65 % are 19.5, 60 % are 18."""
    from sheets import areas, catalogue

    example = {
        "indicator": "nursing_bed_share",
        "kind": "at_least",
        "value": asked,
        "due": "2024",
        "asked": "2024-11",
        "figures": {
            "nursing_beds": {"2023-12": 0, "2024-11": 0},
            "elderly_beds": {"2023-12": 30, "2024-11": 30},
        },
    }
    words = TargetWords(judged(example), catalogue(), areas(), "zh")
    assert (words.needed, words.short) == (needed, f"还差 {needed}")
