"""Meals for the elderly are a service: its meals and money are not those of the points alone."""

from sheets import read

STREET = "文昌街道"


def found(*rows, **said):
    """Values by indicator of a table without errors."""
    tidied = read(list(rows), **said)
    assert not tidied.refused, [one.message.zh for one in tidied.findings]
    return {one.indicator: one.value for one in tidied.observations}


def test_meals_and_money_below_the_services_title_are_the_services():
    title = ["长清区2024年1—9月老年助餐服务情况统计表"]
    head = ["街道", "老年食堂(个)", "老年助餐点(个)", "就餐人次", "就餐人次", "发放助餐补贴(万元)"]
    below = [None, None, None, "1—9月累计", "其中:9月份", None]
    assert found(title, head, below, [STREET, 2, 4, 900, 100, 3]) == {
        "elderly_canteens__organisations": 2,
        "meal_points": 4,
        "elderly_meals__person_times": 900,
        "elderly_meals__person_times__in_month": 100,
        "elderly_meals__money": 30000,
    }


def test_meals_of_the_points_are_theirs():
    rows = [["长清区2024年1—9月助餐点情况"], ["街道", "就餐人次"], [STREET, 900]]
    assert found(*rows) == {"meal_points__service_times": 900}


def test_the_service_answers_for_a_title():
    rows = [["长清区2024年1—9月统计表"], ["街道", "就餐人次"], [STREET, 900]]
    assert found(*rows, words={"标题": "老年助餐"}) == {"elderly_meals__person_times": 900}
