"""Journeys through the report page: put together, moved, made, cancelled, saved, used again."""

from playwright.sync_api import expect
from pptx import Presentation

PLACE = "/report?area=990101&period=2024-09"


def only(page, topic, *titles):
    """Leaves nothing chosen but these charts of a topic."""
    expect(page.locator("#report-outline li[data-ref]").nth(2)).to_be_visible()
    page.get_by_label("全部图表", exact=True).check()
    page.get_by_role("button", name="全不选").click()
    expect(page.get_by_text("请至少选择一张图表。")).to_be_visible()
    topic_box = page.locator(".report-topic", has=page.get_by_text(topic, exact=True))
    topic_box.locator("summary").click()
    for title in titles:
        topic_box.get_by_label(title, exact=True).check()
    expect(page.locator("#report-outline li[data-ref]")).to_have_count(len(titles))


def drag_to_top(outline, title):
    """Drags an entry to the top; again where the list was drawn anew under the pointer."""
    for _ in range(5):
        outline.filter(has_text=title).drag_to(outline.nth(0))
        outline.page.wait_for_timeout(300)
        if title in outline.nth(0).inner_text():
            return
    raise AssertionError(f"{title} cannot be dragged to the top")


def made(page, button):
    """What is downloaded when the report is made; its link stays."""
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=button).click()
    expect(page.locator(".report-ready a")).to_be_visible()
    return download.value


def test_a_report_is_put_together_moved_made_and_saved(page):
    page.goto(PLACE)
    only(page, "婚姻登记", "结婚和离婚登记", "各街镇结婚登记对数", "结婚登记对数年内累计")
    outline = page.locator("#report-outline li[data-ref]")
    up = page.get_by_role("button", name="上移：各街镇结婚登记对数")
    up.focus()
    page.keyboard.press("Enter")
    expect(outline.nth(0)).to_contain_text("各街镇结婚登记对数")
    drag_to_top(outline, "结婚登记对数年内累计")
    page.locator("#report-title").fill("婚姻登记情况")
    got = made(page, "PPTX 幻灯片")
    assert got.suggested_filename == "婚姻登记情况_2024年9月.pptx"
    slides = Presentation(got.path())
    texts = [
        "\n".join(shape.text for shape in slide.shapes if shape.has_text_frame)
        for slide in slides.slides
        if any(shape.has_chart for shape in slide.shapes)
    ]
    wanted = ["结婚登记对数年内累计", "各街镇结婚登记对数", "结婚和离婚登记"]
    charts = [[name for name in wanted if name in text] for text in texts]
    assert [name for names in charts for name in names] == wanted, texts
    page.locator("#report-name").fill("月度会")
    page.locator("#report-by").fill("办公室")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#report-message")).to_contain_text("已保存“月度会”")
    page.goto(PLACE)
    expect(outline.nth(3)).to_be_visible()
    page.locator("#report-saved").select_option("月度会")
    expect(outline).to_have_count(3)
    expect(outline.nth(0)).to_contain_text("结婚登记对数年内累计")
    expect(page.locator("#report-title")).to_have_value("婚姻登记情况")
    page.locator("#report-name").fill("季度会")
    page.get_by_role("button", name="改名").click()
    expect(page.locator("#report-saved option", has_text="季度会")).to_have_count(1)
    page.locator("#report-saved").select_option("季度会")
    page.get_by_role("button", name="删除").click()
    expect(page.locator("#report-saved option", has_text="季度会")).to_have_count(0)


def test_a_report_is_made_in_the_other_language(page):
    page.goto(PLACE)
    only(page, "婚姻登记", "结婚和离婚登记")
    page.locator("#report-language").get_by_label("English").check()
    slides = Presentation(made(page, "PPTX 幻灯片").path()).slides
    texts = ["".join(s.text_frame.text for s in one.shapes if s.has_text_frame) for one in slides]
    assert any("Marriages and divorces registered" in text for text in texts)
    assert all("Demo figures" in text for text in texts)


def test_a_report_in_the_making_is_cancelled_and_leaves_nothing(page, app):
    page.goto(PLACE)
    expect(page.locator("#report-outline li[data-ref]").nth(2)).to_be_visible()
    page.get_by_label("全部图表", exact=True).check()
    topic = page.locator(".report-topic", has=page.get_by_text("养老设施覆盖", exact=True))
    topic.locator("summary").click()
    topic.get_by_role("button", name="选全部数据").click()  # long enough in the making
    expect(page.locator("#report-outline li[data-ref]").nth(20)).to_be_visible()
    folder = app.desk.settings.home / "reports"
    before = sorted(folder.iterdir()) if folder.is_dir() else []
    page.get_by_role("button", name="PPTX 幻灯片").click()
    expect(page.locator("#report-progress progress")).to_be_visible()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_text("已取消，没有留下文件。")).to_be_visible(timeout=60_000)
    assert (sorted(folder.iterdir()) if folder.is_dir() else []) == before


def test_all_figures_of_a_topic_are_chosen_with_one_button(page):
    page.goto(PLACE)
    only(page, "慈善和社会工作")
    topic = page.locator(".report-topic[open]").last
    topic.get_by_role("button", name="选全部数据").click()
    boxes = topic.locator("input[type=checkbox]")
    expect(page.locator("#report-outline li[data-ref]")).to_have_count(boxes.count())
    assert boxes.count() > 0
