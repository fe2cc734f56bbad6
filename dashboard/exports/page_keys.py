"""Names each page of a report such that the same page of another period has the same name."""

from __future__ import annotations

from collections import Counter

from dashboard.charts.model.report import PageKind, Report


def page_keys(report: Report) -> list[str]:
    """A key a page: its chapter, its kind, its chart, and the number among its like."""
    chapter, counts, keys = "", Counter[str](), []
    for page in report.pages:
        if page.kind is PageKind.CHAPTER:
            chapter = page.title
        chart = f"{page.chart.id} {page.chart.area}" if page.chart else ""
        name = "|".join((chapter, page.kind, chart))
        counts[name] += 1
        keys.append(f"{name}|{counts[name]}")
    return keys
