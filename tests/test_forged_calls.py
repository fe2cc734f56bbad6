"""Calls of callbacks that no page sends are refused at the edge, not in the middle of the work."""

import copy
import json
import logging
import time

import pytest
from calls import CALL, call, server_callbacks

from dashboard.components.shell import ids
from dashboard.components.submissions import work
from dashboard.components.submissions.answers import no_answers

TABLE = b"area,a,b\n1,2,3\n"
IDENTITIES = [[], [{}], [{"place": 0}], [1], ["x"], [None], [[]], {"x": 1}, None, "x"]
ANSWERS = [
    {"sheets": [["a"]]},
    {"lines": [["a"]]},
    {"words": [["a", "b", "c"]]},
    {"areas": [["1", "x", "no level", ""]]},
    {"areas": [["1"]]},
    {"skip": "yes"},
    {"asked": {"file": [1]}},
]


@pytest.fixture
def client(app, caplog):
    client = app.server.test_client()
    client.get("/healthz")
    with caplog.at_level(logging.ERROR):
        yield client
    assert not caplog.records


def settled(desk, job):
    while not desk.jobs.state(job).is_over:
        time.sleep(0.02)


@pytest.fixture
def previewed(app):
    """The work of a preview that is done, as the browser keeps it."""
    with app.server.test_request_context("/"):
        begun = work.begin(app.desk, [("表.csv", TABLE)])
        settled(app.desk, begun["job"])
    return begun


def named(app, *parts):
    """The callback whose output's name has all these parts."""
    callbacks = server_callbacks(app)
    (name,) = [name for name in callbacks if all(part in name for part in parts)]
    return name, callbacks[name]


def work_call(app, stored, trigger):
    """The call by the first callback whose input this is."""
    values = {(ids.UPLOAD_WORK, "data"): stored, (ids.URL, "search"): "?lang=zh"}
    name, one = next(
        (name, one)
        for name, one in server_callbacks(app).items()
        if any(trigger in part["id"] for part in one["inputs"])
    )
    return call(name, one, lambda own, prop: values.get((own, prop)))


def hand_in_call(app, stored):
    return work_call(app, stored, ids.HAND_IN)


def streets_call(app, stored):
    return work_call(app, stored, "register-streets")


def many(app):
    """Every callback with the ids of several components, and where these stand in it."""
    for name, one in server_callbacks(app).items():
        for place, part in enumerate(one["state"]):
            if part["property"] == "id":
                yield name, one, place


def test_ids_that_are_no_ids_are_refused_by_every_callback(client, app):
    found = list(many(app))
    assert len(found) >= 5
    for name, one, place in found:
        for value in IDENTITIES:
            body = call(name, one, lambda _own, _prop: None)
            body["state"][place][0]["value"] = value
            assert client.post(CALL, json=body).status_code == 400, (name, value)


def test_ids_without_as_many_values_are_refused(client, app, previewed):
    body = hand_in_call(app, previewed)
    ids_of, values_of = (body["state"][place] for place in (1, 2))
    assert ids_of[0]["property"] == "id" and values_of[0]["property"] == "value"
    ids_of[0]["value"] = ids_of[0]["id"]
    assert client.post(CALL, json=body).status_code == 200
    fewer = copy.deepcopy(body)
    fewer["state"][2] = []
    assert client.post(CALL, json=fewer).status_code == 400


@pytest.mark.parametrize("place", ["x", 1.5, True, None])
def test_a_place_that_is_no_number_is_refused(client, app, previewed, place):
    body = streets_call(app, previewed)
    body["inputs"][0][0]["id"]["place"] = place
    body["inputs"][0][0]["value"] = 1
    body["changedPropIds"] = [
        json.dumps(body["inputs"][0][0]["id"], separators=(",", ":")) + ".n_clicks"
    ]
    assert client.post(CALL, json=body).status_code == 400


@pytest.mark.slow
@pytest.mark.parametrize("what", ["sheet", "line", "word", "reading", "grade", "skip", "street-9"])
@pytest.mark.parametrize("place", [-5, 99999])
def test_controls_of_no_preview_answer_nothing(client, app, previewed, what, place):
    body = hand_in_call(app, previewed)
    control = {"type": "answer", "what": what, "place": place}
    body["state"][1] = [{"id": control, "property": "id", "value": control}]
    body["state"][2] = [{"id": control, "property": "value", "value": "dibao"}]
    assert client.post(CALL, json=body).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("forged", ANSWERS, ids=lambda forged: next(iter(forged)))
def test_answers_of_another_shape_are_refused(client, app, previewed, forged):
    body = hand_in_call(app, {**previewed, "answers": {**no_answers(), **forged}})
    body["state"][1] = body["state"][2] = []
    assert client.post(CALL, json=body).status_code == 400


def test_a_click_on_no_button_does_nothing(client, app, previewed):
    body = streets_call(app, previewed)
    body["inputs"][0][0]["value"] = 1
    control = {"type": "answer", "what": "line", "place": 0}
    body["state"][1] = [{"id": control, "property": "id", "value": control}]
    body["state"][2] = [{"id": control, "property": "value", "value": None}]
    body["changedPropIds"] = []
    assert client.post(CALL, json=body).status_code == 204


def test_work_with_parts_missing_or_of_another_job_is_gone(client, app, previewed):
    with app.server.test_request_context("/"):
        other = app.desk.jobs.start(lambda _progress: {"zh": "句子", "en": "sentence"})
        settled(app.desk, other)
    name, one = named(app, f"{ids.PREVIEW_CARD}.hidden")
    for stored in (
        {"act": "preview", "job": previewed["job"]},
        {"act": "preview", "job": other},
        {"act": "hand_in", "job": previewed["job"]},
        {"act": "trouble", "message": "ready_some"},
        {"act": "none", "job": other},
    ):
        values = {(ids.UPLOAD_WORK, "data"): stored, (ids.URL, "search"): "?lang=zh"}
        body = call(name, one, lambda own, prop, values=values: values.get((own, prop)))
        assert client.post(CALL, json=body).status_code == 200, stored
        body = hand_in_call(app, stored)
        body["state"][1] = body["state"][2] = []
        assert client.post(CALL, json=body).status_code == 200, stored
