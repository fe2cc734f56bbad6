"""Figures as a browser draws them: no words on others, none too small, and a finger scrolls on."""

import pytest

MARRIAGE = "/topic/marriage?area=990101&period=2026-09&lang="
DRAWN = """() => document.querySelector('.js-plotly-plot .main-svg')
    && [...document.querySelectorAll('.js-plotly-plot')].every(e => e.querySelector('.main-svg'))"""
FAULTS = """() => {
    const found = [];
    for (const graph of document.querySelectorAll('.js-plotly-plot')) {
        const name = graph.layout.meta.title;
        const edge = graph.querySelector('.main-svg').getBoundingClientRect();
        const words = [...graph.querySelectorAll(
            '.annotation-text, .xtick text, .ytick text, .legendtext'
        )].filter(e => e.textContent.trim()).map(e => ({
            text: e.textContent, box: e.getBoundingClientRect(),
            size: parseFloat(getComputedStyle(e).fontSize),
        }));
        words.forEach((one, place) => {
            const { left, right, top, bottom } = one.box;
            if (left < edge.left - 1 || right > edge.right + 1 || top < edge.top - 1
                || bottom > edge.bottom + 1) found.push([name, 'beyond the edge', one.text]);
            if (one.size < 12) found.push([name, 'too small', one.text, one.size]);
            for (const other of words.slice(place + 1)) {
                const wide = Math.min(right, other.box.right) - Math.max(left, other.box.left);
                const high = Math.min(bottom, other.box.bottom) - Math.max(top, other.box.top);
                // A line's box is higher than its letters.
                if (wide > 1 && high > 5) found.push([name, one.text, 'on', other.text]);
            }
        });
    }
    return found;
}"""


@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 320), ("en", 1440)])
def test_words_of_figures_keep_apart_and_a_finger_scrolls_past_them(page, language, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(MARRIAGE + language)
    page.wait_for_function(DRAWN)
    assert page.locator(".js-plotly-plot").count() > 6
    assert page.evaluate(FAULTS) == []
    if width != 390:
        return
    drag = page.locator(".js-plotly-plot .nsewdrag").nth(1)
    drag.evaluate("e => window.scrollBy(0, e.getBoundingClientRect().top - 300)")
    box, before = drag.bounding_box(), page.evaluate("scrollY")
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + 100, box["y"] + 100

    def touch(kind, *points):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 9):
        touch("touchMove", {"x": x, "y": y - 25 * step})
        page.wait_for_timeout(20)
    touch("touchEnd")
    page.wait_for_function(f"() => window.scrollY > {before} + 80")
