"""Seen is what is read: number formats, struck text, merged figures, formulas nobody calculated."""

import io
import zipfile

import pytest
import xlsxwriter
import xlwt
from sheets import areas, catalogue, rules, values

from dashboard.intake.forms.files.cells import text_of
from dashboard.intake.forms.files.formulas import calculated
from dashboard.intake.forms.files.number_formats import read_format
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import FormRefused, Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.tidy import tidy

EAST, WEST = "370113001", "370113003"
ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


def workbook(heading, *figures, write=lambda book, page: None, code="", period="2024年9月"):
    """A table of 文昌街道 and 平安街道 with one column of figures in one number format."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet("表")
        page.write(0, 0, f"长清区{period}")
        page.write_row(1, 0, ["街道", heading])
        shape = book.add_format({"num_format": code}) if code else None
        for row, (street, figure) in enumerate(
            zip(("文昌街道", "平安街道"), figures, strict=False), 2
        ):
            page.write(row, 0, street)
            page.write(row, 1, figure, shape)
        write(book, page)
    return content.getvalue()


def tidied(content, name="表.xlsx"):
    (sheet,) = read_sheets(name, content)
    return tidy(
        sheet,
        recognise(sheet, catalogue(), areas(), Hints(basis="year_to_date")),
        catalogue(),
        areas(),
    )


def is_refused(content):
    """Whether the sheet is refused, at a cell or as a table without figures."""
    try:
        return tidied(content).refused
    except FormRefused:
        return True


def first_cell(value, code, name="表.xlsx"):
    """What a cell of this format reads as."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet().write_number(0, 0, value, book.add_format({"num_format": code}))
    return read_sheets(name, content.getvalue())[0].rows[0][0]


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", 1245, "1245"),
        ("0.00", 2026.1, "2026.10"),
        ("0!.00", 202610, "2026.10"),
        ('0!.0,"万"', 3450000, "345.0万"),
        ("0\\.0,", 3456789, "345.7"),
        ("#,##0,", 3450000, "3,450"),
        ("0.00,,", 3450000, "3.45"),
        ('0!.00,,"亿"', 123456789, "1.23亿"),
        ("0.0%", 0.5512, "55.1%"),
        ('0.0"‰"', 5.5, "5.5‰"),
        (ACCOUNTING, -1234.5, "-1,234.50"),
        (ACCOUNTING, 0, "-"),
        ("#,##0_);(#,##0)", -5, "(5)"),
        ("0;[Red]0", -5, "5"),
        ("# ?/?", 1.5, "1 1/2"),
        ("0.##", 12.5, "12.5"),
        (";;;", 5, ""),
        ('0;-0;"无"', 0, "无"),
        ("[DBNum1][$-804]General", 309, "309"),
        ('G/通用格式"人"', 309, "309人"),
        ('[>=10000]0!.0,"万";0', 3450000, "345.0万"),
        ('[>=10000]0!.0,"万";0', 500, "500"),
        ('0000"年"00"月"', 202610, "2026年10月"),
        ('"约"0', 3000, "约3000"),
        ("[$¥-804]#,##0", 1234, "¥1,234"),
        ('yyyy"年"m"月"', 45905, "2025年9月"),
        ('m"月"d"日"', 45905, "9月5日"),
        ("0", 2.5, "3"),
        ("0.0", 0.25, "0.3"),
    ],
)
def test_a_format_shows_a_number_as_a_spreadsheet_does(code, value, text):
    assert read_format(code).show(value).text == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (2026.1, "0.00", "2026.10"),
        (2026.1, "General", "2026.1"),
        (202610, "0!.00", "2026.10"),
        (45905, 'yyyy"年"m"月"', "2025-09"),
        (45905, "yyyy!年m!月", "2025-09"),
        (45905, 'm"月"', "9月"),
        (45905, "m/d", "9/5"),
        (9, '0"月"', "9月"),
        (370113001, "0", "370113001"),
        (370113001, "#,##0.00", "370113001"),
    ],
)
def test_a_cell_reads_as_it_is_seen(value, code, text):
    assert text_of(first_cell(value, code)) == text


@pytest.mark.parametrize(
    ("heading", "code", "kept", "yuan"),
    [
        ("低保支出(万元)", '0!.0,"万"', 3450000, 3450000),
        ("低保支出(元)", '0!.0,"万"', 3450000, 3450000),
        ("低保支出(千元)", "#,##0,", 3450000, 3450000),
        ("低保支出(万元)", "0!.0,", 3456789, 3456789),
        ("低保支出(亿元)", "0!.0000", 34567, 345670000),
        ("低保支出(万元)", '#,##0.00"万元"', 345, 3450000),
        ("低保支出(万元)", ACCOUNTING, 345, 3450000),
        ("低保支出(万元)", '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ', 345, 3450000),
        ("低保支出(万元)", "0.00", 345.678, 3456780),
        ("低保支出(元)", '[>=10000]0!.0,"万";0', 3450000, 3450000),
    ],
)
def test_a_scaled_figure_goes_with_the_unit_of_its_column(heading, code, kept, yuan):
    found = tidied(workbook(heading, kept, code=code))
    assert values(found) == {("dibao_spending", EAST): yuan}
    scaled = "!" in code or code.endswith(",")
    assert rules(found) == (["number_format"] if scaled else [])


@pytest.mark.parametrize(
    ("heading", "code", "kept"),
    [
        ("低保支出(元)", "#,##0,", 3450000),  # thousands of yuan, or of what?
        ("低保支出(千元)", '0!.0,"万"', 3450000),
        ("低保支出(元)", '0"万元"', 345),
        ("低保支出(万元)", '0"件"', 345),
        ("低保支出(万元)", '0"堆"', 345),
        ("低保支出(万元)", '[>=10000]0!.0,"万";0', 500),
        ("低保支出(万元)", '"$"0', 500),
        ("低保支出(万元)", "0!.0000,", 3450000),
        ("低保支出(万元)", '0.0,"万元"', 3450000),
        ("低保支出", '0!.00,"万"', 3450000),
    ],
)
def test_a_format_that_contradicts_the_unit_is_asked_about(heading, code, kept):
    assert is_refused(workbook(heading, kept, code=code))


@pytest.mark.parametrize(
    ("code", "kept", "value", "said"),
    [
        ("0;-0;;@", 0, 0, ["number_format"]),
        (ACCOUNTING, 0, 0, []),
        ("[DBNum2][$-804]General", 30, 30, []),
        ('0"对"', 30, 30, []),
        ("# ?/?", 30, 30, []),
        ("000", 30, 30, []),
        ('"约"0', 30, 30, ["number_format", "approximate"]),
        ('0;-0;"未报"', 0, None, ["number_format"]),
    ],
)
def test_a_number_that_is_not_shown_as_kept_is_said(code, kept, value, said):
    found = tidied(workbook("结婚登记", kept, 4, code=code))
    assert values(found)["marriages", EAST] == value
    assert rules(found) == said


def test_a_number_that_is_not_shown_is_not_read():
    content = workbook("结婚登记", 30, 4, code=";;;")
    (sheet,) = read_sheets("表.xlsx", content)
    assert [row[1] for row in sheet.rows[2:]] == [None, None]
    assert [remark.rule for remark in sheet.remarks] == ["number_format"]
    assert is_refused(content)


def test_a_negative_number_that_shows_no_sign_is_said():
    found = tidied(workbook("低保支出(万元)", -5, code="0;[Red]0"))
    assert rules(found) == ["number_format"]
    assert rules(tidied(workbook("低保支出(万元)", -5, code="0_);(0)"))) == []


def test_a_date_below_a_figure_heading_is_no_figure():
    assert is_refused(workbook("结婚登记", 45905, code="m/d"))


def test_a_hidden_zero_setting_is_said():
    found = tidied(workbook("结婚登记", 0, 4, write=lambda book, page: page.hide_zero()))
    assert values(found)["marriages", EAST] == 0
    assert rules(found) == ["hidden"]


# Struck text


def test_struck_text_is_not_read_and_said():
    def write(book, page):
        struck = book.add_format({"font_strikeout": True})
        page.write_rich_string(2, 1, struck, "30", book.add_format({"bold": True}), "309")
        page.write(3, 1, 77, struck)

    found = tidied(workbook("结婚登记", 1, 2, write=write))
    assert values(found) == {("marriages", EAST): 309}
    said = [finding for finding in found.findings if finding.rule == "struck"]
    assert [(one.severity, f"{one.column}{one.row}") for one in said] == [
        ("note", "B3"),
        ("note", "B4"),
    ]
    assert "“30”" in said[0].message.zh and "309" in said[0].message.en


def test_a_run_without_a_font_of_its_own_has_the_font_of_its_cell():
    def write(book, page):
        struck = book.add_format({"font_strikeout": True})
        page.write_rich_string(2, 1, "30", book.add_format({"bold": True}), "309", struck)

    found = tidied(workbook("结婚登记", 1, 2, write=write))
    assert values(found)["marriages", EAST] == 309


def test_a_struck_row_is_left_out_with_one_note():
    def write(book, page):
        struck = book.add_format({"font_strikeout": True})
        page.write_row(3, 0, ["平安街道", 243], struck)

    found = tidied(workbook("结婚登记", 1, 2, write=write))
    assert values(found) == {("marriages", EAST): 1}
    (finding,) = found.findings
    assert (finding.severity, finding.rule, finding.row) == ("note", "struck", 4)


def with_part(content, name, change):
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return changed.getvalue()


def test_a_struck_run_of_an_inline_text_is_not_read():
    runs = (
        b'<c r="B3" t="inlineStr"><is><r><rPr><strike val="1"/></rPr><t>30</t></r>'
        b'<r><rPr><strike val="0"/></rPr><t>309</t></r></is></c>'
    )
    content = with_part(
        workbook("结婚登记", 1, 2),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b'<c r="B3"><v>1</v></c>', runs),
    )
    found = tidied(content)
    assert values(found)["marriages", EAST] == 309
    assert rules(found) == ["struck"]


def test_an_old_workbook_is_read_as_it_is_seen_too():
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    struck = xlwt.easyxf("font: struck_out on")
    page.write(0, 0, "长清区2024年9月")
    for at, heading in enumerate(("街道", "低保支出(万元)", "结婚登记")):
        page.write(1, at, heading)
    page.write(2, 0, "文昌街道")
    page.write(2, 1, 3450000, xlwt.easyxf(num_format_str='0!.0,"万"'))
    page.write_rich_text(2, 2, [("30", xlwt.easyfont("struck_out on")), "309"])
    for at, cell in enumerate(("平安街道", 5, 7)):
        page.write(3, at, cell, struck)
    content = io.BytesIO()
    book.save(content)
    found = tidied(content.getvalue(), "旧.xls")
    assert values(found) == {("dibao_spending", EAST): 3450000, ("marriages", EAST): 309}
    assert sorted(rules(found)) == ["number_format", "struck", "struck"]


def test_struck_text_of_a_web_page_is_not_read():
    page = """<table><tr><td>长清区2024年9月</td></tr><tr><td>街道<td>结婚登记</tr>
      <tr><td>文昌街道</td><td><s>30</s>309</td></tr>
      <tr style="text-decoration:line-through"><td>平安街道</td><td>243</td></tr>
      <tr><td>崮云湖街道</td><td><del>5</td></tr><tr><td>归德街道</td><td>7</td></tr></table>"""
    found = tidied(page.encode(), "页.html")
    read = {area: value for (_, area), value in values(found).items() if value is not None}
    assert sorted(read.values()) == [7, 309]
    assert [f"{one.column}{one.row}" for one in found.findings if one.rule == "struck"] == [
        "B3",
        "A4",
        "B5",
    ]


# Merged figures


def test_a_figure_merged_over_two_streets_is_asked_about():
    def write(book, page):
        page.merge_range("B3:B4", 309)

    (finding,) = tidied(workbook("结婚登记", 1, 2, write=write)).findings
    assert (finding.severity, finding.rule) == ("error", "merged_figure")
    assert "B3:B4" in finding.message.zh and "平安街道" in finding.message.zh


def test_a_figure_merged_over_two_headings_is_asked_about():
    def write(book, page):
        page.write(1, 2, "离婚登记")
        page.merge_range("B3:C3", 309)

    assert rules(tidied(workbook("结婚登记", 1, write=write))) == ["merged_figure"]


def test_a_wide_cell_under_a_wide_heading_is_one_figure():
    def write(book, page):
        page.merge_range("B2:C2", "结婚登记")
        page.merge_range("B3:C3", 309)

    assert values(tidied(workbook("结婚登记", 1, write=write)))["marriages", EAST] == 309


# Formulas


@pytest.mark.parametrize(
    ("formula", "stored", "is_read"),
    [
        ("=300+9", 0, False),
        ("=300+9", 309, True),
        ("=300+9", 308, False),
        ("=SUM(B4:B5)", 0, False),
        ("=SUM(B4:B5)", 4, True),
        ("=B4-4", 0, True),
        ("=VLOOKUP(A3,D:E,2,0)", 0, False),
    ],
)
def test_a_formula_is_read_only_where_it_was_calculated(formula, stored, is_read):
    def write(book, page):
        page.write_formula(2, 1, formula, None, stored)

    found = tidied(workbook("结婚登记", 1, 4, write=write))
    assert found.refused is not is_read
    if not is_read:
        assert rules(found) == ["unreadable_number"]
        assert "公式" in found.findings[0].message.zh


def test_a_stored_value_that_cannot_be_calculated_here_is_read_with_a_note():
    def write(book, page):
        page.write_formula(2, 1, "=VLOOKUP(A3,D:E,2,0)", None, 12)

    found = tidied(workbook("结婚登记", 1, 4, write=write))
    assert values(found)["marriages", EAST] == 12
    assert rules(found) == ["not_recalculated"]


def test_a_zero_of_a_workbook_that_was_calculated_stays_zero_unless_it_is_wrong():
    def saved_by_a_spreadsheet(formula, stored):
        def write(book, page):
            page.write_formula(2, 1, formula, None, stored)

        return with_part(
            workbook("结婚登记", 1, 4, write=write),
            "xl/workbook.xml",
            lambda part: part.replace(b' fullCalcOnLoad="1"', b""),
        )

    looked_up = tidied(saved_by_a_spreadsheet("=VLOOKUP(A3,D:E,2,0)", 0))
    assert values(looked_up)["marriages", EAST] == 0
    assert tidied(saved_by_a_spreadsheet("=300+9", 0)).refused


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1+2*3", 7),
        ("(1+2)*3/2", 4.5),
        ("-A1+50%", -1.5),
        ("SUM(A1:A3,10)", 16),
        ("A1+", None),
        ("1/0", None),
        ("IF(A1,2,3)", None),
        ("A1:A3", None),
        ("(" * 90 + "1" + ")" * 90, None),
        ("'x'!A1", None),
        ("2^3", None),
        ('"a"', None),
    ],
)
def test_simple_formulas_are_calculated(formula, value):
    cells = {(0, 0): 2.0, (1, 0): 3.0, (2, 0): 1.0}
    assert calculated(formula, lambda row, column: cells.get((row, column), 0.0)) == value
