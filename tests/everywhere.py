"""Every page by name and address, for the sweeps over all of them; states.py has their states.

The samples must be loaded; the meeting and the receipt come into being by ``prepared``.
"""

import os
from urllib.parse import parse_qsl

from dashboard.charts.plotly.tokens import THEMES as EVERY_THEME
from dashboard.services.reports.receipts import of_page
from dashboard.store.receipt_codes import printed_code

ALL = bool(os.environ.get("EVERYWHERE"))  # every page in every language, theme and width
LANGUAGES = {"zh": "zh-CN", "en": "en"}
WIDTHS = (1440, 390)
THEMES = tuple(EVERY_THEME)
DISTRICT, STREET, PERIOD = "990101", "990101001", "2026-09"
QUERY = f"area={DISTRICT}&period={PERIOD}"
TARGET = "marriages:990101:2026-12:at_least"
TOPICS = (
    "assistance",
    "elderly",
    "organisations",
    "marriage",
    "children",
    "disability",
    "community",
    "funeral",
    "charity",
)
# What a reader meets all the same: answered by 404.
NOWHERE = {"unknown": "/no-such-page", "receipt_refused": "/receipt/AAAA-AAAA"}
PAGES = {
    "overview": "/",
    "targets": "/targets",
    "target": f"/targets?target={TARGET}",
    **{topic: f"/topic/{topic}" for topic in TOPICS},
    "streets": "/street",
    "street": f"/street/{STREET}",
    "scorecards": "/scorecards",
    "compare": "/compare?areas=990101001,990101002,990101005",
    "indicators": "/indicators",
    "indicator": "/indicators/marriages",
    "figure": "/figure?indicator=marriages&months=1",
    "figure_absent": f"/figure?indicator=marriages&area={STREET}&period=2031-11",
    "submissions": "/submissions",
    "drafts": "/drafts",
    "figures": "/figures?q=低保人数",
    "completeness": "/completeness",
    "report": "/report",
    "meetings": "/meeting",
    "questions": "/meeting/questions",
    "receipts": "/receipt",
    "help": "/help",
    "help_topic": "/help/marriage",
    "help_access": "/help/accessibility",
    "known": "/topic/marriage?known=2020-01-31",
    "no_figures": "/topic/marriage?area=370113107&period=2019-12",
    "wall": "/screen",
    **NOWHERE,
}
# The same without scripts, as an old browser is given it.
PLAIN = {
    "plain_overview": "/plain/",
    "plain_topic": "/plain/topic/marriage",
    "plain_targets": "/plain/targets",
}
AGENDA = (
    ("chart", "marriage/registrations"),
    ("chart", "assistance/dibao_people_by_street"),
    ("chart", "marriage/marriages_by_street"),
    ("topic", "elderly"),
)
# No block is on its way, every figure is drawn, and nothing waits to be put in its place.
DRAWN = """() => document.querySelector('main h1, main h2')
    && !document.querySelector('._dash-loading')
    && !document.querySelector('[data-dash-is-loading]')
    && [...document.querySelectorAll('label[for=area-choice]')].every(
        () => document.getElementById('area-choice'))
    && [...document.querySelectorAll('.js-plotly-plot')].every(e => e.querySelector('.main-svg'))
    && [...document.querySelectorAll('.graph')].every(e => e.querySelector('.js-plotly-plot')
        || e.matches('.js-plotly-plot'))"""


def address(path: str, language: str, **more: str) -> str:
    """The path with area, period and language, where it does not name them itself."""
    given = {"area": DISTRICT, "period": PERIOD, "lang": language} | more
    path, _, query = path.partition("?")
    said = dict(part.split("=", 1) for part in query.split("&") if part)
    return path + "?" + "&".join(f"{name}={value}" for name, value in (given | said).items())


def in_turn(names, choices):
    """Each name with one choice, all choices in turn; with EVERYWHERE each with every one."""
    if ALL:
        return [(name, *choice) for name in names for choice in choices]
    return [(name, *choices[at % len(choices)]) for at, name in enumerate(names)]


def visit(page, path: str, language: str, **more: str):
    """Opens the page, waits until all of it is drawn, and returns the answer that brought it."""
    answer = page.goto(address(path, language, **more))
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(DRAWN)
    return answer


def use_theme(page, theme: str) -> None:
    """Shows the page, and those opened after it, in this theme from now on."""
    cookie = {"name": "theme", "value": theme, "domain": "127.0.0.1", "path": "/"}
    page.context.add_cookies([cookie])
    page.evaluate("theme => window.theme && window.theme.choose(theme)", theme)
    if page.url.startswith("http"):
        page.wait_for_function(DRAWN)


def prepared(desk) -> dict[str, str]:
    """The pages that come into being by use: an agenda of four entries and a receipt."""
    selection = desk.selections.of(dict(parse_qsl(QUERY)), "zh")
    meeting = desk.meetings.make(selection, "局长办公会", "2026-10-28")
    for kind, ref in AGENDA:
        desk.meetings.add(kind, ref, selection, meeting)
    view = of_page("/topic/marriage", "?" + QUERY, selection)
    code = printed_code(desk.receipts.take(view, selection).code)
    return {"agenda": f"/meeting/{meeting}", "receipt": f"/receipt/{code}"}
