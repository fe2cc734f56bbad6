"""Odd addresses and bodies get a clear refusal, or what they ask for: never a fault."""

import pytest
from test_parameters import EXPORTS

FIGURE = "/figure?indicator=marriages&area=990101&period=2026-09"


@pytest.fixture
def client(app):
    return app.server.test_client()


@pytest.mark.parametrize("known", ["0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31"])
def test_a_day_that_no_clock_counts_is_not_read(app, client, known):
    answer = client.get(f"/help?known={known}")
    assert answer.status_code == 200 and "failed-page" not in answer.text
    selection = app.desk.selections.of({"known": known}, "zh")
    assert selection.as_known is None and "known" in selection.unread
    given = {"ref": "marriage/registrations", "query": f"?known={known}"}
    assert client.post("/api/receipts", json=given).status_code == 400


@pytest.mark.parametrize("part", ["&months=2", "&months=x", "&months=" + "9" * 30, "&kind=x"])
def test_a_figure_of_no_known_span_or_kind_is_not_another_figure(client, part):
    assert client.get(f"{FIGURE}&months=0").status_code == 200
    assert client.get(FIGURE + part).status_code == 404


@pytest.mark.parametrize("text", [",,,", ",", "%20,%20"])
def test_a_list_of_nothing_is_not_everything(client, text):
    answer = client.get(f"/api/observations?indicator={text}&lang=en")
    assert answer.status_code == 400 and "indicator" in answer.json["error"]


@pytest.mark.parametrize(
    "given", [{"ref": None}, {"ref": []}, {"query": 5}, {"lang": {}}, {"lang": ["zh"]}, [], 5]
)
def test_a_receipt_is_asked_for_in_texts(client, given):
    if isinstance(given, dict):
        given = {"ref": "marriage/registrations"} | given
    assert client.post("/api/receipts", json=given).status_code == 400


@pytest.mark.parametrize("address", EXPORTS)
def test_a_file_says_its_character_set_once(client, address):
    kind = client.get(f"{address}?lang=en").headers["Content-Type"]
    assert kind.count("charset") <= 1
    assert "charset" in kind or not kind.startswith("text/")


def test_a_page_that_failed_says_so_by_its_status(app, client, monkeypatch):
    def fails(*_arguments):
        raise ValueError("broken")

    monkeypatch.setattr("dashboard.services.selections.Selections.of", fails)
    answer = client.get("/help")
    assert answer.status_code == 500 and 'id="react-entry-point"' in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("month", ["2026-00", "2026-13", "0000-01", "9999-12"])
def test_a_month_that_no_calendar_has_is_no_month_of_the_targets(client, month):
    answer = client.get(f"/targets?period={month}")
    assert answer.status_code == 200 and "failed-page" not in answer.text
