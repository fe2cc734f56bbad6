"""Imports go to lower floors only; SQL, Dash and plotly's objects stay in their packages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dashboard.base.settings import ROOT

# Package -> floor; the same table stands in docs/architecture.md. A package imports lower floors.
FLOORS = {
    "dashboard.base": 1,
    "dashboard.catalogue": 2,
    "dashboard.store dashboard.analysis": 3,
    "dashboard.charts": 4,
    "dashboard.intake": 4,
    "dashboard.disclosure": 5,
    "dashboard.exports": 5,
    "dashboard.services": 6,
    "dashboard.components dashboard.cli": 7,
    "dashboard.web": 8,
    "pages callbacks dashboard.__main__": 8,
    "app": 9,
}
PACKAGES = {name: floor for names, floor in FLOORS.items() for name in names.split()}
# Who may import what belongs to one package of the house.
SQL = ("dashboard.store",)
DASH = ("dashboard.components", "pages", "callbacks", "dashboard.web", "app")
# The wings of components/ import the shell, and besides only what is named here: help explains
# figures and the keys of a meeting; meetings and targets show charts as cards; a target goes onto
# the agenda of a meeting. panels.py and screen.py stand above all wings.
WINGS = {
    "help": {"figures", "meetings"},
    "meetings": {"figures"},
    "targets": {"figures", "meetings"},
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "tools"}
SHIPPED = sorted(
    [
        ROOT / "app.py",
        *(
            file
            for folder in ("dashboard", "pages", "callbacks")
            for file in (ROOT / folder).rglob("*.py")
        ),
    ]
)


def module_of(file: Path) -> str:
    """The dotted name, as an import would say it."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def package_of(module: str) -> str:
    """The package of the table a module belongs to; "" for other people's modules."""
    return next((name for name in PACKAGES if within(module, name)), "")


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports, wherever in the file, with the line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively"
            # `from dashboard import intake` imports the module dashboard.intake
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@cache
def every_import() -> tuple[tuple[str, str, str], ...]:
    """Importing module, imported module, and where."""
    return tuple(
        (module_of(file), imported, f"{file.relative_to(ROOT)}:{line}")
        for file in SHIPPED
        for imported, line in imports(file)
    )


def test_the_table_has_twelve_rows_and_names_every_package():
    assert len(FLOORS) == 12
    folders = {
        f"dashboard.{folder.name}"
        for folder in (ROOT / "dashboard").iterdir()
        if folder.is_dir() and folder.name != "__pycache__"
    }
    assert folders | {"dashboard.__main__", "pages", "callbacks", "app"} == set(PACKAGES)
    root = {file.name for file in (ROOT / "dashboard").glob("*.py")}
    assert root == {"__init__.py", "__main__.py"}


def test_the_documents_have_the_same_table():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (\d) \| (.+?) \|", page)
    listed = {
        " ".join(name.removesuffix(".py").strip("/").replace("/", ".") for name in names): int(
            floor
        )
        for floor, cell in rows
        if (names := re.findall(r"`([^`]+)`", cell))
    }
    assert listed == FLOORS and list(listed) == list(FLOORS)


@pytest.mark.slow
def test_every_import_goes_to_a_lower_floor():
    offenders = [
        f"{place} imports {imported}"
        for module, imported, place in every_import()
        if (own := package_of(module)) != (other := package_of(imported))
        and other
        and PACKAGES[other] >= PACKAGES[own]
    ]
    assert not offenders, "\n".join(offenders)


def test_the_wings_of_components_import_only_the_shell_and_what_is_named():
    offenders = []
    for module, imported, place in every_import():
        own, other = module.split("."), imported.split(".")
        if own[:2] == other[:2] == ["dashboard", "components"] and len(own) > 3 and len(other) > 2:
            allowed = {own[2], "shell", "logo", *WINGS.get(own[2], set())}
            if other[2] not in allowed:
                offenders.append(f"{place} imports {imported}")
    assert not offenders, "\n".join(offenders)


def test_sql_stays_in_the_store():
    offenders = [
        f"{place} imports {imported}"
        for module, imported, place in every_import()
        if imported.split(".")[0] in {"sqlalchemy", "alembic"}
        and not any(within(module, package) for package in SQL)
    ]
    assert not offenders, "\n".join(offenders)


def test_benchmarks_measure_the_store_by_its_own_functions():
    importing = {
        module_of(file)
        for file in (ROOT / "benchmarks").glob("*.py")
        for imported, _ in imports(file)
        if imported.split(".")[0] in {"sqlalchemy", "alembic"}
    }
    assert not importing


def test_dash_stays_on_the_screen():
    offenders = [
        f"{place} imports {imported}"
        for module, imported, place in every_import()
        if imported.split(".")[0] in {"dash", "dash_bootstrap_components"}
        and not any(within(module, package) for package in DASH)
    ]
    assert not offenders, "\n".join(offenders)


def test_nothing_imports_a_page():
    # Dash runs page files by their path; importing one would register its callbacks twice.
    assert not [place for _, imported, place in every_import() if imported.split(".")[0] == "pages"]


def test_shipped_code_builds_figures_as_plain_dicts():
    objects = ("plotly.graph_objects", "plotly.graph_objs", "plotly.express")
    assert not [place for _, imported, place in every_import() if imported.startswith(objects)]


def test_no_file_has_a_vague_name():
    assert not [
        file for file in SHIPPED if VAGUE & set(file.with_suffix("").relative_to(ROOT).parts)
    ]


def test_the_formatter_is_not_switched_off():
    switch = re.compile(r"#\s*(?:fmt|yapf):\s*(?:skip|off)")
    shipped = [*SHIPPED, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    offenders = [file.name for file in shipped if switch.search(file.read_text(encoding="utf-8"))]
    assert not offenders
