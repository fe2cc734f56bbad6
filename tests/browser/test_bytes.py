"""What a page costs on the way: requests and bytes of a first visit, counted in a real browser."""

import pytest

# With Dash's scripts compressed as the set-up does.
MOST_REQUESTS, MOST_KILOBYTES = 20, 750
# Pages whose document holds all of their first view.
WHOLE = ("/", "/topic/marriage", "/street/990101001", "/targets")
CALLS = ("_dash-update", "_dash-layout", "_dash-dependencies")


@pytest.mark.parametrize("path", [*WHOLE, "/submissions"])
def test_a_first_visit_is_small_and_asks_for_nothing_that_its_document_holds(first_page, path):
    page = first_page
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    asked, received = {}, {}

    def note(event):
        asked[event["requestId"]] = event["request"]["url"]

    def count(event):
        received[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", note)
    session.on("Network.loadingFinished", count)
    page.goto(f"{path}?area=990101&lang=en")
    page.wait_for_selector("#main h1, main h1")
    page.wait_for_load_state("networkidle")
    own = {number for number, address in asked.items() if address.startswith("http")}
    kilobytes = sum(received.get(number, 0) for number in own) / 1024
    assert len(own) <= MOST_REQUESTS, sorted(asked.values())
    assert kilobytes <= MOST_KILOBYTES
    if path in WHOLE:
        assert not [url for url in asked.values() if any(call in url for call in CALLS)]
        assert page.locator("script[data-first]").count() == 0, "each answer was used"


def test_a_second_page_asks_for_no_file_again(first_page):
    page = first_page
    page.goto("/?lang=en")
    page.wait_for_load_state("networkidle")
    page.goto("/targets?lang=en")
    page.wait_for_load_state("networkidle")
    files = page.evaluate(
        "() => performance.getEntriesByType('resource')"
        ".filter(one => /\\/(own|vendor)\\//.test(one.name)).map(one => one.transferSize)"
    )
    assert files and not any(files)
