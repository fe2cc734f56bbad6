"""A figure is never named or read as its opposite: raised and spent, added and left."""

import re

import pytest
from sheets import catalogue, read

from dashboard.catalogue.grid import IndicatorCell

GRID = catalogue().grid
STREET = "文昌街道"
RECEIPTS = [one for one in GRID.programmes.values() if one.is_receipt]
OPPOSITES = (
    ("筹集|销售|捐赠|接收|募集|(?<!低)(?<![、无])收入(?!人口)|征收", "支出|发放|支付|使用(?!率)"),
    ("新增|新成立|增加", "退出|注销|减少|停发|取消"),
    ("raised|sales|donations|received", "spending|spent|paid"),
    ("added|newly", r"\bleft\b(?!-)|closed"),
)


def names():
    for programme in GRID.programmes.values():
        for measure in GRID.measures_of(programme):
            cells = [IndicatorCell(programme.id, measure.id)]
            if GRID.is_flow(programme, measure):
                cells += [cells[0]._replace(in_month=True), cells[0]._replace(months=3)]
            values = GRID.values_of(programme, measure)
            cells += [cells[0]._replace(values=((one.dimension, one.id),)) for one in values]
            for cell in cells:
                yield catalogue().indicators[GRID.id_of(cell)].name


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_no_indicator_of_the_grid_is_named_as_two_opposites(one, other):
    texts = {text for name in names() for text in (name.zh, name.en.lower())}
    assert [text for text in texts if re.search(one, text) and re.search(other, text)] == []


def test_every_head_of_what_comes_in_is_a_receipt():
    comes_in = re.compile("筹集|销售|捐赠|募集|收入|征收")
    spending = (one for one in GRID.programmes.values() if one.kind == "spending")
    assert {one.id for one in spending if comes_in.search(one.name.zh)} == {
        one.id for one in RECEIPTS
    }


def test_money_raised_is_named_as_an_amount():
    name = GRID.indicator_of(IndicatorCell("lottery_fund", "money")).name
    assert name.zh == "筹集福利彩票公益金金额"
    assert name.en == "Welfare lottery funds raised: amount"


@pytest.mark.parametrize("title", ["筹集福利彩票公益金", "慈善捐赠", "福利彩票销售"])
@pytest.mark.parametrize("heading", ["支出(万元)", "使用资金(万元)", "发放资金(万元)"])
def test_money_spent_is_not_read_as_what_came_in(title, heading):
    rows = [[f"长清区2024年1-9月{title}情况"], ["街道", heading], [STREET, 7]]
    assert not read(rows).observations
