"""Defines the look of printed pages: A4, page numbers, the mark of demo figures at their heads."""

from __future__ import annotations

from dashboard.charts.plotly.theme import SCREEN, Theme

SCREEN_CSS = """
@media screen {
  body { max-width: 190mm; margin: 0 auto; padding: 8mm 10mm; }
  .cover { padding-top: 10mm; }
  .cover .subtitle { margin: 4mm 0 8mm; }
  details { margin: 1mm 0; }
  summary { cursor: pointer; }
}
@media print { details { display: none; } }
"""
SERIF = "'Noto Serif CJK SC', 'Source Han Serif SC', SimSun, serif"


def _quoted(text: str) -> str:
    """A text as a CSS string; what could end it or the style element is spelt by its code."""
    return (
        '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>\n\r\f' else sign for sign in text) + '"'
    )


def print_css(head: str, foot: str, theme: Theme = SCREEN) -> str:
    """The style sheet; ``head`` stands at the right of every page's head, ``foot`` at its foot."""
    small = f"font: 9pt {theme.font}"
    return f"""
@page {{
  size: A4; margin: 22mm 20mm 20mm 20mm;
  @top-left {{ content: {_quoted(foot)}; {small}; color: {theme.muted}; }}
  @top-right {{ content: {_quoted(head)}; {small}; font-weight: 600; color: {theme.warning}; }}
  @bottom-center {{ content: counter(page) " / " counter(pages); {small}; color: {theme.text}; }}
}}
* {{ box-sizing: border-box; }}
html {{ -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
body {{ margin: 0; font: 10.5pt/1.6 {theme.font}; color: {theme.text}; }}
h1, h2, h3 {{ line-height: 1.35; margin: 0; break-after: avoid; }}
.cover {{ padding-top: 40mm; text-align: center; }}
.cover h1 {{ font: 700 28pt/1.4 {SERIF}; }}
.cover .subtitle {{ font-size: 16pt; margin: 6mm 0 16mm; }}
.cover p {{ margin: 2mm 0; }}
.agenda {{ break-after: page; }}
.agenda h2, .chapter h2 {{ font-size: 18pt; color: {theme.primary}; margin: 0 0 5mm;
  border-bottom: 1.5pt solid {theme.primary}; padding-bottom: 2mm; }}
.agenda li {{ margin: 2.5mm 0; font-size: 12pt; }}
.brief {{ break-after: auto; }}
.cover.brief {{ padding-top: 0; }}
.cover.brief h1 {{ font-size: 22pt; }}
.cover.brief .subtitle {{ margin: 2mm 0 4mm; }}
.cover.brief p {{ margin: 1mm 0; }}
.agenda.brief h2 {{ font-size: 14pt; }}
.agenda.brief ol {{ columns: 2; margin: 0; }}
.agenda.brief li {{ margin: 0 0 1.5mm; font-size: 10.5pt; break-inside: avoid; }}
.chapter {{ margin-top: 9mm; break-after: avoid; }}
section {{ margin: 0 0 7mm; }}
section.chart {{ break-inside: avoid; }}
h3 {{ font-size: 13pt; }}
p {{ margin: 1mm 0; orphans: 2; widows: 2; }}
.unit, .source, .notes {{ color: {theme.muted}; font-size: 9pt; line-height: 1.45; }}
.notes {{ margin: 1mm 0; padding: 0; list-style: none; }}
.plot {{ width: 170mm; margin: 1mm 0; }}
table {{ width: 100%; border-collapse: collapse; margin: 2mm 0; font-size: 9pt; line-height: 1.4;
  border-top: 1.5pt solid {theme.text}; border-bottom: 1.5pt solid {theme.text}; }}
caption {{ text-align: left; font-weight: 600; padding: 1mm 0; }}
thead {{ display: table-header-group; }}
tr, .short {{ break-inside: avoid; }}
th, td {{ padding: .8mm 1.5mm; border-bottom: .5pt solid {theme.line}; text-align: right; }}
th:first-child, td:first-child {{ text-align: left; }}
thead th {{ border-bottom: 1pt solid {theme.text}; }}
tbody th {{ font-weight: 400; }}
.better {{ color: {theme.better}; }} .worse {{ color: {theme.worse}; }}
.neutral {{ color: {theme.higher}; }}
.appendix {{ break-before: page; }}
.scorecard td:last-child, .scorecard th {{ white-space: nowrap; }}
.scorecard tbody th {{ white-space: normal; }}
.bullet {{ position: relative; height: 4mm; margin: 2mm 0 1mm; background: {theme.track}; }}
.bullet i {{ display: block; height: 100%; background: {theme.primary}; }}
.bullet.bad i {{ background: {theme.worse}; }}
.bullet b {{ position: absolute; top: -1mm; bottom: -1mm; border-left: 1.5pt solid {theme.text}; }}
.ends {{ display: flex; justify-content: space-between; }}
.signed {{ display: flex; justify-content: space-between; margin-top: 8mm; padding-right: 25mm; }}
"""
