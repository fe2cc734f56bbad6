"""The house stands: imports go down its floors only, SQL stays in the store, files stay short."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.base.settings import ROOT

# Part of the house -> its floor. A part is a module or a folder directly below dashboard/.
FLOORS = {
    "app": 7,
    "dashboard.__main__": 6,
    "dashboard.cli.demo.workbooks": 6,
    "dashboard.cli.demo.targets": 6,
    "dashboard.cli.demo.boundaries": 6,
    "dashboard.cli.load_samples": 6,
    "dashboard.cli.maintenance": 6,
    "dashboard.cli.export": 6,
    "dashboard.cli.targets": 6,
    "dashboard.cli.load": 6,
    "dashboard.web.api": 6,
    "callbacks": 6,
    "pages": 6,
    "dashboard.exports": 5,
    "dashboard.services.front_desk": 5,
    "dashboard.services.figures.scorecards": 5,
    "dashboard.services.submissions.submissions": 5,
    "dashboard.services.submissions.withdrawal_and_locks": 5,
    "dashboard.services.reports.compose": 5,
    "dashboard.services.reports.plans": 5,
    "dashboard.services.reports.make": 5,
    "dashboard.services.targets.register": 5,
    "dashboard.services.targets.editing": 5,
    "dashboard.services.targets.division": 5,
    "dashboard.services.context": 5,
    "dashboard.services.submissions.reporting": 5,
    "dashboard.components": 5,
    "dashboard.base.vendor_assets": 5,
    "dashboard.components.logo": 5,
    "dashboard.charts": 4,
    "dashboard.intake": 4,
    "dashboard.services.figures.observations": 4,
    "dashboard.services.figures.computed_rates": 4,
    "dashboard.services.figures.restatements": 4,
    "dashboard.services.filters": 4,
    "dashboard.services.submissions.consistency": 4,
    "dashboard.services.submissions.completeness": 4,
    "dashboard.services.targets.progress": 4,
    "dashboard.services.figures.freshness": 5,
    "dashboard.services.reports.receipts": 5,
    "dashboard.services.reports.reopen_receipt": 5,
    "dashboard.services.reports.meetings": 5,
    "dashboard.services.reports.meeting_slides": 5,
    "dashboard.services.targets.target_facts": 5,
    "dashboard.web.meetings_api": 6,
    "dashboard.web.plain_pages": 6,
    "dashboard.components.meetings.stage_content": 6,
    "dashboard.cli.observations": 6,
    "dashboard.disclosure.store_guard": 5,
    "dashboard.disclosure.row_guard": 5,
    "dashboard.disclosure.target_guard": 5,
    "dashboard.disclosure.target_chart_guard": 5,
    "dashboard.services.figures.comparisons": 5,
    "dashboard.services.reports.topic_text": 5,
    "dashboard.services.figures.provenance": 5,
    "dashboard.forms": 3,
    "dashboard.store": 3,
    "dashboard.analysis": 3,
    "dashboard.catalogue": 2,
    "dashboard.web.security_headers": 2,
    "dashboard.web.request_validation": 2,
    "dashboard.base.language": 1,
    "dashboard.base.progress": 2,
    "dashboard.base.jobs": 3,
    "dashboard.base.settings": 1,
}
# The command line may ask for the samples, and its `serve` is what starts the app.
NEIGHBOURS = {
    ("dashboard.services.front_desk", "dashboard.services.figures.scorecards"),
    ("dashboard.services.figures.scorecards", "dashboard.services.figures.freshness"),
    ("dashboard.__main__", "app"),
    ("dashboard.__main__", "dashboard.cli.demo.workbooks"),
    ("dashboard.__main__", "dashboard.cli.load_samples"),
    ("dashboard.__main__", "dashboard.cli.maintenance"),
    ("dashboard.__main__", "dashboard.cli.targets"),
    ("dashboard.cli.targets", "dashboard.cli.maintenance"),
    ("dashboard.services.front_desk", "dashboard.services.targets.editing"),
    ("dashboard.services.targets.editing", "dashboard.services.targets.division"),
    ("dashboard.services.targets.division", "dashboard.services.targets.register"),
    ("dashboard.services.targets.editing", "dashboard.services.context"),
    ("dashboard.services.targets.register", "dashboard.services.submissions.submissions"),
    ("dashboard.services.targets.register", "dashboard.services.context"),
    ("dashboard.__main__", "dashboard.cli.load"),
    ("dashboard.cli.load", "dashboard.cli.maintenance"),
    ("dashboard.cli.load_samples", "dashboard.cli.demo.workbooks"),
    ("dashboard.cli.demo.workbooks", "dashboard.cli.demo.targets"),
    ("dashboard.cli.demo.workbooks", "dashboard.cli.demo.boundaries"),
    ("dashboard.services.front_desk", "dashboard.services.context"),
    ("dashboard.services.reports.compose", "dashboard.services.front_desk"),
    ("dashboard.services.reports.compose", "dashboard.services.reports.topic_text"),
    ("dashboard.services.reports.topic_text", "dashboard.services.front_desk"),
    ("dashboard.services.reports.plans", "dashboard.services.context"),
    ("dashboard.services.front_desk", "dashboard.services.reports.plans"),
    ("dashboard.services.reports.make", "dashboard.services.reports.compose"),
    ("dashboard.services.reports.make", "dashboard.services.front_desk"),
    ("dashboard.services.reports.make", "dashboard.exports"),
    ("dashboard.exports", "dashboard.base.vendor_assets"),
    ("dashboard.__main__", "dashboard.cli.export"),
    ("dashboard.services.front_desk", "dashboard.services.submissions.reporting"),
    ("dashboard.services.submissions.reporting", "dashboard.services.submissions.submissions"),
    ("dashboard.services.submissions.reporting", "dashboard.services.context"),
    ("dashboard.services.submissions.submissions", "dashboard.services.context"),
    (
        "dashboard.services.submissions.submissions",
        "dashboard.services.submissions.withdrawal_and_locks",
    ),
    ("dashboard.services.submissions.withdrawal_and_locks", "dashboard.services.context"),
    ("dashboard.services.figures.observations", "dashboard.services.filters"),
    ("dashboard.services.figures.observations", "dashboard.services.figures.computed_rates"),
    ("dashboard.services.figures.observations", "dashboard.services.figures.restatements"),
    ("dashboard.services.submissions.consistency", "dashboard.services.filters"),
    ("dashboard.services.front_desk", "dashboard.services.figures.freshness"),
    ("dashboard.services.front_desk", "dashboard.services.figures.provenance"),
    ("dashboard.services.reports.receipts", "dashboard.services.front_desk"),
    ("dashboard.services.reports.compose", "dashboard.services.reports.receipts"),
    ("dashboard.services.reports.reopen_receipt", "dashboard.services.reports.compose"),
    ("dashboard.services.reports.reopen_receipt", "dashboard.services.reports.receipts"),
    ("dashboard.services.reports.reopen_receipt", "dashboard.services.front_desk"),
    ("dashboard.services.reports.reopen_receipt", "dashboard.services.context"),
    ("dashboard.services.reports.meetings", "dashboard.services.reports.reopen_receipt"),
    ("dashboard.services.reports.meetings", "dashboard.services.front_desk"),
    ("dashboard.services.reports.meetings", "dashboard.services.context"),
    ("dashboard.services.reports.meeting_slides", "dashboard.services.reports.compose"),
    ("dashboard.services.reports.meeting_slides", "dashboard.disclosure.row_guard"),
    ("dashboard.services.reports.meeting_slides", "dashboard.services.reports.meetings"),
    ("dashboard.services.reports.meeting_slides", "dashboard.services.context"),
    ("dashboard.services.reports.meeting_slides", "dashboard.services.reports.receipts"),
    ("dashboard.services.reports.meeting_slides", "dashboard.services.front_desk"),
    ("dashboard.services.reports.meeting_slides", "dashboard.services.targets.target_facts"),
    ("pages", "dashboard.components.meetings.stage_content"),
    ("dashboard.components", "dashboard.components.logo"),
    ("dashboard.__main__", "dashboard.cli.observations"),
    ("dashboard.cli.targets", "dashboard.cli.observations"),
    ("dashboard.cli.observations", "dashboard.cli.maintenance"),
    ("dashboard.services.front_desk", "dashboard.disclosure.target_chart_guard"),
    ("dashboard.services.front_desk", "dashboard.services.figures.comparisons"),
    ("dashboard.services.figures.comparisons", "dashboard.services.context"),
    ("dashboard.disclosure.target_chart_guard", "dashboard.disclosure.store_guard"),
    ("dashboard.disclosure.target_chart_guard", "dashboard.disclosure.target_guard"),
    ("dashboard.disclosure.target_chart_guard", "dashboard.services.targets.editing"),
    ("dashboard.disclosure.store_guard", "dashboard.services.context"),
    ("dashboard.disclosure.row_guard", "dashboard.disclosure.store_guard"),
    ("dashboard.disclosure.target_guard", "dashboard.disclosure.store_guard"),
    ("dashboard.disclosure.target_guard", "dashboard.disclosure.row_guard"),
    ("dashboard.disclosure.row_guard", "dashboard.exports"),
}
SQL_PARTS = {"dashboard.store", "dashboard.services.front_desk", "dashboard.base.settings"}
LONGEST = 260
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "tools"}
SHIPPED = sorted(
    [ROOT / "app.py"]
    + [
        file
        for folder in ("dashboard", "pages", "callbacks")
        for file in (ROOT / folder).rglob("*.py")
    ]
)


def module_of(file: Path) -> str:
    """The dotted name, as an import would say it."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """The part of the house a module belongs to; "" for other people's modules."""
    return next((part for part in FLOORS if module == part or module.startswith(part + ".")), "")


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports, wherever in the file, with the line."""
    package = module_of(file) if file.name == "__init__.py" else module_of(file).rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            start = ".".join(
                [*(above if node.level else []), *([node.module] if node.module else [])]
            )
            # `from dashboard import intake` imports the module dashboard.intake
            yield from ((f"{start}.{alias.name}", node.lineno) for alias in node.names)


def names(files: list[Path]) -> list[str]:
    return [str(file.relative_to(ROOT)) for file in files]


@pytest.mark.parametrize("file", SHIPPED, ids=names(SHIPPED))
def test_every_import_goes_down_the_house(file):
    part = part_of(module_of(file))
    if not part:
        assert module_of(file) == "dashboard", f"{file} stands on no floor"
        assert not list(imports(file)), "the package itself imports nothing"
        return
    for imported, line in imports(file):
        other = part_of(imported)
        if not other:
            assert not imported.startswith(("dashboard.", "tests")), f"{imported} is on no floor"
        elif other != part and (part, other) not in NEIGHBOURS:
            assert FLOORS[other] < FLOORS[part], f"{file}:{line} imports {imported}, not below it"


def test_nothing_imports_a_page():
    # Dash runs page files by their path; importing one would register its callbacks twice.
    for file in SHIPPED:
        for imported, line in imports(file):
            assert imported.split(".")[0] != "pages", f"{file}:{line}"


def test_sql_stays_in_the_store():
    for file in SHIPPED:
        if part_of(module_of(file)) not in SQL_PARTS:
            for imported, line in imports(file):
                assert not imported.startswith(("sqlalchemy", "alembic")), f"{file}:{line}"


def test_shipped_code_builds_figures_as_plain_dicts():
    for file in SHIPPED:
        for imported, line in imports(file):
            assert not imported.startswith(("plotly.graph_objects", "plotly.graph_objs")), (
                f"{file}:{line}"
            )
            assert not imported.startswith("plotly.express"), f"{file}:{line}"


@pytest.mark.parametrize("file", SHIPPED, ids=names(SHIPPED))
def test_a_file_is_one_idea(file):
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{file} has {lines} lines"
    assert not VAGUE & set(file.with_suffix("").relative_to(ROOT).parts), "name what it holds"


def test_the_floors_name_only_what_exists():
    for part in FLOORS:
        place = ROOT.joinpath(*part.split("."))
        assert place.is_dir() or place.with_suffix(".py").is_file(), f"{part} is gone"
