"""Pages on paper: clean A4 without controls, with marks, sources, and who printed it when."""

import io
import re
from datetime import date

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from dashboard.base.language import day_name
from dashboard.exports.pdf_text import searchable

A4 = {(595, 842), (842, 595)}  # points; the table of all streets lies across
LEAST = 40  # letters on a page that is not blank
ALL_STREETS, CHARTS = "/?period=2025-12", "/topic/marriage?period=2025-12"
PAPER = {
    ALL_STREETS: ("示例区", "社会救助支出", "养老机构床位数"),
    "/targets": ("目标", "养老机构床位数", "落后"),
    CHARTS: ("婚姻登记", "来源：", "更新于", "离婚登记对数"),
    "/indicators/marriages?period=2025-12": ("结婚登记对数", "计量单位", "哪些地区有数"),
    "/completeness": ("报送进度", "已报"),
}
CONTROLS = ("对比", "导出", "全屏", "键盘快捷键", "查看数据表", "输入查验码", "English")


def printed(page):
    page.wait_for_load_state("networkidle")
    raw = page.pdf(prefer_css_page_size=True, print_background=True)
    return PdfReader(io.BytesIO(searchable(raw))).pages


def opened(page, path):
    page.goto(path)
    expect(page.locator("main h1")).to_be_visible()
    if page.locator(".graph").count():
        expect(page.locator(".graph .main-svg").first).to_be_visible()


@pytest.mark.parametrize("path", [path for path in PAPER if path not in (ALL_STREETS, CHARTS)])
def test_a_page_prints_as_clean_a4(page, path):
    opened(page, path)
    assert_clean(printed(page), PAPER[path])


def test_a_page_prints_clean_and_its_table_of_all_streets_lies_across_once_it_is_open(page):
    opened(page, ALL_STREETS)
    assert_clean(printed(page), PAPER[ALL_STREETS])
    page.locator(".board-fold > summary").click()
    sheets = printed(page)
    assert_clean(sheets, (*PAPER[ALL_STREETS], "各街镇的主要指标"))
    across = [sheet for sheet in sheets if sheet.mediabox.width > sheet.mediabox.height]
    assert across and "东湖街道" in re.sub(r"\s+", "", across[0].extract_text())


def assert_clean(sheets, said_on_it):
    texts = [sheet.extract_text() for sheet in sheets]
    said = re.sub(r"\s+", "", "".join(texts))
    for sheet, text in zip(sheets, texts, strict=True):
        assert tuple(round(float(side)) for side in sheet.mediabox[2:]) in A4
        assert len(re.sub(r"\s+", "", text)) > LEAST, "a blank sheet"
    for expected in (
        *said_on_it,
        "演示数据",
        "民政指标看板·打印于" + day_name(date.today(), "zh"),
    ):
        assert expected in said, expected
    for control in CONTROLS:
        assert control not in said, control
    assert f"{len(sheets)}/{len(sheets)}" in re.sub(r"\s+", "", texts[-1])


def test_a_page_prints_clean_and_its_charts_fit_the_sheet_and_are_put_back(page):
    opened(page, CHARTS)
    assert_fits_and_is_put_back(page, 400)  # two beside each other
    assert_clean(printed(page), PAPER[CHARTS])


def test_a_chart_wider_than_any_sheet_fits_it_and_is_put_back(page):
    page.set_viewport_size({"width": 1190, "height": 900})
    page.goto("/indicators/marriages?period=2025-12")
    assert_fits_and_is_put_back(page, 1000)


def assert_fits_and_is_put_back(page, least):
    drawn = page.locator(".js-plotly-plot .main-svg").first
    expect(drawn).to_be_visible()
    size = "svg => [svg.getAttribute('width'), svg.getAttribute('height')].map(Number)"
    before = drawn.evaluate(size)
    assert before[0] > least
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    on_paper = drawn.evaluate(size)
    assert on_paper[0] <= 650 and on_paper[1] <= 300
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert drawn.evaluate(size) == before


def test_a_table_of_many_streets_keeps_its_heading_on_every_sheet(page):
    opened(page, "/?period=2026-10")
    page.evaluate(
        """() => {
            const body = document.querySelector('table.matrix').tBodies[0];
            const rows = [...body.rows];
            for (let n = 0; n < 60; n += 1) body.append(rows[n % rows.length].cloneNode(true));
        }"""
    )
    said = [re.sub(r"\s+", "", sheet.extract_text()) for sheet in printed(page)]
    with_rows = [text for text in said if text.count("东湖街道") > 1]
    assert len(with_rows) > 1, "the table goes over several sheets"
    assert all("养老机构床位数" in text for text in with_rows)


def test_a_ranking_longer_than_a_sheet_is_printed_as_its_table(page):
    opened(page, "/indicators/marriages?period=2026-10")
    card = page.locator(".kind-bar.chart-card")
    card.scroll_into_view_if_needed()
    expect(card.locator(".main-svg").first).to_be_visible()
    card.locator(".js-plotly-plot").evaluate("graph => Plotly.relayout(graph, {height: 1300})")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(card.locator(".figure")).to_be_hidden()
    expect(card.locator("table")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(card.locator(".figure")).to_be_visible()
    expect(card.locator(".table-view")).not_to_have_attribute("open", "")
