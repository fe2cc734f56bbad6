"""One chart leaves by its dialog: previewed, a picture of the chosen size, in both languages."""

import base64
import re
import struct

from playwright.sync_api import expect
from pptx import Presentation

CARD = "[data-ref='marriage/marriages_by_street']"
TABLE = "[data-ref='marriage/marriages_table']"


def opened(page, card=CARD):
    page.goto("/topic/marriage?area=990101&period=2024-09")
    button = page.locator(card).locator("[data-action=export]")
    button.wait_for(state="attached")  # only then is it known whether the card is folded
    if page.locator("#more-charts").locator(card).count():
        page.locator("#more-charts > summary").click()
    page.locator(card).locator(".export-menu > summary").click()
    button.click()
    dialog = page.locator(".export-dialog")
    expect(dialog.locator("img")).to_have_attribute("src", starting("data:image/svg+xml"))
    return dialog


def starting(start):
    return re.compile("^" + re.escape(start))


def picture(page, dialog):
    with page.expect_download() as download:
        dialog.get_by_role("button", name="PNG").click()
    content = download.value.path().read_bytes()
    return struct.unpack(">II", content[16:24]), content


SIZES = (("slide", 1, (1600, 900)), ("half", 3, (3720, 2631)), ("full", 2, (2480, 3510)))


def test_a_copied_picture_is_the_one_that_is_saved_and_each_has_the_size_that_was_previewed(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog = opened(page)
    _, saved = picture(page, dialog)
    dialog.get_by_role("button", name="复制图片").click()
    expect(dialog.locator(".export-message")).to_have_text("图片已复制，可以粘贴。")
    kind, size, differing, foot = page.evaluate(
        """async (saved) => {
          const [item] = await navigator.clipboard.read();
          const pixels = async (blob) => {
            const image = await createImageBitmap(blob);
            const canvas = new OffscreenCanvas(image.width, image.height);
            canvas.getContext("2d").drawImage(image, 0, 0);
            return canvas.getContext("2d").getImageData(0, 0, image.width, image.height);
          };
          const copied = await pixels(await item.getType("image/png"));
          const bytes = Uint8Array.from(atob(saved), (sign) => sign.charCodeAt(0));
          const other = await pixels(new Blob([bytes], {type: "image/png"}));
          const differing = copied.data.filter((value, at) => value !== other.data[at]).length;
          const last = copied.data.slice(-copied.width * 160 * 4); // where the source stands
          const foot = last.filter((value) => value < 200).length;
          return [item.types.join(), [copied.width, copied.height], differing, foot];
        }""",
        base64.b64encode(saved).decode(),
    )
    assert "image/png" in kind and size == [3200, 1800]
    assert differing == 0 and foot > 1000

    for size, scale, pixels in SIZES:
        dialog.locator(f"[name=export-size][value={size}]").check()
        dialog.locator(f"[name=export-scale][value='{scale}']").check()
        expect(dialog.locator("img")).to_have_attribute("width", str(pixels[0] // scale))
        got, _ = picture(page, dialog)
        assert got == pixels, size


def test_where_the_browser_cannot_copy_it_says_what_to_do(page):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    dialog = opened(page)
    dialog.get_by_role("button", name="复制图片").click()
    expect(dialog.locator(".export-message")).to_contain_text("PNG")


def test_the_dialog_speaks_the_other_language_in_what_leaves(page):
    dialog = opened(page)
    dialog.locator("[name=export-language][value=en]").check()
    dialog.locator("[name=export-ground][value=clear]").check()
    expect(dialog.locator("img")).to_have_attribute("alt", starting("预览: Marriages"))
    with page.expect_download() as download:
        dialog.get_by_role("button", name="SVG").click()
    text = download.value.path().read_text("utf-8")
    assert "Demo figures" in text and "Source:" in text and 'fill="#ffffff"/>' not in text[:600]
    with page.expect_download() as download:
        dialog.get_by_role("link", name="PPT 单页").click()
    slides = Presentation(download.value.path()).slides
    assert len(slides) == 1 and any(shape.has_chart for shape in slides[0].shapes)
    title = slides[0].shapes.title.text.replace("\v", " ")  # its lines
    assert title.startswith("Marriages") and "Subdistrict" in title
    expect(dialog.locator("img")).to_have_attribute("alt", f"预览: {title}")


def test_nothing_in_a_picture_lies_outside_of_it(page):
    dialog = opened(page, TABLE)
    expect(dialog.locator(".export-table")).to_be_visible()
    for size in ("slide", "half", "full"):
        for language in ("zh", "en"):
            outside = page.evaluate(
                """async ([size, language]) => {
                  const found = [];
                  for (const ref of ["registrations", "marriages_table", "kinds", "rates",
                                     "marriage_season", "marriages_by_street"]) {
                    const answer = await fetch(
                      `/api/figure/marriage/${ref}?area=990101&period=2024-09&lang=${language}`);
                    const picture = await pictures.draw(await answer.json(), {size});
                    const box = document.createElement("div");
                    box.innerHTML = picture.text;
                    document.querySelector("dialog").append(box);
                    const whole = box.firstChild.getBoundingClientRect();
                    for (const text of box.querySelectorAll("text")) {
                      const at = text.getBoundingClientRect();
                      if (at.width && (at.left < whole.left - 1 || at.right > whole.right + 1 ||
                          at.top < whole.top - 1 || at.bottom > whole.bottom + 1)) {
                        found.push(`${ref}: ${text.textContent}`);
                      }
                    }
                    box.remove();
                  }
                  return found;
                }""",
                [size, language],
            )
            assert outside == []


def test_the_dialog_has_no_barriers_and_gives_the_focus_back(page, accessibility):
    opened(page)
    assert accessibility() == []
    page.keyboard.press("Escape")
    expect(page.locator(CARD).locator("[data-action=export]")).to_be_focused()
