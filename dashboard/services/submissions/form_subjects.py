"""Tells tables without a form number apart by what they are of: a programme, else a topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.lookup import Catalogue
from dashboard.store.reports_received import Delivery

OF = ":"  # between the layout and its subject: street_table:dibao


class FormSubject(NamedTuple):
    """What a table is of; empty where it is of several topics."""

    id: str = ""
    name: Text = Text("", "")


def subject_of(indicators: Iterable[str], catalogue: Catalogue) -> FormSubject:
    """The only programme of these indicators, else their only topic."""
    known = [name for name in indicators if name in catalogue.indicators]
    cells = [catalogue.grid.cell_at(name) for name in known]
    programme = _only(cell.programme if cell else "" for cell in cells)
    if programme in catalogue.grid.programmes:
        return FormSubject(programme, catalogue.grid.programmes[programme].name)
    topic = catalogue.topics.get(_only(catalogue.indicators[name].topic for name in known))
    return FormSubject(topic.id, topic.title) if topic else FormSubject()


def _only(names: Iterable[str]) -> str:
    """The name that all are; empty where they differ."""
    several = set(names)
    return several.pop() if len(several) == 1 else ""


def with_subjects(
    deliveries: Iterable[Delivery], catalogue: Catalogue
) -> tuple[list[Delivery], Mapping[str, Text]]:
    """The deliveries, tables without a number under their layout and subject; the subjects' names.

    ``street_table:dibao`` is one form, whatever else comes as a table of streets.
    """
    subjects: dict[tuple[str, ...], FormSubject] = {(): FormSubject()}
    names: dict[str, Text] = {}
    named = []
    for one in deliveries:
        if one.indicators not in subjects:
            subjects[one.indicators] = subject_of(one.indicators, catalogue)
        subject = subjects[one.indicators]
        form = f"{one.form}{OF}{subject.id}" if subject.id else one.form
        names[form] = subject.name
        named.append(one._replace(form=form))
    return named, names
