"""The HTML document around every page: its language, its style sheets, a word for old browsers."""

from __future__ import annotations

from html import escape

from dashboard.components.look import AUTO, reader_theme
from dashboard.language import word
from dashboard.logo import ADDRESS

HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def _theme() -> str:
    """The chosen theme as an attribute: right from the first byte, before any script."""
    chosen = reader_theme()
    return "" if chosen == AUTO else f' data-theme="{chosen}"'


def document(language: str, title: str, vendor: str, first: str, parts: dict[str, str]) -> str:
    """The whole HTML text. ``vendor`` are the tags of the front-end packages, before Dash's own.

    ``first`` is the address of the script that sets the theme before anything is painted.

    ``parts`` are Dash's ``css``, ``app_entry``, ``config``, ``scripts`` and ``renderer``, which are
    HTML already.
    """
    entry = parts["app_entry"].replace("Loading...", escape(word("shell_loading", language)))
    return f"""<!DOCTYPE html>
<html lang="{HTML_LANGUAGE[language]}"{_theme()}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="description" content="{escape(word("shell_description", language))}">
<title>{escape(title)}</title>
<link rel="icon" href="{ADDRESS}">
<script src="{escape(first)}"></script>
{vendor}
{parts["css"]}
</head>
<body>
<noscript><p class="no-script">{escape(word("shell_noscript", language))}</p></noscript>
{entry}
{parts["config"]}
{parts["scripts"]}
{parts["renderer"]}
</body>
</html>
"""
