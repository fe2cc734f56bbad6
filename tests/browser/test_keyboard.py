"""Whole journeys without a mouse: every stop can be seen, is not covered, and is not lost."""

import re

import pytest
from playwright.sync_api import expect

DISTRICT = "990101"
# What has the focus: its name, whether it is marked, and whether another part lies over it.
STOP = """selector => {
    const e = document.activeElement;
    if (!e || e === document.body) return {name: 'nothing'};
    const seen = e.matches('.btn-check') ? e.nextElementSibling
        : e.matches('input[type=file]') ? e.parentElement : e;
    const mark = one => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
            || style.boxShadow !== 'none';
    };
    const box = seen.getBoundingClientRect();
    const covered = [0.5, 0.1, 0.9].every(share => {
        const over = document.elementFromPoint(box.left + box.width * share,
            box.top + Math.min(box.height / 2, 20));
        return !over || !(seen.contains(over) || over.contains(seen));
    });
    const names = [e.tagName, e.id, e.className && '.' + e.className, e.textContent.slice(0, 30)];
    return {name: names.filter(Boolean).join(' '), marked: e.id === 'main' || [seen, e,
        seen.parentElement].some(mark), covered,
        wanted: Boolean(selector && e.matches(selector))};
}"""
WITHIN = """() => document.activeElement.closest('[role=dialog]') ? 'within'
    : document.activeElement === document.body ? 'the browser' : document.activeElement.outerHTML"""
# What lies behind a dialog gives the focus back to it.
TAKEN_BACK = """() => document.activeElement === document.body
    || document.activeElement.closest('[role=dialog]')"""
QUIET = "() => !document.querySelector('[data-dash-is-loading], ._dash-loading')"


@pytest.fixture
def keys(page):
    """Presses keys and looks at each stop; at the end no stop may have been unseen or covered."""
    return Keys(page)


class Keys:
    """A reader without a mouse."""

    def __init__(self, page):
        self.page = page
        page.emulate_media(reduced_motion="reduce")  # each stop is in its place at once

    def open(self, path):
        self.page.goto(path)
        expect(self.page.locator("main h1")).to_be_visible()
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function(QUIET)

    def look(self, selector=""):
        """Whether the stop is the one that is looked for; fails where it cannot be seen."""
        for _ in range(30):  # as long as a reader would wait for it
            stop = self.page.evaluate(STOP, selector)
            if stop["name"] != "nothing" and stop["marked"] and not stop["covered"]:
                return stop["wanted"]
            self.page.wait_for_timeout(100)
        assert stop["name"] != "nothing", f"the focus is lost on {self.page.url}"
        assert stop["marked"], f"the focus cannot be seen on {stop['name']}"
        assert not stop["covered"], f"something lies over {stop['name']}"

    def press(self, *names):
        for name in names:
            self.page.keyboard.press(name)

    def to(self, selector, key="Tab", most=250):
        """Goes on until the focus is on what fits ``selector``."""
        for _ in range(most):
            self.press(key)
            if self.look(selector):
                return
        raise AssertionError(f"no way to {selector} by {key}")

    def write(self, selector, text):
        self.to(selector)
        self.press("Control+a")
        self.page.keyboard.insert_text(text)


def announced(page, *texts):
    region = page.locator("#announcer")
    for text in texts:
        expect(region).to_contain_text(text)


def test_from_the_overview_down_to_a_street_and_back(page, keys):
    keys.open("/?area=370113")
    keys.to(".skip-link")
    keys.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    keys.open("/?area=370113")
    keys.to("#area-choice, button.dash-dropdown")
    keys.press("Enter")
    expect(page.locator(".dash-dropdown-search")).to_be_visible()
    page.keyboard.type(DISTRICT)
    expect(page.locator(".dash-options-list-option").first).to_contain_text("示例区")
    keys.press("Enter")
    expect(page.locator("main h1")).to_contain_text("目标")  # what stands out among its targets
    expect(page.locator("main .where").first).to_contain_text("示例区")
    announced(page, "示例区")
    keys.look()

    keys.to("#period-choice")
    page.evaluate(
        "() => { window.said = []; new MutationObserver(() => { const text ="
        " document.getElementById('announcer').textContent; if (text) window.said.push(text); })"
        ".observe(document.getElementById('announcer'), {childList: true, subtree: true,"
        " characterData: true}); }"
    )
    before = page.locator("#period-choice").input_value()
    keys.press("ArrowDown")
    page.wait_for_url("**period=**")
    expect(page.locator("#period-choice")).not_to_have_value(before)
    period = page.locator("#period-choice option:checked").inner_text()
    announced(page, period)
    page.wait_for_timeout(600)
    assert len(page.evaluate("window.said")) == 1, "a change is said more than once"
    expect(page.locator("#period-choice")).to_be_focused()
    keys.to("a.step-link")
    keys.press("Enter")
    expect(page.locator("#announcer")).not_to_contain_text(period)
    page.wait_for_function(QUIET)
    keys.look()

    keys.to(".place:has([href^='/topic/']) > summary", "Shift+Tab")
    keys.press("Enter")
    keys.to(".tab[href^='/topic/elderly']")
    keys.press("Enter")
    expect(page.locator(".topic-title .where")).to_contain_text("养老设施覆盖")
    expect(page.locator("#main")).to_be_focused()
    announced(page, "养老设施覆盖")
    page.wait_for_function(QUIET)
    card = "[data-ref='elderly/beds_by_street']"
    if not page.locator(card).is_visible():  # among the folded charts
        keys.to("#more-charts > summary")
        keys.press("Enter")
        expect(page.locator(card)).to_be_visible()
    keys.to(f"{card} .table-view > summary")
    keys.press("Enter")
    expect(page.locator(f"{card} table")).to_be_visible()
    keys.to(f"{card} tbody th a")
    street = page.evaluate("document.activeElement.textContent")
    keys.press("Enter")
    page.wait_for_url("**/street/**")
    expect(page.locator("h1")).to_have_text(street)
    expect(page.locator("#main")).to_be_focused()
    keys.to(".breadcrumb-path a")
    keys.press("Enter")
    page.wait_for_url(lambda address: "/street/" not in address)
    expect(page.locator("main .where").first).to_contain_text("示例区")


def test_a_file_is_handed_in_corrected_and_sent(page, keys, app, tmp_path):
    desk = app.desk
    before = {row.id for row in desk.submissions.latest()}
    file = tmp_path / "马山镇.csv"
    file.write_text("指标名称,计量单位,数量\n结婚登记对数,对,34\n离婚登记对数,对,12\n", "utf-8")
    keys.open("/submissions?area=370113107")
    keys.to("#upload input[type=file], #upload [tabindex='0'], #upload button, #upload a")
    chosen = []
    page.on("filechooser", lambda one: chosen.append(one))
    for _ in range(5):  # again where the page was just drawn anew
        keys.press("Enter")
        page.wait_for_timeout(1000)
        if chosen:
            break
    chosen[0].set_files(file)
    expect(page.locator(".sheet-preview")).to_be_visible()
    keys.to(".is-asked input")
    for _ in range(page.locator(".is-asked input").count()):
        asked = page.evaluate("document.activeElement.closest('tr').textContent")
        page.keyboard.insert_text("2025年6月" if "报告期" in asked else "马山镇")
        keys.press("Tab")
    keys.to("#preview-again")
    keys.press("Enter")
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    keys.look()
    keys.to("#hand-in", "Shift+Tab")
    keys.press("Enter")
    expect(page.locator(".receipt-stored")).to_contain_text("2025年6月")
    keys.look()
    for row in desk.submissions.latest():
        if row.id not in before:
            desk.submissions.withdraw(row.id, "test", "the journey is over")


def test_a_target_is_edited_in_its_dialog(page, keys):
    keys.open("/targets?area=990101&period=2026-10&target=meal_points:990101:2026-12:by_date")
    keys.to("#target-open")
    keys.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.wait_for_timeout(400)
    keys.write("#target-field-value", "165")
    keys.write("#target-by", "王主任")
    keys.to("#target-save")
    keys.press("Enter")
    expect(page.locator("#target-message")).to_contain_text("请填写理由")
    stops = []
    for _ in range(45):  # the focus goes round within the dialog, by way of the browser's own bar
        keys.press("Tab")
        page.wait_for_function(TAKEN_BACK)
        stops.append(page.evaluate(WITHIN))
    assert set(stops) <= {"within", "the browser"} and stops.count("the browser") <= 3
    keys.write("#target-reason", "年中调整")
    keys.to("#target-save")
    keys.press("Enter")
    page.wait_for_url(re.compile("saved="))
    expect(page.locator(".findings tbody tr").first).to_contain_text("年中调整")
    keys.to("#target-open")
    keys.press("Enter")
    expect(dialog).to_be_visible()
    page.wait_for_timeout(400)
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#target-open")).to_be_focused()


def test_a_report_is_made_and_downloaded(page, keys):
    keys.open("/report?area=990101&period=2024-09")
    # What is proposed for the director is chosen already, and nothing else.
    proposed = page.locator(".report-proposed input:checked")
    expect(proposed.first).to_be_visible()
    outlined = page.locator("#report-outline li[data-ref]")
    expect(outlined).to_have_count(proposed.count())
    keys.to("#report-none")
    keys.press("Enter")
    expect(page.get_by_text("请至少选择一张图表。")).to_be_visible()
    keys.look()
    topic = ".report-topic:has(input[value^='marriage/'])"
    keys.to(f"{topic} > summary")
    keys.press("Enter")
    keys.to(f"{topic} input[type=checkbox]")
    keys.press(" ")
    expect(outlined).to_have_count(1)
    keys.look()
    keys.to("button[id*='pptx']")
    keys.press("Enter")
    expect(page.locator(".report-ready a")).to_be_visible(timeout=60_000)
    keys.look()
    keys.to(".report-ready a")
    with page.expect_download() as download:
        keys.press("Enter")
    assert download.value.suggested_filename.endswith(".pptx")


def test_a_meeting_of_five_slides_is_prepared_and_held(page, keys):
    keys.open("/meeting?area=990101")
    keys.write("form input[name=title]", "局长办公会")
    keys.to("form button")
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/meeting/[^?]+"))
    agenda = page.url
    keys.open("/topic/marriage?area=990101")
    for number in range(3):
        keys.to(".chart-card [data-action=agenda]")
        keys.press("Enter")
        expect(page.locator(".chart-card .agenda-choice").first).to_be_visible()
        keys.to(".chart-card .agenda-choice")
        keys.press("Enter")
        expect(page.locator(".chart-card .told a")).to_have_count(number + 1)
        keys.look()
    keys.open("/topic/elderly?area=990101")
    keys.to(".chart-card [data-action=agenda]")
    keys.press("Enter")
    expect(page.locator(".chart-card .agenda-choice").first).to_be_visible()
    keys.to(".chart-card .agenda-choice")
    keys.press("Enter")
    expect(page.locator(".chart-card .told a")).to_have_count(1)
    page.goto(agenda)
    expect(page.locator(".agenda-page")).to_have_count(4)
    page.wait_for_load_state("networkidle")
    keys.press("p")
    expect(page.locator("main.stage")).to_be_visible()
    # One slide more where an earlier meeting was held: what has changed since.
    slides = page.locator(".stage-number").inner_text().split(" / ")[1]
    assert slides in ("5", "6")
    for number in range(1, int(slides) + 1):
        expect(page.locator(".stage-number")).to_have_text(f"{number} / {slides}")
        expect(page.locator(".slide.is-on :is(h1, h2)").first).to_be_visible()
        keys.press("ArrowRight")
    keys.press("n")
    expect(page.locator("[data-dialog=ask] textarea")).to_be_focused()
    keys.look()
    keys.press("Escape")
    keys.press("Escape")
    expect(page.locator("main.stage")).to_have_count(0)
