"""Tables in English: months, areas and totals are read; what is not understood is asked."""

from __future__ import annotations

import pytest
from sheets import areas, read, values

from dashboard.catalogue.english_periods import in_chinese
from dashboard.intake.forms.layout import FormRefused
from dashboard.intake.forms.stated_area import named_area

PERIODS = {
    "Urban beneficiaries, September 2026": "Urban beneficiaries, 2026年9月",
    "Sept. 2026": "2026年9月",
    "低保人数, Sept. 2026": "低保人数, 2026年9月",
    "2026 Sep": "2026年9月",
    "Jul": "7月",
    "July": "7月",
    "January–September 2026": "2026年1-9月",
    "Jul to Sep, 2026": "2026年7-9月",
    "Jul-Sep": "7-9月",
    "as of 30 September 2026": "as of 2026年9月30日",
    "September 30, 2026": "2026年9月30日",
    "Q3 2026": "2026年3季度",
    "Q1-Q3 2026": "2026年1-3季度",
    "Third quarter of 2026": "2026年3季度",
    "3rd quarter": "3季度",
    "First half of 2026": "2026年上半年",
    "Beneficiaries by street, 2026": "Beneficiaries by street2026年",
    "2026 beneficiaries": "2026年beneficiaries",
}


@pytest.mark.parametrize("text", PERIODS)
def test_an_english_period_is_written_as_in_chinese(text: str) -> None:
    assert in_chinese(text) == PERIODS[text]


@pytest.mark.parametrize(
    "text",
    ["may be late", "March Street", "7月 July", "2026年 Sept. 2026", "Households", "2024Q1-Q3"],
)
def test_what_is_no_period_stays(text: str) -> None:
    assert in_chinese(text) == text


@pytest.mark.parametrize(
    "name",
    [
        "Wenchang Subdistrict",
        "wenchang sub-district",
        "WenchangSubdistrict",
        "Wenchang Street",
        "Wenchang",
    ],
)
def test_a_street_is_known_by_its_english_names(name: str) -> None:
    assert [area.code for area in areas().find(name, "370113")] == ["370113001"]


def test_a_street_is_not_a_town_of_its_name() -> None:
    assert areas().find("Wenchang Town", "370113") == []


def test_an_english_title_names_its_district() -> None:
    area = named_area("Urban beneficiaries, Changqing District of Jinan City, 2026", areas())
    assert area is not None and area.code == "370113"
    assert named_area("Urban beneficiaries by street", areas()) is None


STREETS = ("Wenchang Subdistrict", "Guyunhu Street", "Ping\u2019an")
CODES = ("370113001", "370113002", "370113003")


def table(title: str, *headings: str, total: str = "Total") -> list[list[object]]:
    columns = range(len(headings))
    rows = [[s, *(100 * at + n for n in columns)] for at, s in enumerate(STREETS, 1)]
    return [[title], ["Street", *headings], *rows, [total, *(600 + 3 * n for n in columns)]]


@pytest.mark.parametrize("total", ["Total", "Grand total", "District Total", "TOTAL"])
def test_streets_months_and_the_total_are_read(total: str) -> None:
    rows = table("Beneficiaries, Changqing District, 2026", "Jul", "August", total=total)
    tidied = read(rows, words={"标题": "城市低保人数"})
    assert not tidied.refused, [one.message.zh for one in tidied.findings]
    figures = {(one.area, str(one.period)): one.value for one in tidied.observations}
    assert figures == {
        **{(code, "2026-07"): 100 * at for at, code in enumerate(CODES, 1)},
        **{(code, "2026-08"): 100 * at + 1 for at, code in enumerate(CODES, 1)},
        ("370113", "2026-07"): 600,
        ("370113", "2026-08"): 603,
    }


def test_a_subtotal_is_no_figure_of_the_district() -> None:
    rows = table("Beneficiaries, Changqing District, July 2026", "Persons", total="Sub-total")
    tidied = read(rows, words={"标题": "城市低保"})
    assert "370113" not in {one.area for one in tidied.observations}


def test_units_say_what_is_counted() -> None:
    rows = table("Beneficiaries, Changqing District, September 2026", "Households", "Persons")
    read_values = values(read(rows, words={"标题": "城市低保"}))
    assert read_values["urban_dibao_households", CODES[0]] == 100
    assert read_values["urban_dibao_persons", CODES[0]] == 101


def test_an_english_heading_that_may_narrow_is_asked() -> None:
    rows = table("Beneficiaries, Changqing District, September 2026", "Of which disabled")
    tidied = read(rows, words={"标题": "城市低保人数"})
    assert tidied.refused
    assert "ofwhichdisabled" in tidied.findings[0].message.zh.lower()


def test_an_english_title_that_says_no_programme_is_asked() -> None:
    tidied = read(table("Beneficiaries, Changqing District, September 2026", "Persons"))
    assert tidied.refused and not tidied.observations


def test_a_year_missing_behind_english_months_is_asked() -> None:
    with pytest.raises(FormRefused) as refused:
        read(table("城市低保人数", "Jul", "Aug"), area="370113")
    assert "only the year" in refused.value.findings[0].message.en
