"""The preview's controls: basis once, a word once, a reading by slot, an indicator of one's own."""

import pytest
from playwright.sync_api import expect

TOWN = "马山镇"


@pytest.fixture
def submissions(page, app):
    """The page, open; what is handed in on it is withdrawn at the end."""
    desk = app.desk
    before = {row.id for row in desk.submissions.latest()}
    page.goto("/submissions")
    page.wait_for_load_state("networkidle")
    yield page
    for row in desk.submissions.latest():
        if row.id not in before:
            desk.submissions.withdraw(row.id, "test", "the journey is over")


def drop(page, folder, name, *lines):
    """Drops a table of one street below a title."""
    file = folder / f"{name}.csv"
    file.write_text("\n".join([name, *lines]) + "\n", encoding="utf-8")
    page.set_input_files("#upload input[type=file]", str(file))
    card = page.locator(".sheet-preview")
    expect(card).to_be_visible()
    return card


def choose(page, box, text):
    """Opens a searchable list, types, and takes what is found first."""
    box.click()
    page.locator(".dash-dropdown-search").fill(text)
    page.locator(".dash-options-list-option", has_text=text).first.click()


def declare(page, **fields):
    """Fills the fields of the form for an indicator of one's own, and declares it."""
    for name, value in (
        {"basis": "end_of_period", "good": "neutral", "by": "王敏"} | fields
    ).items():
        field = page.locator(f"#declare-{name}")
        if name in ("basis", "sum", "good", "topic"):
            field.select_option(value)
        else:
            field.fill(value)
    page.keyboard.press("Tab")
    page.click("#declare")


def again(page):
    page.click("#preview-again")
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()


def hand_in(page):
    page.click("#hand-in")
    expect(page.locator(".receipt-stored")).to_be_visible()


def test_the_basis_of_a_sheet_is_answered_once_for_all_its_columns(submissions, tmp_path):
    page = submissions
    title = "长清区2025年6月城市低保和农村低保支出情况"
    card = drop(
        page, tmp_path, title, "街道,城市低保支出(元),农村低保支出(元)", f"{TOWN},5000,7000"
    )
    question = card.locator(".register-question", has_text="表中没有写明是哪一段时间的数")
    expect(question).to_have_count(1)
    question.locator("select").select_option("in_month")
    again(page)
    readings = page.locator(".as-printed thead")
    expect(readings).to_contain_text("城市低保支出")
    hand_in(page)


def test_a_word_is_answered_once_for_all_columns_in_which_it_stands(submissions, tmp_path):
    page = submissions
    title = "长清区2025年6月农村特困人员情况"
    card = drop(page, tmp_path, title, "街道,一档人数(人),一档户数(户)", f"{TOWN},12,10")
    words = card.locator(".unknown-words tbody tr")
    expect(words).to_have_count(1)
    expect(words).to_contain_text("一档")
    choose(page, words.locator(".dash-dropdown"), "全护理")
    again(page)
    expect(page.locator(".as-printed thead")).to_contain_text("全护理")
    hand_in(page)

    card = drop(page, tmp_path, title.replace("6月", "7月"), "街道,一档人数(人)", f"{TOWN},13")
    expect(card.locator(".unknown-words")).to_have_count(0)  # remembered


def test_the_reading_of_a_known_column_is_corrected_by_slot(submissions, tmp_path):
    page = submissions
    card = drop(page, tmp_path, "长清区2025年6月情况", "街道,城市低保人数(人)", f"{TOWN},123")
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    card.locator("summary", has_text="更正读出的指标").first.click()
    choose(page, card.locator("details[open] .dash-dropdown").first, "农村低保人数")
    again(page)
    expect(page.locator(".as-printed thead")).to_contain_text("农村低保人数")
    hand_in(page)


def test_an_indicator_is_declared_beside_the_preview_and_its_column_read(submissions, tmp_path):
    page, name = submissions, "流动书屋"
    card = drop(page, tmp_path, "长清区2025年6月情况", f"街道,{name}(个)", f"{TOWN},12")
    expect(card).not_to_have_class("is-ready")
    form = page.locator(".declaring")
    form.locator("summary").click()
    declare(page, name=name, unit="个", sum="sum", topic="community")
    expect(page.locator("#declare-message")).to_contain_text(f"已登记“{name}”")
    again(page)
    expect(page.locator(".as-printed thead")).to_contain_text(name)
    hand_in(page)
    page.goto("/indicators")
    expect(page.locator("main")).to_contain_text(name)


def test_a_ratio_is_declared_on_the_page_of_indicators_and_a_senseless_one_refused(page, app):
    page.goto("/indicators")
    page.wait_for_load_state("networkidle")
    page.locator(".declaring summary").click()
    ratio = {"name": "农村低保户占比", "unit": "%", "sum": "ratio", "numerator": "农村低保户数"}
    declare(page, **ratio, denominator="没有这个", topic="assistance")
    expect(page.locator("#declare-message")).to_contain_text("没有“没有这个”")
    declare(page, denominator="城乡低保户数")
    expect(page.locator("#declare-message")).to_contain_text("已登记“农村低保户占比”")
    assert app.desk.catalogue.find_indicator("农村低保户占比") is not None
