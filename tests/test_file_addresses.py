"""An address of a file that nobody can read is refused, instead of answered with other figures."""

import pytest
from screens import DISTRICT, selection_of

PLACES = [
    "/export/marriage/trend.csv",
    "/export/marriage/trend.xlsx",
    "/export/marriage/trend.svg",
    "/export/figures/marriage.csv",
    "/export/figures/marriage.xlsx",
    "/api/figure/marriage/trend",
]
UNREAD = [
    ("area=zzz", "zzz"),
    ("area=%E5%8F%A4", "古"),
    ("period=abc", "abc"),
    ("known=2024-13-45", "2024-13-45"),
    ("known=2999-01-01", "2999-01-01"),
    ("compare=nothing", "nothing"),
]


@pytest.fixture
def client(app):
    return app.server.test_client()


@pytest.fixture
def places(app):
    chart = app.desk.catalogue.topics["marriage"].charts[0].id
    return [place.replace("trend", chart) for place in PLACES]


@pytest.mark.parametrize(("query", "named"), UNREAD)
def test_a_file_of_an_unread_address_is_refused(client, places, query, named):
    for place in places:
        for language, sentence in (("zh", "不生成文件"), ("en", "No file is made")):
            answer = client.get(f"{place}?{query}&lang={language}")
            assert answer.status_code == 400, place
            assert sentence in answer.json["error"] and named in answer.json["error"], place


@pytest.mark.parametrize("place", ["/export/targets.xlsx", "/export/register.csv"])
def test_lists_of_an_unknown_area_are_refused(client, place):
    answer = client.get(f"{place}?area=zzz&lang=zh")
    assert answer.status_code == 400 and "zzz" in answer.json["error"]


@pytest.mark.parametrize("place", ["draft-comments.docx", "draft-findings.xlsx"])
def test_comments_on_a_draft_of_an_unknown_area_are_refused(client, place):
    assert client.get(f"/export/{place}?draft=x&area=zzz").status_code == 400
    assert client.get(f"/export/{place}?draft=x&area=000000").status_code == 404


@pytest.mark.slow
def test_a_file_of_a_readable_address_is_made(client, places):
    for place in places:
        for query in ("", f"area={DISTRICT}&period=2025-12&known=2026-01-01", "period=1999-01"):
            assert client.get(f"{place}?{query}").status_code == 200, place


@pytest.mark.parametrize(("query", "named"), UNREAD)
def test_a_receipt_of_an_unread_address_is_refused(client, places, query, named):
    ref = places[0].removeprefix("/export/").removesuffix(".csv")
    answer = client.post("/api/receipts", json={"ref": ref, "query": query, "lang": "zh"})
    assert answer.status_code == 400 and named in answer.json["error"]


def test_a_page_names_an_area_nobody_knows(client, app):
    assert selection_of(app.desk, area="zzz").unread == ("area",)
    assert selection_of(app.desk).unread == ()
    for path in ("/", "/topic/marriage", "/indicators/marriages", "/targets", "/completeness"):
        page = client.get(f"/plain{path}?area=zzz&lang=en").get_data(as_text=True)
        assert "Parts of the address cannot be read: area." in page, path
