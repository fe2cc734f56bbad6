"""Scorecards on paper: one A4 page a street in both languages, and the way there and back."""

import io

import pytest
from playwright.sync_api import expect

from dashboard.exports.pdf_text import plain_sign

pypdf = pytest.importorskip("pypdf")
STREET, DISTRICT = "990101001", "990101"
A4 = (595, 842)  # points


def printed(page):
    raw = page.pdf(prefer_css_page_size=True, print_background=True)
    return pypdf.PdfReader(io.BytesIO(raw)).pages


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_street_takes_exactly_one_a4_page(page, language):
    page.goto(f"/?area={DISTRICT}&lang={language}")
    way = {"zh": "打印全部记分卡", "en": "Print the scorecards of all areas"}[language]
    page.locator(".board-fold > summary").click()
    page.get_by_role("link", name=way).click()
    page.wait_for_selector(".score-sheet table.sheet-rows")
    names = page.locator(".score-sheet > header h2").all_inner_texts()
    pages = printed(page)
    assert len(names) == 12 and len(pages) == len(names)
    mark = {"zh": "演示", "en": "Demo"}[language]
    for paper in pages:
        assert (round(paper.mediabox.width), round(paper.mediabox.height)) == A4
        assert mark in "".join(map(plain_sign, paper.extract_text()))
    heights = page.evaluate(
        "[...document.querySelectorAll('.score-sheet')].map(e => e.getBoundingClientRect().height)"
    )
    assert max(heights) < 297 / 25.4 * 96 + 1, heights  # with the margins of the paper


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_street_s_own_sheet_is_one_page(page, language):
    page.goto(f"/street/{STREET}?area={DISTRICT}&lang={language}&print=1")
    page.wait_for_selector(".score-sheet table.sheet-rows")
    assert len(printed(page)) == 1


def test_the_street_s_page_leads_to_its_sheet_and_back(page):
    page.goto(f"/street/{STREET}?area={DISTRICT}")
    page.wait_for_selector("table.targets")
    name = page.locator("main h1").inner_text()
    page.get_by_role("link", name="打印记分卡").click()
    expect(page.locator(".score-sheet table.sheet-rows")).to_be_visible()
    expect(page.locator(".score-sheet > header h2")).to_have_text(name)
    page.get_by_role("link", name="返回").click()
    expect(page.locator("table.comparison-rows")).to_be_visible()
    assert "print=1" not in page.url


def test_the_earlier_period_of_a_change_is_chosen_from_a_list(page):
    page.goto(f"/indicators/dibao_persons?area={DISTRICT}&period=2024-09")
    card = page.locator("[data-ref='indicator:dibao_persons/why']")
    card.locator(".since-choice summary").click()
    card.get_by_role("link", name="2022年9月").click()
    page.wait_for_function("() => location.search.includes('since=2022-09')")
    expect(card.locator(".sentence")).to_contain_text("2022年9月")
    card.locator(".since-choice summary").click()
    expect(card.locator(".since-choice [aria-current]")).to_have_text("2022年9月")
