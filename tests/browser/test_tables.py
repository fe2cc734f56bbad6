"""Tables are sorted by their headings, in the browser alone; text has a size one can read."""

import pytest
from everywhere import DRAWN, visit
from playwright.sync_api import expect

DEMO = "area=990101&period=2026-10"
TABLE = f"/indicators/marriages?{DEMO}"
STREETS = '.chart-card[data-ref$="/table"] table'
CELLS = "(t, at) => [...t.tBodies[0].rows].map(r => r.cells[at].innerText.split('\\n')[0])"
# Every text that is seen, smaller than so many pixels: what it says and how large it is.
SMALL_TEXT = """(least) => {
    const small = new Set();
    const signs = 'svg, .visually-hidden, .trend-start, .arrow, .chip-sign, [aria-hidden=true]';
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.parentElement;
        if (!node.textContent.trim() || at.closest(signs)) continue;
        const box = at.getBoundingClientRect();
        if (!box.width || !box.height) continue;
        const size = parseFloat(getComputedStyle(at).fontSize);
        if (size && size < least) small.add(node.textContent.trim() + ' ' + size);
    }
    return [...small];
}"""
BODY_TEXT = (
    "() => [...document.querySelectorAll('main p.sentence, main .key-value + p, main td.number')]"
    ".filter(e => e.getBoundingClientRect().width)"
    ".map(e => parseFloat(getComputedStyle(e).fontSize))"
)


def column(table, place):
    return table.evaluate(CELLS, place)


def test_a_heading_sorts_by_keyboard_and_says_so_without_a_request(page):
    visit(page, TABLE, "zh")
    table = page.locator(STREETS)
    whole = column(table, 0)[-1]
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    heading = table.locator("thead th").nth(1)
    heading.locator("button").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    first = [float(text.replace(",", "")) for text in column(table, 1)[:-1] if text != "—"]
    assert first == sorted(first, reverse=True) and len(first) > 3
    assert column(table, 0)[-1] == whole, "the total stays at the foot"
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    values = column(table, 1)[:-1]
    known = [float(text.replace(",", "")) for text in values if text != "—"]
    assert known == sorted(known)
    assert "—" not in values[: len(known)], "what is absent stands last both ways"
    other = table.locator("thead th").first
    other.locator("button").click()
    expect(other).to_have_attribute("aria-sort", "ascending")
    assert heading.get_attribute("aria-sort") is None
    assert asked == []


def test_a_street_s_indicators_are_sorted_within_their_topics(page):
    visit(page, f"/street/990101001?{DEMO}", "en")
    table = page.locator("table.comparison-rows")
    groups = table.locator("tbody th.group").all_inner_texts()
    table.locator("thead th").first.locator("button").click()
    assert table.locator("tbody th.group").all_inner_texts() == groups
    names = table.evaluate(
        "t => { const runs = []; for (const r of t.tBodies[0].rows) r.cells.length === 1"
        " ? runs.push([]) : runs.at(-1).push(r.cells[0].querySelector('a').innerText);"
        " return runs; }"
    )
    for run in names:
        assert run == sorted(run, key=str.casefold)
    assert sum(map(len, names)) > 10


def test_money_of_several_units_is_sorted_by_its_amount(page):
    visit(page, TABLE, "zh")
    order = page.evaluate(
        """() => {
            const texts = ['525.8万元', '1.41亿元', '—', '少3', '97元'];
            const body = texts.map(text => ({cells: [{text}]}));
            const head = [{cells: [{text: '额', scope: 'col', kind: 'number', sort: 'number'}]}];
            const box = document.createElement('div');
            box.dataset.table = JSON.stringify({caption: 'x', kind: '', tail: '', head, body});
            document.querySelector('main').append(box);
            return new Promise(done => setTimeout(() => {
                box.querySelector('button').click();
                done([...box.querySelectorAll('td')].map(cell => cell.textContent));
            }, 300));
        }"""
    )
    assert order == ["1.41亿元", "525.8万元", "97元", "少3", "—"]


@pytest.mark.parametrize(
    "address",
    [
        "/?",
        "/topic/marriage?",
        "/indicators/marriages?",
        "/indicators?",
        "/street/990101001?",
        "/targets?",
    ],
)
def test_no_text_of_a_page_is_smaller_than_a_caption(page, address):
    visit(page, address + DEMO, "zh")
    for width, least_body, body in ((1440, 14, 14), (390, 14, 15)):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"() => innerWidth === {width}")
        page.wait_for_function(DRAWN)
        assert page.evaluate(SMALL_TEXT, 13) == [], width
        sizes = page.evaluate(BODY_TEXT)
        assert all(size >= least_body for size in sizes), (width, sorted(set(sizes)))
        letters = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert letters == body, width
