"""Every page is opened once, below a path of a real nginx with TLS: no request, no link leaves it.

The same visit shows whether a page breaks the policy. Where there is no nginx the policy is still
asked of every page, at the app itself.
"""

from dataclasses import dataclass, replace
from itertools import cycle

import pytest
from below import BELOW, LINKS, left
from everywhere import DRAWN, NOWHERE, PAGES, address, prepared
from nginx import NGINX, free_port, needs_nginx, running
from policy import WATCH, scripts_allowed
from watched import refused


@dataclass(frozen=True)
class Opened:
    """What was seen of one page when it was opened."""

    url: str
    asked: list[str]  # the addresses of all requests
    links: list[str]
    failed: list[str]  # answers that are errors, errors of scripts, errors in the console
    scripts: str  # what its policy allows to run
    violations: list[str]


@pytest.fixture(scope="module")
def site(app, served, tmp_path_factory):
    """Where the app is shown: by the example of the documents below a path, else at the root."""
    if not NGINX:
        yield served
        return
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.desk, "settings", replace(app.desk.settings, prefix=BELOW))
        with running(tmp_path_factory.mktemp("nginx"), port, served, BELOW):
            yield f"https://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def documents(app, browser, site):
    """Each page, opened once in one of the two languages, by its name: Opened."""
    app.desk.kept.clear()
    context = browser.new_context(
        ignore_https_errors=True, locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(30_000)
    context.add_init_script(WATCH)
    page, root = context.new_page(), site + (BELOW if NGINX else "")
    pages = PAGES | prepared(app.desk)
    yield {
        name: _opened(page, root + address(path, language))
        for (name, path), language in zip(pages.items(), cycle(("zh", "en")), strict=False)
    }
    context.close()


def _opened(page, url):
    asked, failed = [], []
    watches = {
        "request": lambda request: asked.append(request.url),
        "response": lambda got: failed.extend(refused(got)),
        "console": lambda line: failed.append(line.text) if line.type == "error" else None,
        "pageerror": lambda error: failed.append(str(error)),
    }
    for event, watch in watches.items():
        page.on(event, watch)
    answer = page.goto(url)
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")
    violations, links = page.evaluate("window.violations"), page.evaluate(LINKS)
    for event, watch in watches.items():
        page.remove_listener(event, watch)
    return Opened(page.url, asked, links, failed, scripts_allowed(answer), violations)


@needs_nginx
def test_every_page_and_every_link_on_it_stays_below_the_path(documents, site):
    for name, seen in documents.items():
        assert seen.url.startswith(f"{site}{BELOW}"), name
        assert not left([*seen.asked, *seen.links], site), name
        assert not [one for one in seen.failed if name not in NOWHERE or "404" not in one], name


def test_no_page_breaks_the_policy_and_the_policy_allows_no_inline_script(documents):
    for name, seen in documents.items():
        allowed = seen.scripts
        assert "unsafe" not in allowed and "*" not in allowed and "http" not in allowed, name
    assert not {name: seen.violations for name, seen in documents.items() if seen.violations}
