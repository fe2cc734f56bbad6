"""A meeting held by keyboard: slides, spotlight, a question followed up; receipts opened."""

import re

import pytest
from playwright.sync_api import expect

DISTRICT = "990101"
ON = ".slide.is-on"
SIZES = {"16:9": (1920, 1080), "4:3": (1024, 768)}
LETTERS = """() => {
    const on = document.querySelector('.slide.is-on');
    const all = [...on.querySelectorAll('h1, h2, p, li, dt, dd, td, th')];
    return Math.min(...all.map(e => parseFloat(getComputedStyle(e).fontSize)));
}"""
LEAST = """() => {
    const on = document.querySelector('.slide.is-on .stage-figure');
    if (!on) return 99;
    const factor = parseFloat(document.querySelector('.stage').style.getPropertyValue('--factor'));
    const texts = [...on.querySelectorAll('.xtick text, .ytick text')];
    return factor * Math.min(...texts.map(e => parseFloat(getComputedStyle(e).fontSize)));
}"""


def open_page(page, path):
    page.goto(path)
    expect(page.locator("main")).to_be_visible()
    page.wait_for_load_state("networkidle")


def add_card(page, number=0):
    page.locator(".chart-card [data-action=agenda]").nth(number).click()
    page.locator(".chart-card .agenda-choice").last.click()  # a new one of today
    told = page.locator(".chart-card .told a").first
    expect(told).to_be_visible()
    return told.get_attribute("href")


@pytest.fixture
def meeting(app):
    """The path of an agenda with a chart of marriages and a topic of five charts or more."""
    desk = app.desk
    selection = desk.selections.of({"area": DISTRICT}, "zh")
    name = desk.meetings.make(selection, "例会", "2026-10-28")
    for kind, ref in (("chart", "marriage/registrations"), ("topic", "marriage")):
        desk.meetings.add(kind, ref, selection, name)
    return f"/meeting/{name}"


def on_slide(page, number):
    expect(page.locator(".stage-number")).to_contain_text(f"{number} / ")
    expect(page.locator(ON)).to_have_count(1)


def test_a_meeting_is_held_without_a_mouse_and_its_question_is_followed_up(page, accessibility):
    open_page(page, f"/topic/marriage?area={DISTRICT}&lang=zh")
    meeting = add_card(page).partition("?")[0]
    page.locator("[data-action=agenda][data-kind=topic]").click()
    page.locator(".agenda-tools .agenda-choice").first.click()
    expect(page.locator(".agenda-tools .told a")).to_be_visible()
    open_page(page, meeting)
    page.keyboard.press("p")
    expect(page.locator("main.stage")).to_be_visible()
    page.wait_for_url("**present=1**")
    on_slide(page, 1)
    for number, key in enumerate(["ArrowRight", "PageDown", " ", "ArrowRight"], start=2):
        page.keyboard.press(key)
        on_slide(page, number)
    page.keyboard.press("PageUp")
    on_slide(page, 4)
    page.keyboard.press("Home")
    on_slide(page, 1)
    page.keyboard.press("ArrowRight")

    page.keyboard.press("l")
    expect(page.locator(".stage-light")).to_be_visible()
    page.mouse.move(300, 200)
    assert page.locator(".stage-light").evaluate("e => e.style.getPropertyValue('--x')") == "300px"
    page.keyboard.press("l")
    page.keyboard.press("b")
    expect(page.locator(".stage-black")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".stage-black")).to_be_hidden()
    page.keyboard.press("d")
    expect(page.locator("canvas.stage-drawing")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("[data-dialog=keys]")).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("n")
    expect(page.locator("[data-dialog=ask] textarea")).to_be_focused()
    assert accessibility() == []
    page.keyboard.type("为什么比去年少？B")
    page.keyboard.press("Tab")
    page.keyboard.type("社会事务科")
    page.locator("[data-dialog=ask] button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-dialog=ask]")).to_be_hidden()
    on_slide(page, 2)

    page.keyboard.press("Escape")
    page.wait_for_url(f"**{meeting}?lang=zh")
    expect(page.locator("main.stage")).to_have_count(0)
    open_page(page, "/meeting/questions?lang=zh")
    asked = page.locator(".question", has_text="为什么比去年少？B").last
    expect(asked).to_contain_text("社会事务科")
    asked.locator("textarea").fill("学校放假，登记推迟")
    asked.locator("button").click()
    expect(page.locator(".question.is-done").first).to_contain_text("学校放假，登记推迟")


def test_a_slide_is_drilled_into_from_the_keyboard_and_left_again(page, meeting):
    open_page(page, f"{meeting}?present=1&lang=en")
    on_slide(page, 1)
    number = page.locator(".slide").evaluate_all(
        "all => all.findIndex(e => JSON.parse(e.dataset.ways).some(w => w[1].includes('at='))) + 1"
    )
    for _ in range(number - 1):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("g")
    expect(page.locator("[data-dialog=ways] a").first).to_be_focused()
    street = page.locator("[data-dialog=ways] a").first.inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("at=990101"))
    expect(page.locator(f"{ON} .stage-sentence")).to_contain_text(street)
    expect(page.locator("[data-dialog=ways]")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    on_slide(page, number)
    for _ in range(10):  # on a busy machine the stage may not yet listen when its slide is there
        page.keyboard.press("u")
        page.wait_for_timeout(500)
        if "at=990101" not in page.url:
            break
    expect(page).not_to_have_url(re.compile("at=990101"))
    on_slide(page, number)


@pytest.mark.parametrize(("size", "language"), zip(SIZES, ["zh", "en"], strict=True))
def test_every_slide_can_be_read_from_the_last_row(page, meeting, size, language):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    open_page(page, f"{meeting}?present=1&lang={language}")
    least = 28 * height / 1080 - 0.1
    total = page.locator(".slide").count()
    for number in range(1, total + 1):
        on_slide(page, number)
        assert page.evaluate(LETTERS) >= least, f"slide {number}"
        assert page.evaluate(LEAST) >= least - 1, f"the chart of slide {number}"
        over = page.locator(ON).evaluate("e => e.scrollHeight - e.clientHeight")
        assert over <= 1, f"slide {number} is {over} px too high"
        page.keyboard.press("ArrowRight")


def test_a_page_is_presented_by_itself(page):
    open_page(page, f"/topic/marriage?area={DISTRICT}&lang=en")
    page.keyboard.press("p")
    page.wait_for_url("**present=1**")
    on_slide(page, 1)
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    expect(page.locator(".chart-card").first).to_be_visible()
    assert "present" not in page.url


def test_a_view_gets_its_receipt_on_demand_and_the_code_opens_it(page, accessibility, troubles):
    open_page(page, f"/topic/marriage?area={DISTRICT}&period=2025-06&lang=en")
    page.locator(".receipt-line button").click()
    code = page.locator(".receipt-line .told a").inner_text()
    open_page(page, "/receipt?lang=en")
    page.locator(".small-form input").fill(code.lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/**")
    expect(page.locator(".receipt-head")).to_contain_text(code)
    expect(page.locator("main")).to_contain_text("Nothing has changed")
    assert accessibility() == []
    page.locator(".receipt-head a").click()
    page.wait_for_url("**/topic/marriage?**")
    expect(page.locator(".notice-known")).to_be_visible()
    assert "period=2025-06" in page.url

    open_page(page, "/receipt/ABCD-1234?lang=en")
    expect(page.locator("main [role=alert]")).to_contain_text("ABCD")
    troubles[:] = [line for line in troubles if "404" not in line]  # there is no such receipt


def test_a_picture_carries_its_receipt(page):
    open_page(page, f"/topic/marriage?area={DISTRICT}&lang=en")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    with page.expect_download() as download:
        page.evaluate("document.querySelector('[data-action=svg]').click()")
    drawn = open(download.value.path(), encoding="utf-8").read()
    answer = page.request.get(f"/export/marriage/registrations.csv?area={DISTRICT}&lang=en")
    code = next(line for line in answer.text().splitlines() if line.startswith("# Receipt code"))
    assert code.split(",")[1] in drawn


PLOT = """() => {
    const drag = document.querySelector('.slide.is-on .nsewdrag');
    const box = drag ? drag.getBoundingClientRect() : { width: 999, height: 999 };
    return [box.width, box.height];
}"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_telephone_the_plot_of_every_line_chart_can_be_read(page, language):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, f"/topic/marriage?area={DISTRICT}&lang={language}&present=1")
    on_slide(page, 1)
    for number in (1, 2, 3):
        on_slide(page, number)
        page.wait_for_function("() => document.querySelector('.slide.is-on .nsewdrag')")
        page.wait_for_function(f"() => ({PLOT})()[0] > 190 && ({PLOT})()[1] > 120")
        width, height = page.evaluate(PLOT)
        assert 190 < width < 390 and height > 120
        page.keyboard.press("ArrowRight")


def test_the_first_slide_of_a_full_agenda_states_its_day_once_and_has_no_scroll_bar(page, app):
    desk = app.desk
    selection = desk.selections.of({"area": DISTRICT}, "zh")
    name = desk.meetings.make(selection, "工作会议 2026年10月28日", "2026-10-28")
    charts = [f"{t.id}/{chart.id}" for t in desk.catalogue.topic_order() for chart in t.charts]
    for ref in charts[:20]:
        desk.meetings.add("chart", ref, selection, name)
    page.set_viewport_size({"width": 1440, "height": 810})
    open_page(page, f"/meeting/{name}?present=1&lang=zh")
    on_slide(page, 1)
    first = page.locator(ON)
    assert first.inner_text().count("10月28日") == 1 and "2026-10-28" not in first.inner_text()
    assert "另有 4 项" in first.inner_text()
    over = first.locator(".stage-parts").evaluate(
        "e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth]"
    )
    assert over == [0, 0]
