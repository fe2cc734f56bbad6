"""Writes a page's parts as HTML text, for readers whose browser runs no script of ours.

Only Dash's own HTML elements and the tables of ``real_table.py`` are written; every text and every
value of an attribute is escaped. Controls, charts and whatever else needs a script are left out,
and with them boxes that would then be empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dash.development.base_component import Component

_HAN, _LATIN = re.compile("[\u3400-\u9fff]"), re.compile("[A-Za-z]")
PREFIX = "/plain"
ANYWAY = "#full"  # said in an address, it keeps an old browser on the full page
SERVED = ("/export/", "/api/", "/vendor/", "/assets/", "/healthz")  # files and data, not pages
ALONE = {"img", "br", "hr", "th", "td", "option", "col", "progress"}  # may stand without content
INLINE = {"Span", "Strong", "A", "Small", "Summary"}
VOID = {"img", "br", "hr", "col"}
LEFT_OUT = {"dialog", "iframe", "script", "canvas", "label", "fieldset", "textarea"}
LEFT_OUT_KINDS = {"edit-mark", "filter-band", "segments", "filter", "skip-link", "upload-box"}
ATTRIBUTES = {
    "className": "class",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
    "htmlFor": "for",
    "href": "href",
    "src": "src",
    "alt": "alt",
    "width": "width",
    "height": "height",
    "scope": "scope",
    "role": "role",
    "title": "title",
    "lang": "lang",
    "name": "name",
    "value": "value",
    "action": "action",
    "method": "method",
    "type": "type",
    "download": "download",
    "max": "max",
    "start": "start",
    "dir": "dir",
    "dateTime": "datetime",
}
SCRIPTED = ("aria-controls", "aria-expanded", "aria-pressed", "aria-haspopup", "aria-live")


def plain_address(href: str) -> str:
    """Where a link leads on a page without scripts: to the same page without scripts."""
    served = href.startswith((PREFIX + "/", *SERVED)) or href == PREFIX or href.endswith(ANYWAY)
    return PREFIX + href if href.startswith("/") and not served else href


def _attribute(name: str, value: object) -> str:
    return f' {name}="{escape(str(value))}"'


def _own_attributes(part: Component) -> list[str]:
    """The attributes that HTML has too; the box of a wide table can be reached by the keyboard."""
    values = {prop: getattr(part, prop, None) for prop in ATTRIBUTES}
    if values["href"] is not None:
        values["href"] = plain_address(str(values["href"]))
    if getattr(part, "data-table", None):
        values["role"] = None
    result = [
        _attribute(ATTRIBUTES[prop], value)
        for prop, value in values.items()
        if value is not None and value is not False
    ]
    return [' tabindex="0" role="group"', *result] if getattr(part, "data-table", None) else result


def _aria(part: Component) -> list[str]:
    return [
        _attribute(prop, value)
        for prop, value in sorted(part.__dict__.items())
        if prop.startswith("aria-") and prop not in SCRIPTED and isinstance(value, str)
    ]


def _attributes(part: Component, tag: str) -> str:
    result = [*_own_attributes(part), *_aria(part)]
    own = getattr(part, "id", None)
    if isinstance(own, str):
        result.append(_attribute("id", own))
    if getattr(part, "selected", None):
        result.append(" selected")
    if tag == "details" and (getattr(part, "open", None) or "table-view" in _kinds(part)):
        result.append(" open")
    return "".join(result)


def _kinds(part: Component) -> set[str]:
    return set(str(getattr(part, "className", None) or "").split())


def _is_left_out(part: Component, tag: str) -> bool:
    if tag in LEFT_OUT or getattr(part, "hidden", None) or LEFT_OUT_KINDS & _kinds(part):
        return True
    return tag == "button" and getattr(part, "type", None) != "submit"


def _in_a_row(parts: Sequence[Any], language: str) -> str:
    """Several parts; words that only style sheets keep apart are kept apart by a space."""
    written, inline = "", False
    for part in parts:
        text = as_html(part, language)
        follows = inline and isinstance(part, Component) and part._type in INLINE
        written += (" " if follows and text else "") + text
        inline = isinstance(part, Component) and part._type in INLINE if text else inline
    return written


def _is_foreign(part: Component) -> bool:
    """Whether the part's own words are mostly Chinese and nothing says so yet."""
    children = getattr(part, "children", None)
    texts = children if isinstance(children, list | tuple) else [children]
    sentence = "".join(text for text in texts if isinstance(text, str))
    return _mostly_chinese(sentence) and not getattr(part, "lang", None)


def _mostly_chinese(text: str) -> bool:
    return 0 < len(_HAN.findall(text)) >= len(_LATIN.findall(text))


def as_html(part: Any, language: str = "zh") -> str:  # noqa: ANN401 - any component's child
    """The HTML text of a component, a text, a number or a list of them; "" for what is left out.

    On a page in English (``language``) a part in Chinese says that it is.
    """
    if part is None or isinstance(part, bool):
        return ""
    if isinstance(part, list | tuple):
        return _in_a_row(part, language)
    if not isinstance(part, Component):
        return escape(str(part))
    if part._namespace != "dash_html_components":
        return _box(part, language)
    return _element(part, language)


def _box(part: Component, language: str) -> str:
    """The content of a box of another package; "" for a control or a chart, which have none."""
    children = getattr(part, "children", None)
    content = as_html(children, language) if isinstance(children, list | Component) else ""
    return f"<div>{content}</div>" if content else ""


def _element(part: Component, language: str) -> str:
    """An HTML element with its attributes and content."""
    tag = part._type.lower()
    if tag == "noscript":  # what stands for a control, for whoever has no scripts
        return as_html(part.children, language)
    if _is_left_out(part, tag):
        return ""
    rows, children = getattr(part, "data-table", None), getattr(part, "children", None)
    content = table_html(json.loads(rows), language) if rows else as_html(children, language)
    if not content and tag not in ALONE:
        return ""
    end = "" if tag in VOID else f"{content}</{tag}>"
    spoken = ' lang="zh-CN"' if language == "en" and _is_foreign(part) else ""
    return f"<{tag}{_attributes(part, tag)}{spoken}>{end}"


def _cell_content(cell: Mapping[str, Any], tail: str) -> str:
    if cell.get("drawing"):
        source, width, height, alt, kind = cell["drawing"]
        named = {"src": source, "width": width, "height": height, "alt": alt, "class": kind}
        return "<img" + "".join(_attribute(name, value) for name, value in named.items()) + ">"
    arrow = f'<span aria-hidden="true">{escape(cell["arrow"])}</span>' if cell.get("arrow") else ""
    text = arrow + escape(cell.get("text", ""))
    href = cell.get("href") or ("/figure?" + cell["figure"] + tail if cell.get("figure") else "")
    if href and text:
        return f"<a{_attribute('href', plain_address(href))}>{text}</a>"
    return f"<code>{text}</code>" if cell.get("code") else text


def _cell(cell: Mapping[str, Any], tail: str, language: str) -> str:
    tag, content = "th" if cell.get("scope") else "td", _cell_content(cell, tail)
    for name in ("small", "meaning"):  # a second line, and what the colour means
        if cell.get(name):
            content += f" <small>{escape(cell[name])}</small>"
    named = {"class": cell.get("kind"), "scope": cell.get("scope")}
    named |= {"colspan": cell.get("across"), "rowspan": cell.get("down")}
    if language == "en" and _mostly_chinese(str(cell.get("text", ""))):
        named["lang"] = "zh-CN"
    text = "".join(_attribute(name, value) for name, value in named.items() if value)
    return f"<{tag}{text}>{content}</{tag}>"


def table_html(content: Mapping[str, Any], language: str = "zh") -> str:
    """A table of ``grid.real_table``, from what it gives the browser as JSON."""

    def rows(name: str) -> str:
        tail = content.get("tail", "")
        lines = (
            "".join(_cell(cell, tail, language) for cell in row["cells"]) for row in content[name]
        )
        return "".join(f"<tr>{line}</tr>" for line in lines)

    caption = f"<caption>{escape(content['caption'])}</caption>"
    return f"<table>{caption}<thead>{rows('head')}</thead><tbody>{rows('body')}</tbody></table>"
