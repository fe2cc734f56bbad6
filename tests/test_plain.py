"""Pages without scripts: the figures of the full ones, as HTML that needs nothing else."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from dash import dcc, html
from screens import DISTRICT, STREET, selection_of

from dashboard.base.settings import ROOT
from dashboard.components.reports.comparing import comparing_card
from dashboard.components.shell.plain import WORK_PAGES
from dashboard.components.shell.plain_html import as_html, plain_address
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.services.reports.receipts import of_chart

pytestmark = pytest.mark.slow

VOID = {"meta", "link", "img", "br", "hr", "input", "col"}
READ = [
    "/",
    "/topic/marriage",
    f"/street/{STREET}",
    "/targets",
    "/indicators",
    "/indicators/marriages",
    "/completeness",
    "/help",
    "/help/marriage",
]
WORKED_IN = list(WORK_PAGES)


class Reader(HTMLParser):
    """Reads a page and fails where its tags are not closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text, self.cells = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def every(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def read(app, address):
    answer = app.server.test_client().get(address)
    reader = Reader()
    reader.feed(answer.get_data(as_text=True))
    assert not reader.open
    return answer, reader


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", READ)
def test_every_page_is_read_without_a_script(app, path, language):
    answer, page = read(app, f"/plain{path}?area={DISTRICT}&lang={language}")
    assert answer.status_code == 200 and answer.mimetype == "text/html"
    assert not page.every("script")
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert page.every("html")[0]["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    assert len(page.every("h1")) == 1 and len(page.every("main")) == 1
    assert len(page.every("table")) >= 1
    inside = [one["href"] for one in page.every("a") if one["href"].startswith("/")]
    away = [
        one
        for one in inside
        if not one.startswith(("/plain", "/export/", "/api/")) and not one.endswith("#full")
    ]
    assert not away  # every way on is a page without scripts, or a file
    asked = [one.get("src") or one.get("href") for tag, one in page.tags if tag in ("link", "img")]
    assert all(one.startswith(("/assets/", "/logo", "data:image/svg+xml")) for one in asked)


def test_a_plain_topic_has_the_figures_of_its_charts_with_sentence_and_source(app):
    _, page = read(app, f"/plain/topic/marriage?area={DISTRICT}&period=2025-12")
    said = " ".join(page.text)
    with app.server.test_request_context("/"):
        selection = selection_of(app.desk, period="2025-12")
        charts = [
            app.desk.figures.chart(f"marriage/{one.id}", selection)
            for one in app.desk.catalogue.topics["marriage"].charts
        ]
    drawn = [chart for chart in charts if not chart.empty]
    assert "演示数据" in said and drawn
    for chart in charts:
        if chart.empty:  # named in one sentence, which leaves the area out of the title
            assert chart.title.removeprefix("示例区") in said
    for chart in drawn:
        assert chart.title in said and chart.sentence in said and chart.source in said
        for _, cells in chart.table.rows:
            assert all(text in said for text in cells)
    assert len(page.every("table")) >= len(drawn)


def test_the_plain_form_offers_the_areas_and_periods_of_the_page(app):
    _, page = read(app, f"/plain/topic/marriage?area={DISTRICT}&period=2025-12")
    assert page.every("form")[0] == {"action": "/plain/topic/marriage", "method": "get"}
    assert [one["name"] for one in page.every("select")] == ["area", "period"]
    chosen = [one["value"] for one in page.every("option") if "selected" in one]
    assert chosen == [DISTRICT, "2025-12"]
    assert page.every("button") == [{"type": "submit"}]


def test_a_row_of_a_plain_table_leads_to_its_street_without_a_script(app):
    _, page = read(app, f"/plain/?area={DISTRICT}")
    ways = [one["href"] for one in page.every("a") if "/street/" in one["href"]]
    assert ways and all(one.startswith("/plain/street/") for one in ways)
    answer, street = read(app, ways[0])
    assert answer.status_code == 200 and len(street.every("select")) == 1  # only its period


@pytest.mark.parametrize("path", WORKED_IN)
def test_a_page_of_buttons_says_so_and_leads_on(app, path):
    answer, page = read(app, f"/plain{path}?lang=en")
    assert answer.status_code == 200
    assert "all buttons and forms" in " ".join(page.text)
    assert any(one["href"].startswith("/plain/?") for one in page.every("a"))


def test_a_plain_page_that_is_not_there_says_so(app):
    answer, page = read(app, "/plain/no/such/page?lang=en")
    assert answer.status_code == 404
    assert "There is no such page" in " ".join(page.text)


def test_texts_and_addresses_are_escaped():
    spoken = as_html(html.P(["<b>&", html.A("x", href='/a?b="c"&d=<e>')]))
    assert spoken == (
        '<p>&lt;b&gt;&amp;<a href="/plain/a?b=&quot;c&quot;&amp;d=&lt;e&gt;">x</a></p>'
    )
    cell = Cell("<i>", scope="row", href="/topic/x?a=1&b=<2>", small='"', meaning="<meaning>")
    table = as_html(real_table("<caption>", [Row([Cell("h", scope="col")])], [Row([cell])]))
    assert "<i>" not in table and "&lt;i&gt;" in table and "&lt;caption&gt;" in table
    assert "&lt;meaning&gt;" in table and 'href="/plain/topic/x?a=1&amp;b=&lt;2&gt;"' in table


def test_what_needs_a_script_is_left_out_with_the_box_around_it():
    box = html.Div([html.Label("Name"), dcc.Input(), html.Button("Go", type="button")])
    assert as_html(box) == ""
    assert as_html(html.Div([box, "left"])) == "<div>left</div>"
    assert as_html(html.P("x", hidden=True)) == ""


def test_files_and_pages_without_scripts_keep_their_addresses():
    for address in ("/export/a/b.csv", "/api/observations", "/plain/x", "/?a=1#full", "#main"):
        assert plain_address(address) == address
    assert plain_address("/topic/x?a=1") == "/plain/topic/x?a=1"


def test_the_full_page_leads_to_the_plain_one_where_no_script_runs(app):
    text = app.server.test_client().get("/topic/marriage?area=1&lang=en").get_data(as_text=True)
    plain = "/plain/topic/marriage?area=1&amp;lang=en"
    assert f'<noscript><meta http-equiv="refresh" content="0; url={plain}"></noscript>' in text
    assert text.count(f'<a href="{plain}">') == 4  # two languages: no script, and a slow page
    assert text.index("/first.js") < text.index("/vendor/")


def test_the_test_of_the_browser_is_written_for_old_browsers():
    # Nothing newer than ECMAScript 5, which Internet Explorer 11 reads.
    script = (ROOT / "assets" / "plain" / "browser.js").read_text(encoding="utf-8")
    code = re.sub(r"//.*", "", script)
    assert not re.search(r"=>|`|\b(?:const|let|class|async|await)\b|\.\.\.|\?\.|\?\?", code)
    assert not re.search(r"catch\s*\{|,\s*\)", code)


# ---- a receipt ----


def test_a_receipt_is_typed_and_compared_without_scripts(app, desk):
    selection = selection_of(desk, period="2025-12")
    code = desk.receipts.code(of_chart("marriage/registrations", selection), selection)
    assert code
    _, page = read(app, "/plain/receipt")
    assert {"action": "/plain/receipt", "method": "get"} in page.every("form")
    assert any(field.get("name") == "code" for field in page.every("input"))
    answer = app.server.test_client().get(f"/plain/receipt?code={code}&lang=zh")
    assert answer.status_code == 302
    _, page = read(app, answer.headers["Location"])
    text = "".join(page.text)
    assert code in text and "此后" in text


def test_a_receipt_that_is_drawn_anew_is_compared_by_a_link_where_no_script_runs():
    reopened = SimpleNamespace(receipt=SimpleNamespace(code="K7Q2M4XD"))
    page = as_html(comparing_card(reopened, "zh"))
    assert 'href="/plain/receipt/K7Q2M4XD?lang=zh&amp;now=1"' in page
    assert "<button" not in page and "<noscript" not in page
