"""From any figure to its cell: every number leads to a page that shows it and its origin."""

from urllib.parse import parse_qsl, urlsplit

import openpyxl
import pytest
from screens import DISTRICT, STREET, every, selection_of, tables_of, written_in
from stores import arrival, stated
from test_as_known import BETWEEN, DAYS, STREETS, desk_of

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import Text, word
from dashboard.catalogue.concepts import Finding, Source
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.figure import figure_of, view_of
from dashboard.components.panels import PANELS
from dashboard.components.shell.address import figure_link
from dashboard.components.submissions.submissions import submission_detail
from dashboard.intake.forms.cell_context import neighbourhood
from dashboard.store.record import record

pytestmark = pytest.mark.slow

FACTORS = (1, 1e3, 1e4, 1e6, 1e8)  # units a chart may show a value in


def layout_of(app, address):
    """The figure page an address leads to."""
    from dash import page_registry

    with app.server.test_request_context(address):
        page = page_registry["pages.figure"]
        return page["layout"](**dict(parse_qsl(urlsplit(address).query)))


def shows(page, text, number):
    """Whether the page says this number, in whatever unit, or this change or share."""
    if any(text in said for _, said in page.comparisons):
        return True
    value = page.number
    return value is not None and any(
        value / factor == pytest.approx(number, rel=1e-9, abs=1e-9) for factor in FACTORS
    )


@pytest.mark.parametrize("step", ["", "month", "cumulative"])
@pytest.mark.parametrize("area", [DISTRICT, STREET])
def test_every_number_of_every_table_of_a_topic_leads_to_a_page_that_shows_it(desk, step, area):
    chosen = selection_of(desk, area=area, period="2025-11", step=step, compare="pop")
    seen = 0
    for declared in desk.catalogue.topics["marriage"].charts:
        chart = desk.figures.chart(f"marriage/{declared.id}", chosen)
        place = [
            name in (word("chart_place", "zh"), word("chart_place_by_size", "zh"))
            for name in chart.table.columns
        ]  # an order, not a figure
        rows = zip(chart.table.rows, chart.table.numbers, chart.table.figures, strict=True)
        for (_, texts), numbers, figures in rows:
            for text, number, figure, ordinal in zip(texts, numbers, figures, place, strict=True):
                if number is None or ordinal:
                    continue
                page = desk.figures.page(figure, chosen)
                assert shows(page, text, number), (declared.id, text, figure)
                seen += 1
    assert seen > 100


@pytest.mark.parametrize(
    ("kind", "ref"),
    [
        ("tiles", "marriage"),
        ("tiles", "assistance:4"),
        ("board", ""),
        ("comparison-rows", STREET),
        ("figures", "assistance"),
        ("chart", "marriage/marriages_by_street"),
    ],
)
def test_every_panel_links_its_figures_and_keeps_the_way_back(desk, kind, ref):
    chosen = selection_of(desk, period="2025-11", lang="en")
    parts = PANELS[kind](desk, ref, chosen)
    addresses = [p.href for p in every(parts) if "/figure?" in str(getattr(p, "href", ""))]
    for table in tables_of(parts):
        for row in table["body"]:
            cells = [cell["figure"] for cell in row["cells"] if "figure" in cell]
            addresses += [f"/figure?{cell}{table['tail']}" for cell in cells]
    assert addresses
    for address in addresses:
        asked = dict(parse_qsl(urlsplit(address).query))
        figure, view = figure_of(asked), view_of(desk, asked, "en")
        assert desk.figures.page(figure, view.selection).title
        assert asked["lang"] == "en" and view.selection.area == DISTRICT
        assert (view.selection.period, view.selection.language) == (Period(2025, 11), "en")


def test_a_way_back_leads_nowhere_but_into_the_house(desk):
    asked = {"indicator": "marriages", "area": STREET, "period": "2025-11"}
    for bad in ("//evil.example", "https://evil.example/", "/\\evil", "javascript:x", "/a\nb"):
        view = view_of(desk, asked | {"from": bad}, "zh")
        assert (view.path, view.selection.area) == ("/topic/marriage", STREET)
    assert view_of(desk, asked | {"from": f"/street/{STREET}?area=990101"}, "zh").path == (
        f"/street/{STREET}"
    )


def page_of(desk, figure, **query):
    return desk.figures.page(figure, desk.selections.of({"area": figure.area} | query, "en"))


@pytest.fixture
def store(tmp_path):
    """Three versions of the streets' marriages and a withdrawn fourth."""
    return desk_of(tmp_path, 4, withdrawn=True)


def test_every_version_tells_what_came_of_it(store):
    page = page_of(store, FigureKey("marriages", STREETS[1], Period(2024, 6)))
    assert [(line.state, line.value, line.change) for line in page.versions] == [
        ("withdrawn", "1,782 couples", "+1,566 couples (+725.0%)"),
        ("current", "216 couples", "+36 couples (+20.0%)"),
        ("superseded", "180 couples", ""),
    ]
    assert page.versions[0].state_words == "withdrawn on 2024-10-12 by 王: wrong month"
    assert (page.value, page.exact, page.rule) == ("216 couples", "216 couples", "stored")


def test_as_known_earlier_the_version_of_then_is_current_and_later_ones_are_named(store):
    figure = FigureKey("marriages", STREETS[1], Period(2024, 6))
    early = page_of(store, figure, known=str(BETWEEN[0]))
    assert early.value == "180 couples"
    assert [line.state for line in early.versions] == ["later", "later", "current"]
    before = page_of(store, figure, known="2024-10-08")
    assert [line.state for line in before.versions] == ["current", "superseded", "superseded"]


def test_a_suppressed_figure_says_so_and_a_missing_one_what_is_there(store):
    hidden = page_of(store, FigureKey("marriages", STREETS[0], Period(2024, 6)))
    assert (hidden.value, hidden.status, hidden.versions[1].state) == ("", "suppressed", "current")
    missing = page_of(store, FigureKey("marriages", STREETS[1], Period(2024, 7)))
    assert (missing.number, missing.status, missing.versions[0].state) == (
        None,
        "no figure",
        "withdrawn",
    )
    assert [line.figure.period.month for line in missing.nearest] == [5, 6]
    nobody = page_of(store, FigureKey("marriages", STREETS[1], Period(2024, 6)))
    assert (nobody.nearest, nobody.neighbours) == ((), ())


def test_a_missing_figure_names_the_neighbours_that_reported(store):
    record(store.context.engine, [arrival(stated(5.0, area=STREETS[0], period=(2024, 9)))], DAYS[3])
    missing = page_of(store, FigureKey("marriages", STREETS[1], Period(2024, 9)))
    assert [line.figure.area for line in missing.neighbours] == [STREETS[0]]
    assert missing.siblings > 1


@pytest.mark.parametrize(
    ("figure", "rule", "arithmetic"),
    [
        (
            FigureKey("marriages", STREETS[1], Period(2024, 6), 1),
            "minus",
            "216 couples − 180 couples = 36 couples",
        ),
        (
            FigureKey("divorces_per_100_marriages", STREETS[1], Period(2024, 6)),
            "ratio",
            "216 couples ÷ 216 couples × 100 = 100.0 divorces per 100 marriages",
        ),
    ],
)
def test_a_computed_figure_shows_its_arithmetic_and_leads_to_its_inputs(
    store, figure, rule, arithmetic
):
    page = page_of(store, figure)
    assert page.rule == rule
    assert page.sum.startswith(arithmetic.rpartition(" = ")[0]), page.sum
    for line in page.terms:
        assert page_of(store, line.figure).value == line.value


def test_a_sum_over_streets_says_who_is_in_it_and_who_is_not(store):
    figures = [stated(10.0 * n, area=area, period=(2024, 9)) for n, area in enumerate(STREETS, 1)]
    record(store.context.engine, [arrival(*figures)], DAYS[3])
    page = page_of(store, FigureKey("marriages", "370113", Period(2024, 9)))
    assert (page.rule, page.number) == ("below", 60.0)
    assert [line.figure.area for line in page.terms] == list(STREETS)
    assert page.sum == "10 couples + 20 couples + 30 couples = 60 couples"
    assert page.remarks and page.remarks[0].startswith("Not included: ")
    assert page.versions == ()


def test_the_printed_cell_stands_among_its_headings_and_neighbours(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet.append(["2024年9月婚姻登记情况"])
    sheet.append(["街道", "结婚登记", "离婚登记"])
    for row in range(20):
        sheet.append([f"第{row}街道", 100 + row, 1.5])
    file = tmp_path / "a.xlsx"
    book.save(file)
    found = neighbourhood("a.xlsx", file.read_bytes(), "汇总", 15, "B")
    assert (found.columns, found.row, found.column) == (("A", "B", "C"), 15, "B")
    assert [number for number, _ in found.rows] == [1, 2, 12, 13, 14, 15, 16, 17, 18]
    assert dict(found.rows)[2] == ("街道", "结婚登记", "离婚登记")
    assert dict(found.rows)[15] == ("第12街道", "112", "1.5")
    assert neighbourhood("a.xlsx", file.read_bytes(), "汇总", 99, "B") is None
    assert neighbourhood("a.xlsx", b"PK\x03\x04", "汇总", 1, "B") is None


def test_the_page_shows_value_versions_file_and_cell(app, desk):
    address = figure_link(
        FigureKey("marriages", STREET, Period(2025, 11)),
        "/topic/marriage",
        Selection(DISTRICT, Period(2025, 11)),
    )
    layout = layout_of(app, address)
    page = desk.figures.page(
        FigureKey("marriages", STREET, Period(2025, 11)), Selection(DISTRICT, Period(2025, 11))
    )
    assert page.value in written_in(layout)
    links = [str(p.href) for p in every(layout) if getattr(p, "href", "")]
    assert f"/topic/marriage?area={DISTRICT}&period=2025-11" in links
    cells = [c for t in tables_of(layout) for r in t["body"] for c in r["cells"]]
    (marked,) = [cell for cell in cells if cell.get("kind") == "is-cell"]
    assert float(marked["text"].replace(",", "")) == page.source.value
    assert any(
        cell.get("href") == f"/api/submissions/{page.source.submission}/file" for cell in cells
    )
    english = [link for link in links if link.endswith("lang=en")]
    assert english and figure_of(dict(parse_qsl(urlsplit(english[0]).query))) == page.figure


def test_an_address_that_names_no_figure_says_so(app):
    for address in (
        "/figure",
        "/figure?indicator=nothing&area=990101&period=2025-11",
        "/figure?indicator=marriages&area=990101&period=soon",
    ):
        assert "没有这个数字" in written_in(layout_of(app, address))


def test_a_finding_leads_to_the_figure_in_its_cell(app, store):
    cell, other = ("汇总", 5, "C"), ("汇总", 6, "C")
    found = [
        Finding("warning", "jump", Text("变动大", "jump"), *place, value="12")
        for place in (cell, other)
    ]
    figure = stated(12.0, area=STREETS[0], period=(2024, 9), source=Source(*cell))
    (number,) = record(store.context.engine, [arrival(figure, findings=found)], DAYS[3])
    with app.server.test_request_context("/"):
        parts = submission_detail(store, str(number), Selection(STREETS[0]))
    (table,) = tables_of(parts)
    figures = [[c["figure"] for c in row["cells"] if "figure" in c] for row in table["body"]]
    assert figures == [[f"indicator=marriages&area={STREETS[0]}&period=2024-09&kind=actual"], []]
