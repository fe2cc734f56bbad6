"""The list of observations over HTTP: a page at a time, with a ceiling, each figure once."""

import csv
import io
import re
from itertools import pairwise

import pytest
from screens import DISTRICT

from dashboard.services.figures import observation_pages

ASKED = f"/api/observations?area={DISTRICT}&indicator=marriages&indicator=divorces"


@pytest.fixture
def client(app):
    return app.server.test_client()


def following(answer):
    link = re.fullmatch(r'<(/api/observations\?[^>]+)>; rel="next"', answer.headers.get("Link", ""))
    return link[1] if link else ""


def pages(client, address):
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        yield answer
        address = following(answer)


def key(row):
    return row["indicator"], row["area"], row["period"], row["kind"]


@pytest.mark.slow
def test_pages_hold_what_the_whole_list_holds_each_figure_once(client, monkeypatch):
    monkeypatch.setattr(observation_pages, "PART", 7)
    whole = client.get(ASKED)
    assert not following(whole)
    rows = whole.get_json()
    paged = [row for page in pages(client, f"{ASKED}&limit=30") for row in page.get_json()]
    assert len(rows) > 100
    assert sorted(map(key, paged)) == sorted(map(key, rows))
    assert {key(row): row for row in paged} == {key(row): row for row in rows}


@pytest.mark.slow
def test_the_list_of_everything_has_a_ceiling(client):
    answer = client.get("/api/observations")
    assert len(answer.get_json()) == observation_pages.USUAL
    assert following(answer)


def test_csv_has_its_head_once(client, monkeypatch):
    monkeypatch.setattr(observation_pages, "PART", 7)
    text = client.get(f"{ASKED}&format=csv&limit=20").get_data(as_text=True)
    assert text.startswith("\ufeff") and text.count("\ufeff") == 1
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert len(rows) == 20 and text.count("indicator_name") == 1


def test_pages_of_versions_and_of_an_earlier_day_are_whole(client):
    for more in ("versions=all", "as_of=2026-11-29", "grade=demo"):
        rows = client.get(f"{ASKED}&{more}").get_json()
        asked = f"{ASKED}&{more}&limit=40"
        paged = [row for page in pages(client, asked) for row in page.get_json()]
        assert len(rows) == len(paged) and sorted(map(key, rows)) == sorted(map(key, paged))


def test_a_page_goes_on_where_the_last_one_ended(client):
    both = [page.get_json() for page in pages(client, f"{ASKED}&limit=50")]
    for one, two in pairwise(both):
        assert max(map(key, one)) < min(map(key, two))


@pytest.mark.parametrize(
    "wrong",
    [
        "limit=0",
        "limit=x",
        "limit=-1",
        "limit=20001",
        "limit=9999999999",
        "after=x",
        "after=a|b|c|d",
    ],
)
def test_a_page_that_cannot_be_is_refused(client, wrong):
    answer = client.get(f"/api/observations?{wrong}")
    assert answer.status_code == 400 and answer.json["error"]
