"""As known on a day: every page shows what it would have shown on that day's evening."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from screens import every, written_in
from stores import arrival, stated

from dashboard.base.settings import read_settings
from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.periods import Period
from dashboard.components.panels import PANELS
from dashboard.services.front_desk import FrontDesk
from dashboard.store.record import record
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw

pytestmark = pytest.mark.slow

DISTRICT = "370113"
STREETS = ("370113001", "370113002", "370113003")
DAYS = [datetime(2024, month, 5, 4, tzinfo=UTC) for month in (7, 8, 9, 10)]
BETWEEN = [date(2024, month, 20) for month in (7, 8, 9, 10)]
MISTAKE = Decision("王", datetime(2024, 10, 12, 4, tzinfo=UTC), "wrong month")


def month_of(factor, months=(5, 6), **head):
    """One hand-in: marriages and divorces of every street and the district."""
    figures = [
        stated(factor * (number + 1) * month, indicator, area, (2024, month))
        for number, area in enumerate([DISTRICT, *STREETS])
        for indicator in ("marriages", "divorces")
        for month in months
    ]
    return arrival(*figures, **head)


HAND_INS = [
    month_of(10.0),
    month_of(12.0, file="correction.xlsx"),
    arrival(
        stated(None, area=STREETS[0], period=(2024, 6), status=FigureStatus.SUPPRESSED),
        stated(7.0, period=(2024, 7)),
    ),
    month_of(99.0, (6, 7, 8), file="wrong.xlsx", grade="management"),
]


def desk_of(folder, count, withdrawn=False):
    """A front desk over the first ``count`` hand-ins, the last perhaps withdrawn."""
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(folder)}))
    for hand_in, when in list(zip(HAND_INS, DAYS, strict=True))[:count]:
        (number,) = record(desk.context.engine, [hand_in], when)
    if withdrawn:
        withdraw(desk.context.engine, number, MISTAKE)
    return desk


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    return desk_of(tmp_path_factory.mktemp("today"), 4, withdrawn=True)


@pytest.fixture(scope="module", params=[1, 2, 3, 4])
def then(request, tmp_path_factory):
    """The desk as it was between two hand-ins, and the day; the fourth before its withdrawal."""
    desk = desk_of(tmp_path_factory.mktemp("then"), request.param)
    day = BETWEEN[request.param - 1] if request.param < 4 else date(2024, 10, 8)
    return desk, day


def seen_in(app, desk, kind, ref, selection):
    """What a panel says, and where its links lead, without the day itself."""
    with app.server.test_request_context("/"):
        parts = PANELS[kind](desk, ref, selection)
    links = [str(part.href) for part in every(parts) if getattr(part, "href", None)]
    day = re.compile(f"(&|%26)known(=|%3D){selection.as_known}")
    return written_in(parts), [day.sub("", address) for address in links]


PANELS_OF_A_PAGE = [
    ("tiles", "marriage"),
    ("board", ""),
    ("foot", ""),
    ("figures", "marriage"),
    ("heading", "/topic/marriage"),
    ("comparison-rows", STREETS[0]),
    ("coverage", "marriages"),
]


@pytest.mark.parametrize(("kind", "ref"), PANELS_OF_A_PAGE)
def test_every_panel_says_what_it_would_have_said_then(app, today, then, kind, ref):
    earlier, day = then
    chosen = today.selections.of({"area": DISTRICT, "known": str(day)}, "zh")
    known_then = replace(chosen, as_known=None)
    assert chosen.as_known == day
    told = seen_in(app, today, kind, ref, chosen)
    assert told == seen_in(app, earlier, kind, ref, known_then)


def test_freshness_is_that_of_then_in_today_s_store(today, then):
    earlier, day = then
    chosen = today.selections.of({"area": DISTRICT, "known": str(day)}, "zh")
    was = earlier.figures.freshness(replace(chosen, as_known=None))
    assert replace(today.figures.freshness(chosen), version=was.version) == was


def test_every_chart_of_the_topic_is_that_of_then_and_says_so(today, then):
    earlier, day = then
    chosen = today.selections.of({"area": DISTRICT, "known": str(day)}, "zh")
    for declared in today.catalogue.topics["marriage"].charts:
        ref = f"marriage/{declared.id}"
        shown, was = (
            today.figures.chart(ref, chosen),
            earlier.figures.chart(ref, replace(chosen, as_known=None)),
        )
        assert str(day) in shown.source
        assert any(str(day) in fact for _, fact in shown.facts)
        assert replace(shown, source=was.source, facts=was.facts) == was


def test_the_periods_are_those_that_had_figures_then(today, then):
    earlier, day = then
    for topic in ("", "marriage"):
        assert today.selections.periods(DISTRICT, topic, day) == earlier.selections.periods(
            DISTRICT, topic
        )


def test_before_the_first_hand_in_there_is_nothing_and_a_withdrawn_one_counts_until_then(today):
    before = today.selections.of({"area": DISTRICT, "known": "2024-07-01"}, "en")
    assert (before.period, today.selections.periods(DISTRICT, "", before.as_known)) == (None, [])
    chart = today.figures.chart("marriage/registrations", before)
    assert chart.empty and "2024-07-01" in chart.source
    days = [date(2024, 10, 11), date(2024, 10, 12)]
    assert [today.selections.periods(DISTRICT, "", day)[0] for day in days] == [
        Period(2024, 8),
        Period(2024, 7),
    ]


def test_a_day_to_come_is_the_latest_and_a_street_knows_its_hand_ins(today):
    tomorrow = date.today() + timedelta(days=1)
    assert today.selections.of({"area": DISTRICT, "known": str(tomorrow)}, "zh").as_known is None
    assert today.selections.hand_ins(STREETS[0]) == [
        when.astimezone().date() for when in reversed(DAYS)
    ]
    assert today.selections.hand_ins("350526") == []


@pytest.mark.parametrize("ending", ["csv", "xlsx", "pptx"])
def test_every_export_says_which_day_it_shows(app, ending):
    client = app.server.test_client()
    day, ref = date.today(), "marriage/registrations"
    answer = client.get(f"/export/{ref}.{ending}?area=990101&known={day}&lang=en")
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig") if ending == "csv" else _strings(answer.data)
    assert f"as known on {day}; later submissions are not counted" in text
    plain = client.get(f"/export/{ref}.{ending}?area=990101&lang=en")
    text = plain.data.decode("utf-8-sig") if ending == "csv" else _strings(plain.data)
    assert "as known on" not in text


def _strings(content):
    import openpyxl
    from pptx import Presentation

    if b"ppt/presentation.xml" in content:
        slides = Presentation(io.BytesIO(content)).slides
        return " ".join(s.text_frame.text for one in slides for s in one.shapes if s.has_text_frame)
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)


def test_the_list_over_http_knows_the_day_too(app):
    client = app.server.test_client()
    asked = "/api/observations?indicator=marriages&area=990101&format=csv"
    assert list(csv.reader(io.StringIO(client.get(asked).text)))[1:]
    assert list(csv.reader(io.StringIO(client.get(f"{asked}&known=2020-01-01").text)))[1:] == []
    refused = client.get(f"{asked}&known=soon")
    assert refused.status_code == 400 and "soon" in json.loads(refused.text)["error"]


def test_a_list_of_then_still_has_what_was_withdrawn_later(today):
    from dashboard.services.figures.observations import observations
    from dashboard.services.filters import Filters

    asked = Filters(["marriages"], DISTRICT, first="2024-08", as_of="2024-10-08")
    rows = list(observations(today.context.engine, today.catalogue, today.areas(), asked))
    assert [row["value"] for row in rows] == [99.0 * 8]
    assert (
        list(
            observations(
                today.context.engine, today.catalogue, today.areas(), replace(asked, as_of="")
            )
        )
        == []
    )


def test_the_notice_stands_on_every_page_and_leads_back(app, today):
    chosen = today.selections.of({"area": DISTRICT, "known": "2024-08-20"}, "en")
    for here in ("/", "/topic/marriage", "/indicators", "/submissions", "/figure?indicator=a"):
        with app.server.test_request_context(here):
            shown = PANELS["notices"](today, here, chosen)
        assert "as known on 20 August 2024; later submissions are not counted" in written_in(shown)
        (back,) = [
            p.href
            for p in every(shown)
            if "latest" in str(getattr(p, "children", "")) and getattr(p, "href", "")
        ]
        assert "known=" not in back
