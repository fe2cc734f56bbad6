"""Hidden figures are large and unlike any other number: none stands in anything that leaves.

In each sum with a small count a second figure is hidden, which is a number of four or five digits
that occurs once. Whoever finds it has the small count. So every door is opened, in both languages,
and the text of what comes out is searched for all of these numbers, in every version they ever had.
"""

import io
import random
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from chart_cases import DEMO
from flask import Flask
from sqlalchemy import select
from stores import arrival, stated

from dashboard.base.settings import read_settings
from dashboard.catalogue.periods import Period, from_key
from dashboard.catalogue.targets import Target, TargetKind
from dashboard.charts.model.plan import DECKS, FIGURES, Plan
from dashboard.disclosure.store_guard import SumGroup
from dashboard.exports.formats import FORMATS, REPORT_FORMATS
from dashboard.exports.pictures import picture_figure
from dashboard.exports.print_html import report_page
from dashboard.services.front_desk import FrontDesk
from dashboard.store.meetings import Meeting, MeetingPage, add_page, make_meeting
from dashboard.store.record import record
from dashboard.store.tables import revision
from dashboard.store.targets import NewTargets, save_targets
from dashboard.store.transaction import Decision
from dashboard.web.api import blueprint as lists_and_files
from dashboard.web.register_api import blueprint as registers

pytestmark = pytest.mark.slow

NOW = datetime(2024, 10, 9, 4, tzinfo=UTC)
DAYS = [datetime(2024, 10, day, 4, tzinfo=UTC) for day in (2, 4, 6)]
KNOWN = ("", "2024-10-03", "2024-10-05")
LANGUAGES = ("zh", "en")
STOCKS = ("orphans", "urban_tekun_persons", "rural_tekun_persons", "tekun_disabled_persons")
FLOWS = ("marriages", "divorces")
MONEY = ("urban_tekun_spending", "rural_tekun_spending")


def streets_of(desk):
    return [area.code for area in desk.areas().children(DEMO)][:4]


class Numbers:
    """Numbers of four or five digits, none of them twice, none like a year."""

    def __init__(self):
        self.chance, self.given = random.Random(14), set()

    def next(self, low=3_000, high=90_000):
        while (value := self.chance.randrange(low, high)) in self.given:
            pass
        self.given.add(value)
        return float(value)


def figures_of(desk, numbers):
    """Three hand-ins: two streets, the others, a correction. One count of each kind is small."""
    first, small, third, fourth = streets_of(desk)
    by_street = {street: [] for street in streets_of(desk)}
    for year in (2022, 2023, 2024):
        for street in by_street:
            own = by_street[street]
            for name in STOCKS:
                few = street == small and name in ("orphans", "rural_tekun_persons")
                own.append(stated(3.0 if few else numbers.next(), name, street, (year, 9)))
            for name in MONEY:
                own.append(stated(numbers.next() * 10_000, name, street, (year, 9)))
            for name in FLOWS:
                total = 0.0
                for month in range(1, 10):
                    few = street == third and month == 5 and name == "marriages"
                    total += 2.0 if few else numbers.next(3_000, 9_000)
                    own.append(stated(total, name, street, (year, month)))
    corrected = [stated(numbers.next(), name, fourth, (2024, 9)) for name in STOCKS]
    return [by_street[first] + by_street[small], by_street[third] + by_street[fourth], corrected]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    home = tmp_path_factory.mktemp("canaries")
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(home), "DASHBOARD_CACHE": "0"}))
    for figures, when in zip(figures_of(desk, Numbers()), DAYS, strict=True):
        record(desk.context.engine, [arrival(*figures, area=DEMO)], when)
    targets = [
        Target(name, street, Period(2024, 12), TargetKind.AT_LEAST, 100_000.0, source="责任书")
        for name in ("orphans", "marriages", "tekun_disabled_persons")
        for street in (DEMO, *streets_of(desk))
    ]
    save_targets(desk.context.engine, NewTargets(targets, Decision("王", NOW, "计划")))
    return desk


@pytest.fixture(scope="module")
def canaries(desk):
    """The numbers of all versions of what is hidden, as they would be printed."""
    guard, found = desk.release.guard(), {}
    with desk.context.engine.connect() as connection:
        columns = [revision.c[name] for name in ("indicator", "area", "period", "value")]
        for name, area, key, value in connection.execute(select(*columns)):
            place = SumGroup(guard.family_of(name), guard.tied(area), from_key(key).year)
            node = (name, area, from_key(key))
            if value is not None and value >= 1_000 and node in guard._suppressed_in(place):
                for shown in (f"{value:,.0f}", f"{value:.0f}"):
                    found[shown] = node
                if value >= 1e7:
                    found[f"{value / 1e4:,.2f}"] = node
                    found[f"{value / 1e6:,.2f}"] = node
    assert {node[0] for node in found.values()} >= {"orphans", "marriages", *MONEY}
    return found


NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def found_in(text, canaries):
    """The hidden numbers in a text, each with its figure."""
    numbers = {number.rstrip(",") for number in NUMBER.findall(text)}
    numbers |= {number.removesuffix(".0") for number in numbers}
    return {number: canaries[number] for number in numbers & set(canaries)}


def text_of(content):
    """All text of a file, of the workbooks in it too."""
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name) for name in package.namelist() if "theme" not in name]
    # an office file splits a number between runs at most where its look changes
    return "\n".join(re.sub(r"</?[a-z]+:r>|<[^>]*>", " ", text_of(part)) for part in parts)


def selections(desk):
    """Both languages by turns: each area, and each day, in each of them."""
    places = (DEMO, *streets_of(desk)[1:3])
    for turn, area in enumerate(places):
        for day, known in enumerate(KNOWN):
            for language in LANGUAGES if area == DEMO else LANGUAGES[(turn + day) % 2 :][:1]:
                asked = {"area": area, "period": "2024-09", "lang": language}
                yield desk.selections.of(asked | ({"known": known} if known else {}), language)


def test_no_chart_gives_a_hidden_figure_in_any_format(desk, canaries):
    named = [
        f"indicator:{name}/{panel}"
        for name in (*STOCKS, *FLOWS, *MONEY)
        for panel in ("trend", "streets")
    ]
    topics = [
        f"{topic.id}/{one.id}"
        for topic in desk.catalogue.topic_order()
        for one in topic.charts
        if set(one.indicators) & {*STOCKS, *FLOWS, *MONEY}
    ]
    for place, selection in enumerate(selections(desk)):
        for ref in [*named, *topics]:
            chart = desk.release.chart(desk.figures.chart(ref, selection))
            if chart.empty:
                continue
            texts = [FORMATS["csv"].render(chart).decode(), str(picture_figure(chart))]
            if place % 4 == 0:
                texts += [text_of(FORMATS[name].render(chart)) for name in ("xlsx", "pptx")]
            for text in texts:
                assert not found_in(text, canaries), (ref, selection)


@pytest.mark.parametrize(("deck", "language"), [(DECKS[0], "zh"), (DECKS[1], "zh"), ("", "en")])
def test_no_report_and_no_deck_gives_a_hidden_figure(desk, canaries, deck, language):
    street = streets_of(desk)[1]
    plans = [
        Plan(deck=deck),
        Plan(deck=deck, areas=(DEMO, street)),
        Plan(deck=deck, charts=(FIGURES,)),
    ]
    made = 0
    for plan in plans if deck else plans[:2]:
        for known in KNOWN[:2] if deck == DECKS[0] else KNOWN[:1]:
            asked = {"area": DEMO, "period": "2024-09"} | ({"known": known} if known else {})
            selection = desk.selections.of(asked, language)
            try:
                report = desk.reports.compose(plan, selection, date(2024, 10, 9))
            except ValueError:
                continue
            made += 1
            texts = [
                text_of(REPORT_FORMATS[name].render(report)) for name in ("pptx", "docx", "xlsx")
            ]
            texts.append(report_page(report))
            for text in texts:
                assert not found_in(text, canaries), (plan, known)
    assert made >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_scorecard_gives_a_hidden_figure(desk, canaries, language):
    for known in KNOWN[:2]:
        asked = {"area": DEMO, "period": "2024-09"} | ({"known": known} if known else {})
        selection = desk.selections.of(asked, language)
        plan = Plan(areas=tuple(streets_of(desk)), parts=("scorecard",))
        report = desk.reports.compose(plan, selection, date(2024, 10, 9))
        for name in ("pptx", "docx", "xlsx"):
            assert not found_in(text_of(REPORT_FORMATS[name].render(report)), canaries), known


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_meeting_gives_a_hidden_figure(desk, canaries, language):
    for place, area in enumerate((DEMO, *streets_of(desk))):
        query = f"area={area}&period=2024-09&lang={language}"
        known = (DAYS[0], NOW)[place % 2]
        of = make_meeting(
            desk.context.engine, Meeting("", "例会", "2024-10-10", area, query, known, NOW, "王")
        )
        pages = [("target", one.id) for one in desk.targets.all() if one.area == area]
        pages += [("chart", f"indicator:{name}/trend") for name in (*STOCKS, *FLOWS)]
        for kind, ref in pages:
            add_page(desk.context.engine, MeetingPage(0, of, 0, kind, ref, query, ""))
        report = desk.meeting_slides.report(desk.meetings.get(of, language))
        assert not found_in(text_of(REPORT_FORMATS["pptx"].render(report)), canaries), area


@pytest.fixture(scope="module")
def client(desk):
    server = Flask("doors")
    server.register_blueprint(lists_and_files(desk))
    server.register_blueprint(registers(desk))
    return server.test_client()


def addresses(desk):
    for language in LANGUAGES:
        for area in (DEMO, streets_of(desk)[3]):
            of = f"area={area}&lang={language}"
            days = [f"as_of={day}" for day in KNOWN[1:]]
            filters = ["", "versions=all", "restated=1", "grade=official", "limit=97", *days]
            yield from (f"/api/observations?{of}&children=1&{one}" for one in filters)
            yield from (f"/api/progress?{of}&children=1&{one}" for one in ("", *days))
            yield f"/api/completeness?{of}&period=2024-09"
            yield f"/export/targets.xlsx?{of}"
            for topic in ("children", "marriage", "elderly", "assistance"):
                for known in KNOWN:
                    for ending in ("csv", "xlsx"):
                        yield f"/export/figures/{topic}.{ending}?{of}&known={known}"
            for name in (*STOCKS, *FLOWS, *MONEY):
                yield f"/api/history?indicator={name}&{of}&period=2024-09"
                yield f"/api/figure/indicator:{name}/streets?{of}&period=2024-09"
        yield from (f"/api/{one}?lang={language}" for one in ("submissions", "changes", "areas"))


def test_no_address_gives_a_hidden_figure(desk, client, canaries):
    waiting, answered = list(addresses(desk)), 0
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        assert answer.status_code < 500, address
        answered += answer.status_code == 200
        assert not found_in(text_of(answer.get_data()), canaries), address
        following = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
        waiting += [following] if following else []
    assert answered > 200
