"""What the list of hand-ins and the overview say of a bureau's own tables, in a store of their own.

A table of several months names them all; an area with the bureau's own tables alone is not listed
as published; a report's receipt leads to the pages of its charts.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from screens import every, written_in

from dashboard.base.settings import read_settings
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.periods import Period, name_of_all
from dashboard.charts.model.plan import Plan
from dashboard.components.reports.receipt_page import report_views
from dashboard.components.submissions.receipts import receipt_cards
from dashboard.components.submissions.submissions import submission_list
from dashboard.intake import Handover
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.receipts import of_report

WIDE = (
    "长清区2024年低保情况\n街道,7月城市低保人数,8月城市低保人数\n文昌街道,30,31\n平安街道,20,21\n"
)
ONE = "长清区2024年9月低保情况\n街道,城市低保人数\n文昌街道,32\n平安街道,22\n"


@pytest.fixture
def bureau(tmp_path: Path) -> FrontDesk:
    """A bureau without the samples."""
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))


def stored(desk: FrontDesk, text: str, grade: Grade | None = None) -> list:
    receipts = desk.submissions.receive([("表.csv", text.encode())], Handover(grade=grade, by="王"))
    assert all(receipt.id for receipt in receipts), receipts
    return receipts


def test_a_table_of_several_months_is_listed_with_all_of_them(bureau: FrontDesk) -> None:
    (receipt,) = stored(bureau, WIDE)
    selection = bureau.selections.of({"lang": "zh"}, "zh")
    assert bureau.submissions.first_periods([receipt.id]) == {receipt.id: Period(2024, 7)}
    assert "2024年7—8月" in written_in(submission_list(bureau, selection))
    assert "2024年7—8月" in written_in(receipt_cards(bureau, [receipt], "zh"))


def test_a_table_of_one_month_is_listed_with_it(bureau: FrontDesk) -> None:
    (receipt,) = stored(bureau, ONE)
    assert "2024年9月" in written_in(receipt_cards(bureau, [receipt], "zh"))


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ((2024, 7), (2024, 8), "2024年7—8月", "Jul–Aug 2024"),
        ((2024, 1), (2024, 12), "2024年", "2024"),
        ((2024, 9), (2024, 9), "2024年9月", "Sep 2024"),
    ],
)
def test_all_months_are_named(first: tuple, last: tuple, zh: str, en: str) -> None:
    assert name_of_all(Period(*first), Period(*last), "zh") == zh
    assert name_of_all(Period(*first), Period(*last), "en") == en


def test_a_bureaus_own_table_is_not_published(bureau: FrontDesk) -> None:
    def published() -> set[str]:
        choices = bureau.selections.area_choices("zh")
        return {str(choice["value"]) for choice in choices if choice["published"]}

    before = published()
    stored(bureau, ONE)
    assert published() == before
    stored(bureau, ONE.replace("32", "33"), Grade.OFFICIAL)
    assert {"370113", "370113001"} <= published()


def test_a_withdrawn_submission_offers_no_second_withdrawal(bureau: FrontDesk) -> None:
    (receipt,) = stored(bureau, ONE)
    bureau.submissions.withdraw(receipt.id, "王", "录错")
    (row,) = bureau.submissions.of_numbers([receipt.id])
    assert row.withdrawn is not None
    selection = bureau.selections.of({"lang": "zh"}, "zh")
    assert "录错" in written_in(submission_list(bureau, selection))


def test_the_receipt_of_a_report_leads_to_its_pages(bureau: FrontDesk) -> None:
    stored(bureau, ONE)
    selection = bureau.selections.of({"area": "370113", "lang": "zh"}, "zh")
    view = of_report(Plan(topics=("assistance",)), selection)
    code = bureau.receipts.take(view, selection).code
    reopened = bureau.receipts.reopen(code)
    assert reopened is not None and reopened.address.startswith("/report?")
    views = report_views(bureau, reopened.receipt, reopened.selection)
    links = [part.href for part in every(views) if getattr(part, "href", None)]
    assert links and all(link.startswith("/topic/assistance?") for link in links)
    assert all("known=" in link for link in links)
