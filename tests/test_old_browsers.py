"""Our styles and scripts ask for nothing that Chromium 109, the last one for Windows 7, lacks."""

import re

import pytest

from dashboard.base.settings import ROOT

# What came later, with the version it came with. A browser leaves out a declaration it does not
# know, so a style may use what only adds (``text-wrap``); these would lose the colour or the rule.
LATER_STYLES = {
    r"color-mix\(": 111,
    r"\b(?:oklch|oklab|lch|lab)\(": 111,
    r"\bsubgrid\b": 117,
    r"@scope\b": 118,
    r"@starting-style\b": 117,
    r"\blight-dark\(": 123,
    r"\banchor\(": 125,
    r":user-(?:in)?valid\b": 119,
    r":popover-open\b": 114,
    r"[{;}]\s*&": 112,
    r"\bround\(": 125,
    r"@position-try\b": 125,
    r"\bcalc-size\(": 129,
}
LATER_SCRIPTS = {
    r"\.(?:toSorted|toReversed|toSpliced)\(": 110,
    r"\bwithResolvers\b": 119,
    r"\b(?:Object|Map)\.groupBy\(": 117,
    r"\bfromAsync\(": 121,
    r"\bshowPopover\(": 114,
    r"\bstartViewTransition\(": 111,
    r"\.(?:isSubsetOf|intersection|difference|union)\(": 122,
    r"/[a-z]*v[a-z]*[;,)]": 112,
    r"\bURL\.(?:canParse|parse)\(": 120,
    r"\bRegExp\.escape\(": 136,
    r"\bPromise\.try\(": 128,
    r"\bIterator\b": 122,
    r"\bcheckVisibility\(\{[^}]*opacityProp": 121,
}
COMMENT = re.compile(r"/\*.*?\*/|(?m:(?<=\s)//.*$)", re.S)


@pytest.mark.parametrize(("ending", "later"), [("css", LATER_STYLES), ("js", LATER_SCRIPTS)])
def test_nothing_newer_than_the_oldest_browser_is_asked_for(ending, later):
    files = sorted((ROOT / "assets").rglob(f"*.{ending}"))
    assert len(files) > 10
    found = [
        f"{file.name}: {match.group()} came with Chromium {version}"
        for file in files
        for kind, version in later.items()
        for match in re.finditer(kind, COMMENT.sub("", file.read_text("utf-8")))
    ]
    assert not found, "\n".join(found)
