"""What a page may run: the policy forbids foreign and inline scripts, and no page asks for them."""

import re

import pytest
from everywhere import PLAIN, address, visit
from policy import WATCH, scripts_allowed

OTHERS = ("/access?lang=en", "/access/users?lang=en", "/access/audit?lang=en", "/sign-in?lang=en")


@pytest.fixture
def watched(tab):
    tab.add_init_script(WATCH)
    return tab


def test_no_page_without_scripts_breaks_it_and_none_of_access(watched):
    for path in (*(address(one, "en") for one in PLAIN.values()), *OTHERS):
        answer = watched.goto(path)
        assert answer.status == 200 and "unsafe" not in scripts_allowed(answer)
        assert watched.evaluate("window.violations") == [], path


def test_a_click_an_export_and_a_presentation_break_nothing(watched):
    visit(watched, "/topic/marriage", "en")
    watched.locator("#period-choice").select_option("2026-08")
    watched.wait_for_url(re.compile("period=2026-08"))
    watched.locator("[data-action=export]").first.evaluate("one => one.click()")
    watched.wait_for_selector(".export-dialog img[src^='data:']")
    watched.keyboard.press("Escape")
    visit(watched, "/topic/marriage?present=1", "en")
    assert watched.evaluate("window.violations") == []


def test_a_script_that_is_written_into_a_page_does_not_run_and_is_a_violation(watched, window):
    visit(watched, "/help", "en")
    watched.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
    }""")
    watched.wait_for_function("() => window.violations.length > 0")
    assert watched.evaluate("window.ran") is None
    window[1][:] = [line for line in window[1] if "Content Security Policy" not in line]
