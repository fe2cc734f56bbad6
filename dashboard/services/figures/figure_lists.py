"""Lists indicators, and their stored figures one by one."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.catalogue.lookup import Catalogue
from dashboard.charts.model.selection import Selection
from dashboard.services.context import Context, NotFound
from dashboard.services.figures.indicators import IndicatorPage, IndicatorRow, describe, search
from dashboard.services.figures.observation_pages import Page, Paging, page_of
from dashboard.services.figures.observations import history, observations
from dashboard.services.filters import Filters, moment_of
from dashboard.store import observations as stored
from dashboard.store.versions import Version


class Directory:
    """Lists indicators, and figures with their submissions and versions. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """List what is in the store of this context."""
        self._context = context
        self._engine = context.engine
        self._areas = context.areas

    @property
    def _catalogue(self) -> Catalogue:
        return self._context.catalogue

    def history(self, indicator: str, area: str, period: str) -> list[Version]:
        """Every version of one figure with its file and cell, oldest first; raises UnknownName."""
        return history(self._engine, self._catalogue, self._areas(), indicator, area, period)

    def observations(self, filters: Filters) -> Iterator[dict[str, object]]:
        """Figures as rows for CSV and JSON; raises UnknownName for a filter's word."""
        return observations(self._engine, self._catalogue, self._areas(), filters)

    def observation_page(self, filters: Filters, paging: Paging) -> Page:
        """A page of those rows, in parts; raises UnknownName for a filter's word."""
        return page_of(self._context, filters, paging)

    def search(self, text: str = "", topic: str = "") -> list[IndicatorRow]:
        """Indicators whose names or codes contain every word of the text; of one topic if named.

        Names of both languages are searched.
        """
        figures = self._context.cached(
            "counts", "", lambda: stored.indicators_with_figures(self._engine)
        )
        return search(self._catalogue, figures, text, topic)

    def page(self, name: str, selection: Selection | None = None) -> IndicatorPage:
        """Everything about one indicator besides its charts; raises NotFound."""
        as_of = moment_of(selection.as_known) if selection else None
        page = self._context.cached(
            "indicator-page",
            (name, as_of),
            lambda: describe(self._engine, self._catalogue, self._areas(), name, as_of),
        )
        if page is None:
            raise NotFound(name)
        return page
