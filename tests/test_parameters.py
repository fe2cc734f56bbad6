"""A misspelt parameter of the API is refused by name; what an address takes is answered."""

import pytest

from dashboard.web.api_description import ENTRIES, YES

LISTS = [entry for entry in ENTRIES if entry.columns]
TAKEN = [
    pytest.param(entry, take, id=f"{entry.name} {take.name}")
    for entry in ENTRIES
    for take in entry.takes
    if take.where == "query"
]
AREA = "990101"
EXPORTS = [
    "/export/targets.xlsx",
    "/export/correction.docx",
    "/export/corrections.docx",
    "/export/figures/marriage.csv",
    "/export/marriage/marriages_by_street.png",
    "/export/register.csv",
    "/export/register-example.xlsx",
    "/export/own-indicators.csv",
    "/export/template-month.xlsx",
    "/export/draft-comments.docx",
    "/export/draft-findings.xlsx",
    "/export/report-figures.csv",
    "/export/report-figures.xlsx",
]
SAMPLE = {"topic": "marriage", "chart": "trend", "number": "1", "name": "x", "suffix": "pdf"}
SAMPLE |= {"token": "x"}
NO_LISTS = [
    *EXPORTS,
    *(entry.path.format(**SAMPLE) for entry in ENTRIES if not (entry.columns or entry.body)),
    "/api/figure/compare/marriages",
    "/api/",
    "/api/openapi.json",
]


@pytest.fixture
def client(app):
    return app.server.test_client()


@pytest.mark.parametrize("entry", LISTS, ids=lambda entry: entry.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_parameter_that_no_list_takes_is_refused_by_name(client, entry, language):
    answer = client.get(f"{entry.path}?colour=red&lang={language}")
    assert answer.status_code == 400
    said = answer.get_json()["error"]
    assert "colour" in said and all(one.name in said for one in entry.takes)


def test_the_refusal_of_a_misspelt_name_suggests_the_right_one(client):
    answer = client.get(f"/api/observations?area={AREA}&indicators=marriages&lang=en")
    assert answer.status_code == 400
    assert "indicators; did you mean indicator?" in answer.get_json()["error"]


@pytest.mark.parametrize("entry", LISTS, ids=lambda entry: entry.name)
def test_no_parameter_of_the_description_is_refused_as_unknown(client, entry):
    query = "&".join(f"{one.name}=1" for one in entry.takes if one.name != "lang")
    answer = client.get(f"{entry.path}?{query}&lang=en")
    assert "no parameter" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("entry", LISTS, ids=lambda entry: entry.name)
def test_a_day_of_knowledge_is_refused_where_it_would_be_ignored(client, entry):
    answer = client.get(f"{entry.path}?known=2026-03-01&lang=en")
    reads_it = "as_of" in {one.name for one in entry.takes}
    assert ("no parameter" in answer.get_data(as_text=True)) != reads_it


def test_the_file_of_a_list_of_institutions_refuses_what_the_list_refuses(client):
    answer = client.get(f"/export/register.csv?area={AREA}&tpye=1&lang=en")
    assert answer.status_code == 400
    assert "tpye; did you mean type?" in answer.get_json()["error"]


def refused_for(client, address, name):
    """Whether an address is refused as it is asked for, and the parameter is named."""
    answer = client.get(address)
    assert answer.status_code == 400, (address, answer.status_code)
    return name in answer.get_json()["error"]


@pytest.mark.parametrize(("entry", "take"), TAKEN)
def test_what_a_parameter_may_not_be_is_refused_by_its_name(client, entry, take):
    address = entry.path.format(**SAMPLE)
    if not take.several:
        assert refused_for(client, f"{address}?{take.name}=1&{take.name}=1&lang=en", take.name)
    if "enum" in take.schema:
        assert refused_for(client, f"{address}?{take.name}=maybe", take.name)
    if take.schema is YES:
        for text in ("2", "on", "TRUE!"):
            assert refused_for(client, f"{address}?{take.name}={text}", take.name)


def test_a_yes_may_be_written_in_three_ways(client):
    usual = f"/api/observations?area={AREA}&indicator=marriages&from=2026-09&to=2026-09&children="
    said = [client.get(usual + text).data for text in ("1", "true", "Yes", "0", "false", "NO", "")]
    assert said[0] == said[1] == said[2] != said[3] == said[4] == said[5] == said[6]


@pytest.mark.parametrize("address", EXPORTS)
def test_a_file_refuses_an_unknown_language_and_what_stands_twice(client, address):
    assert refused_for(client, f"{address}?lang=de", "lang")
    assert refused_for(client, f"{address}?area={AREA}&area={AREA}", "area")


@pytest.mark.parametrize("address", NO_LISTS)
def test_an_address_that_is_no_list_refuses_what_it_does_not_take_by_name(client, address):
    assert refused_for(client, f"{address}?colour=red&lang=en", "colour")
    if not address.startswith("/export/register."):
        assert refused_for(client, f"{address}?as_of=2026-03-01&lang=en", "as_of")


@pytest.mark.parametrize("number", ["٣", "-1", "0", "3.0", "x", "9" * 19])
def test_a_number_is_written_in_plain_digits(client, number):
    assert refused_for(client, f"/export/report-figures.csv?submission={number}", "submission")


def test_every_address_of_files_is_among_those_tested(app):
    rules = {rule.rule for rule in app.server.url_map.iter_rules() if "/export/" in rule.rule}
    served = app.server.url_map.bind("localhost")
    assert {served.match(address, return_rule=True)[0].rule for address in EXPORTS} == rules


@pytest.mark.parametrize(
    ("query", "named"),
    [("size=huge", "size"), ("scale=9", "scale"), ("ground=red", "ground"), ("area=x", "area")],
)
def test_a_picture_is_not_made_otherwise_than_asked(client, query, named):
    address = f"/export/marriage/marriages_by_street.png?{query}&lang=en"
    assert refused_for(client, address, named)


@pytest.mark.parametrize("path", ["/api/observations", "/export/template-month.xlsx"])
def test_months_are_read_or_refused(client, path):
    name = "from" if "api" in path else "period"
    assert refused_for(client, f"{path}?{name}=2026-13&lang=en", "period")


def test_months_that_cross_are_refused(client):
    for first, last in (("2026-09", "2026-08"), ("2026", "2025"), ("2026Q3", "2026-06")):
        address = f"/api/observations?area={AREA}&from={first}&to={last}&lang=en"
        assert refused_for(client, address, "from")
    same = client.get(f"/api/observations?area={AREA}&from=2026-09&to=2026-09&limit=1")
    assert same.status_code == 200


@pytest.mark.parametrize(("language", "said"), [("zh", "没有第 0 号报送"), ("en", "is not known")])
def test_a_refusal_is_in_the_language_of_the_reader(client, language, said):
    asked = {"Accept-Language": language}
    assert said in client.get("/api/submissions/0/file", headers=asked).json["error"]
    assert said in client.get(f"/api/submissions/0/file?lang={language}").json["error"]


def test_a_receipt_in_an_unknown_language_is_refused(client):
    given = {"ref": "marriage/registrations", "lang": "de"}
    answer = client.post("/api/receipts", json=given)
    assert answer.status_code == 400 and "lang" in answer.json["error"]
