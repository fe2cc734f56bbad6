"""A misspelt parameter of the API is refused by name; what an address takes is answered."""

import pytest

from dashboard.web.api_description import ENTRIES

LISTS = [entry for entry in ENTRIES if entry.columns]
AREA = "990101"


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
