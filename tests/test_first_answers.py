"""The document of a page carries what its scripts ask for first: the figures need no request."""

import json
import re

import pytest

GIVEN = re.compile(r'<script type="application/json" data-first="([^"]+)">([^<]*)</script>')


def given(app, address, **options):
    text = app.server.test_client().get(address, **options).text
    return {path: json.loads(data) for path, data in GIVEN.findall(text)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", "panel panel-target_lead"),
        ("/", "tile-value figure-link"),
        ("/topic/marriage", "panel-heading"),
        ("/street/990101001", "panel-heading"),
        ("/targets", "panel-heading"),
    ],
)
def test_the_figures_of_a_page_are_in_its_document(app, path, shown):
    answers = given(app, f"{path}?area=990101")
    assert set(answers) == {"/_dash-layout", "/_dash-dependencies", "/_dash-update-component"}
    content = json.dumps(answers["/_dash-update-component"], ensure_ascii=False)
    assert shown in content
    assert re.search(r"\d[\d,.]+", content)
    assert answers["/_dash-layout"] == app.server.test_client().get("/_dash-layout").json


@pytest.mark.slow
def test_they_are_in_the_language_of_the_reader(app):
    client = app.server.test_client()
    client.get("/?lang=en")
    text = client.get("/?area=990101").text
    assert '<html lang="en"' in text


def test_an_address_cannot_end_the_element(app):
    answers = given(app, "/topic/marriage?area=990101&note=</script><script>alert(1)</script>")
    assert "/_dash-update-component" in answers
    text = app.server.test_client().get("/?area=</script><b>").text
    assert "</script><b>" not in text


def test_a_page_that_is_not_there_is_still_said_to_be_missing(app):
    assert app.server.test_client().get("/nowhere").status_code == 404


def test_the_title_of_the_tab_is_in_the_language_of_the_address_on_a_first_visit(app):
    answers = given(app, "/targets?area=990101&lang=en", headers={"Accept-Language": "zh"})
    stored = answers["/_dash-update-component"]["response"]["_pages_store"]["data"]
    assert stored["title"].startswith("Targets")
