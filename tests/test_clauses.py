"""A clause of a remark means the same wherever it stands: below a table, of a street, in a row."""

import pytest
from sheets import areas, catalogue, read, sheet

from dashboard.catalogue.catalogue import SHIPPED
from dashboard.catalogue.concepts import FigureStatus
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy

SAMPLES = SHIPPED / "samples"

STREET, OTHER = "文昌街道", "崮云湖街道"
HOUSEHOLDS, PERSONS = "urban_dibao_households", "urban_dibao_persons"
MONEY = "urban_dibao_spending_in_month"
ALL = {HOUSEHOLDS, PERSONS, MONEY}
HEADS = ["街道", "户数", "人数", "本月资金(元)"]
TITLE = "长清区2024年9月城市低保情况"


def _taken(rows):
    tidied = read(rows, basis="")
    return {(one.indicator, one.area) for one in tidied.observations}, tidied


def _left_out(rows):
    """The figures of each of two streets that wait for an answer."""
    found, tidied = _taken(rows)
    first, second = "370113001", "370113002"
    left = [ALL - {name for name, area in found if area == code} for code in (first, second)]
    return left, tidied


def _below(remark):
    return [[TITLE], HEADS, [STREET, 34, 50, 30000], [OTHER, 45, 60, 40000], [remark]]


def _beside(note, heading="备注"):
    rows = [[*HEADS, heading], [STREET, 34, 50, 30000, note], [OTHER, 45, 60, 40000, None]]
    return [[TITLE], *rows]


OF_TABLE = {  # remarks below the table, and what they may change in every street
    "注：本表数据为上年同期数": ALL,
    "注：资金为去年数": {MONEY},
    "注：资金未拨付": {MONEY},
    "注：资金尚未发放到位": {MONEY},
    "注：资金为第三季度": {MONEY},
    "注：“0”表示未报": ALL,
    "注：按人数统计": {HOUSEHOLDS, MONEY},
    "注：人数为户数": {PERSONS},
    "注：人数均为当月新增数": {PERSONS},
    "注：人数一列实为特困人数": {PERSONS},
    "注：户数、人数两列次序颠倒": {HOUSEHOLDS, PERSONS},
    "注：两列次序颠倒": ALL,
    "注：数据为全市数": ALL,
    "注：合计数为全市数": set(),
    "注：人数为农村低保人数": {PERSONS},
    "注：资金含农村": {MONEY},
    "注：户数为退出户数": {HOUSEHOLDS},
    "注：另有特困人员12人，已计入表内": ALL,
    "注：特困人员已包含在人数内": {PERSONS},
    "注：平阴县5人，均已计入表内": ALL,
    "注：人数剔除三级残疾": {PERSONS},
    "注：人数尚未剔除死亡人员": {PERSONS},
    "注：人数为剔除重复人员前的数": {PERSONS},
    "注：人数扣除无效申请": {PERSONS},
    "注：数据截至8月20日": ALL,
    "注：资金系推算": {MONEY},
    "注：资金数据有误，待核实": {MONEY},
    "注：人数应为500": {PERSONS},
    "注：资金指临时救助支出": {MONEY},
    "注：资金为本年累计数": {MONEY},
    "注：人数为乡镇上报的应保未保人数": {PERSONS},
    "注：资金包括新增人员补发资金": {MONEY},
    "注：表中数据不含流动人口": ALL,
    "注：人数不是低保人数": {PERSONS},
    "注：人数为月平均数": {PERSONS},
    "注：人数栏填的是户数": {PERSONS},
    "注：人数写成户数": {PERSONS},
    "注：户数以人数代": {HOUSEHOLDS, PERSONS},
    "注：数据滞后一个月": ALL,
    "注：人数为集中供养人数": {PERSONS},
    "注：人数为前3个月平均数": {PERSONS},
    "注：资金为12个月合计": {MONEY},
    "注：资金为应发数（每人20元）": {MONEY},
    "注：人数为特困人数（50人）": {PERSONS},
    "注：人数为户数/人数": {PERSONS},
    "注：人数为=户数": {PERSONS},
    "注：人数为特困人数50人": {PERSONS},
    "注：资金为拟发放资金3000元": {MONEY},
    "注：人数含待审核人员": {PERSONS},
    "注：人数包括审核中的对象": {PERSONS},
    "注：人数含试点实施前对象": {PERSONS},
    "注：人数含联系不上人员": {PERSONS},
    "注：人数为系统导出的历年人数": {PERSONS},
    "注：资金为核定数": {MONEY},
    "注：资金为审核数": {MONEY},
    "注：人数为历年数": {PERSONS},
    "注：人数为汇编数": {PERSONS},
    "注：户数表示人数": {HOUSEHOLDS},
    "注：人数为待审核人数": {PERSONS},
    "注：人数为试点实施前人数": {PERSONS},
    "注：人数为8月数（比7月少3人）": {PERSONS},
    "Note: all figures are estimates": ALL,
    "Note: figures are those of last month": ALL,
    "Note: persons are counted in hundreds": ALL,
    "Money not yet paid": ALL,
}
OF_STREET = [  # remarks of one street
    "注：文昌街道为8月份数",
    "注：文昌街道暂用上月数代替",
    "注：文昌街道数据有误应为150",
    "注：文昌街道未上报，按上月数计",
    "注：文昌街道数据含崮云湖街道",
    "注：文昌街道为农村低保数据",
    "注：文昌街道数据不含三无人员",
    "注：平安街道数据并入文昌街道",
]
OF_ROW = [  # notes in the row of one street
    "上月数",
    "8月份数",
    "数据未更新",
    "街道自报数",
    "数据有误",
    "合并到崮云湖街道",
    "含农村",
    "不含三无人员",
    "为特困人员",
    "含崮云湖街道",
    "沿用上月数据",
    "last month's figures",
    "8月",
    "第二季度",
    "第三季度",
    "3个月合计",
    "12个月累计",
    "2个季度合计",
    "数据异常",
    "疑似重复",
    "缺2人",
    "3个社区未报",
    "未上报",
    "待审核",
    "50?",
    "审核中",
    "审批中",
    "正在核对",
    "同下",
    "特困",
    "农村低保",
    "低保边缘",
    "与实际不符",
    "与系统不一致",
    "年报数",
    "拟纳入",
    "应保对象",
    "实际为35户",
]
OF_HOMES = {  # notes in a row of care homes: whether they may not be open
    "2家筹建中": True,
    "1家停业整顿": True,
    "1家未开业": True,
    "农村敬老院改造中": False,
    "新建1家": False,
    "空床10张": False,
    "公办1家，民办3家": False,
    "2023年建成": False,
    "设计床位60张，实有床位50张": False,
    "其中护理型20张": False,
    "已备案": False,
    "院长更换": False,
}
OF_SOME = {  # notes in a row that are of some of its figures
    "拟发放3000元": {MONEY},
    "预发10月": {MONEY},
    "结转": {MONEY},
    "资金未拨付": {MONEY},
    "10月发放": ALL,
    "8月补发": ALL,
    "三季度发放": ALL,
    "万元": {MONEY},
    "单位：百人": {PERSONS},
    "其中特困5人": {PERSONS},
}
AMOUNTS = {  # notes of 34 households, 50 persons, 30,000 yuan: whether they state another amount
    "实有60人": True,
    "实有50人": False,
    "共34户50人": False,
    "共35户": True,
    "本月共发放12000元": True,
    "本月共发放3万元": False,
    "应发30000元，实发28000元": True,
    "共新增3户": False,
    "累计共发放120000元": False,
    "特困人员50人": True,
    "特困人员5人": False,
    "较上月减少3户": False,
}
HARMLESS = [
    "数据来源：区民政局",
    "注：数据来源于民政信息系统",
    "联系电话：0531-87651234",
    "制表时间：2024年10月8日",
    "本表由社会救助科填报",
    "注：城市低保标准为每月956元",
    "注：资金保留两位小数",
    "注：本表一式两份",
    "注：数据经街道审核确认",
    "注：本表数据为2024年9月数",
    "注：人数为享受低保人数",
    "注：资金为当月发放资金",
    "注：以上数据均为城市低保",
    "注：平安街道未上报",
    "注：未发现异常",
    "注：资金已全部拨付",
    "注：资金同比增长3%",
    "注：文昌街道联系人张三",
    "注：本表以2024年9月30日为准",
    "注：两项数据次序一致",
    "注：数据为系统导出",
    "注：崮云湖街道含原平安镇",
    "注：本月新增5户12人，退出2户3人",
    "注：1.本月新增3人、退出1人，均已计入表内；2.依据长民发〔2024〕11号",
    "注：新增2户5人，已全部计入本表合计数",
    "注：本表数据经与公安、人社部门比对，剔除已故及重复领取人员后发放",
    "注：扣除死亡人员、重复享受人员",
    "注：三级残疾已包含在人数内",
    "注：资金包括价格补贴",
    "说明：本表数据均由各街道（镇）审核后上报",
    "注：人数为家庭成员人数",
    "注：本表为月报",
    "注：资金数据以财政系统为准",
    "注：其中文昌街道为新设街道",
    "注：人数含80岁以上老人",
    "注：资金=人数×标准",
    "注：资金为人数×标准÷12",
    "注：资金按每人20元发放",
    "注：资金为低保金3000元",
    "注：本表为内部资料，请勿外传",
    "注：“人数”是指本月享受低保待遇的人数",
    "注：数据为手工统计",
    "注：户数按家庭统计，人数按个人统计",
    "注：统计时间截至2024年9月30日",
    "注：数据按照民政统计制度填报",
    "注：除平安街道外均已审核",
    "注：平安街道未报",
    "注：“-”表示无人员",
    "注：人数为零时用“-”表示",
    "注：如对数据有疑问请联系李四",
    "注：低保标准按当年文件实施",
    "注：资金为审核后发放资金",
    "注：审核时间：2024年10月8日",
    "Source: Civil Affairs Bureau",
    "Prepared by Zhang San",
    "For internal use only",
    "Note: no change in this month",
]
HARMLESS_NOTES = [
    "新增2户",
    "较上月减少3户5人",
    "已核实",
    "无",
    "本月死亡1人",
    "联系电话87651234",
    "9月数",
    "城市低保",
    "按户发放",
    "ok",
    "与上月一致",
    "9月新增2户",
    "9月",
    "本月审核通过2户",
    "每人补发3个月",
    "1-9月",
    "数据无异常",
    "医疗费未报销2人",
    "无变化",
    "经核对无误",
    "已入户核查",
    "已打卡发放",
    "通过一卡通发放",
    "户主死亡，家庭成员继续享受",
    "其中重残5人",
    "其中A类10人",
    "转特困2人",
    "5人转农村低保",
    "无特困人员",
    "新任民政专干王某",
    "2023年由镇改街道",
    "该街道辖8个社区",
    "补发上月新增2人",
    "每人每月600元",
    "年度复核已完成",
    "新增对象次月发放",
    "申请2户，批准1户",
    "累计新增10户",
    "2户正在公示",
    "审批中3户",
    "动态管理",
    "9月发放",
    "资金已拨付",
    "拟退出2户",
    "按季发放",
    "9月25日发放",
    "系统导出",
    "结余3000元",
]


@pytest.mark.parametrize("remark", OF_TABLE)
def test_a_remark_of_the_table_is_asked_of_the_figures_it_speaks_of(remark):
    assert _left_out(_below(remark))[0] == [OF_TABLE[remark]] * 2


@pytest.mark.parametrize("remark", OF_STREET)
def test_a_remark_of_a_street_is_asked_of_its_figures_alone(remark):
    (own, other), tidied = _left_out(_below(remark))
    assert (own, other) == (ALL, set())
    asked = next(one.value for one in tidied.findings if one.severity != "note")
    again = read(_below(remark), basis="", words={asked: "nothing"})
    assert len(again.observations) == 6 and asked in remark


@pytest.mark.parametrize("note", OF_ROW)
def test_a_note_in_a_row_is_asked_of_its_figures_alone(note):
    (own, other), tidied = _left_out(_beside(note))
    assert (own, other) == (ALL, set())
    assert any(one.severity != "note" and one.value in note for one in tidied.findings)


@pytest.mark.parametrize("note", OF_SOME)
def test_a_note_in_a_row_is_of_the_figures_that_it_may_change(note):
    (own, other), _ = _left_out(_beside(note))
    assert (own, other) == (OF_SOME[note], set())


@pytest.mark.parametrize("note", OF_HOMES)
def test_a_note_that_homes_are_not_open_is_asked(note):
    heads = ["街道", "机构数(家)", "床位数(张)", "备注"]
    rows = [heads, [STREET, 4, 50, note], [OTHER, 3, 40, None]]
    tidied = read([["长清区2024年9月养老机构情况统计表"], *rows])
    assert (len(tidied.observations) < 4) == OF_HOMES[note]


@pytest.mark.parametrize("note", AMOUNTS)
def test_the_amount_of_a_note_is_compared_with_the_figures_of_its_row(note):
    _, tidied = _taken(_beside(note))
    warned = [one for one in tidied.findings if one.severity == "warning"]
    assert [one.row for one in warned] == [3] * AMOUNTS[note]


def test_a_note_in_a_row_is_of_the_figures_that_it_names():
    assert _left_out(_beside("人数为户数"))[0] == [{PERSONS}, set()]
    assert _left_out(_beside("资金应为30500", "备注说明"))[0] == [{MONEY}, set()]


@pytest.mark.parametrize(
    ("remark", "is_kept"),
    [("文昌街道数据有误", False), ("上月数", False), ("人数不含三无人员", True)],
)
def test_what_is_wrong_once_is_asked_again(remark, is_kept):
    hints = Hints(words={remark: "nothing"})
    for rows in (_below(f"注：{remark}"), _beside(remark)):
        understood = recognise(sheet(rows), catalogue(), areas(), hints).understood
        assert (remark in understood.words) == is_kept


ESTIMATES = {  # how many of the six figures are provisional
    "注：本表数据均为估计数": 6,
    "注：资金为初步数": 2,
    "注：文昌街道估计数": 3,
    "估计数": 3,
    "暂估": 3,
    "初步统计": 3,
    "人数为估算数": 1,
    "estimate": 3,
    "注：数据不是估计数": -1,
}


@pytest.mark.parametrize("said", ESTIMATES)
def test_what_is_said_to_be_an_estimate_is_provisional(said):
    found = read(_below(said) if said.startswith("注") else _beside(said), basis="").observations
    marked = [one for one in found if one.status == FigureStatus.PROVISIONAL]
    assert len(marked) == ESTIMATES[said] or (not found and ESTIMATES[said] < 0)
    if said == "注：文昌街道估计数":
        assert {one.area for one in marked} == {"370113001"}


@pytest.mark.parametrize("remark", HARMLESS)
def test_a_harmless_remark_asks_nothing(remark):
    assert _left_out(_below(remark))[0] == [set(), set()]


@pytest.mark.parametrize("note", HARMLESS_NOTES)
def test_a_harmless_note_in_a_row_asks_nothing(note):
    assert _left_out(_beside(note))[0] == [set(), set()]


TIDY = {  # notes of tidy rows: whether a person must say more
    "上月数": True,
    "为户数": True,
    "含农村": True,
    "数据有误": True,
    "暂用上月数代替": True,
    "合并到崮云湖街道": True,
    "不含三无人员": True,
    "应为150": True,
    "新增2户": False,
    "据统计年鉴": False,
    "较上月减少3人": False,
    "城市低保": False,
    "单位为百人": True,
    "按人计，不按对计": False,
    "按户计": True,
    "为累计数": False,
    "资金/人数": True,
    "人数(?)": True,
    "8月": True,
    "第三季度": True,
    "2020-2024年": True,
    "1-9月": False,
    "9月": False,
    "无异常": False,
    "12个月累计": True,
}


def _tidy(note):
    heads = ["indicator", "area", "period", "value", "note"]
    return read([heads, [PERSONS, STREET, "2024-09", 50, note], [PERSONS, OTHER, "2024-09", 6, ""]])


@pytest.mark.parametrize("note", TIDY)
def test_a_note_of_a_tidy_row_is_judged_alike(note):
    tidied = _tidy(note)
    warned = [one for one in tidied.findings if one.severity == "warning"]
    assert [note in one.message.zh for one in warned] == [True] * TIDY[note]
    assert len(tidied.observations) == 2 and not tidied.refused


def test_an_estimate_of_a_tidy_row_is_marked():
    first, second = _tidy("估计数").observations
    assert first.status == FigureStatus.PROVISIONAL and second.status == FigureStatus.FINAL
    assert "估计数" in first.source.phrase


def test_a_remark_is_of_the_column_that_it_names():
    heads = ["街道", "7月", "8月", "9月"]
    rows = [["长清区2024年三季度城市低保人数统计表"], heads, [STREET, 34, 50, 51]]
    found = read([*rows, ["注：8月为估计数"]]).observations
    assert {str(one.period): one.status.value for one in found} == {
        "2024-07": "A",
        "2024-08": "P",
        "2024-09": "A",
    }
    indicators = [["指标", STREET, OTHER], ["户数", 34, 45], ["人数", 50, 60]]
    left, _ = _taken([[TITLE], *indicators, ["注：文昌街道人数为户数"]])
    codes = ("370113001", "370113002")
    every = {(name, code) for name in (HOUSEHOLDS, PERSONS) for code in codes}
    assert every - left == {(PERSONS, "370113001")}


def test_the_total_of_another_whole_is_asked_alone():
    rows = [*_below("")[:-1], ["合计", 79, 110, 70000], ["注：合计数为全市数"]]
    assert {area for _, area in _taken(rows)[0]} == {"370113001", "370113002"}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*.csv")), ids=lambda path: path.name)
def test_the_notes_of_published_figures_agree_with_them(path):
    for one in read_sheets(path.name, path.read_bytes()):
        recognition = recognise(one, catalogue(), areas(), Hints())
        tidied = tidy(one, recognition, catalogue(), areas())
        unclear = [f for f in tidied.findings if (f.severity, f.rule) == ("warning", "footnote")]
        assert not unclear and tidied.observations


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [
        ("注：“累计发放”自2021年4月1日政策实施之日起计算", True),
        ("注：累计数从2023年1月起", True),
        ("注：累计数自2024年1月1日起计算", False),
        ("注：补贴标准自2021年4月1日起执行", False),
    ],
)
def test_a_total_that_began_at_another_time_than_the_year_is_asked(note, is_asked):
    head = [["街道", "本月资金(元)", "累计资金(元)"], [STREET, 3000, 9000], [OTHER, 4000, 8000]]
    found, _ = _taken([["长清区2024年9月城市低保情况"], *head, [note]])
    names = {name for name, _ in found}
    assert "urban_dibao_spending_in_month" in names
    assert ("urban_dibao_spending" not in names) is is_asked
