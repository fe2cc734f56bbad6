"""Makes charts for tests from some real figures of 长清区 and from invented ones."""

from datetime import date
from functools import cache

from dashboard.analysis.points import Points
from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.catalogue.concepts import Figure
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Along, ChartSpec, Kind, Step, Transform
from dashboard.charts.build import build_chart
from dashboard.charts.model.chart import SourceNote
from dashboard.charts.model.selection import Selection

CATALOGUE = read_catalogue()
AREAS = all_areas(CATALOGUE)
CHANGQING, DEMO = "370113", "990101"
YEAR = Period(2023, 12)
STREETS = {  # 2023 work report: community organisations, communities
    "370113001": (266, 26),
    "370113002": (121, 28),
    "370113003": (43, 4),
    "370113007": (20, 2),
}
PER_COMMUNITY = "community_organisations_per_community"
SOURCES = {
    1: SourceNote("report.csv", "", "", "report", date(2026, 11, 1), "2023年工作总结"),
    2: SourceNote("月报.xlsx", "1月", "JBZH0001", "official", date(2026, 10, 1)),
    3: SourceNote("demo.xlsx", "", "", "demo", date(2026, 11, 2)),
    4: SourceNote("third.xlsx", "", "", "official", date(2025, 1, 2)),
}


def figure(indicator, area, period, value, *, kind="actual", status="A", submission=1, others=()):
    period = Period(*period)
    grade = SOURCES[submission].grade
    return Figure(
        indicator, area, period, kind, value, status, None, submission, grade, tuple(others)
    )


def changqing():
    """Four of ten streets, as the report gives them, with its target of ten per community."""
    figures = [figure(PER_COMMUNITY, CHANGQING, YEAR, 10.0, kind="target")]
    for code, (organisations, communities) in STREETS.items():
        figures.append(figure("community_organisations", code, YEAR, float(organisations)))
        figures.append(figure("communities", code, YEAR, float(communities)))
    return figures


def marriages(amounts, area=DEMO, indicator="marriages", submission=2):
    """Year-to-date figures from ``{year: [amount of January, of February, …]}``."""
    figures = []
    for year, months in amounts.items():
        total = 0
        for month, amount in enumerate(months, start=1):
            total += amount
            figures.append(
                figure(indicator, area, (year, month), float(total), submission=submission)
            )
    return figures


def spec(kind, *indicators, step=Step.YEAR, transform=Transform.VALUE, title=None):
    along = {
        Kind.BAR: Along.AREA,
        Kind.TABLE: Along.AREA,
        Kind.COMPOSITION: Along.COMPONENT,
        Kind.MAP: Along.AREA,
    }
    return ChartSpec(
        "test",
        "marriage",
        Kind(kind),
        indicators,
        along.get(Kind(kind), Along.PERIOD),
        transform,
        step,
        title,
    )


def points(figures, areas=AREAS):
    return Points(CATALOGUE, areas, figures)


def chart(declared, figures, area=DEMO, period=None, language="zh", known=(), **selected):
    selection = Selection(area, Period(*period) if period else None, language=language, **selected)
    return build_chart(declared, selection, points(figures), CATALOGUE, AREAS, SOURCES, known)


@cache
def one_of_each_kind(language="zh"):
    """A finished chart of every kind, from the same small district."""
    amounts = {
        year: [100 + 10 * month + year - 2020 for month in range(12)] for year in (2021, 2022, 2023)
    } | {2024: [90 + 10 * month for month in range(5)]}
    figures = marriages(amounts)
    for place, code in enumerate(("990101001", "990101002", "990101003")):
        figures += marriages(
            {year: [10 + place] * len(months) for year, months in amounts.items()}, code
        )
    for period in [(2021, 12), (2022, 12), (2023, 12), (2024, 5)]:
        total = points(figures).value("marriages", DEMO, Period(*period))
        figures.append(figure("marriages_foreign", DEMO, period, 4.0, submission=2))
        figures.append(figure("marriages_mainland", DEMO, period, total - 4.0, submission=2))
    return {
        kind: chart(spec(kind, "marriages"), figures, period=(2024, 5), language=language)
        for kind in Kind
    }
