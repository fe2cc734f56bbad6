"""Tables in plain text are read by cells, and what the text says is compared with them."""

import pytest

from dashboard.intake.drafts.check import check_draft
from dashboard.intake.drafts.reading import pasted_draft, read_draft

HEAD = "安河县民政局2025年工作总结\n"
TABLE = """\
年份{0}低保人数（人）{0}低保金（万元）
2024年{0}8503{0}3562.1
2025年{0}8216{0}{1}
合计{0}—{0}7260.8
"""
TOWNS = "镇名 | 养老床位（张）\n城关镇 | 684\n东郊镇 | 712\n合计 | 1396\n"


def raised(text):
    return [
        finding.message.zh for finding in check_draft(pasted_draft("draft", HEAD + text)).findings
    ]


@pytest.mark.parametrize("stroke", ["\t", " | ", "|", "｜"])
def test_a_total_of_a_table_in_plain_text_is_checked(stroke):
    assert not raised(TABLE.format(stroke, "3698.7"))
    (said,) = raised(TABLE.format(stroke, "3798.7"))
    assert "3562.1 + 3798.7 = 7360.8，合计写 7260.8" in said


def test_a_table_in_a_text_file_with_strokes_around_it_is_read_by_cells():
    text = "| 镇 | 床位 |\n|---|---|\n| 甲镇 | 20 |\n| 乙镇 | 30 |\n| 合计 | 60 |\n"
    draft = read_draft("a.txt", text.encode())
    assert [passage.text for passage in draft.passages][-2:] == ["合计", "60"]
    assert {passage.kind for passage in draft.passages} == {"cell"}
    assert len(check_draft(draft).findings) == 1


def test_what_a_page_prints_above_a_report_is_no_table():
    text = "索 引 号: | 11/2022 | 分类: | 其他 |\n发布机构: | 民政局 | 公开日期: | 2022-07-20 |\n"
    assert all(passage.kind == "paragraph" for passage in pasted_draft("draft", text).passages)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2025年，全县城乡低保对象8216人。", 0),
        ("2025年，全县城乡低保对象8126人。", 1),
        ("2025年，全县城市低保对象1126人。", 0),
        ("2024年，全县低保对象8503人。", 0),
    ],
)
def test_what_the_text_says_of_a_year_is_compared_with_its_cell(text, count):
    said = raised(TABLE.format(" | ", "3698.7") + text)
    assert len(said) == count
    assert all("表中为 8216" in one for one in said)


@pytest.mark.parametrize(("street", "beds", "count"), [("城关镇", 684, 1), ("东郊镇", 712, 0)])
def test_the_first_of_all_streets_has_the_most_in_the_table(street, beds, count):
    said = raised(TOWNS + f"各镇养老床位中，{street}最多，达到{beds}张。")
    assert len(said) == count
    assert all("最大的是 712" in one for one in said)
