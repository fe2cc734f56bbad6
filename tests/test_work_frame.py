"""Pages that the server writes in full stand in the frame of all pages, refusals too."""

import re

import pytest
from test_access import open_server, sent_form, signed_in  # noqa: F401

OWN = ("/hand-ins/form", "/hand-ins", "/markings", "/access", "/access/users", "/access/audit")


@pytest.fixture
def office(open_server):  # noqa: F811
    return open_server


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", OWN)
def test_a_page_of_the_server_leads_to_every_page_of_the_dashboard(office, path, language):
    page = signed_in(office, "admin").get(f"{path}?lang={language}").text
    header, main = page.split('<main id="main">')
    for address in ("/", "/targets", "/topic/marriage", "/submissions", "/report", "/help"):
        assert f'href="{address}?lang={language}"' in header
    assert page.count("<h1>") == 1 and page.count("<main") == 1
    (current,) = re.findall(r'href="([^"?]+)\?lang=\w\w" class="tab" aria-current="page"', main)
    assert current == path
    assert all(f'href="{own}?lang={language}" class="tab"' in main for own in OWN)
    for style in re.findall(r'rel="stylesheet" href="([^"]+)"', page):
        assert office.test_client().get(style).status_code == 200, style


def test_whoever_has_not_signed_in_sees_no_page_in_the_frame(office):
    page = office.test_client().get("/sign-in?lang=zh").text
    assert 'class="tab"' not in page and "/topic/" not in page


@pytest.mark.parametrize("path", ["/hand-ins", "/markings", "/hand-ins/1", "/access/users"])
@pytest.mark.parametrize(("language", "words"), [("zh", "没有权限"), ("en", "No access")])
def test_what_a_role_may_not_open_is_refused_with_a_page(office, path, language, words):
    viewer = signed_in(office, "viewer")
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = viewer.get(f"{path}?lang={language}", headers=browser)
    assert (answer.status_code, answer.mimetype) == (403, "text/html")
    assert f"<h1>{words}</h1>" in answer.text and 'class="tab"' in answer.text
    assert "viewer" in answer.text and answer.headers["Cache-Control"] == "no-store"
    sent = viewer.post(path, data={"act": "mark"}, headers=browser)
    assert (sent.status_code, sent.mimetype) == (403, "text/html")


def test_programs_are_refused_in_json(office):
    viewer = signed_in(office, "viewer")
    for path, headers in (
        ("/hand-ins", {"Accept": "application/json"}),
        ("/api/hand-ins", {"Accept": "text/html"}),
    ):
        answer = viewer.get(path, headers=headers)
        assert (answer.status_code, list(answer.json)) == (403, ["error"]), path


def test_the_form_of_markings_opens_on_the_own_area_and_keeps_what_was_refused(app, office):
    editor = signed_in(office, "editor")
    start = app.desk.selections.start_area()
    assert f'<option value="{start}" selected>' in editor.get("/markings?lang=zh").text
    typed = {"area": "990101001", "period": "Mai", "words": "内部<资料"}
    answer = sent_form(editor, "/markings?lang=zh", act="mark", **typed)
    assert answer.status_code == 422
    assert '<option value="990101001" selected>' in answer.text
    assert 'value="Mai"' in answer.text and 'value="内部&lt;资料"' in answer.text
