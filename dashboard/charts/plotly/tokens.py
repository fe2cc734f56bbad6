"""Reads the tokens of ``assets/10-base/tokens.css``: the same file the browser reads.

A theme is a rule whose selector names ``[data-theme="…"]`` and nothing else but ``:root``; the
sizes that hold in every theme stand in the rules of ``:root`` alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import tinycss2

from dashboard.base.settings import ROOT

TOKENS = ROOT / "assets" / "10-base" / "tokens.css"
THEMES = ("light", "dark", "projector")
_THEME = re.compile(r'^(?::root, ?)?\[data-theme="(\w+)"\]$')
_COLOUR = re.compile(r"^#[0-9a-f]{6}$")

Tokens = dict[str, str]  # name without the leading hyphens: value as written


class TokensError(ValueError):
    """The style sheet of tokens cannot be used; the message says where and why."""


def _declarations(rule: tinycss2.ast.QualifiedRule) -> Tokens:
    declared = {}
    for declaration in tinycss2.parse_blocks_contents(
        rule.content, skip_comments=True, skip_whitespace=True
    ):
        if declaration.type == "error":
            raise TokensError(f"{TOKENS.name}:{declaration.source_line}: {declaration.message}")
        if declaration.type == "declaration" and declaration.name.startswith("--"):
            declared[declaration.name[2:]] = tinycss2.serialize(declaration.value).strip()
    return declared


def parse_tokens(text: str) -> dict[str, Tokens]:
    """Tokens by theme, under "" those of every theme; raises TokensError where CSS is broken.

    Every theme has the same names: what one lacks would be another's colour on its ground.
    """
    themes: dict[str, Tokens] = {name: {} for name in ("", *THEMES)}
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "error":
            raise TokensError(f"{TOKENS.name}:{rule.source_line}: {rule.message}")
        if rule.type != "qualified-rule":
            continue
        selector = tinycss2.serialize(rule.prelude).strip()
        match = _THEME.match(selector)
        if match and match[1] in themes:
            themes[match[1]] |= _declarations(rule)
        elif selector == ":root":
            themes[""] |= _declarations(rule)
    for name in THEMES:
        missing = themes[THEMES[0]].keys() ^ themes[name].keys()
        if missing:
            raise TokensError(f"{TOKENS.name}: theme {name} differs in {sorted(missing)}")
    return themes


@lru_cache(maxsize=1)
def tokens(path: Path = TOKENS) -> dict[str, Tokens]:
    """The tokens of the program's own style sheet, read once."""
    return parse_tokens(path.read_text("utf-8"))


def colour(theme: str, name: str) -> str:
    """A colour of a theme as #rrggbb; raises TokensError where it is none or not there."""
    value = tokens()[theme].get(name, "")
    if not _COLOUR.match(value):
        raise TokensError(f"{TOKENS.name}: --{name} of {theme} is {value!r}, no #rrggbb")
    return value


def family(name: str) -> str:
    """A stack of typefaces as plotly, SVG and documents take it: names without quotation marks."""
    return ", ".join(part.strip().strip("\"'") for part in tokens()[""][name].split(","))
