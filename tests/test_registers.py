"""Lists of institutions: counted by street and type, kept without persons, traced from figures."""

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
import xlsxwriter
from hand_ins import workbook
from stores import handing_in

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period
from dashboard.disclosure.register_guard import suppresses_residents
from dashboard.disclosure.store_guard import SmallCounts
from dashboard.exports.register_book import register_book
from dashboard.exports.register_rows import register_rows
from dashboard.intake import Handover, preview, receive
from dashboard.intake.forms.files.cells import sheet_of
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.registers.dates import UnreadableDate, read_date
from dashboard.intake.registers.list_frame import find_list, lists_persons
from dashboard.intake.registers.stored_copy import stored_copy, waiting_copy
from dashboard.intake.submission_request import SheetAnswers
from dashboard.services.context import NotFound
from dashboard.services.figures.registers import RegisterFilters, Registers
from dashboard.services.filters import UnknownName
from dashboard.services.submissions.completeness import Judging, completeness_of
from dashboard.store.observations import read_figures
from dashboard.store.opening import open_store
from dashboard.store.query import Query
from dashboard.store.record import remove_samples
from dashboard.store.submissions import read_submissions
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw

CATALOGUE = read_catalogue()
WHEN = datetime(2025, 12, 8, 9, 30, tzinfo=UTC)
DISTRICT, EAST, WEST, SOUTH = "991201", "991201001", "991201002", "991201003"
AREAS = Areas(
    [
        Area(DISTRICT, Text("青石区", "Qingshi District"), Level.DISTRICT),
        Area(EAST, Text("东湖街道", "Donghu"), Level.STREET, DISTRICT),
        Area(WEST, Text("西山街道", "Xishan"), Level.STREET, DISTRICT),
        Area(SOUTH, Text("南园镇", "Nanyuan"), Level.STREET, DISTRICT),
    ]
)
HOMES = [
    ["青石区养老机构一览表（截至2025年6月）"],
    [
        "序号",
        "机构名称",
        "所属街道",
        "地址",
        "机构性质",
        "床位数(张)",
        "护理型床位数(张)",
        "入住人数",
    ],
    [1, "甲敬老院", "东湖街道", "东湖路1号", "公办", 120, 60, 80],
    [2, "乙养老公寓", "东湖街道", "东湖路2号", "民办", 80, 20, 35],
    [3, "丙护理院", "西山街道", "西山路3号", "民办", 200, 180, 150],
]
FACILITIES = [
    ["青石区养老服务设施一览表（2025年6月）"],
    ["街道", "设施名称", "设施类型", "社区", "床位数"],
    ["东湖街道", "甲日间照料中心", "日间照料中心", "一社区", 20],
    ["东湖街道", "乙助餐点", "老年食堂", "一社区", None],
    ["东湖街道", "丙助餐点", "助餐点", "二社区", None],
    ["西山街道", "丁敬老院", "养老机构", "三社区", 150],
]
ORGANISATIONS = [
    ["青石区社会组织名录（截至2025年6月30日）"],
    *(
        line.split("|")
        for line in """\
序号|社会组织名称|类别|统一社会信用代码|法定代表人|联系电话|登记时间|注销时间|所在街道
1|某协会|社会团体|51000000MJ0000000A|张三|13800138000|2019-03-01||东湖街道
2|某中心|民非|52000000MJ0000000B|李四|13900139000|2025.2.6||东湖街道
3|某基金会|基金会|53000000MJ0000000C|王五|0531-87654321|2021年7月||西山街道
4|旧协会|社会团体|51000000MJ0000000D|赵六|13700137000|2001-01-01|2025-03-02|西山街道
""".splitlines()
    ),
]
PERSONS = ("张三", "13800138000", "0531-87654321", "赵六")


@pytest.fixture
def engine(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield engine
    engine.dispose()


def hand_in(engine, rows, name="名录.xlsx", when=WHEN, **said):
    """The receipt of one sheet of these rows."""
    store = handing_in(engine, CATALOGUE, AREAS)
    (receipt,) = receive(store, [(name, workbook(rows))], Handover(**said), when)
    return receipt


def look_at(engine, rows, name="名录.xlsx", **said):
    """The preview of one sheet of these rows."""
    store = handing_in(engine, CATALOGUE, AREAS)
    (seen,) = preview(store, [(name, workbook(rows))], Handover(**said), WHEN)
    return seen


def figures(engine):
    """Current values by indicator and area."""
    return {(one.indicator, one.area): one.value for one in read_figures(engine, Query())}


def rules(receipt, severity=""):
    return [one.rule for one in receipt.findings if severity in ("", one.severity)]


class Asked:
    """What the service needs to be asked: an engine, the catalogue and the areas."""

    def __init__(self, engine):
        self.engine, self.catalogue = engine, CATALOGUE

    def areas(self):
        return AREAS


# ---- counted ----


def test_homes_are_counted_and_summed_by_street_at_the_date_of_the_list(engine):
    receipt = hand_in(engine, HOMES)
    assert not receipt.refused
    assert (receipt.form, receipt.area, receipt.period) == ("register_elderly", DISTRICT, "2025-06")
    assert (receipt.institutions, receipt.observations) == (3, 8)
    assert figures(engine) == {
        ("elderly_institutions", EAST): 2,
        ("elderly_institutions", WEST): 1,
        ("elderly_beds", EAST): 200,
        ("elderly_beds", WEST): 200,
        ("nursing_beds", EAST): 80,
        ("nursing_beds", WEST): 180,
        ("elderly_residents", EAST): 115,
        ("elderly_residents", WEST): 150,
    }


def test_facilities_count_by_their_types_and_communities_once(engine):
    assert not hand_in(engine, FACILITIES).refused
    assert figures(engine) == {
        ("day_care_centres", EAST): 1,
        ("day_care__beds", EAST): 20,
        ("meal_points", EAST): 2,
        ("communities_with_facility", EAST): 2,
        ("elderly_institutions", WEST): 1,
        ("elderly_beds", WEST): 150,
    }


def test_organisations_count_to_type_and_total_with_those_of_the_year(engine):
    receipt = hand_in(engine, ORGANISATIONS)
    assert not receipt.refused, receipt.findings
    assert figures(engine) == {
        ("social_organisations", EAST): 2,
        ("social_organisations", WEST): 1,
        ("social_associations", EAST): 1,
        ("private_nonenterprise_units", EAST): 1,
        ("foundations", WEST): 1,
        ("organisations_registered", EAST): 1,
        ("organisations_deregistered", WEST): 1,
    }
    assert "not_counted" in rules(receipt, "note")


def test_a_list_by_street_with_one_row_each_is_no_table_of_totals(engine):
    rows = [
        FACILITIES[0],
        ["街道", "设施名称", "床位数"],
        *([street, f"{street}敬老院", 50] for street in ("东湖街道", "西山街道")),
    ]
    receipt = hand_in(engine, rows)
    assert receipt.form == "register_elderly" and receipt.institutions == 2
    assert figures(engine) == {}  # the title names no type that is counted


def test_a_table_with_another_text_in_every_row_is_never_read_as_totals(engine):
    rows = [
        ["青石区2025年6月统计表"],
        ["街道", "项目", "养老机构床位数"],
        ["东湖街道", "改造甲", 20],
        ["西山街道", "新建乙", 30],
        ["南园镇", "扩建丙", 40],
    ]
    receipt = hand_in(engine, rows, skip_unknown=True)
    assert rules(receipt, "error") == ["list_not_totals"]
    assert figures(engine) == {}


def test_a_table_by_street_with_remarks_and_staff_is_still_one(engine):
    rows = [
        ["青石区2025年6月养老统计表"],
        ["街道", "养老机构床位数", "填报人", "备注"],
        ["东湖街道", 20, "张三", "含新建甲"],
        ["西山街道", 30, "李四", "比上月少一张"],
    ]
    receipt = hand_in(engine, rows, skip_unknown=True)
    assert receipt.form == "street_table" and not receipt.refused
    assert figures(engine) == {("elderly_beds", EAST): 20, ("elderly_beds", WEST): 30}


def test_kinds_of_institution_with_counts_are_no_list(engine):
    rows = [
        ["青石区2025年养老服务机构情况"],
        ["机构名称", "机构数", "床位数", "入住人数"],
        ["社会福利院", 1, 200, 150],
        ["敬老院", 5, 400, 250],
    ]
    frame = find_list(read_sheets("a.xlsx", workbook(rows))[0], CATALOGUE, AREAS)
    assert frame is None


def test_states_and_dates_decide_what_is_in_service(engine):
    rows = [
        ["青石区养老机构一览表（截至2025年6月）"],
        ["机构名称", "所属街道", "运营状态", "成立时间", "停业时间", "床位数"],
        ["甲院", "东湖街道", "正常运营", "2010年", None, 10],
        ["乙院", "东湖街道", "筹建中", None, None, 20],
        ["丙院", "东湖街道", "已停业", None, None, 40],
        ["丁院", "东湖街道", None, "2025-09", None, 80],
        ["戊院", "东湖街道", None, None, "2025年6月", 160],
        ["己院", "东湖街道", None, None, "2025年7月", 320],
    ]
    assert not hand_in(engine, rows).refused
    assert figures(engine) == {
        ("elderly_institutions", EAST): 2,
        ("elderly_beds", EAST): 330,
    }


@pytest.mark.parametrize("state", ["整改", "否"])
def test_an_unknown_state_is_asked_about(engine, state):
    rows = [HOMES[0], ["机构名称", "所属街道", "状态"], ["甲院", "东湖街道", state]]
    assert rules(hand_in(engine, rows), "error") == ["unknown_state"]


def test_a_sum_over_a_row_without_a_number_is_left_out_and_said(engine):
    rows = [*HOMES, [4, "丁院", "西山街道", "", "", None, 5, 6]]
    assert rules(look_at(engine, rows).receipt, "warning") == ["register_blank"]
    assert hand_in(engine, rows, note="在核实").id
    assert ("elderly_beds", WEST) not in figures(engine)
    assert figures(engine)["elderly_beds", EAST] == 200


def test_a_street_may_stand_in_the_address_alone(engine):
    rows = [
        HOMES[0],
        ["机构名称", "地址", "床位数"],
        ["甲院", "青石区东湖街道1号", 10],
        ["乙院", "南园镇二村", 20],
    ]
    assert not hand_in(engine, rows).refused
    assert figures(engine)["elderly_beds", SOUTH] == 20


@pytest.mark.parametrize("heading", ["入住人数", "入住老人（人）", "在住老年人(名)"])
def test_a_list_of_one_street_counts_to_it_people_by_their_number_too(engine, heading):
    rows = [
        ["东湖街道养老机构名录（2025年6月）"],
        ["机构名称", "床位数", heading, "入住老人"],
        ["甲院", 10, 5, "张三"],
        ["乙院", 20, 6, "李四"],
    ]
    receipt = hand_in(engine, rows)
    assert not receipt.refused
    assert figures(engine)["elderly_institutions", EAST] == 2
    assert figures(engine)["elderly_residents", EAST] == 11
    (left_out,) = [one.message.zh for one in receipt.findings if "涉及个人" in one.message.zh]
    assert left_out.endswith("：入住老人")


def test_two_level_headings_and_a_total_row(engine):
    memory = io.BytesIO()
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["青石区养老机构一览表（2025年6月）"],
        ["机构名称", "街道", "床位数", None],
        [None, None, "合计", "护理型"],
        ["甲院", "东湖街道", 10, 4],
        ["乙院", "西山街道", 20, 8],
        ["合计", None, 30, 12],
    ):
        page.append(row)
    for area in ("A2:A3", "B2:B3", "C2:D2"):
        page.merge_cells(area)
    book.save(memory)
    store = handing_in(engine, CATALOGUE, AREAS)
    (receipt,) = receive(store, [("一览表.xlsx", memory.getvalue())], Handover(), WHEN)
    assert not receipt.refused and receipt.institutions == 2
    assert figures(engine)["nursing_beds", WEST] == 8


def test_streets_under_a_heading_of_units_are_no_institutions():
    rows = [
        ["青石区2025年6月养老机构明细表"],
        ["单位名称", "地址", "床位数", "入住人数"],
        ["新城街道", "一号", 5, 4],
        ["老城镇", "二号", 6, 5],
    ]
    assert find_list(read_sheets("a.xlsx", workbook(rows))[0], CATALOGUE, AREAS) is None


def test_numbers_count_as_they_are_seen_and_scaled_ones_are_refused(engine):
    def book(code, value):
        memory = io.BytesIO()
        with xlsxwriter.Workbook(memory, {"in_memory": True}) as made:
            page = made.add_worksheet("名录")
            page.write_row(0, 0, HOMES[0])
            page.write_row(1, 0, ["机构名称", "街道", "床位数"])
            page.write_row(2, 0, ["甲院", "东湖街道"])
            page.write_number(2, 2, value, made.add_format({"num_format": code}))
        return memory.getvalue()

    store = handing_in(engine, CATALOGUE, AREAS)
    (scaled,) = receive(store, [("名录.xlsx", book('0!.0,"万"', 120000))], Handover(note="x"), WHEN)
    assert rules(scaled, "error") == ["unreadable_number"]
    (plain,) = receive(store, [("名录.xlsx", book('0"张"', 120))], Handover(), WHEN)
    assert not plain.refused and figures(engine)["elderly_beds", EAST] == 120


# ---- asked ----


def test_a_list_without_a_date_or_an_area_asks(engine):
    rows = [["养老机构一览表"], HOMES[1], [1, "甲院", "某街道", "", "", 1, 1, 1]]
    seen = look_at(engine, rows)
    assert seen.asks == ("area", "period")
    seen = look_at(engine, [["养老机构一览表"], *HOMES[1:]])
    assert seen.asks == ("period",)  # the streets are of one district
    assert not look_at(engine, [["养老机构一览表"], *HOMES[1:]], period="2025-06").receipt.refused


def test_an_unknown_type_is_asked_once_and_remembered(engine):
    rows = [
        *FACILITIES,
        ["西山街道", "戊驿站", "长者驿站", "三社区", 5],
        ["西山街道", "己驿站", "长者驿站", "四社区", 5],
    ]
    seen = look_at(engine, rows)
    assert [line.name for line in seen.unknown] == ["长者驿站"]
    assert "day_care_centres" in seen.unknown[0].suggestions
    assert rules(seen.receipt, "error") == ["unknown_indicator"]
    assert hand_in(engine, rows, mappings={("", "长者驿站"): "day_care_centres"}).id
    assert figures(engine)["day_care_centres", WEST] == 2
    assert not look_at(engine, rows).unknown
    left_out = look_at(engine, rows, mappings={("", "长者驿站"): ""})
    assert not left_out.receipt.refused and left_out.register.rows == 6


def test_a_type_cannot_mean_money(engine):
    rows = [*FACILITIES, ["西山街道", "戊驿站", "长者驿站", "三社区", 5]]
    receipt = hand_in(engine, rows, mappings={("", "长者驿站"): "dibao_spending"})
    assert rules(receipt, "error") == ["wrong_meaning"]


def test_a_word_that_narrows_the_title_is_asked_about(engine):
    rows = [["青石区民办养老机构一览表（2025年6月）"], *HOMES[1:]]
    seen = look_at(engine, rows)
    assert [line.name for line in seen.unknown] == ["民办养老机构"]
    said = {("", "民办养老机构"): ""}
    assert hand_in(engine, rows, mappings=said).institutions == 3
    assert figures(engine) == {}


def test_a_row_of_another_type_than_the_title_wants_a_note(engine):
    rows = [["青石区养老机构一览表（2025年6月）"], *FACILITIES[1:]]
    assert "type_differs" in rules(look_at(engine, rows).receipt, "warning")


def test_an_unknown_street_is_asked_answered_or_left_out(engine):
    rows = [*HOMES, [4, "丁院", "西城街道", "", "", 10, 5, 6]]
    seen = look_at(engine, rows)
    assert [one[:2] for one in seen.register.unplaced] == [("西城街道", 1)]
    assert rules(seen.receipt, "error") == ["unknown_street"]
    both = look_at(engine, [*FACILITIES, ["西城街道", "戊驿站", "长者驿站", "", 5]])
    assert [line.name for line in both.unknown] == ["长者驿站"] and both.register.unplaced
    answers = {("名录.xlsx", "Sheet1"): SheetAnswers(streets={"0": WEST})}
    answered = look_at(engine, rows, sheets=answers)
    assert not answered.receipt.refused and answered.register.unplaced[0].answer == WEST
    assert hand_in(engine, rows, streets={"西城街道": "西山街道"}).id
    assert figures(engine)["elderly_institutions", WEST] == 2
    assert not look_at(engine, rows, streets={"西城街道": "-"}).receipt.refused
    assert not look_at(engine, rows, skip_unknown=True).receipt.refused


def test_zeros_are_recorded_only_where_the_list_covers_every_street(engine):
    seen = look_at(engine, HOMES)
    assert seen.register.without == (SOUTH,)
    assert not hand_in(engine, HOMES, covers="all").refused
    assert figures(engine)["elderly_institutions", SOUTH] == 0
    assert figures(engine)["elderly_beds", SOUTH] == 0


def test_what_contradicts_itself_wants_a_note(engine):
    rows = [*HOMES, [4, "甲敬老院", "东湖街道", "", "", 10, 50, 60]]
    found = rules(look_at(engine, rows).receipt, "warning")
    assert found.count("register_of_which") == 2 and "listed_twice" in found


@pytest.mark.parametrize(
    ("note", "word"),
    [
        ("2025年3月起停业", "停业"),
        ("已注销，院长张三", "已注销"),
        ("床位数有误", "有误"),
        ("待核实", "待核"),
        ("同上", "同上"),
        ("新装修", ""),
        ("2023年获评四星级", ""),
        ("公建民营", ""),
        ("", ""),
    ],
)
def test_a_note_that_an_institution_is_not_what_is_counted_wants_a_note(engine, note, word):
    rows = [HOMES[0], [*HOMES[1], "备注"], [*HOMES[2], note], HOMES[3], HOMES[4]]
    receipt = hand_in(engine, rows)
    said = [one for one in receipt.findings if one.rule == "footnote"]
    assert [one.value for one in said] == [word] * bool(word)
    assert not any("张三" in one.message.zh for one in receipt.findings)
    assert receipt.refused == bool(word)


@pytest.mark.parametrize(
    ("remark", "is_asked"),
    [
        ("注：床位数含在建床位", True),
        ("注：本表数据有误", True),
        ("注：入住人数为估算", True),
        ("注：本表由养老服务科填报", False),
        ("注：性质分公办、民办、公建民营", False),
    ],
)
def test_a_remark_around_a_list_is_read(engine, remark, is_asked):
    receipt = hand_in(engine, [*HOMES, [remark]])
    assert ("footnote" in rules(receipt, "warning")) == is_asked


def test_two_columns_for_one_number_are_not_summed(engine):
    rows = [HOMES[0], ["机构名称", "街道", "核定床位", "床位数"], ["甲院", "东湖街道", 10, 12]]
    assert rules(hand_in(engine, rows, note="x"), "warning") == ["two_columns"]
    assert figures(engine) == {("elderly_institutions", EAST): 1}


# ---- no persons ----


def kept_files(engine):
    store = handing_in(engine, CATALOGUE, AREAS)
    return [path.read_bytes() for path in store.received.folder.rglob("*.bin")]


def test_columns_of_persons_are_dropped_before_anything_is_kept_and_said(engine):
    receipt = hand_in(engine, ORGANISATIONS)
    (said,) = [one for one in receipt.findings if one.rule == "persons_dropped"]
    assert "法定代表人" in said.message.zh and "联系电话" in said.message.en
    (content,) = kept_files(engine)
    (sheet,) = read_sheets("a.xlsx", content)
    texts = [str(cell) for row in sheet.rows for cell in row]
    assert not any(person in text for text in texts for person in PERSONS)
    assert "某协会" in texts and "法定代表人" in texts  # the heading stays where it stood
    dump = "\n".join(engine.raw_connection().driver_connection.iterdump())
    assert not any(person in dump for person in PERSONS)


def test_numbers_of_persons_are_cut_out_of_addresses_and_signatures_go(engine):
    rows = [
        ["青石区养老机构一览表（2025年6月）", None, None],
        ["填报人：孙七", None, "电话：13600136000"],
        ["机构名称", "所属街道", "地址"],
        ["甲院", "东湖街道", "东湖路1号（13800138000）"],
        [None, None, None],
        ["审核：周八"],
    ]
    receipt = hand_in(engine, rows)
    assert "persons_dropped" in rules(receipt, "note")
    (content,) = kept_files(engine)
    texts = [str(cell) for row in read_sheets("a.xlsx", content)[0].rows for cell in row]
    assert "东湖路1号（＊）" in texts
    assert not any(name in text for text in texts for name in ("孙七", "136001", "周八"))


def test_a_list_whose_rows_are_persons_is_refused_and_not_kept(engine):
    rows = [
        ["青石区养老机构入住老人名册（2025年6月）"],
        ["机构名称", "街道", "姓名", "性别", "身份证号", "出生日期"],
        ["甲院", "东湖街道", "张三", "男", "370101194001011234", "1940-01-01"],
        ["甲院", "东湖街道", "李四", "女", "370101194101011234", "1941-01-01"],
    ]
    receipt = hand_in(engine, rows, skip_unknown=True, note="x")
    assert rules(receipt) == ["rows_are_persons"]
    assert "张三" not in receipt.findings[0].message.zh
    assert read_submissions(engine) == [] and kept_files(engine) == []


@pytest.mark.parametrize(
    "headings",
    [
        ("序号", "姓名", "街道", "补助金额"),
        ("街道", "申请人", "性别", "救助金额"),
        ("街道", "户主姓名", "身份证号码", "人数"),
    ],
)
def test_lists_of_persons_are_known_by_their_headings(headings):
    sheet = read_sheets("a.xlsx", workbook([headings, ["1", "张三", "东湖街道", 5]]))[0]
    assert lists_persons(sheet, CATALOGUE.registers) is not None


def test_a_copy_without_persons_reads_the_same_and_makes_itself_again(engine):
    content = workbook(ORGANISATIONS)
    copy = waiting_copy("名录.xlsx", content, CATALOGUE, AREAS)
    assert copy is not None and waiting_copy("名录.xlsx", copy, CATALOGUE, AREAS) == copy
    first = hand_in(engine, ORGANISATIONS)
    store = handing_in(engine, CATALOGUE, AREAS)
    (second,) = receive(store, [("名录.xlsx", copy)], Handover(), WHEN)
    assert second.observations == first.observations
    assert "same_file" in rules(second, "note")
    assert (
        waiting_copy("表.xlsx", workbook([["街道", "低保人数"], ["甲", 1]]), CATALOGUE, AREAS)
        is None
    )


def test_a_file_with_other_tables_waits_as_it_is_and_is_kept_as_a_copy(engine):
    table = [["青石区2025年6月统计表"], ["街道", "老年助餐点数"], ["东湖街道", 3]]
    content = workbook(ORGANISATIONS, table, names=("名录", "表"))
    assert waiting_copy("名录.xlsx", content, CATALOGUE, AREAS) is None
    store = handing_in(engine, CATALOGUE, AREAS)
    receipts = receive(store, [("名录.xlsx", content)], Handover(), WHEN)
    assert [one.form for one in receipts] == ["register_organisations", "street_table"]
    (kept,) = kept_files(engine)
    first, second = read_sheets("a.xlsx", kept)
    assert second.rows[2] == ("东湖街道", 3.0) and "张三" not in str(first.rows)


def test_a_list_without_references_is_read_and_its_cover_is_not_stored(engine):
    rows = [
        ORGANISATIONS[0],
        ["社会组织名称", "类别", "所在街道"],
        ["某协会", "社会团体", "东湖街道"],
    ]
    content = workbook(rows, [["说明"], ["编制人张三"]], names=("名录", "封面"))
    store = handing_in(engine, CATALOGUE, AREAS)
    (receipt,) = receive(store, [("名录.xlsx", content)], Handover(), WHEN)
    assert receipt.institutions == 1
    (kept,) = kept_files(engine)
    assert [sheet.name for sheet in read_sheets("a.xlsx", kept)] == ["名录"]


def test_sheets_of_any_name_make_a_copy():
    sheets = [
        sheet_of(name, [["a"]], [(0, 0, 1, 0), (0, 0, 0, 1)])
        for name in ("a/b", "ab", "", "x" * 40)
    ]
    assert len(read_sheets("a.xlsx", stored_copy(sheets, {}))) == 4


def test_a_text_file_is_kept_as_a_workbook_under_a_name_that_says_so(engine):
    text = "\n".join(",".join(map(str, row)) for row in HOMES).encode()
    store = handing_in(engine, CATALOGUE, AREAS)
    (receipt,) = receive(store, [("名录.csv", text)], Handover(), WHEN)
    assert not receipt.refused
    assert read_submissions(engine)[0].file == "名录.xlsx"


# ---- which ones ----


def test_every_number_leads_to_the_institutions_in_it(engine):
    hand_in(engine, HOMES)
    june = Period(2025, 6)
    answers = Registers(Asked(engine))
    rows = answers.counted(FigureKey("elderly_institutions", DISTRICT, june))
    assert [one.institution.name for one in rows] == ["甲敬老院", "乙养老公寓", "丙护理院"]
    for (indicator, area), value in figures(engine).items():
        counted = answers.counted(FigureKey(indicator, area, june))
        assert sum(one.amount for one in counted) == value
    assert answers.counted(FigureKey("marriages", DISTRICT, june)) == ()
    assert answers.counted(FigureKey("elderly_beds", DISTRICT, june, months=1)) == ()


def test_a_later_list_takes_the_place_of_an_earlier_one_and_gives_it_back(engine):
    hand_in(engine, HOMES)
    later = hand_in(engine, HOMES[:3], when=WHEN + timedelta(days=1), note="两家已关")
    answers, east = Registers(Asked(engine)), FigureKey("elderly_beds", EAST, Period(2025, 6))
    assert [one.institution.name for one in answers.counted(east)] == ["甲敬老院"]
    then = answers.counted(east, WHEN + timedelta(hours=1))
    assert len(then) == 2
    withdraw(engine, later.id, Decision("王", WHEN + timedelta(days=2), "mistake"))
    assert len(answers.counted(east)) == 2


def test_a_figure_from_elsewhere_has_no_institutions(engine):
    hand_in(engine, HOMES)
    table = [["青石区2025年6月统计表"], ["街道", "养老机构床位数"], ["东湖街道", 210]]
    hand_in(engine, table, name="表.xlsx", when=WHEN + timedelta(days=1), note="x")
    answers = Registers(Asked(engine))
    assert answers.counted(FigureKey("elderly_beds", EAST, Period(2025, 6))) == ()
    assert answers.counted(FigureKey("elderly_beds", WEST, Period(2025, 6)))


def test_lists_are_found_by_area_type_and_date(engine):
    hand_in(engine, HOMES)
    hand_in(engine, ORGANISATIONS, name="社会组织.xlsx")
    answers = Registers(Asked(engine))

    def names(**asked):
        return [one.institution.name for one in answers.listed(RegisterFilters(**asked))]

    assert len(names()) == 7
    assert names(area="西山街道", type="养老机构") == ["丙护理院"]
    assert len(names(area="青石区", type="社会组织")) == 4  # those that ended stay in the list
    assert names(type="养老机构", period="2025-05") == []
    assert names(indicator="护理型床位数", area="西山街道", period="2025-06") == ["丙护理院"]
    with pytest.raises(UnknownName):
        names(type="什么")
    with pytest.raises(UnknownName):
        names(indicator="elderly_beds")
    with pytest.raises(NotFound):
        names(indicator="marriages", area="青石区", period="2025-06")


def test_sample_lists_go_with_the_samples(engine):
    hand_in(engine, HOMES, is_sample=True)
    assert remove_samples(engine) == 1
    assert Registers(Asked(engine)).listed(RegisterFilters()) == ()


def test_few_residents_of_a_home_are_hidden_in_all_rows(engine):
    hand_in(engine, [*HOMES[:3], [9, "小院", "西山街道", "", "", 5, 1, 2]])
    rows = Registers(Asked(engine)).listed(RegisterFilters())
    guard = SmallCounts(engine, CATALOGUE, AREAS, 3)
    assert suppresses_residents(guard, rows, CATALOGUE.registers)
    assert not suppresses_residents(
        SmallCounts(engine, CATALOGUE, AREAS, 0), rows, CATALOGUE.registers
    )
    made = register_rows(rows, CATALOGUE.registers, AREAS, "zh", suppresses_residents=True)
    assert {row["residents"] for row in made} == {"*"} and {row["beds"] for row in made} == {120, 5}


def test_a_list_without_one_small_home_does_not_give_its_residents_away(engine):
    """As of an earlier day the list lacks the home: the figure less the others would be it."""
    hand_in(engine, [*HOMES, [9, "小院", "东湖街道", "", "", 5, 1, 2]])
    rows = Registers(Asked(engine)).listed(RegisterFilters())
    others = [row for row in rows if row.institution.name != "小院"]
    guard = SmallCounts(engine, CATALOGUE, AREAS, 3)
    assert suppresses_residents(guard, others, CATALOGUE.registers)
    assert not suppresses_residents(
        SmallCounts(engine, CATALOGUE, AREAS, 2), others, CATALOGUE.registers
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_of_institutions_says_of_which_lists_and_makes_no_formula(engine, language):
    hand_in(engine, HOMES)
    first, *rest = Registers(Asked(engine)).listed(RegisterFilters())
    rows = [first._replace(institution=first.institution._replace(name="=1+1")), *rest]
    made = register_rows(rows, CATALOGUE.registers, AREAS, language)
    book = openpyxl.load_workbook(io.BytesIO(register_book(made, "标题", ["说明"], language)))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert (cells[0].value, book.active["A2"].value) == ("标题", "说明")
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)


def test_a_street_without_an_institution_is_not_late(engine):
    hand_in(engine, HOMES)  # two of three streets have rows
    board = completeness_of(engine, AREAS, DISTRICT, Judging(10, date(2025, 12, 8)))
    assert board.of(SOUTH, Period(2025, 6)) is None
    assert board.of(EAST, Period(2025, 6)) is not None and board.absent(Period(2025, 6)) == ()


# ---- dates ----


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2019-03-01", "2019-03-01"),
        ("2019年3月1日", "2019-03-01"),
        ("2019.3", "2019-03"),
        ("2019年3月", "2019-03"),
        (2019.0, "2019"),
        ("20190301", "2019-03-01"),
        (43525.0, "2019-03-01"),
        (date(2019, 3, 1), "2019-03-01"),
        ("2019-03-01 00:00:00", "2019-03-01"),
    ],
)
def test_dates_are_read_as_lists_print_them(cell, said):
    assert str(read_date(cell)) == said


@pytest.mark.parametrize("cell", [None, "", "—", "无"])
def test_no_date_is_none(cell):
    assert read_date(cell) is None


@pytest.mark.parametrize("cell", ["去年", "2019-13-01", "3月", "2019年月"])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(UnreadableDate):
        read_date(cell)
