"""The board of who has handed in what: open a missing cell, lock, be refused, unlock, take back."""

import re

from playwright.sync_api import expect

TABLE = "indicator,area,period,value,unit\norphans,990101009,2023-03,5,人\n"


def open_page(page, path):
    page.goto(path)
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_load_state("networkidle")


def hand_in(page, file):
    open_page(page, "/submissions?area=990101")
    expect(page.locator("#upload-form")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.set_input_files("#upload input[type=file]", file)
    expect(page.locator(".sheet-preview")).to_be_visible()


def test_a_missing_cell_opens_and_a_locked_period_refuses_until_it_is_unlocked(page, tmp_path):
    file = tmp_path / "late.csv"
    file.write_text(TABLE, encoding="utf-8")
    open_page(page, "/completeness?area=990101&span=2023&form=street_table")
    expect(page.locator(".sentence")).to_contain_text("12个街镇中12个已报")
    page.locator(".completeness td.state-missing a").first.click()
    expect(page.locator("#cell h2")).to_have_text("柳林镇 · 2023年3月")
    expect(page.locator("#cell")).to_contain_text("缺报")
    expect(page.locator("#cell a[href*='submission=']")).to_be_visible()

    page.fill("#lock-area", "990101")
    page.fill("#lock-period", "2023-03")
    page.click("#lock")
    expect(page.locator("#lock-message")).to_contain_text("请填写理由")
    page.fill("#lock-by", "王")
    page.fill("#lock-reason", "年鉴已付印")
    page.click("#lock")
    expect(page.locator("#lock-message")).to_contain_text("已锁定")
    expect(page.locator("#lock-list table").first).to_contain_text("年鉴已付印")

    hand_in(page, file)
    expect(page.locator(".sheet-preview")).to_contain_text("年鉴已付印")
    page.click("#discard")
    expect(page.locator(".sheet-preview")).to_have_count(0)
    expect(page.locator(".notice").first).to_contain_text("示例区 2023-03")

    open_page(page, "/?area=990101&period=2023-03")
    expect(page.locator(".colophon")).to_contain_text("2023年3月已于")

    open_page(page, "/completeness?area=990101")
    page.select_option("#unlock-which", "990101 2023-03")
    page.fill("#unlock-reason", "漏报补录")
    page.click("#unlock")
    expect(page.locator("#lock-message")).to_contain_text("已解锁")
    hand_in(page, file)
    expect(page.locator(".sheet-preview")).to_contain_text("有提醒，需说明")
    page.fill("#upload-note", "漏报的街镇补报")
    page.keyboard.press("Tab")
    page.click("#hand-in")
    expect(page.locator(".receipt-stored")).to_be_visible()

    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.accept()))
    page.locator(".submissions tbody tr").first.get_by_role("link", name="撤回/退回…").click()
    expect(page.locator("#withdrawing")).to_contain_text("1 个数")
    page.click("#withdraw")
    expect(page.locator("#withdraw-message")).to_contain_text("请先填写理由")
    page.fill("#withdraw-reason", "年份填错")
    page.click("#return")
    expect(page.locator("#withdraw-message")).to_contain_text("已退回")
    assert said and "退回重报" in said[0]
    expect(page.locator(".submissions tbody tr").first).to_contain_text("已退回：年份填错")


def test_the_controls_change_what_is_shown_and_the_address(page):
    open_page(page, "/completeness?area=990101")
    expect(page.locator(".completeness thead th")).to_have_count(13)
    page.select_option("#completeness-span", "2023")
    page.wait_for_url(re.compile("span=2023"))
    expect(page.locator(".completeness thead th").nth(1)).to_have_text("2023年1月")
    page.select_option("#completeness-form", "street_table")
    page.wait_for_url(re.compile("form=street_table"))
    expect(page.locator(".completeness tbody tr")).to_have_count(13)
    page.go_back()
    expect(page.locator("#completeness-form")).to_have_value("all")
