"""Handing in on the page: preview, answers, note, hand in; paste; cancel; bad files and texts.

The figures go to a town that has none, and every submission is withdrawn again.
"""

import pytest
from docx import Document
from openpyxl import Workbook
from playwright.sync_api import expect

TOWN, NAME = "370113107", "马山镇"
WRONG_SUM = f"""indicator,area,period,value,unit
dibao_persons,{TOWN},2025-06,1100,人
urban_dibao_persons,{TOWN},2025-06,400,人
rural_dibao_persons,{TOWN},2025-06,800,人
"""


@pytest.fixture
def submissions(page, app):
    """The page, open; what is handed in on it is withdrawn at the end."""
    desk = app.desk
    before = {row.id for row in desk.submissions.latest()}
    page.goto("/submissions")
    expect(page.locator("#upload-form")).to_be_visible()
    page.wait_for_load_state("networkidle")
    yield page
    for row in desk.submissions.latest():
        if row.id not in before and not row.withdrawn:
            desk.submissions.withdraw(row.id, "test", "the journey is over")


def drop(page, *files):
    page.set_input_files("#upload input[type=file]", [str(file) for file in files])


def written(folder, name, text):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def table_without_period(folder, name="街道表.xlsx", line="结婚登记对数"):
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总"
    for row in (["编制单位：马山镇"], ["指标名称", "计量单位", "数量"], [line, "对", 34]):
        sheet.append(row)
    sheet.append(["离婚登记对数", "对", 12])
    book.save(folder / name)
    return folder / name


def waits_for_answers(page):
    """Nothing can be handed in yet: the button says so, and previewing again is the next step."""
    expect(page.locator("#hand-in")).to_be_disabled()
    expect(page.locator("#hand-in-message")).to_contain_text("还不能报送")
    expect(page.locator("#preview-again.btn-primary")).to_be_visible()


def choose(page, box, text):
    """Opens a searchable list, types, and takes what is found first."""
    box.click()
    page.locator(".dash-dropdown-search").fill(text)
    option = page.locator(".dash-options-list-option", has_text=text).first
    expect(option).to_be_visible()
    option.click()


def test_a_wrong_sum_needs_a_note_and_then_its_figure_is_on_the_topic_page(
    submissions, tmp_path, accessibility
):
    page = submissions
    drop(page, written(tmp_path, "wrong.csv", WRONG_SUM))
    card = page.locator(".sheet-preview")
    expect(card).to_contain_text("有提醒，需说明")
    expect(card.locator(".severity-warning")).to_be_visible()
    expect(card.locator(".tag-new").first).to_contain_text("3")
    expect(card.locator(".recognised")).to_contain_text(TOWN)
    card.locator(".table-view summary").click()
    expect(card.locator(".understood tbody tr").first).to_contain_text("1,100人")
    assert accessibility() == []

    expect(page.locator("#hand-in")).to_be_disabled()
    expect(page.locator("#hand-in-message")).to_contain_text("报送前请写说明")
    page.fill("#upload-note", "城乡之和已与街道核对")
    page.keyboard.press("Tab")
    expect(page.locator("#hand-in")).to_be_enabled()
    page.click("#hand-in")
    expect(page.locator(".receipt-stored")).to_contain_text("wrong.csv")
    expect(page.locator("#upload-form")).to_be_visible()
    expect(page.locator("#submission-list")).to_contain_text("wrong.csv")

    page.goto(f"/topic/assistance?area={TOWN}")
    expect(page.locator("main")).to_contain_text("1,100")


def test_a_table_without_a_period_is_asked_for_it_and_then_stored(submissions, tmp_path):
    page = submissions
    drop(page, table_without_period(tmp_path))
    asked = page.locator(".is-asked")
    expect(asked).to_have_count(1)
    expect(asked).to_contain_text("报告期")
    waits_for_answers(page)
    asked.locator("input").fill("2025年6月")
    page.keyboard.press("Tab")
    page.click("#preview-again")
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    expect(page.locator(".recognised")).to_contain_text("由您填写")
    page.click("#hand-in")
    expect(page.locator(".receipt-stored")).to_contain_text("2025年6月")


def test_what_is_handed_in_was_previewed_with_its_answers(submissions, tmp_path):
    page = submissions
    drop(page, table_without_period(tmp_path))
    page.locator(".is-asked input").fill("2025-06")
    page.keyboard.press("Tab")
    page.click("#preview-again")
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    page.get_by_label("报告期", exact=True).fill("2025-05")
    page.keyboard.press("Tab")
    page.click("#hand-in")
    expect(page.locator("#hand-in-message")).to_contain_text("已按您的更正重新预览")
    expect(page.locator(".receipt")).to_have_count(0)


def test_a_pasted_table_is_read_and_a_reload_keeps_its_preview(submissions):
    page = submissions
    page.fill("#paste", WRONG_SUM.replace(",", "\t").replace("1100", "1200"))
    page.click("#paste-preview")
    expect(page.locator(".file-preview h3")).to_contain_text("粘贴的表格")
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    page.reload()
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    page.click("#discard")
    expect(page.locator("#preview-card")).to_be_hidden()
    expect(page.locator("#upload-form")).to_be_visible()


def test_an_unknown_line_is_given_a_meaning_once(submissions, tmp_path, app):
    page = submissions
    line = "办理结为夫妻手续的对数"
    for name, times in (("第一次.xlsx", 1), ("第二次.xlsx", 0)):
        drop(page, table_without_period(tmp_path, name, line))
        page.locator(".is-asked input").fill("2025-06")
        page.keyboard.press("Tab")
        page.click("#preview-again")
        expect(page.locator(".file-preview h3")).to_contain_text(name)
        expect(page.locator(".is-asked")).to_have_count(0)
        box = page.locator(".unknown-lines .dash-dropdown")
        expect(box).to_have_count(times)
        if times:
            choose(page, box, "结婚登记对数")
            page.click("#preview-again")
            expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
        page.click("#hand-in")
        expect(page.locator(".receipt-stored")).to_contain_text(name)
    form = next(one.form for one in app.desk.submissions.mappings() if one.name == line)
    app.desk.submissions.forget_mapping(form, line, "test")


def test_long_work_says_what_it_does_and_can_be_cancelled(submissions, tmp_path):
    page = submissions
    book = Workbook()
    book.remove(book.active)
    for number in range(1, 191):
        sheet = book.create_sheet(f"第{number}表")
        for row in (["编制单位：马山镇"], ["2024年6月"], ["指标名称", "计量单位", "数量"]):
            sheet.append(row)
        for _ in range(150):
            sheet.append(["结婚登记对数", "对", number])
    book.save(tmp_path / "长.xlsx")
    drop(page, tmp_path / "长.xlsx")
    expect(page.locator("#progress-card")).to_be_visible()
    expect(page.locator("#progress progress")).to_be_visible()
    page.click("#cancel")
    expect(page.locator("#receipts")).to_contain_text("已取消")
    expect(page.locator("#upload-form")).to_be_visible()


def test_a_bad_file_is_refused_by_its_cell(submissions, tmp_path):
    page = submissions
    table = "indicator,area,period,value,unit\nmarriages,990101,2025-03,abc,对\n"
    drop(page, written(tmp_path, "bad.csv", table))
    row = page.locator(".sheet-preview .findings tbody tr").first
    expect(row).to_contain_text("D2")
    expect(row).to_contain_text("abc")
    waits_for_answers(page)


def test_texts_of_a_file_stay_text(submissions, tmp_path):
    page = submissions
    page.on("dialog", lambda dialog: pytest.fail("a script of the file ran"))
    long = "很长" * 500
    table = f"""指标名称,计量单位,数量
<img src=x onerror=alert(1)>,对,1
\u202e结婚登记对数,对,{long}
{long},对,3
"""
    drop(page, written(tmp_path, "马山镇2025年6月<b>.csv", table))
    card = page.locator(".sheet-preview")
    expect(card).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".file-preview h3")).to_contain_text("<b>")
    assert page.locator(".work-area img").count() == 0
    assert "\u202e" not in card.inner_text()
    assert long not in card.inner_text()


def test_files_that_are_too_large_are_not_sent(submissions, tmp_path):
    page = submissions
    file = tmp_path / "large.csv"
    file.write_bytes(b"0" * (21 * 1024 * 1024))
    drop(page, file)
    expect(page.locator("#upload-files")).to_contain_text("20 MB")
    expect(page.locator("#preview-card")).to_be_hidden()


def test_files_that_are_gone_are_said_to_be_gone(submissions, tmp_path, app):
    page = submissions
    drop(page, written(tmp_path, "wrong.csv", WRONG_SUM.replace("1100", "1200")))
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    for entry in (app.desk.settings.home / "tray").iterdir():
        app.desk.tray.drop(entry.name)
    page.click("#hand-in")
    expect(page.locator("#receipts")).to_contain_text("已不在")


def street_table(folder, name, *rows, title="长清区2026年10月低保情况"):
    book = Workbook()
    for row in ([title], ["街道", "城市低保人数"], *rows):
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def test_an_unknown_street_is_assigned_on_the_page(submissions, tmp_path, accessibility):
    page = submissions
    rows = ["马山镇", 41], ["文昌", 30], ["双全镇", 22]
    drop(page, street_table(tmp_path, "街道.xlsx", *rows))
    row = page.locator(".unknown-areas tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("双全镇")
    expect(page.locator(".sheet-preview")).to_contain_text("登记这 1 个街道")
    assert accessibility() == []
    choose(page, row.locator(".dash-dropdown"), "双泉镇")
    page.click("#preview-again")
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    expect(row).to_contain_text("双泉镇")  # what was answered stays to be changed
    page.click("#hand-in")
    expect(page.locator(".receipt-stored")).to_contain_text("3 个数")
    expect(page.locator(".receipt-stored")).to_contain_text("2026年10月")


def test_a_withdrawn_submission_is_not_shown_as_stored(submissions, tmp_path):
    page = submissions
    drop(page, street_table(tmp_path, "撤回.xlsx", ["马山镇", 43]))
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    page.click("#hand-in")
    receipt = page.locator(".receipt-stored")
    expect(receipt).to_contain_text("已入库")
    receipt.get_by_role("link", name="撤回").click()
    card = page.locator("#withdrawing")
    expect(card).to_be_visible()
    page.fill("#withdraw-by", "王")
    page.fill("#withdraw-reason", "录错")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#withdraw")
    expect(page.locator("#withdrawing-card")).to_contain_text("已撤回")
    expect(page.locator("#submission-list tbody tr").first).to_contain_text("录错")
    expect(page.locator("#receipts")).not_to_contain_text("已入库")
    page.reload()
    expect(page.locator("#receipts")).not_to_contain_text("已入库")
    expect(page.locator("#receipts")).to_contain_text("撤回")


def test_cells_with_errors_are_marked_in_the_table(submissions, tmp_path):
    page = submissions
    drop(page, street_table(tmp_path, "错.xlsx", ["马山镇", "四十"], ["双泉镇", 12]))
    marked = page.locator(".as-printed td.has-error")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("四十")


def test_a_report_without_a_table_is_led_to_where_its_figures_are_checked(submissions, tmp_path):
    page = submissions
    document = Document()
    document.add_paragraph("长清区2026年三季度工作总结：城市低保对象1698人。")
    document.save(tmp_path / "总结.docx")
    drop(page, tmp_path / "总结.docx")
    page.locator(".sheet-preview").get_by_role("link", name="核对材料").click()
    expect(page.locator("h1")).to_contain_text("核对材料")
