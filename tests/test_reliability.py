"""docs/reliability.md lists the faults that tests try: each of them, and no other."""

import ast
import runpy

import pytest

from dashboard.base.settings import ROOT

MUST = {  # what an installation has to bear: words of the line that lists it
    "kill -9` in a hand-in",
    "kill -9` in an export",
    "kill -9` in a migration",
    "the disk is full",
    "locked by another program",
    "removed under the running server",
    "becomes read-only",
    "a page of its file is overwritten",
    "the clock is set back",
    "two servers on one home folder",
    "PostgreSQL is killed",
    "a received file is missing",
    "a slide template is broken",
    "Chromium is killed",
}


def page():
    return (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")


def marked():
    """Each test with the mark: its file, name, and the mark's words."""
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            for mark in getattr(node, "decorator_list", ()):
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault":
                    yield file.name, node.name, tuple(ast.literal_eval(one) for one in mark.args)


@pytest.mark.slow
def test_each_fault_that_is_tried_is_listed_and_no_other():
    writer = runpy.run_path(str(ROOT / "docs" / "reliability.py"))
    wanted = set()
    for file, name, (where, what, then) in marked():
        assert where in writer["WHERE"], where
        words = name.removeprefix("test_").replace("_", " ")
        wanted.add(f"| {what} | {then} | [{words}](../tests/{file}) |")
    listed = {line for line in page().splitlines() if line.startswith("| ") and "](" in line}
    assert listed == wanted, "make reliability writes it anew"


def test_the_faults_that_have_to_be_borne_are_among_them():
    missing = {words for words in MUST if words not in page()}
    assert not missing, missing


def test_a_test_that_failed_or_was_skipped_is_not_listed(tmp_path):
    writer = runpy.run_path(str(ROOT / "docs" / "reliability.py"))
    mark = writer["SEPARATOR"].join(("files", "lost", "said"))
    case = '<testcase classname="tests.test_a" name="test_{0}"><properties><property name="fault" '
    case += f'value="{mark}"/></properties>{{1}}</testcase>'
    report = tmp_path / "faults.xml"
    cases = [
        case.format("good[a]", ""),
        case.format("good[b]", ""),
        case.format("no", "<skipped/>"),
    ]
    cases += [case.format("mixed[a]", ""), case.format("mixed[b]", "<failure/>")]
    report.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    (tried,) = writer["passed_in"](report)
    assert tried == ("files", "lost", "said", "test_a.py::test_good")
