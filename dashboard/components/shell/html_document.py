"""Builds the HTML document around every page: language, style sheets, a word for old browsers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.base.language import LANGUAGES, word
from dashboard.components.logo import ADDRESS
from dashboard.components.shell.theme_choice import AUTO, reader_theme

HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def _theme() -> str:
    """The chosen theme as an attribute: right from the first byte, before any script."""
    chosen = reader_theme()
    return "" if chosen == AUTO else f' data-theme="{chosen}"'


def without_script(plain: str) -> tuple[str, str]:
    """What stands in the head and in the body for a browser that runs no script.

    It is led to the page at ``plain``; where it does not follow, a sentence and a link remain.
    """
    address = escape(plain)
    head = f'<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>'
    text = "".join(
        f'<p class="no-script" lang="{HTML_LANGUAGE[language]}">'
        f"{escape(word('shell_noscript', language))} "
        f'<a href="{address}">{escape(word("plain_open", language))}</a></p>'
        for language in LANGUAGES
    )
    return head, f"<noscript>{text}</noscript>"


def waiting(plain: str) -> str:
    """What is read until a page is drawn; should that take long, the way to the figures."""
    text = "".join(
        f'<p lang="{HTML_LANGUAGE[language]}">{escape(word("plain_slow", language))} '
        f'<a href="{escape(plain)}">{escape(word("plain_open", language))}</a></p>'
        for language in LANGUAGES
    )
    return f'<div class="if-slow">{text}</div>'


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The files of every page: addresses of our own, and the tags of the front-end packages.

    ``first`` runs before anything is painted; ``vendor`` stands before Dash's own scripts.
    """

    first: str
    vendor: str
    styles: str
    scripts: str


def document(language: str, title: str, plain: str, files: PageFiles, parts: dict[str, str]) -> str:
    """The whole HTML text. ``plain`` is the address of the same view without scripts.

    ``parts`` are Dash's ``css``, ``app_entry``, ``config``, ``scripts`` and ``renderer``, and
    ``first_answers``, the data of the first view; they are HTML already.
    """
    opening = escape(word("shell_loading", language))
    entry = parts["app_entry"].replace("Loading...", f"{opening}{waiting(plain)}")
    head, without = without_script(plain)
    return f"""<!DOCTYPE html>
<html lang="{HTML_LANGUAGE[language]}" data-root="/"{_theme()}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="description" content="{escape(word("shell_description", language))}">
<title>{escape(title)}</title>
<script src="{escape(files.first)}"></script>
{head}
<link rel="icon" href="{ADDRESS}">
{files.vendor}
{parts["css"]}
<link rel="stylesheet" href="{escape(files.styles)}">
</head>
<body>
{without}
{entry}
{parts["config"]}
{parts["first_answers"]}
<script src="{escape(files.scripts)}"></script>
{parts["scripts"]}
{parts["renderer"]}
</body>
</html>
"""


def html_document(
    language: str, title: str, body: str, styles: Sequence[str], *, themed: bool = False
) -> str:
    """A whole HTML text around ``body``, which is HTML already; ``styles`` are files of assets.

    ``themed``: in the theme that the reader chose.
    """
    links = "\n".join(f'<link rel="stylesheet" href="/assets/{name}">' for name in styles)
    return f"""<!DOCTYPE html>
<html lang="{HTML_LANGUAGE[language]}"{_theme() if themed else ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<link rel="icon" href="{ADDRESS}">
{links}
</head>
<body>
{body}
</body>
</html>
"""
