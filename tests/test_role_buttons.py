"""Nobody is shown what starts an act that his or her role does not include: roles × acts."""

import json

import pytest
from calls import server_callbacks
from dash import page_registry
from plotly.io.json import to_json_plotly
from screens import PAGES, page_layout, selection_of
from test_components import REFS, TREND

from dashboard.components.panels import PANELS
from dashboard.services.access.person import Person, Role, acting
from dashboard.services.access.rights import CALLBACKS
from dashboard.web.gate import callback_name

pytestmark = pytest.mark.slow

PRESSED = ("n_clicks", "n_submit", "contents", "submit_n_clicks", "value")
STREET = "990101001"
MORE = (
    ("/submissions", {"submission": "1"}),
    ("/targets", {"target": "child_directors:990101:2026-12:exactly"}),
    ("/topic/marriage", {"present": "1"}),
)


def starters(app, role):
    """What starts the acts that a role may not do, by callback: patterns of ids."""
    for callback in server_callbacks(app).values():
        name = callback_name(callback["callback"])
        if CALLBACKS[name] > role:
            for one in callback["inputs"]:
                if one["property"] in PRESSED:
                    yield name, one["id"]


def starts(identity, pattern):
    """Whether a component's id is one that a callback listens to."""
    if not isinstance(identity, dict):
        return identity == pattern
    if not pattern.startswith("{"):
        return False
    wanted = json.loads(pattern)
    return set(wanted) == set(identity) and all(
        isinstance(value, list) or value == identity[key] for key, value in wanted.items()
    )


def visible(part):
    """The components that are not within a hidden one."""
    if isinstance(part, (list, tuple)):
        for one in part:
            yield from visible(one)
    elif hasattr(part, "to_plotly_json") and not getattr(part, "hidden", False):
        yield part
        for name in getattr(part, "_prop_names", ()):
            if name not in ("id", "style"):
                yield from visible(getattr(part, name, None))


def shown(app, desk, meeting):
    with app.server.test_request_context("/"):
        yield "meeting", page_registry["pages.meeting"]["layout"]()
        yield "agenda", page_registry["pages.meeting"]["layout"](meeting=meeting)
        for name in PANELS:
            yield name, PANELS[name](desk, REFS.get(name, "/"), selection_of(desk))
    for path in PAGES:
        yield path, page_layout(app, path)
    for path, query in MORE:
        yield path, page_layout(app, path, **query)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CONTRIBUTOR, Role.EDITOR])
def test_nothing_is_shown_that_starts_what_the_role_may_not(app, desk, role):
    forbidden = list(starters(app, role))
    person = Person("李", role, (STREET,) if role is Role.CONTRIBUTOR else ())
    with app.server.test_request_context("/"):
        meeting = desk.meetings.make(selection_of(desk), "例会", "2026-01-05")
        desk.meetings.add("chart", TREND, selection_of(desk), meeting)
    with acting(person):
        wrong = {
            (place, name, str(part.id))
            for place, drawn in shown(app, desk, meeting)
            for part in visible(drawn)
            for name, pattern in forbidden
            if getattr(part, "id", None) is not None and starts(part.id, pattern)
        }
    assert not wrong


@pytest.mark.parametrize("role", Role)
def test_only_who_may_withdraw_is_led_to_where_it_is_done(app, role):
    with acting(Person("李", role, (STREET,))):
        page = to_json_plotly(list(visible(page_layout(app, "/submissions"))))
    assert ("#withdrawing" in page) is (role >= Role.EDITOR)
