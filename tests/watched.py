"""Watches what goes wrong in the pages of a browser's window."""

from contextlib import contextmanager
from urllib.parse import urlsplit


@contextmanager
def watched(context, served, troubles):
    """Meanwhile, what goes wrong in the pages of this window is written into ``troubles``."""
    watches = {
        "request": lambda request: troubles.extend(_foreign(request.url, served)),
        "response": lambda answer: troubles.extend(refused(answer)),
        "weberror": lambda error: troubles.append(f"script error: {error.error}"),
        "console": lambda line: troubles.extend(_error(line)),
    }
    for event, watch in watches.items():
        context.on(event, watch)
    try:
        yield
    finally:
        for event, watch in watches.items():
            context.remove_listener(event, watch)


def _foreign(url, served):
    address = urlsplit(url)
    if address.scheme not in ("data", "blob") and address.netloc != urlsplit(served).netloc:
        yield f"asked another host: {url}"


def refused(answer):
    """The address and status of an answer that is an error, as a text; else nothing."""
    if answer.status >= 400:
        yield f"{answer.status}: {answer.url}"


def _error(line):
    if line.type == "error":
        yield f"console: {line.text}"
