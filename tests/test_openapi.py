"""The API against its own description: never a fault, never another shape, never another area."""

import json
import re
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dashboard.web.openapi import described

DISTRICT, STREET, OTHER = "990101", "990101001", "990101002"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = {
    operation.ok().definition.raw["operationId"]: operation.ok()
    for operation in schemathesis.openapi.from_dict(described("en")).get_all_operations()
}
KNOWN = {  # what exists, so that figures come and not refusals alone
    "area": [DISTRICT, STREET, OTHER, "示例区", "东湖街道"],
    "indicator": ["marriages", "dibao_people", "结婚登记"],
    "period": ["2026-09", "2026Q3", "2025", "2026年9月"],
    "from": ["2026-01", "2024"],
    "to": ["2026-09"],
    "topic": ["marriage", "elderly"],
    "chart": ["registrations", "trend", "marriages_by_street"],
    "number": [1, 2],
    "as_of": ["2026-10-01"],
    "limit": [1, 7, 50],
    "ref": ["marriage/registrations"],
    "query": ["?area=990101&period=2026-09"],
}
ASKED = settings(  # the same each time, and what fails is shown as it is
    max_examples=20,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
HOSTILE = ["\ud800", "' OR 1=1 --", "../../etc/passwd", "=1+1", "%00", "<script>", "九" * 300, "-1"]


@st.composite
def requests(draw, operation):
    """A case of this operation, and what is sent: as described or not, known or hostile."""
    mode = draw(st.sampled_from(list(GenerationMode)))
    case = draw(operation.as_strategy(generation_mode=mode))
    names = {one.name: one.location.value for one in operation.iter_parameters()}
    sent = {
        "path": dict(case.path_parameters or {}),
        "query": dict(case.query or {}),
        "body": dict(case.body) if isinstance(case.body, dict) else case.body,
    }
    for name, where in names.items():
        _change(draw, sent[where], name)
    for name in list(sent["body"]) if isinstance(sent["body"], dict) else ():
        _change(draw, sent["body"], name)
    if operation.path == "/api/observations":
        sent["query"].setdefault("limit", 50)
    return case, sent


def _change(draw, part, name):
    choice = draw(st.integers(0, 9))
    if choice < 5 and name in KNOWN:
        part[name] = draw(st.sampled_from(KNOWN[name]))
    elif choice == 9:
        part[name] = draw(st.sampled_from(HOSTILE))


def asked_of(app, case, sent):
    """The answer of the app, as a werkzeug client gets it."""
    query = {name: value for name, value in sent["query"].items() if value is not None}
    texts = {k: quote(str(v), safe="", errors="surrogatepass") for k, v in sent["path"].items()}
    options = {"query_string": urlencode(query, doseq=True, errors="surrogatepass")}
    if case.method.upper() == "POST":
        options["data"] = json.dumps(sent["body"], default=str)
        options["content_type"] = "application/json"
    path = case.operation.path.format(**texts)
    return app.server.test_client().open(path, method=case.method.upper(), **options)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(OPERATIONS))
def test_an_address_answers_as_described_whatever_is_asked(app, name):
    operation = OPERATIONS[name]
    areas = app.desk.areas()

    @ASKED
    @given(requests(operation))
    def ask(request):
        case, sent = request
        answer = asked_of(app, case, sent)
        if answer.status_code in (308, 405):
            return  # a path with two slashes; a method that only other addresses have
        case.validate_response(answer, checks=CHECKS)
        text = answer.get_data(as_text=True) if "json" in (answer.mimetype or "") else ""
        assert "Traceback" not in text and "site-packages" not in text
        if answer.status_code == 200 and text.startswith("["):
            _in_the_area(areas, sent["query"], json.loads(text))

    ask()


def _in_the_area(areas, query, rows):
    """No row is of another area than the one asked for and, where asked, those below it."""
    asked = query.get("area")
    matches = areas.find(asked) if isinstance(asked, str) and asked else []
    if not matches or not rows or "area" not in rows[0] or "form" in rows[0]:
        return
    within = {matches[0].code}
    if str(query.get("children", "")) in ("1", "true", "yes") or "beds" in rows[0]:
        within |= {one.code for one in areas.descendants(matches[0].code)}
    assert {row["area"] for row in rows} <= within


def test_the_description_names_every_address_and_nothing_else(app):
    rules = {rule.rule for rule in app.server.url_map.iter_rules()}
    served = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", one) for one in rules if "/api/" in one}
    served -= {"/api/", "/api/openapi.json", "/api/{rest}"}
    paths = set(described("en")["paths"])
    assert {one.replace("{ref}", "{topic}/{chart}") for one in served} == paths


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_served_to_programs_and_to_people(app, language):
    client = app.server.test_client()
    document = client.get(f"/api/openapi.json?lang={language}")
    assert document.status_code == 200 and document.json["openapi"].startswith("3.1")
    summary = document.json["paths"]["/api/observations"]["get"]["summary"]
    page = client.get(f"/api/?lang={language}")
    assert page.status_code == 200 and page.mimetype == "text/html" and summary in page.text
    assert all(path in page.text for path in document.json["paths"])
    assert bool(re.search("[一-鿿]", summary)) == (language == "zh")
    assert client.get("/api/nothing").status_code == 404
    assert "/api/" in client.get("/api/nothing").json["error"]


@pytest.mark.slow
def test_columns_are_described_as_they_are_sent(app):
    client = app.server.test_client()
    for path, methods in described("en")["paths"].items():
        content = methods.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        if schema.get("type") != "array":
            continue
        taken = {parameter.get("name") for parameter in methods["get"].get("parameters", ())}
        values = {"indicator": "marriages", "area": DISTRICT, "period": "2026-09"}
        query = {name: value for name, value in values.items() if name in taken}
        answer = client.get(path, query_string=query)
        assert answer.status_code in (200, 404), answer.text
        for row in json.loads(answer.text) if answer.status_code == 200 else []:
            assert list(row) == schema["items"]["required"] or set(row) == set(
                schema["items"]["required"]
            )


def test_below_a_path_it_says_where_the_addresses_are(app, monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, prefix="/minzheng"))
    client = app.server.test_client()
    assert client.get("/minzheng/api/openapi.json").json["servers"] == [{"url": "/minzheng"}]
    answer = client.get("/minzheng/api/observations?limit=1")
    assert answer.headers["Link"].startswith("</minzheng/api/observations?")
