"""Titles of published tables: what is read without a question, and which words are asked."""

import pytest
from sheets import areas, catalogue, read, sheet

from dashboard.intake.forms.layout import FormRefused, Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.title_cells import title_cells
from dashboard.intake.understanding.table import without_version

STREET, OTHER = "文昌街道", "崮云湖街道"
TIME = "长清区2026年10月"
PERSONS = [["街道", "户数", "人数"], [STREET, 70, 91], [OTHER, 50, 66]]
MONEY = [["街道", "人数", "金额(元)"], [STREET, 91, 45500], [OTHER, 66, 33000]]
COUPLES = [["街道", "登记对数"], [STREET, 21], [OTHER, 12]]

READ_PERSONS = [
    f"{TIME}城乡低保对象情况统计表",
    f"{TIME}城市低保基本情况一览表",
    f"{TIME}农村低保人数统计表",
    f"{TIME}底城市低保人数汇总表",
    f"{TIME}农村特困人员供养情况公示",
    f"{TIME}城市低保动态管理情况统计表",
    f"{TIME}最低生活保障对象名单公示汇总",
    f"{TIME}农村低保在册情况表",
    f"{TIME}城市低保户数、人数公开表",
    f"{TIME}孤儿基本生活保障情况统计",
    f"附件1 {TIME}农村低保情况统计表",
    f"关于公布{TIME}城市低保情况的通知",
    f"长清区民政局{TIME}城市低保情况的公示(长民示〔2026〕3号)",
    f"关于{TIME}城市低保情况的函 长民函〔2026〕12号",
    f"转发长民发〔2025〕9号 {TIME}城市低保情况表",
    f"关于{TIME}城市低保情况的通报(总第118期)",
    "长清区民政局关于2026年10月城乡低保情况的公告",
    "2026年10月长清区各街道低保人数统计表",
    f"{TIME}社会救助信息公开——城市低保情况表",
    f"{TIME}城市低保分街道统计表",
    f"截至{TIME}底农村低保人员情况表",
    f"{TIME}份城市低保月报表",
    f"{TIME}困难残疾人生活补贴享受情况统计表",
    f"{TIME}城市低保情况简表",
]
READ_MONEY = [
    f"{TIME}城乡低保资金发放情况公示表",
    f"{TIME}农村低保金发放汇总表",
    f"{TIME}城市低保资金支出情况表",
    f"{TIME}份农村特困供养金社会化发放统计表",
    f"{TIME}孤儿基本生活费发放表",
    f"{TIME}困难残疾人生活补贴资金发放公示",
    f"{TIME}临时救助资金发放明细表",
    f"长清区民政局{TIME}高龄津贴发放情况公示表",
]
READ_COUPLES = [
    f"{TIME}结婚登记情况统计表",
    f"{TIME}份婚姻登记处结婚登记业务办理情况表",
]

ASKED_PERSONS = (
    [
        (f"{TIME}城市低保人数{what}", word)
        for what, word in [
            ("同比增减情况表", "同比增减"),
            ("变化情况表", "变化"),
            ("增长情况表", "增长"),
            ("增幅统计表", "增幅"),
            ("占比情况表", "占比"),
            ("所占比重统计表", "比重"),
            ("比例统计表", "比例"),
            ("排名情况表", "排名"),
            ("环比情况", "环比"),
            ("较上月变动情况表", "较上月"),
            ("与上年同期对比表", "上年同期"),
            ("预测表", "预测"),
            ("预计情况表", "预计"),
            ("测算表", "测算"),
            ("模拟数据", "模拟"),
            ("抽查情况表", "抽查"),
            ("问卷统计表", "问卷"),
            ("差额统计表", "差额"),
            ("(上月数)", "上月"),
            ("(上年同期)", "上年同期"),
            ("(滚动12个月)", "滚动"),
            ("月均情况表", "月均"),
            ("日均情况表", "日均"),
            ("人均情况表", "人均"),
            ("平均情况表", "平均"),
            ("近三年情况表", "近三年"),
            ("历年累计情况表", "历年"),
        ]
    ]
    + [
        (f"{TIME}城市低保{what}", word)
        for what, word in [
            ("申请情况统计表", "申请"),
            ("待审批情况统计表", "待审批"),
            ("复核不合格情况表", "不合格"),
            ("复核情况表", "复核"),
            ("入户调查情况表", "调查"),
            ("预约登记情况表", "预约"),
            ("投诉情况表", "投诉"),
            ("信访情况表", "信访"),
            ("拟新增对象公示表", "拟"),
            ("拟纳入对象公示表", "拟"),
            ("计划新增情况表", "计划"),
            ("排查情况表", "排查"),
            ("摸底情况表", "摸底"),
            ("走访慰问情况表", "走访"),
            ("不予批准情况表", "不予"),
            ("缺口情况表", "缺口"),
            ("模拟测算情况表", "模拟"),
            ("待发放情况表", "待"),
            ("未发放情况表", "未"),
        ]
    ]
    + [
        (f"自2019年起累计城市低保情况表({TIME})", "自2019年起"),
        (f"{TIME}城市低保情况表(截止去年底)", "去年底"),
        (f"{TIME}城市低保上年同期情况(2026年1-9月)", "上年同期"),
        (f"{TIME}上年末城市低保情况表", "上年末"),
        (f"{TIME}上月城市低保情况表", "上月"),
    ]
)
ASKED_MONEY = [
    (f"{TIME}城市低保资金{what}", word)
    for what, word in [
        ("同比增减情况表", "同比"),
        ("增长情况表", "增长"),
        ("占比情况表", "占比"),
        ("测算表", "测算"),
        ("月均发放情况表", "月均"),
        ("人均发放情况表", "人均"),
        ("缺口情况表", "缺口"),
        ("待发放情况表", "待"),
        ("应发放情况表", "应"),
        ("追回情况表", "追回"),
        ("退回情况表", "退回"),
        ("发放情况表(上月数)", "上月"),
        ("发放失败情况表", "失败"),
        ("历年累计发放情况表", "历年"),
    ]
]
ASKED_COUPLES = [
    (f"{TIME}结婚登记{what}", word)
    for what, word in [
        ("预约情况表", "预约"),
        ("预约登记情况表", "预约"),
        ("咨询情况表", "咨询"),
        ("同比情况表", "同比"),
        ("日均情况表", "日均"),
        ("情况表(上年同期)", "上年同期"),
    ]
]
ENGLISH_READ = [
    "Changqing 2026-10 urban dibao persons",
    "Urban dibao: persons by street, October 2026",
    "Registration of minimum living allowance by street, October 2026",
    "Statistics of urban subsistence allowance in Changqing District, Oct 2026",
]
ENGLISH_ASKED = [
    f"Urban dibao {what}, October 2026"
    for what in (
        "forecast",
        "change on year",
        "year-on-year change",
        "share",
        "ranking",
        "applications",
        "average per month",
        "(previous month)",
        "growth",
        "estimate",
        "complaints",
        "planned",
        "backlog",
        "coverage",
        "cumulative",
        "only women",
        "excluding Wenchang",
        "exits",
    )
]


NAMED = {
    "persons": [["街道", "城市低保户数", "城市低保人数"], [STREET, 70, 91], [OTHER, 50, 66]],
    "money": [
        ["街道", "城市低保人数", "城市低保资金(元)"],
        [STREET, 91, 45500],
        [OTHER, 66, 33000],
    ],
    "couples": [["街道", "结婚登记对数"], [STREET, 21], [OTHER, 12]],
}
SUBJECTS = ("城市低保人数", "城市低保资金", "城市低保", "结婚登记")
ASKED = [
    *((title, word, PERSONS, "persons") for title, word in ASKED_PERSONS),
    *((title, word, MONEY, "money") for title, word in ASKED_MONEY),
    *((title, word, COUPLES, "couples") for title, word in ASKED_COUPLES),
]


def table(title, rows, **said):
    return read([[title], *rows], area="370113", basis="in_month", **said)


def messages(title, rows, **said):
    """What keeps a table from being stored; empty where it is."""
    try:
        tidied = table(title, rows, **said)
    except FormRefused as refused:
        return [one.message for one in refused.findings]
    return [one.message for one in tidied.findings if tidied.refused]


def without_subject(title):
    for subject in SUBJECTS:
        title = title.replace(subject, "")
    return title


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        *((title, PERSONS) for title in READ_PERSONS),
        *((title, MONEY) for title in READ_MONEY),
        *((title, COUPLES) for title in READ_COUPLES),
        *((title, NAMED["persons"]) for title in ENGLISH_READ),
    ],
)
def test_a_published_title_is_read_without_a_question(title, rows):
    assert not messages(title, rows)


@pytest.mark.parametrize(("title", "word", "rows", "named"), ASKED)
def test_a_title_of_other_figures_is_asked_and_names_the_word(title, word, rows, named):
    """However its columns are named: 人数, 城市低保人数, also below a title without a subject."""
    for above, below in (
        (title, rows),
        (title, NAMED[named]),
        (without_subject(title), NAMED[named]),
    ):
        said = messages(above, below)
        assert said, above
    assert any(word in one.zh for one in messages(title, rows))


@pytest.mark.parametrize("what", ["排名", "预测", "同比增减", "申请", "上年同期"])
@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "计量单位", "数量"], ["城市低保人数", "人", 91], ["结婚登记对数", "对", 5]],
        [["指标", STREET, OTHER], ["城市低保人数", 91, 66], ["结婚登记对数", 5, 4]],
        [["街道", "2024年", "2025年"], [STREET, 91, 66], [OTHER, 50, 40]],
    ],
)
def test_a_title_of_other_figures_is_asked_in_every_layout(rows, what):
    subject = "城市低保人数" if rows[0][0] == "街道" else "民政"
    assert messages(f"{TIME}{subject}{what}情况表", rows)
    assert not messages(f"{TIME}{subject}情况表", rows)


@pytest.mark.parametrize("title", ENGLISH_ASKED)
def test_an_english_title_of_other_figures_is_asked(title):
    assert messages(title, NAMED["persons"])


@pytest.mark.parametrize(
    ("what", "word", "answer"),
    [("排名情况表", "排名", "无"), ("上年末情况表", "上年末", "无"), ("预约情况表", "预约", "无")],
)
def test_a_word_of_a_title_is_answered_once_as_a_word(what, word, answer):
    title = f"{TIME}城市低保人数{what}"
    assert any(f"“{word}”" in one.zh for one in messages(title, NAMED["persons"]))
    assert not messages(title, NAMED["persons"], words={word: answer})


def test_a_word_of_an_english_title_is_answered_once():
    title = "Urban dibao backlog, October 2026"
    assert not messages(title, NAMED["persons"], words={"backlog": "nothing"})
    bilingual = [["Urban dibao backlog"], *NAMED["persons"]]
    assert not messages(f"{TIME}城市低保情况表", bilingual), "English only says the same again"


def test_a_word_of_a_title_leaves_out_what_it_is_of():
    tidied = table(f"{TIME}城市低保人数排名情况表", NAMED["persons"], words={"排名": ""})
    assert not tidied.observations


@pytest.mark.parametrize(
    ("what", "headings", "read_of"),
    [
        ("同比情况表", ["街道", "城市低保人数", "同比增减"], 1),
        ("及占比情况表", ["街道", "城市低保人数", "占比(%)"], 1),
        ("增减变动情况表", ["街道", "城市低保人数", "新增人数"], 2),
        ("及人均补助水平情况表", ["街道", "城市低保人数", "人均补助水平(元/月)"], 2),
    ],
)
def test_a_title_says_nothing_of_other_columns_where_one_is_what_it_says(what, headings, read_of):
    tidied = table(f"{TIME}城市低保人数{what}", [headings, [STREET, 91, 300]])
    assert not tidied.refused, [one.message.zh for one in tidied.findings]
    assert len(tidied.observations) == read_of


def test_a_bare_column_beside_applications_may_be_of_them_too():
    rows = [["街道", "申请户数", "城市低保人数"], [STREET, 7, 91]]
    said = messages(f"{TIME}城市低保申请情况统计表", rows)
    assert any("“申请情况”" in one.zh for one in said)


@pytest.mark.parametrize(
    ("unit", "headings", "is_asked"),
    [
        ("户", ["街道", "人数"], True),
        ("户", ["街道", "城市低保人数"], True),
        ("元", ["街道", "人数"], True),
        ("人", ["街道", "户数"], True),
        ("个", ["街道", "人数"], False),
        ("人", ["街道", "户数", "人数"], False),
        ("户", ["街道", "城市低保"], False),
    ],
)
def test_a_unit_in_which_nothing_of_the_table_is_counted_is_asked(unit, headings, is_asked):
    rows = [headings, [STREET, 5, 6][: len(headings)]]
    for above in (
        [[f"{TIME}城市低保情况表（单位：{unit}）"]],
        [[f"{TIME}城市低保情况表"], [f"单位：{unit}"]],
    ):
        tidied = read([*above, *rows], area="370113")
        assert tidied.refused == is_asked, [one.message.zh for one in tidied.findings]


@pytest.mark.parametrize("beside", ["上年同期人数", "同比增减(%)"])
def test_a_comparison_beside_does_not_say_who_came_or_left(beside):
    rows = [["街道", "户数", "人数", beside], [STREET, 70, 91, 88], [OTHER, 50, 66, 60]]
    assert messages(f"{TIME}城市低保对象变动情况统计表", rows)
    assert not messages(f"{TIME}城市低保对象情况统计表", rows)


BESIDE = [
    "长民发[2026]5号",
    "(长民字〔2026〕第12号)",
    "长政办函(2026)3号",
    "文号:长民函〔2026〕12号",
    "填报单位(公章):长清区民政局",
    "制表部门:救助科",
    "编制单位:长清区民政局社会救助科",
    "制表人:张某",
    "审核人:李某",
    "公示期限:2026年11月1日至11月7日",
    "报送时间:2026年11月",
    "监督举报电话:0531-2612345",
    "受理部门:社会救助科",
    "(第10期)",
    "总第118期",
    "(2026年第9期)",
    "2026年第9号",
    "(盖章)",
    "单位名称:长清区民政局",
    "填报:社会救助科",
]


@pytest.mark.parametrize("line", BESIDE)
@pytest.mark.parametrize("above", [True, False])
def test_numbers_and_offices_beside_a_title_say_nothing_of_its_figures(line, above):
    title = f"{TIME}城市低保情况统计表"
    lines = [[line], [title]] if above else [[title], [line]]
    tidied = read([*lines, *PERSONS])
    assert not [one.message.zh for one in tidied.findings if one.severity in ("error", "warning")]
    assert {(one.indicator, str(one.period)) for one in tidied.observations} == {
        ("urban_dibao_households", "2026-10"),
        ("urban_dibao_persons", "2026-10"),
    }


@pytest.mark.parametrize(
    "office", ["单位名称:长清区民政局", "填报:社会救助科", "长清区民政局", "长清区救助管理站"]
)
@pytest.mark.parametrize("day", ["2026年11月4日填", "2026.11.6", "2026-11-04"])
def test_an_office_and_a_day_beside_each_other_are_no_headings(office, day):
    rows = [[f"{TIME}城市低保情况统计表"], [office, None, day], *PERSONS]
    tidied = read(rows, basis="")
    assert not tidied.refused and not messages(rows[0][0], rows[1:])
    assert {str(one.period) for one in tidied.observations} == {"2026-10"}


def test_a_notice_says_by_what_it_is_given_and_asks_nothing_of_it():
    notice = "根据长政办发〔2022〕19号文件规定，现将我区2026年10月城市低保情况公示如下："
    assert not messages(notice, PERSONS)
    assert messages(notice.replace("城市低保", "拟纳入城市低保"), PERSONS)
    assert not messages(notice.replace("公示如下：", "予以公示，公示期7天。"), PERSONS)


def test_the_number_of_a_bulletin_alone_is_no_month():
    with pytest.raises(FormRefused):
        read([["长清区城市低保情况统计表(2026年第10期)"], *PERSONS])


def test_a_batch_of_a_payment_is_not_all_of_it():
    with pytest.raises(FormRefused) as refused:
        read([[f"{TIME}城市低保资金发放表(第二批)"], *MONEY])
    assert "unknown_indicator" in {one.rule for one in refused.value.findings}


@pytest.mark.parametrize("title", ["关于2026年10月全区婚姻登记数据的通报", "关于全市婚姻登记情况"])
def test_what_a_notice_is_about_is_no_name_of_an_area(title):
    rows = [[title], ["2026年10月"], ["街道", "结婚登记(对)"], [STREET, 21], ["合计", 21]]
    assert len(read(rows).observations) == 2


@pytest.mark.parametrize(
    "preamble",
    [
        "根据《社会救助暂行办法》规定,现将我区2026年10月城市低保情况公示如下:",
        "按照2024年12月印发的文件要求,现将发放情况公布如下:",
        "为切实保障困难群众基本生活,现将2026年10月城市低保情况予以公示,如有异议,请于公示期内反映。",
        "根据长民发〔2021〕43号文件精神,现公示如下:",
    ],
)
def test_the_grounds_of_a_notice_say_nothing_of_its_figures(preamble):
    tidied = read([[f"{TIME}城市低保情况公示"], [preamble], *PERSONS])
    assert not [one.message.zh for one in tidied.findings if one.severity in ("error", "warning")]
    assert {(one.indicator, str(one.period)) for one in tidied.observations} == {
        ("urban_dibao_households", "2026-10"),
        ("urban_dibao_persons", "2026-10"),
    }


def test_what_a_notice_counts_is_read_behind_its_grounds():
    preamble = "根据《社会救助暂行办法》规定,现将2026年10月新增城市低保对象公示如下:"
    tidied = read([["长清区民政局公示"], [preamble], *PERSONS], basis="in_month")
    assert {one.indicator for one in tidied.observations} == {
        "urban_dibao__added_households__in_month",
        "urban_dibao_persons_added",
    }


@pytest.mark.parametrize(
    "aside",
    [
        "拟新增城市低保对象,现将2026年10月城市低保情况公示如下:",
        "经审核不符合条件,现将2026年10月城市低保情况公示如下:",
        "根据上年同期数据,2026年10月城市低保情况如下:",
        "按照户籍人口测算,现将2026年10月城市低保情况公示如下:",
        "2026年10月城市低保情况公示,如有疑问以9月数据为准",
        "各街道拟新增对象:",
        "各街道上年同期数:",
        "审核不合格人员:",
        "联系人:张三 统计口径:拟新增",
    ],
)
def test_what_is_said_beside_a_subject_is_asked_where_it_may_change_the_figures(aside):
    assert messages(f"{TIME}城市低保情况表", [[aside], *PERSONS])


def test_what_is_still_being_built_is_not_there():
    title = f"{TIME}养老机构在建设情况表"
    assert messages(title, [["街道", "机构数"], [STREET, 7], [OTHER, 5]])


@pytest.mark.parametrize(
    "name",
    [
        "低保_10月_改2",
        "低保10月(1)",
        "低保10月-修订版",
        "低保 最终版",
        "农村低保 final v2",
        "低保_副本(2)",
        "低保上报稿",
    ],
)
def test_what_tells_a_file_from_an_earlier_one_is_no_word_of_a_title(name):
    one = sheet([[f"{TIME}农村低保情况统计表"], *PERSONS])
    found = recognise(one, catalogue(), areas(), Hints(basis="in_month", file=name))
    assert found.understood.is_complete
    asked = recognise(one, catalogue(), areas(), Hints(basis="in_month", file=f"拟新增{name}"))
    assert not asked.understood.is_complete


def test_a_supplement_is_no_version_of_a_table():
    assert without_version("城市低保补充") == "城市低保补充"
    assert without_version("临时救助第二次") == "临时救助第二次"
    assert without_version("城市低保补充稿") == "城市低保"


def test_what_is_said_of_a_title_is_of_the_figures_that_name_nothing_themselves():
    rows = [["指标", "单位", "2024年", "2025年"], ["结婚登记", "对", 700, 680]]
    rows += [["孤儿", "人", 24, 21], ["床位", "张", 3000, 3100]]
    tidied = read([["长清区民政事业主要指标"], *rows], words={"标题": "养老机构"})
    found = {(one.indicator, str(one.period)): one.value for one in tidied.observations}
    assert found["elderly_beds", "2025-12"] == 3100
    assert found["marriages", "2025-12"] == 680 and found["orphans", "2024-12"] == 24


def test_a_total_below_a_title_of_each_month_counts_since_january():
    rows = [[f"{TIME[:8]}各月临时救助人次"], ["街道", "1月", "2月", "3月", "合计"]]
    tidied = read([*rows, [STREET, 5, 6, 7, 18], [OTHER, 4, 4, 8, 16]], basis="")
    totals = {one.value for one in tidied.observations if str(one.period) == "2026-03"}
    assert not tidied.refused and totals == {7, 18, 8, 16}


def test_a_text_above_a_table_is_not_read_beyond_what_any_notice_has():
    one = sheet([["根据" * 20_000, None, "累计自2021年" * 5_000], *PERSONS])
    assert max(len(cell.text) for cell in title_cells(one, 1)) == 1500
    assert messages("根据" * 16_000 + "2026年10月城市低保情况", PERSONS)  # asked, at once
