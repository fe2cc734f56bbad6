"""Which cell styles of an .xlsx package show a number as a percentage: 0.55 is seen as 55%."""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree

_STYLES = "xl/styles.xml"
_BUILT_IN = {"9": "0%", "10": "0.00%"}
# What a format prints as it stands: "…" in quotation marks, \x, and room left by _x or *x.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')


def percent_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the cell styles, as cells name them, whose format is a percentage.

    Raises ParseError for damaged styles.
    """
    if _STYLES not in package.namelist():
        return frozenset()
    formats = dict(_BUILT_IN)
    found: set[str] = set()
    for element in ElementTree.fromstring(package.read(_STYLES)):
        kind = element.tag.rpartition("}")[2]
        if kind == "numFmts":
            formats |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in element}
        elif kind == "cellXfs":
            for place, one in enumerate(element):
                if is_percent(formats.get(one.get("numFmtId", ""), "")):
                    found.add(str(place))
    return frozenset(found)


def is_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred: 0.0% does, 0.0"%" only prints the sign."""
    return "%" in _LITERAL.sub("", code.partition(";")[0])
