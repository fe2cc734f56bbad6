"""The HTML document around every page: its language, its style sheets, a word for old browsers."""

from __future__ import annotations

from html import escape

from dashboard.language import word

HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def document(language: str, title: str, vendor: str, parts: dict[str, str]) -> str:
    """The whole HTML text. ``vendor`` are the tags of the front-end packages, before Dash's own.

    ``parts`` are Dash's ``css``, ``app_entry``, ``config``, ``scripts`` and ``renderer``, which are
    HTML already.
    """
    entry = parts["app_entry"].replace("Loading...", escape(word("shell_loading", language)))
    return f"""<!DOCTYPE html>
<html lang="{HTML_LANGUAGE[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="description" content="{escape(word("shell_description", language))}">
<title>{escape(title)}</title>
<link rel="icon" type="image/svg+xml" href="/assets/mark.svg">
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
