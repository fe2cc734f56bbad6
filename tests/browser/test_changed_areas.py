"""A split is handed in on the screen: old figures are restated, marked, and lead to each other."""

import pytest
from playwright.sync_api import expect

SPLIT = """日期,类型,原地区,新地区,份额,规则,依据
2022-01,拆分,北桥街道,北桥街道,0.6,分摊,区府发〔2021〕9号
2022-01,拆分,北桥街道,新城街道,{share},分摊,区府发〔2021〕9号
"""


@pytest.fixture
def desk(app):
    """The desk behind the page; what the test handed in is withdrawn again."""
    desk = app.server.extensions["dashboard"]
    known = {row.id for row in desk.submissions.latest()}
    yield desk
    for row in desk.submissions.latest():
        if row.id not in known and row.withdrawn is None:
            desk.submissions.withdraw(row.id, "test", "only for the test")


def look(page, text):
    file = {"name": "区划调整.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.goto("/submissions?area=990101")
    expect(page.locator("#upload-form")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.locator("#upload input[type=file]").set_input_files(file)
    return page.locator(".sheet-preview")


def test_a_split_is_handed_in_and_old_figures_are_told_and_marked(page, desk, accessibility):
    expect(look(page, SPLIT.format(share=0.5))).to_contain_text("份额之和应为1")
    page.click("#discard")
    expect(look(page, SPLIT.format(share=0.4))).to_contain_text("2 条区划调整")
    page.click("#hand-in")
    expect(page.locator(".receipt-stored")).to_contain_text("2 条区划调整")

    page.goto("/street/990101012?area=990101&period=2023-12")
    notice = page.locator(".notice-areas")
    expect(notice).to_contain_text("新城街道自2022年1月起由北桥街道析出设立")
    expect(notice).to_contain_text("区府发〔2021〕9号")
    trend = page.locator('[data-ref="indicator:marriages/trend"]')
    expect(trend).to_contain_text("按份额分摊自北桥街道 40.0%")
    trend.get_by_text("查看数据表").click()
    expect(trend.locator("table").first).to_contain_text("按份额分摊估算")
    # The click scrolled the page: what lies half below the band of filters there has its full
    # size all the same, so the whole page is measured from its top.
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    assert not accessibility()

    notice.get_by_role("link", name="北桥街道").click()
    page.wait_for_url("**/street/990101004**")
    expect(page.locator(".notice-areas")).to_contain_text("北桥街道自2022年1月起划出部分区域")

    page.locator(".notice-areas").get_by_role("link", name="全部区划调整").click()
    page.wait_for_url("**/submissions**")
    listed = page.locator("#area-changes")
    expect(listed).to_contain_text("60.0%")
    expect(listed).to_contain_text("区府发〔2021〕9号")
    assert not accessibility()
