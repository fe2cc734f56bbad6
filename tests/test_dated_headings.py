"""A heading that names its month with what is counted: 7月低保人数, 低保人数(7月)."""

from __future__ import annotations

import pytest
from sheets import read

from dashboard.intake.forms.layout import FormRefused
from dashboard.intake.understanding.dated_headings import split_part

SPLIT = {
    "7月低保人数": ("低保人数", "7月"),
    "低保人数(7月)": ("低保人数", "7月"),
    "低保人数（10月）": ("低保人数", "10月"),
    "7月 低保人数": ("低保人数", "7月"),
    "7月末低保人数": ("低保人数", "7月末"),
    "1季度低保人数": ("低保人数", "1季度"),
    "上半年救助人次": ("救助人次", "上半年"),
    "十一月低保人数": ("低保人数", "十一月"),
    "9月累计": ("累计", "9月"),
    "1-9月低保人数": ("低保人数", "1-9月"),
}


@pytest.mark.parametrize("text", SPLIT)
def test_month_and_indicator_are_taken_apart(text: str) -> None:
    assert split_part(text) == SPLIT[text]


@pytest.mark.parametrize(
    "text",
    [
        "2026年7月低保人数",
        "低保人数",
        "7月",
        "3月以上",
        "9月比8月增减",
        "其中:9月份",
        "其中9月",
        "其中(9月)",
    ],
)
def test_what_is_another_time_stays_whole(text: str) -> None:
    assert split_part(text) is None


def table(*headings: str) -> list[list[object]]:
    streets = ("文昌街道", "崮云湖街道", "平安街道")
    rows = [
        [street, *(100 * at + n for n in range(len(headings)))]
        for at, street in enumerate(streets, 1)
    ]
    return [["长清区"], ["街道", *headings], *rows]


@pytest.mark.parametrize("period", ["2024-09", "2024"])
@pytest.mark.parametrize(
    "heading", ["{}月低保人数", "低保人数({}月)", "{}月 低保人数", "{}月末低保人数"]
)
def test_months_in_headings_take_the_year_that_is_stated(heading: str, period: str) -> None:
    tidied = read(table(*(heading.format(month) for month in (7, 8, 9))), period=period)
    assert not tidied.refused, [one.message.zh for one in tidied.findings]
    assert {str(one.period) for one in tidied.observations} == {"2024-07", "2024-08", "2024-09"}
    assert len(tidied.observations) == 9


def test_one_month_in_a_heading_is_that_month() -> None:
    tidied = read(table("7月低保人数"), period="2024-09")
    assert {str(one.period) for one in tidied.observations} == {"2024-07"}


def test_where_only_the_year_is_missing_it_is_asked() -> None:
    with pytest.raises(FormRefused) as refused:
        read(table("7月低保人数", "8月低保人数", "9月低保人数"))
    (finding,) = refused.value.findings
    assert "只缺年份" in finding.message.zh and "only the year" in finding.message.en
    assert refused.value.head is not None and "layout" in refused.value.head.evidence
