"""Every route, with values that no page sends: never a failure, never another's figure."""

import itertools
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_access import FILLED, open_server, signed_in

__all__ = ["open_server"]  # a fixture

HOSTILE = [
    "",
    "-1",
    "0",
    "1e999",
    "NaN",
    str(10**30),
    "9999-99",
    "0000-00",
    "2024-13",
    "../../etc/passwd",
    "..%2f..%2fapp.py",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "=1+1",
    "区" * 300,
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "{}",
    "[[]]",
    "%",
    "99999999999999999999",
    "2024-09-31",
    "x,y,,;|",
    "//evil.example",
    "١٢٣",  # digits of another script
    "²",
]
KEYS = (
    "area period indicator indicators limit offset after children format as_of known restated lang"
    " compare kinds topic q code next view sort search present from to month year street form ids"
    " language versions status place mark small_cells ref kind page charts range token grade since"
    " until act who name show step window basis target level order theme sum file sheet chart"
).split()


def get_rules(server):
    return sorted({rule.rule for rule in server.url_map.iter_rules() if "GET" in rule.methods})


def address(rule, value):
    """The address of a rule, its parts filled with a value (a number where one is needed)."""
    number = "9" * 30 if not value.isdecimal() or not value.isascii() else value
    filled = re.sub(r"<int:(\w+)>", number, rule)
    filled = re.sub(
        r"<(?:\w+:)?(\w+)>", lambda _part: value.replace("#", "").replace("?", ""), filled
    )
    return filled


def fair(answer, place):
    assert answer.status_code < 500, place
    assert b"Traceback" not in answer.data and b"root:x:" not in answer.data, place
    location = answer.headers.get("Location", "/")
    assert location.startswith("/") and not location.startswith(("//", "/\\")), place


@pytest.mark.slow
@pytest.mark.parametrize("role", [None, "viewer", "contributor", "editor", "admin", "archivist"])
def test_no_part_of_a_path_makes_a_route_fail(open_server, role, caplog):
    client = signed_in(open_server, role) if role else open_server.test_client()
    for rule in get_rules(open_server):
        values = HOSTILE if "<" in rule else [""]
        for value in values[:: 1 if role == "admin" else 4]:
            fair(client.get(address(rule, value or "x")), (rule, value))
    assert not [one.getMessage() for one in caplog.records]


def plain_of(rule):
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: FILLED[part[1]], rule)


@pytest.mark.slow
def test_no_query_makes_a_route_fail(app, caplog):
    """Each route is asked with every key at once, each with another hostile value."""
    client = app.server.test_client()
    turning = itertools.cycle(HOSTILE)
    for rule in get_rules(app.server):
        if rule.startswith(("/_dash-component", "/own/", "/vendor/", "/assets/", "/static/")):
            continue
        for _ in range(6):
            query = {key: next(turning) for key in KEYS}
            fair(client.get(plain_of(rule), query_string=query), (rule, query))
            next(turning)
    assert not [one.getMessage() for one in caplog.records]


LISTS = (
    "/api/observations",
    "/api/history",
    "/api/progress",
    "/api/register",
    "/api/changes",
    "/api/completeness",
    "/api/receipts",
    "/api/figure/dibao_persons/990101/2024-09",
    "/export/figures/marriage.csv",
    "/export/register.csv",
    "/export/x.csv",
    "/export/marriage/marriages.csv",
    "/plain/topic/marriage",
    "/plain/targets",
    "/",
)


@pytest.mark.slow
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(LISTS),
    query=st.dictionaries(
        st.sampled_from(KEYS),
        st.sampled_from(HOSTILE) | st.text(max_size=12) | st.integers().map(str),
        max_size=4,
    ),
)
def test_lists_and_files_answer_any_query_in_words(app, path, query):
    answer = app.server.test_client().get(path, query_string=query)
    fair(answer, (path, query))
    assert answer.status_code < 500, (path, query)


BODIES = (b"", b"null", b"[]", b'{"ref": 1}', b'{"ref": {"a": []}}', b'{"ref": "x/y"}', b"\xff\xfe")


@pytest.mark.slow
@pytest.mark.parametrize("role", [None, "viewer", "contributor", "editor", "admin"])
def test_no_body_makes_a_route_fail(open_server, role, caplog):
    client = signed_in(open_server, role) if role else open_server.test_client()
    posts = {r.rule for r in open_server.url_map.iter_rules() if "POST" in r.methods}
    for rule in sorted(posts - {"/sign-out"}):
        for body in BODIES:
            fair(client.post(plain_of(rule), data=body, content_type="application/json"), rule)
        fields = {key: "<x>" for key in (*KEYS, "act", "token", "password", "old", "areas", "role")}
        fair(client.post(plain_of(rule), data=fields), rule)
    assert not [one.getMessage() for one in caplog.records]
