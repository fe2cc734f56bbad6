"""The demo district's workbooks, read back as a bureau's colleague would see them."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dashboard.cli.demo.workbooks import write_samples

pytestmark = pytest.mark.slow

DEMO_LINE = "演示数据,非真实数据 / demo figures, not real"
SILENT, SILENT_MONTHS = "柳林镇", {(2023, 3), (2023, 4)}
MISPRINT = (2026, 8), "清溪镇", "社区养老床位数"
COMPONENTS = {
    "乡级行政区划": ["镇", "乡", "街道"],
    "民政事业费累计支出": [
        "社会福利",
        "社会救助",
        "民政管理事务支出",
        "行政事业单位养老支出",
        "其他民政支出",
    ],
    "社会救助": [
        "最低生活保障",
        "特困人员救助供养支出",
        "临时救助支出",
        "流浪乞讨人员救助支出",
        "其他社会救助支出",
    ],
    "最低生活保障": ["城市低保累计支出", "农村低保累计支出"],
    "城市低保累计支出": ["城市低保金", "城市低保临时补贴"],
    "农村低保累计支出": ["农村低保金", "农村低保临时补贴"],
    "城乡低保人数": ["城市低保人数", "农村低保人数"],
    "城乡低保户数": ["城市低保户数", "农村低保户数"],
    "特困人员救助供养人数": ["城市特困人员救助供养人数", "农村特困人员救助供养人数"],
    "社会组织总数": ["社会团体数", "民办非企业单位数", "基金会数"],
    "结婚登记对数": ["内地居民结婚登记对数", "涉外及港澳台居民结婚登记对数"],
    "孤儿数": ["集中养育孤儿数", "社会散居孤儿数"],
    "社区综合服务设施数": ["社区服务中心数", "社区服务站数"],
}
# What the official form calls otherwise than the street table.
PRINTED_NAMES = {
    "社会救助支出": "社会救助",
    "最低生活保障支出": "最低生活保障",
    "城市低保支出": "城市低保累计支出",
    "农村低保支出": "农村低保累计支出",
}

Cells = list[list[object]]


def sheets_of(file: Path) -> dict[int, Cells]:
    book = CalamineWorkbook.from_path(file)
    names = book.sheet_names
    return {int(n[:-1]): book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in names}


def bare(name: str) -> str:
    """A form's name without its numbering; the street table's without the unit in brackets."""
    for mark in ("其中:", "I ", "II ", "A ", "B "):
        name = name.removeprefix(mark)
    if name[0] == "(":
        name = name.split(")", 1)[1]
    return name.split(".", 1)[1] if name[1:2] == "." else name


def form_figures(cells: Cells) -> dict[str, float]:
    """The district's figures by name, money back in whole yuan."""
    figures = {}
    for name, _, unit, value in cells[8:]:
        if value != "":
            yuan = float(value) * 10_000
            assert unit != "万元" or yuan == pytest.approx(round(yuan), abs=1e-4)
            figures[bare(str(name))] = round(yuan) if unit == "万元" else value
    return figures


def street_figures(cells: Cells) -> dict[str, dict[str, object]]:
    """Figures by street and heading."""
    headings = [str(heading).split("(")[0] for heading in cells[4][1:]]
    return {str(row[0]): dict(zip(headings, row[1:], strict=True)) for row in cells[5:]}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def sheets(files: list[Path]) -> dict[str, dict[int, Cells]]:
    return {file.stem: sheets_of(file) for file in files if file.suffix == ".xlsx"}


@pytest.fixture(scope="module")
def forms(sheets: dict[str, dict[int, Cells]]) -> dict[tuple[int, int], dict[str, float]]:
    found = {}
    for title, months in sheets.items():
        if "月报" in title:
            year = int(title[-4:])
            found |= {(year, month): form_figures(cells) for month, cells in months.items()}
    return found


@pytest.fixture(scope="module")
def streets(
    sheets: dict[str, dict[int, Cells]],
) -> dict[tuple[int, int], dict[str, dict[str, object]]]:
    found = {}
    for title, months in sheets.items():
        if "街道民政指标" in title:
            year = int(title[-4:])
            found |= {(year, month): street_figures(cells) for month, cells in months.items()}
    return found


def test_every_month_from_january_2018_to_october_2026_is_handed_in_twice(forms, streets):
    expected = [(y, m) for y in range(2018, 2027) for m in range(1, 13) if (y, m) <= (2026, 10)]
    assert list(forms) == expected
    assert list(streets) == expected


def test_the_same_seed_writes_the_same_bytes_and_another_seed_other_figures(files, tmp_path):
    again = write_samples(tmp_path / "again")
    assert [file.name for file in again] == [file.name for file in files]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(again, files, strict=True))
    other = write_samples(tmp_path / "other", seed=7)
    assert sheets_of(other[0])[5] != sheets_of(files[0])[5]


def test_every_sheet_says_that_its_figures_are_not_real(sheets):
    assert all(cells[1][0] == DEMO_LINE for book in sheets.values() for cells in book.values())


def test_only_the_last_month_is_marked_provisional(sheets):
    marked = {
        (title, month)
        for title, book in sheets.items()
        for month, cells in book.items()
        if "(初步)" in str(cells[0][0])
    }
    assert marked == {("示例区_民政统计月报_2026", 10), ("示例区_街道民政指标_2026", 10)}


def test_components_make_up_their_total_in_every_month(forms):
    for month, figures in forms.items():
        for total, parts in COMPONENTS.items():
            assert sum(figures[part] for part in parts) == figures[total], (month, total)


def test_of_which_figures_never_exceed_their_total(forms):
    pairs = [
        ("护理型床位数", "养老机构床位数"),
        ("养老机构服务人数", "养老机构床位数"),
        ("有养老服务设施的社区数", "社区数"),
        ("失能特困人员数", "特困人员救助供养人数"),
        ("集中供养失能特困人员数", "失能特困人员数"),
        ("节地生态安葬数", "安葬数"),
        ("跨区域婚姻登记对数", "结婚登记对数"),
        ("3A级以上社会组织数", "社会组织总数"),
    ]
    for month, figures in forms.items():
        assert all(figures[part] <= figures[total] for part, total in pairs), month


def test_figures_since_january_never_fall_within_a_year_and_start_again_in_january(forms):
    for name in ("结婚登记对数", "社会救助", "火化遗体数", "福利彩票销售额", "离婚登记对数"):
        for (year, month), figures in forms.items():
            if month > 1:
                assert figures[name] >= forms[year, month - 1][name], (year, month, name)
            elif year > 2018:
                assert figures[name] < forms[year - 1, 12][name] / 3, (year, name)


def test_the_district_is_the_sum_of_its_streets_except_where_a_street_is_missing_or_misprinted(
    forms, streets
):
    compared, apart = 0, set()
    for month, table in streets.items():
        headings = next(iter(table.values()))
        for heading in headings:
            reported = [row[heading] for row in table.values() if row[heading] != "未报"]
            compared += 1
            if sum(reported) != forms[month][PRINTED_NAMES.get(heading, heading)]:
                apart.add((month, heading if month not in SILENT_MONTHS else ""))
    assert compared > 106 * 60
    assert apart == {(month, "") for month in SILENT_MONTHS} | {(MISPRINT[0], MISPRINT[2])}


def test_the_street_that_did_not_report_says_so_in_every_cell(streets):
    for month, table in streets.items():
        silent = {street for street, row in table.items() if "未报" in row.values()}
        assert silent == ({SILENT} if month in SILENT_MONTHS else set()), month
    assert all(set(streets[month][SILENT].values()) == {"未报"} for month in SILENT_MONTHS)


def test_the_correction_changes_one_figure_and_agrees_with_the_district(sheets, streets, forms):
    month, street, heading = MISPRINT
    (cells,) = sheets["示例区_2026年8月更正"].values()
    corrected, first = street_figures(cells), streets[month]
    changed = [
        (name, column)
        for name, row in corrected.items()
        for column, value in row.items()
        if value != first[name][column]
    ]
    assert changed == [(street, heading)]
    assert sum(row[heading] for row in corrected.values()) == forms[month][heading]


def test_the_new_street_appears_in_2022_with_about_two_fifths_of_its_predecessor(streets):
    for (year, _), table in streets.items():
        assert ("新城街道" in table) == (year >= 2022)
        assert len(table) == (12 if year >= 2022 else 11)
    before, after = streets[2021, 12]["北桥街道"], streets[2022, 1]
    for heading in ("60岁及以上老年人口", "注册志愿者人数", "社区数"):
        new, old = after["新城街道"][heading], after["北桥街道"][heading]
        assert new + old == pytest.approx(before[heading], rel=0.03), heading
        assert 0.3 < new / (new + old) < 0.5, heading


def test_standards_rise_each_january_and_only_then(forms):
    for name in ("城市低保标准", "农村低保标准", "特困人员基本生活标准"):
        for (year, month), figures in forms.items():
            if month > 1:
                assert figures[name] == forms[year, 1][name]
            elif year > 2018:
                assert figures[name] > forms[year - 1, 12][name]
    assert (forms[2018, 1]["城市低保标准"], forms[2026, 1]["城市低保标准"]) == (640, 1010)


def test_what_is_paid_a_person_and_month_fits_the_standard(forms):
    for kind in ("城市", "农村"):
        for (year, month), figures in forms.items():
            each = figures[f"{kind}低保金"] / figures[f"{kind}低保人数"] / month
            share = each / figures[f"{kind}低保标准"]
            assert 0.60 < share < 0.75, (year, month, kind)


def test_the_trends_a_meeting_would_talk_about_are_there(forms):
    year = {y: forms[y, 12] for y in range(2018, 2026)}
    marriages = {y: figures["结婚登记对数"] for y, figures in year.items()}
    assert 3100 < marriages[2018] < 3500 and 1850 < marriages[2025] < 2150
    assert marriages[2022] < marriages[2023] > marriages[2024]
    assert 0.5 < year[2021]["离婚登记对数"] / year[2020]["离婚登记对数"] < 0.7
    covid = forms[2020, 2]["结婚登记对数"] - forms[2020, 1]["结婚登记对数"]
    assert covid < (forms[2019, 2]["结婚登记对数"] - forms[2019, 1]["结婚登记对数"]) / 3
    assert (forms[2018, 1]["有养老服务设施的社区数"], forms[2026, 10]["社区数"]) == (96, 178)
    assert forms[2026, 10]["有养老服务设施的社区数"] == 171
