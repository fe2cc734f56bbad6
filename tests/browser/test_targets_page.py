"""The page of targets in a browser: filters in the address, edits that leave a trace, paper."""

import json
import math
import re

from barriers import violations
from playwright.sync_api import expect

from dashboard.analysis.plan_pace import PaceRow
from dashboard.base.language import number

HERE = "/targets?area=990101&period=2026-10"
MARRIAGES = HERE + "&target=marriages:990101:2026-12:at_least"


def open_page(page, path):
    page.goto(path)
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_load_state("networkidle")


def save_signed(page, part, reason, message=""):
    """Saves what the dialog or card ``part`` holds; it asks for name and reason first.

    It asks in the element with the id ``message``, ``part``-message where none is given.
    """
    asks = page.locator("#" + (message or f"{part}-message"))
    page.click(f"#{part}-save")
    expect(asks).to_contain_text("请填写姓名")
    page.fill(f"#{part}-by", "王主任")
    page.click(f"#{part}-save")
    expect(asks).to_contain_text("请填写理由")
    page.fill(f"#{part}-reason", reason)
    page.click(f"#{part}-save")
    page.wait_for_url(re.compile("saved="))
    history = page.locator(".findings tbody tr").first
    expect(history).to_contain_text("王主任")
    expect(history).to_contain_text(reason)
    return history


def test_the_keyboard_opens_a_target_and_comes_back_and_one_click_shows_those_behind(page):
    open_page(page, HERE)
    name = page.locator(".targets tbody th a").first
    said = name.inner_text()
    name.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("target="))
    expect(page.locator(".target-head h2")).to_have_text(said)
    page.get_by_role("link", name="返回目标列表").press("Enter")
    expect(page.locator(".targets tbody tr").first).to_be_visible()

    behind = page.locator("a.status-behind.status-chip")
    count = int(behind.locator(".chip-count").inner_text())
    behind.click()
    page.wait_for_url(re.compile("status=behind"))
    expect(page.locator(".targets tbody tr")).to_have_count(count)
    page.select_option("#targets-topic", "elderly")
    page.wait_for_url(re.compile("topic=elderly"))
    expect(page.locator("#targets-topic")).to_have_value("elderly")
    expect(page.locator(".targets tbody")).not_to_contain_text("社会救助")
    page.go_back()
    expect(page.locator(".targets tbody tr")).to_have_count(count)
    page.check("#targets-below")
    page.wait_for_url(re.compile("children=1"))


def test_commentary_is_written_in_place_and_older_versions_stay(page):
    open_page(page, HERE + "&target=child_directors:990101:2026-12:exactly")
    for text in ("九月已全部配齐", "十月复核后仍然配齐"):
        page.click("#comment-edit")
        page.fill("#comment-how_doing", text)
        page.fill("#comment-by", "")
        page.click("#comment-save")
        expect(page.locator("#comment-message")).to_contain_text("请填写姓名")
        page.fill("#comment-by", "李科长")
        page.click("#comment-save")
        expect(page.locator(".commentary-texts")).to_contain_text(text)
    expect(page.locator("#comment-text")).to_contain_text("第 2 版")
    page.locator("#comment-text summary").click()
    expect(page.locator(".commentary-old")).to_contain_text("九月已全部配齐")
    page.click("#comment-edit")
    page.fill("#comment-how_doing", "不要保存")
    page.click("#comment-cancel")
    expect(page.locator(".commentary-texts")).to_contain_text("十月复核后仍然配齐")
    page.emulate_media(media="print")
    expect(page.locator("#comment-edit")).to_be_hidden()
    expect(page.locator("#target-open")).to_be_hidden()
    expect(page.locator(".commentary-texts")).to_be_visible()


def test_a_target_is_changed_with_a_reason_and_the_history_says_what(page):
    open_page(page, HERE + "&target=meal_points:990101:2026-12:by_date")
    page.click("#target-open")
    expect(page.get_by_role("dialog")).to_be_visible()
    before = page.input_value("#target-field-value")
    page.fill("#target-field-value", "一百")
    page.click("#target-try")
    expect(page.locator("#target-message")).not_to_be_empty()
    page.fill("#target-field-value", "160")
    page.click("#target-try")
    expect(page.locator("#target-tried")).to_contain_text("✓完成")
    history = save_signed(page, "target", "年中调整")
    expect(page.locator(".target-head .status-pill")).to_contain_text("✓完成")
    expect(history).to_contain_text(f"{before} → 160")


def test_a_target_is_added_and_retired_in_the_dialog(page):
    open_page(page, HERE)
    page.click("#target-open")
    page.fill("#target-field-indicator", "离婚登记对数")
    page.fill("#target-field-period", "2026")
    page.fill("#target-field-value", "900")
    page.select_option("#target-field-kind", "不超过")
    page.fill("#target-by", "王主任")
    page.fill("#target-reason", "试行")
    page.click("#target-save")
    page.wait_for_url(re.compile("saved="))
    expect(page.locator(".target-head h2")).to_contain_text("离婚登记")
    page.click("#target-open")
    page.fill("#target-by", "王主任")
    page.fill("#target-reason", "不再考核")
    page.click("#target-retire")
    expect(page.locator(".target-head .notice")).to_contain_text("不再考核")


def test_the_sliders_end_where_the_program_says_and_the_plan_is_kept_with_a_reason(page):
    open_page(page, HERE + "&target=homes_adapted:990101:2026-12:at_least")
    box = page.locator("#plan-table")
    sliders = box.get_by_role("slider")
    expect(sliders).to_have_count(12)
    given = json.loads(box.get_attribute("data-plan"))

    def said(line, column):
        return line.locator("td").nth(column).inner_text().split()[0]

    def by_program(row, pace):
        way = PaceRow(
            row.get("area", ""),
            "",
            row["actual"],
            row["months"],
            0.0,
            0.0,
            low=row["low"] if row["low"] is not None else -math.inf,
        )
        return number(way.end(pace), 0, "zh") + "户", way.met(pace)

    sliders.nth(0).focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    sliders.nth(1).press("End")
    paces = []
    for at, row in enumerate(given["rows"]):
        pace = float(sliders.nth(at).input_value())
        paces.append(pace)
        line = box.locator("tbody tr").nth(at)
        end, met = by_program(row, pace)
        assert said(line, 5) == end
        expect(line.locator(".status-pill")).to_contain_text("能完成" if met else "完不成")
    assert paces[0] == given["rows"][0]["step"]
    assert paces[1] == given["rows"][1]["top"]
    for at, row in enumerate(given["rows"]):
        hard = box.locator("tbody tr").nth(at).get_by_text("超过最好的一月")
        assert hard.is_visible() == (paces[at] > row["most"])
    total = box.locator("tbody tr").last
    assert said(total, 5) == by_program(given["total"], sum(paces))[0]
    expect(sliders.nth(0)).to_have_attribute("aria-valuetext", "1户")
    history = save_signed(page, "plan", "年底冲刺")
    end = given["total"]["actual"] + sum(paces) * given["total"]["months"]
    expect(history).to_contain_text(f"2026-12={end:g}")
    expect(sliders.nth(0)).to_have_value(str(given["rows"][0]["start"]).removesuffix(".0"))


def test_a_target_is_split_over_the_streets_by_keyboard_and_the_page_shows_them(page):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, HERE + "&target=certified_social_workers:990101:2026-12:at_least")
    page.locator("#split-open").press("Enter")
    preview = page.locator("#split-preview")
    expect(preview.locator("tbody tr")).to_have_count(13)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#split-open")).to_be_focused()
    page.keyboard.press("Enter")
    page.select_option("#split-method", "shares")
    expect(page.locator("#split-input-message")).to_contain_text("请填写份额")
    shares = page.locator("#split-shares-box input")
    for at, share in enumerate(("60%", "40")):
        shares.nth(at).fill(share)
        shares.nth(at).press("Tab")
    expect(preview.locator("tbody tr").nth(1)).to_contain_text("460")
    expect(preview.locator("tr.summary")).to_contain_text("1,150")
    assert violations(page) == []
    history = save_signed(page, "split", "按任务分", "split-save-message")
    expect(history).to_contain_text("东湖街道 690、西山街道 460")
    expect(page.locator("#plan-table tbody tr")).to_have_count(3)
    expect(page.locator("#split-open")).to_be_visible()
