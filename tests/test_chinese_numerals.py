"""Chinese numerals of counts: read whole, and in bounded time however long they are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from work import calls_made

from dashboard.intake.drafts.check import check_draft
from dashboard.intake.drafts.reading import pasted_draft
from dashboard.intake.forms.chinese_numerals import chinese_number, chinese_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三万零五百", 30_500),
        ("一亿二千万", 120_000_000),
        ("一万亿", 1_000_000_000_000),
        ("九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九", 9_999_999_999_999_999),
        ("三百五", None),
        ("一百万二十万", None),
        ("一亿二亿", None),
        ("一百二十三万" * 600, None),
    ],
)
def test_a_numeral_is_read_whole_or_not_at_all(text, value):
    assert chinese_value(text) == value
    assert chinese_number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("one", ["一百二十三万", "亿", "千", "零点五"])
def test_the_time_taken_is_bounded(one):
    short, long = (calls_made(lambda n=n: chinese_number(one * n)) for n in (100, 1000))
    assert long <= short + 5


def test_a_draft_with_a_very_long_numeral_is_checked():
    text = "2024年上半年，全区发放低保金" + "一百二十三万" * 600 + "元，办理结婚登记1580对。"
    checked = check_draft(pasted_draft("draft", text))
    assert checked is not None
