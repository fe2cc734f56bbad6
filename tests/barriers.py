"""Finds barriers on the open page: each function returns a list of them as texts.

axe-core checks its own rules; checked here is what it cannot see: content lost at a narrow width,
with large letters or wide spacing, headings out of order, parts in another language.
"""

from itertools import pairwise

from playwright.sync_api import TimeoutError as TooLong

from dashboard.base.settings import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = """tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"""
HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter(e => e.checkVisibility()).map(e => [Number(e.tagName[1]), e.textContent])"""
LANDMARKS = """() => ['main', 'header', 'footer', 'nav:not([aria-label])'].map(
    name => [...document.querySelectorAll(name)].filter(e => e.checkVisibility()
        && !e.closest(name === 'main' ? 'nothing' : 'main')).length)"""
# Elements of a page in English whose own text is mostly Chinese and that do not say so. An option
# has no part of its own, and a figure has its sentence.
FOREIGN = """() => [...document.querySelectorAll('body *')].filter(e => {
    if (e.closest('[lang^=zh], script, style, option, svg, datalist')) return false;
    const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('');
    const count = kind => (own.match(kind) || []).length;
    const chinese = count(/[\\u4e00-\\u9fff]/g);
    return chinese && chinese >= count(/[a-z]/gi) && e.checkVisibility();
}).map(e => e.textContent.slice(0, 40))"""
# The page fits, and its figures have followed the window.
WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth + 1
    && [...document.querySelectorAll('.js-plotly-plot')].every(e => {
        const drawn = e.querySelector('.main-svg');
        if (!e.checkVisibility({contentVisibilityAuto: true})) return true; // in a folded block
        return !drawn || !e.clientWidth || Math.abs(drawn.clientWidth - e.clientWidth) < 2;
    })"""
# What stands out by itself: what scrolls within a box or is drawn does not widen a page.
WIDEST = """() => {
    const boxed = e => e.parentElement && e.parentElement !== document.body
        && (getComputedStyle(e.parentElement).overflowX !== 'visible' || boxed(e.parentElement));
    const out = [...document.querySelectorAll('body *')].filter(e => {
        const box = e.getBoundingClientRect();
        return box.width && box.right > innerWidth + 1 && !e.closest('svg') && !boxed(e)
            && e.checkVisibility({contentVisibilityAuto: true});
    });
    const wide = document.scrollingElement.scrollWidth;
    return [`the page is ${wide} px wide`, ...out.slice(0, 3).map(e => e.tagName + '.'
        + (e.getAttribute('class') || '') + ' ' + e.textContent.slice(0, 30))];
}"""
# Text that a box cuts off: it is larger than the box, and the box neither grows nor scrolls.
CUT = """() => {
    const cut = [];
    for (const e of document.querySelectorAll('body *')) {
        if (!e.clientWidth || !e.textContent.trim()) continue;
        if (e.closest('svg, .visually-hidden, .figure')) continue; // a figure has its sentence
        const style = getComputedStyle(e);
        if (style.clipPath !== 'none' || style.textOverflow === 'ellipsis' && e.title) continue;
        const hides = name => ['hidden', 'clip'].includes(style[name]);
        const width = hides('overflowX') && e.scrollWidth > e.clientWidth + 2;
        const height = hides('overflowY') && e.scrollHeight > e.clientHeight + 2;
        if ((width || height) && e.checkVisibility() && e.tagName !== 'BODY')
            cut.push(`${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 30)}`);
    }
    return cut;
}"""
# Figures without a name, a sentence or a table; colours without a sign and a word.
UNTOLD = """() => {
    const found = [];
    const say = (what, e) => found.push(`${what}: ${e.outerHTML.slice(0, 90)}`);
    const text = e => e ? e.textContent.trim() : '';
    const shown = selector => [...document.querySelectorAll(selector)]
        .filter(e => e.checkVisibility());
    for (const e of shown('.figure, .stage-figure')) {
        const told = document.getElementById(e.getAttribute('aria-describedby'));
        if (e.getAttribute('role') !== 'img' || !e.getAttribute('aria-label') || !text(told))
            say('a figure without name or sentence', e);
        const card = e.closest('.chart-card');
        if (card && !card.querySelector('.table-view > summary'))
            say('a figure without its table', e);
    }
    for (const e of shown('.status-pill, a.status-chip:not(.status-all)')) {
        const sign = e.querySelector('.chip-sign, .arrow');
        if (!text(sign) || text(e).replace(text(sign), '').trim().length < 2)
            say('a status without sign and word', e);
    }
    for (const e of shown('.change.tone-better, .change.tone-worse'))
        if (!/[+\\-−▲▼↑↓✓✕]/.test(text(e))) say('a change by colour alone', e);
    for (const e of shown('td.tone-better, td.tone-worse, td[class*=tone-level]'))
        if (!/[\\d—]/.test(text(e)) && !text(e)) say('a cell by colour alone', e);
    for (const e of shown('.modebar-btn'))
        if (!e.dataset.title && !e.getAttribute('aria-label')) say('a button without a name', e);
    return found;
}"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
LARGE = "html { font-size: 200% !important; }"
WAIT = 8000  # milliseconds until figures have followed a new width


def violations(page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, target sizes among it."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, TAGS)["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def disorder(page, *, paper: bool = False) -> list[str]:
    """Headings that skip a level, more or less than one h1, landmarks that are missing.

    ``paper``: the page is one for the printer, with a main part alone.
    """
    levels = page.evaluate(HEADINGS)
    found = [
        f"a heading of level {level} after one of level {before}: {text}"
        for (before, _), (level, text) in pairwise(levels)
        if level > before + 1
    ]
    if [level for level, _ in levels].count(1) != 1 or levels[0][0] != 1:
        found.append(f"the page does not begin with its only h1: {levels[:3]}")
    main, header, footer, unnamed = page.evaluate(LANDMARKS)
    if (main, header, footer, unnamed) != (1, int(not paper), int(not paper), 0):
        found.append(f"{main} main, {header} header, {footer} footer, {unnamed} nav without a name")
    return found


def foreign(page) -> list[str]:
    """Chinese text on a page in English that is not marked as such."""
    if page.get_attribute("html", "lang") != "en":
        return []
    return [f"not marked as Chinese: {text}" for text in page.evaluate(FOREIGN)]


def untold(page) -> list[str]:
    """Figures without a name, a sentence or a table; statuses and changes by colour alone."""
    return page.evaluate(UNTOLD)


def too_wide(page, width: int) -> list[str]:
    """What stands out of a window of this width, so that one must scroll in two directions."""
    page.set_viewport_size({"width": width, "height": 900})
    try:
        page.wait_for_function(WIDE, timeout=WAIT)
    except TooLong:
        return [f"at {width} px: {what}" for what in page.evaluate(WIDEST)]
    page.wait_for_timeout(50)  # what watches sizes has seen the last one
    return []


def lost_with(page, style: str, width: int, what: str) -> list[str]:
    """What is cut off or stands out once ``style`` is added."""
    tag = page.add_style_tag(content=style)
    found = [*too_wide(page, width), *page.evaluate(CUT)]
    tag.evaluate("e => e.remove()")
    return [f"{what}: {one}" for one in found]


def lost(page) -> list[str]:
    """What is lost with letters twice as large, with wide spacing, and in a window of 320 px."""
    return [
        *lost_with(page, LARGE, 1440, "letters of 200 %"),
        *too_wide(page, 720),
        *lost_with(page, SPACING, 1440, "wide spacing"),
        *lost_with(page, SPACING, 320, "wide spacing, narrow"),
        *too_wide(page, 320),
    ]
