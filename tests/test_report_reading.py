"""Four short reports of other cities and styles: what is read in them, and what is found."""

import csv

import pytest

from benchmarks.report_reading import scores_of
from dashboard.base.settings import ROOT
from dashboard.intake.drafts.check import check_draft
from dashboard.intake.drafts.reading import read_draft

FOLDER = ROOT / "tests" / "data" / "reports"
NAMES = ("baisha_2025h1", "huaixi_2024", "linjiang_2025h1", "yunling_2025h1")


def rows(name):
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def checked(name):
    return check_draft(read_draft(f"{name}.txt", (FOLDER / f"{name}.txt").read_bytes()))


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_read_with_unit_period_area_kind_and_slots(name):
    facts = [row for row in rows("report_facts.csv") if row["report"] == f"{name}.txt"]
    for what, score in scores_of(checked(name), name, facts).items():
        if what != "mentions precision":  # the facts are some of the figures
            assert score.right >= 0.85 * score.of, what


@pytest.mark.parametrize("name", NAMES)
def test_planted_contradictions_are_found_and_nothing_else(name):
    planted = [
        row["figures"].split("|")
        for row in rows("report_contradictions.csv")
        if row["report"] == f"{name}.txt"
    ]
    messages = [finding.message.zh for finding in checked(name).findings]
    for figures in planted:
        assert any(all(figure in message for figure in figures) for message in messages), figures
    assert len(messages) == len(planted)
