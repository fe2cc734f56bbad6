"""Brings a page to a state: a menu or dialog open, an error shown, a slide on the stage."""

from collections.abc import Callable
from dataclasses import dataclass

from everywhere import STREET, TARGET, visit
from openpyxl import Workbook
from playwright.sync_api import expect

TOWN = "370113107"  # has no figures of its own in the samples
WRONG_SUM = f"""indicator,area,period,value,unit
dibao_persons,{TOWN},2025-06,1100,人
urban_dibao_persons,{TOWN},2025-06,400,人
rural_dibao_persons,{TOWN},2025-06,800,人
"""
UNSPLIT = "certified_social_workers:990101:2026-12:at_least"
TELEPHONE = 390
FADED = "() => document.getAnimations().every(one => one.playState !== 'running')"


@dataclass(frozen=True)
class State:
    """``act`` brings the page at ``path`` to the state and waits until it is to be seen.

    ``width`` is given where the state exists at that width only; ``undo`` takes back what stays.
    """

    path: str
    act: Callable
    width: int = 0
    undo: Callable | None = None

    def open(self, page, language, pages, folder):
        """Opens the page and does what is to be done; ``pages`` are those made by use, by name."""
        visit(page, self.path.format(**pages), language)
        self.act(page, folder)
        page.wait_for_load_state("networkidle")
        page.wait_for_function(FADED)


def click(selector, seen, count=1):
    """Clicks the first that fits and waits for what is to be seen then."""

    def act(page, _folder):
        page.locator(selector).first.click()
        expect(page.locator(seen).first).to_be_visible()

    return act


def open_tables(page, _folder):
    """Every folded table of the page is unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(e => (e.open = true))")
    expect(page.locator(".table-view table").first).to_be_visible()


def area_list(page, _folder):
    page.focus("#area-choice")
    page.keyboard.press("Enter")
    expect(page.locator(".dash-options-list-option").first).to_be_visible()


def area_not_found(page, folder):
    area_list(page, folder)
    page.locator(".dash-dropdown-search").fill("zzzz")
    expect(page.locator(".dash-options-list-option")).to_have_count(0)


def nothing_found(page, _folder):
    page.fill("#indicator-search", "zzzz")
    expect(page.locator(".indicator-list tbody tr")).to_have_count(0)


def export_said(page, _folder):
    page.locator(".export-menu > summary").first.click()
    page.locator("[data-action=export]").first.click()
    expect(page.locator(".export-dialog")).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('.export-dialog img')?.src.startsWith('data:')"
    )


def target_errors(page, _folder):
    page.click("#target-open")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.fill("#target-field-value", "一百")
    page.click("#target-save")
    expect(page.locator("#target-message")).not_to_be_empty()


def target_tried(page, _folder):
    page.click("#target-open")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.click("#target-try")
    expect(page.locator("#target-tried .sentence")).to_be_visible()


def target_split(page, _folder):
    """The way that asks for shares, with what is wrong and an empty preview."""
    page.click("#split-open")
    expect(page.locator("#split-preview tbody tr").first).to_be_visible()
    page.select_option("#split-method", "shares")
    expect(page.locator("#split-input-message")).not_to_be_empty()


def comment_refused(page, _folder):
    page.click("#comment-edit")
    page.fill("#comment-by", "")
    page.click("#comment-save")
    expect(page.locator("#comment-message")).not_to_be_empty()


def lock_refused(page, _folder):
    page.click("#lock")
    expect(page.locator("#lock-message")).not_to_be_empty()


def withdrawal_refused(page, _folder):
    page.locator("a[href*='submission=']").last.click()  # the first may be withdrawn already
    page.click("#withdraw")
    expect(page.locator("#withdraw-message")).not_to_be_empty()


def previewed(page, folder):
    """Two files wait: one without a period and with an unknown line, one with a wrong sum."""
    book = Workbook()
    book.active.title = "汇总"
    rows = (
        ["编制单位：马山镇"],
        ["指标名称", "计量单位", "数量"],
        ["没有这个指标", "对", 34],
        ["离婚登记对数", "对", 12],
    )
    for row in rows:
        book.active.append(row)
    book.save(folder / "街道表.xlsx")
    (folder / "wrong.csv").write_text(WRONG_SUM, encoding="utf-8")
    files = [str(folder / name) for name in ("街道表.xlsx", "wrong.csv")]
    page.set_input_files("#upload input[type=file]", files)
    expect(page.locator(".sheet-preview")).to_have_count(2)
    page.evaluate("document.querySelectorAll('details').forEach(e => (e.open = true))")


def preview_refused(page, folder):
    previewed(page, folder)
    expect(page.locator("#hand-in")).to_be_disabled()
    expect(page.locator("#hand-in-message")).not_to_be_empty()


def discard(page):
    page.click("#discard")
    expect(page.locator(".sheet-preview")).to_have_count(0)


def report_refused(page, _folder):
    expect(page.locator("#report-outline li[data-ref]").nth(4)).to_be_visible()
    page.click("#report-save")
    expect(page.locator("#report-message")).not_to_be_empty()
    page.evaluate("document.querySelectorAll('details').forEach(e => (e.open = true))")
    page.evaluate("scrollTo(0, 0)")  # the band at the top lies over what is scrolled under it


def receipt_given(page, _folder):
    page.locator(".receipt-line button").first.click()
    expect(page.locator(".receipt-line .told a")).to_be_visible()


def slide(number):
    """The slide of this number is on the stage."""

    def act(page, _folder):
        for _ in range(number - 1):
            page.keyboard.press("ArrowRight")
        expect(page.locator(".stage-number")).to_contain_text(f"{number} / ")
        page.wait_for_function(
            "() => [...document.querySelectorAll('.slide.is-on .graph')]"
            ".every(e => e.querySelector('.main-svg'))"
        )

    return act


def stage_dialog(key, name, number=1):
    """A dialog of the stage, opened by its key."""

    def act(page, folder):
        slide(number)(page, folder)
        page.keyboard.press(key)
        expect(page.locator(f"[data-dialog={name}]")).to_be_visible()

    return act


def shortcuts(page, _folder):
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()


def tour(step):
    """The tour's step of this number, from 1."""

    def act(page, _folder):
        page.evaluate("location.hash = '#tour'")
        for _ in range(step - 1):
            page.locator(".tour-ways .btn-primary").click()
        expect(page.locator(".tour-card h2")).to_be_focused()

    return act


def as_addressed(_page, _folder):
    """The address alone brings the state."""


ON_STAGE = "{agenda}?present=1"
STATES = {
    "shortcuts": State("/topic/marriage", shortcuts),
    "tour": State("/", tour(1)),
    "tour_ends": State("/", tour(5)),
    "menu": State("/", click(".menu-button", ".pages.is-open"), TELEPHONE),
    "area_list": State("/", area_list),
    "area_not_found": State("/topic/marriage", area_not_found),
    "known": State("/topic/elderly", click(".known > summary", ".known-choice")),
    "tables": State("/topic/marriage", open_tables),
    "tables_of_a_street": State(f"/street/{STREET}", open_tables),
    "fullscreen": State("/topic/marriage", click("[data-action=fullscreen]", ".is-full")),
    "since": State("/indicators/marriages", click(".since-choice > summary", ".since-choice ul")),
    "export": State("/topic/marriage", export_said),
    "receipt_given": State("/topic/marriage", receipt_given),
    "nothing_found": State("/indicators", nothing_found),
    "target_errors": State("/targets", target_errors),
    "target_tried": State(f"/targets?target={TARGET}", target_tried),
    "target_split": State(f"/targets?target={UNSPLIT}", target_split),
    "targets_below": State("/targets?children=1", as_addressed),
    "comment_refused": State(f"/targets?target={TARGET}", comment_refused),
    "cell_missing": State("/completeness?span=2023&cell=990101009.2023-03", as_addressed),
    "lock_refused": State("/completeness", lock_refused),
    "withdrawal_refused": State("/submissions", withdrawal_refused),
    "previewed": State("/submissions", previewed, undo=discard),
    "preview_refused": State("/submissions", preview_refused, undo=discard),
    "report": State("/report", report_refused),
    "sheet": State(f"/street/{STREET}?print=1", as_addressed),
    "stage": State(ON_STAGE, slide(1)),
    "stage_chart": State(ON_STAGE, slide(2)),
    "stage_keys": State(ON_STAGE, stage_dialog("?", "keys")),
    "stage_question": State(ON_STAGE, stage_dialog("n", "ask", 2)),
    "stage_ways": State(ON_STAGE, stage_dialog("g", "ways", 4)),
    "topic_presented": State("/topic/marriage?present=1", slide(2)),
}
