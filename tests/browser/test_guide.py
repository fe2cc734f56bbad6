"""Keys, tour, plain pages and a lost connection, in a real browser."""

import re
from urllib.parse import urlsplit

from dash import page_registry, register_page
from playwright.sync_api import expect

SWITCH = "#single-keys"
# What the line about the connection has said since it was asked to be kept.
KEEP_WHAT_IS_MESSAGE = """() => {
    window.said = [];
    new MutationObserver(() => window.said.push(document.getElementById('connection').textContent))
        .observe(document.getElementById('connection'), {childList: true, characterData: true});
}"""
SAID = "text => window.said.some(one => one.includes(text))"
IS_OPEN = "() => document.getElementById('shortcuts').open"


def ready(page, address):
    page.goto(address)
    expect(page.locator("main h1")).to_be_visible()


def focused(page):
    return page.evaluate("() => document.activeElement.id || document.activeElement.className")


def test_a_key_lists_the_keys_and_they_can_be_switched_off(page, accessibility):
    ready(page, "/topic/marriage")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    assert focused(page) == "keys-title"
    for _ in range(5):  # round and round, never behind the dialog
        page.keyboard.press("Tab")
        assert page.evaluate("() => Boolean(document.activeElement.closest('#shortcuts'))")
    assert not [one for one in accessibility() if "shortcuts" in one]
    page.locator(SWITCH).click()
    expect(page.locator(SWITCH)).to_have_attribute("aria-checked", "false")
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()

    page.reload()
    expect(page.locator("main h1")).to_be_visible()
    for key in ("?", "/", "p"):
        page.keyboard.press(key)
    assert "present" not in page.url and not page.evaluate(IS_OPEN)
    opener = page.locator("[data-action=shortcuts]")
    opener.click()
    page.locator(SWITCH).click()
    page.locator("[data-action=close-keys]").click()
    expect(opener).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()


def test_keys_are_quiet_while_something_is_typed_or_composed(page):
    ready(page, "/indicators")
    page.keyboard.press("/")
    assert focused(page) == "indicator-search"
    page.keyboard.type("p?/")
    expect(page.locator("#indicator-search")).to_have_value("p?/")
    assert urlsplit(page.url).path == "/indicators" and not page.evaluate(IS_OPEN)
    page.locator("h1").click()
    page.evaluate("""() => ["isComposing", "ctrlKey", "metaKey", "altKey"].forEach((held) =>
        document.body.dispatchEvent(new KeyboardEvent("keydown",
            {key: "?", bubbles: true, [held]: true})))""")
    assert not page.evaluate(IS_OPEN)


def test_the_tour_is_walked_by_keyboard_and_not_offered_again(page, accessibility):
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script("Object.defineProperty(navigator, 'webdriver', {get: () => false})")
    ready(page, "/")
    card = page.locator(".tour-card")
    card.get_by_role("button", name="开始").click()
    seen = []
    for step in range(5):
        expect(card.locator("h2")).to_be_focused()
        expect(page.locator(".tour-lit")).to_have_count(1)
        seen.append(card.locator("h2").inner_text())
        if step == 1:
            assert not [one for one in accessibility() if "tour" in one]
        card.locator(".btn-primary").focus()
        page.keyboard.press("Enter")
    assert len(set(seen)) == 5
    expect(card).to_have_count(0)
    expect(page.locator(".tour-lit")).to_have_count(0)

    page.reload()
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_timeout(300)
    expect(card).to_have_count(0)
    ready(page, "/help")
    assert not accessibility()
    page.get_by_role("link", name="打开五步导览").first.click()
    expect(card.locator("h2")).to_be_focused()
    page.evaluate("() => document.querySelector('.board').remove()")
    card.get_by_role("button", name="下一步").click()
    card.get_by_role("button", name="下一步").click()  # what it speaks of is gone
    expect(card.locator("h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert "#tour" not in page.url


def test_programs_that_drive_a_browser_are_not_offered_the_tour(page):
    ready(page, "/")
    page.wait_for_timeout(300)
    expect(page.locator(".tour-card")).to_have_count(0)


def test_without_scripts_the_same_figures_are_there(browser, served):
    context = browser.new_context(base_url=served, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    finding = re.compile(r"^\d+ 项目标中 \d+ 项落后")
    marriage = re.compile("^结婚登记")
    for path, title in (("/?period=2025-12", finding), ("/topic/marriage", marriage)):
        page.goto(path)
        page.wait_for_url("**/plain/**")
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator(".where")).to_contain_text("示例区")
        expect(page.locator(".notice-demo")).to_be_visible()
        assert page.locator("table tbody td").count() > 20
    page.locator("select[name=period]").select_option("2024-12")
    page.locator("button[type=submit]").click()
    expect(page.locator(".where")).to_contain_text("2024年")
    page.locator("tbody th a[href*='/street/']").first.click()
    page.wait_for_url("**/plain/street/**")
    assert page.locator("table").count() > 0
    context.close()


def test_an_old_browser_is_led_to_the_plain_page_and_may_come_back(page, accessibility):
    page.add_init_script("delete window.structuredClone")
    page.goto("/topic/marriage?period=2024-12&lang=en")
    page.wait_for_url("**/plain/topic/marriage?period=2024-12&lang=en")
    expect(page.locator(".where")).to_contain_text("Marriage")
    expect(page.locator(".notice").first).to_contain_text("Firefox 121")
    expect(page.locator(".notice").first).to_contain_text("简明页")
    assert not accessibility()
    page.locator(".notice a[href$='#full']").first.click()
    expect(page.locator(".chart-card").first).to_be_visible()
    page.goto("/targets")  # asked once for the whole visit
    expect(page.locator("main h1")).to_be_visible()
    assert urlsplit(page.url).path == "/targets"


def test_a_page_that_cannot_be_drawn_shows_the_way_to_its_figures(page, troubles):
    page.route("**/_dash-component-suites/**", lambda route: route.abort())
    page.goto("/topic/marriage")
    way = page.locator(".if-slow a").first
    expect(way).to_be_visible()
    shown = "area=990101&period=2026-10"
    assert way.get_attribute("href") == f"/plain/topic/marriage?{shown}"
    page.close()  # what it still reports comes before
    troubles.clear()  # that scripts are missing is what the test is about


def test_a_lost_connection_is_said_and_asked_again(page, troubles):
    ready(page, "/topic/marriage")
    page.evaluate(KEEP_WHAT_IS_MESSAGE)  # a busy machine may look after it has gone
    asked = "**/_dash-update-component*"
    page.route(asked, lambda route: route.abort())
    page.select_option("#period-choice", "2024-12")
    page.wait_for_function(SAID, arg="连接中断，正在重试")
    page.unroute(asked)
    expect(page.locator(".where")).to_contain_text("2024年")
    page.wait_for_function(SAID, arg="连接已恢复")

    # What may have been written already is never sent twice.
    sent = []
    page.route(asked, lambda route: (sent.append(route.request.post_data), route.abort()))
    page.evaluate("""() => fetch("/_dash-update-component", {method: "POST",
        body: '{"output":"target-message.children"}'}).catch(() => null)""")
    page.wait_for_function(SAID, arg="可能没有送到")
    page.evaluate("window.said = []")
    page.unroute(asked)
    page.wait_for_function(SAID, arg="连接已恢复")
    assert len(sent) == 1
    page.close()  # what it still reports comes before
    troubles.clear()  # failed requests are what the test is about


def test_a_page_that_fails_says_so_and_leads_on(page, troubles):
    register_page("pages.failing", path="/failing", title="x", layout=lambda **_: 1 / 0)
    try:
        page.goto("/failing?lang=en")
        expect(page.locator("main h1")).to_have_text("This page could not be opened")
        assert "ZeroDivisionError" not in page.locator("body").inner_text()
        page.get_by_role("link", name="Overview").click()
        expect(page.locator("h1")).to_contain_text("targets behind")
        expect(page.locator(".where")).to_contain_text("Demo District")
    finally:
        del page_registry["pages.failing"]
    page.close()  # what it still reports comes before
    troubles.clear()


def test_an_address_with_nonsense_says_what_is_shown_instead(page):
    ready(page, "/topic/marriage?period=soon&lang=en")
    expect(page.locator(".notice-absent")).to_contain_text("cannot be read: period")
    page.select_option("#period-choice", "2024-12")
    expect(page.locator(".notice-absent")).to_have_count(0)


def test_a_file_that_takes_long_says_so_and_can_be_cancelled(page, troubles):
    ready(page, "/topic/marriage?period=2025-12")
    held, card = [], page.locator(".file-card")
    page.route("**/export/**.pptx*", lambda route: held.append(route))
    page.locator(".export-menu > summary").first.click()
    page.locator(".chart-card [data-action=export]").first.click()
    link = page.locator("dialog[open] a[data-ending=pptx]")
    link.click()
    expect(card).to_contain_text("正在准备文件")
    card.get_by_role("button", name="取消").click()
    expect(card).to_contain_text("已取消")
    card.get_by_role("button", name="关闭").click()
    expect(card).to_have_count(0)

    link.click()
    expect(card).to_contain_text("正在准备文件")
    held[-1].fulfill(status=503, json={"error": "缺少字体"})
    expect(card).to_contain_text("缺少字体")
    page.unroute("**/export/**.pptx*")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".pptx")
    assert "结婚" in download.value.suggested_filename
    expect(card).to_have_count(0)
    page.close()  # what it still reports comes before
    troubles.clear()  # the refusal is what the test is about
