"""The documents say what is there: columns, settings, targets, commands, options, links."""

import ast
import csv
import inspect
import re
import runpy
import subprocess
from pathlib import Path

import pytest
from screens import named

from dashboard.__main__ import COMMANDS, main
from dashboard.base.settings import ROOT
from dashboard.catalogue.topics import Along, Kind, Step, Transform
from dashboard.intake.forms.rules import rules_values
from dashboard.intake.forms.rules.check import EVERY_KIND

pytestmark = pytest.mark.slow

DICTIONARY = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
DEVELOPERS = [
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs" / "architecture.md",
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]
DOCUMENTS = [
    *READMES,
    ROOT / "CONTRIBUTING.md",
    ROOT / "data" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]


def section(title: str) -> str:
    """The text below a heading of the data dictionary."""
    parts = re.split(r"(?m)^## ", DICTIONARY)
    return next((part for part in parts if part.startswith(title + "\n")), "")


def documented(text: str) -> set[str]:
    """What stands in the first column of its tables, as code."""
    return set(re.findall(r"(?m)^\| `([^`]+)` \|", text))


def header(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return next(csv.reader(handle))


def code_of(file: Path) -> list[str]:
    """Every line of a document's code blocks that a shell would run."""
    blocks = re.findall(r"(?s)```(?:sh|bat)\n(.*?)```", file.read_text(encoding="utf-8"))
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("file", sorted((ROOT / "data").glob("*.csv")), ids=lambda file: file.name)
def test_every_column_is_in_the_data_dictionary(file):
    known = documented(section(file.name))
    assert known, f"data/README.md has no section ## {file.name}"
    assert set(header(file)) <= known


@pytest.mark.parametrize(
    "file", sorted((ROOT / "data" / "samples").rglob("*.csv")), ids=lambda file: file.name
)
def test_every_column_of_a_plain_sample_table_is_in_the_data_dictionary(file):
    columns = header(file)
    if columns[0] == "indicator":  # the others are published tables, laid out as they were printed
        assert set(columns) <= documented(section("samples/**/*.csv"))


def test_the_data_dictionary_names_no_column_that_is_gone():
    optional = {"areas.csv": {"below"}, "rules.csv": set(EVERY_KIND)}
    for file in sorted((ROOT / "data").glob("*.csv")):
        named = documented(section(file.name)) - optional.get(file.name, set())
        assert named <= set(header(file)), file.name


def test_every_choice_of_a_topic_file_is_in_the_data_dictionary():
    known = section("topics/*.toml")
    for choice in (*Kind, *Along, *Transform, *Step):
        assert f"`{choice}`" in known, choice


def test_every_kind_of_rule_is_in_the_data_dictionary():
    assert set(EVERY_KIND) <= documented(section("rules.csv"))


def test_every_setting_is_documented_and_no_other():
    source = (ROOT / "dashboard" / "base" / "settings.py").read_text(encoding="utf-8")
    settings = set(re.findall(r'"(DASHBOARD_[A-Z_]+)"', source))
    table = set(re.findall(r"(?m)^\| `(DASHBOARD_[A-Z_]+)` \|", OPERATIONS))
    assert settings == table


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"(?m)^([a-z-]+):.*## ", makefile))


def test_every_make_target_is_documented():
    told = set(re.findall(r"\bmake ([a-z-]+)", "".join(d.read_text("utf-8") for d in DOCUMENTS)))
    assert make_targets() <= told


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_make_command_in_a_document_exists(file):
    for line in code_of(file):
        if line.startswith("make "):
            target = line.split()[1]
            assert target in make_targets(), line
            dry = subprocess.run(
                ["make", "--dry-run", *line.split("#")[0].split()[1:]],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            assert dry.returncode == 0, dry.stderr


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_command_in_a_document_exists_with_its_options(file, capsys):
    text = file.read_text(encoding="utf-8")
    for command, rest in re.findall(r"python -m dashboard ([a-z-]+)([^\n`#]*)", text):
        assert command in COMMANDS, command
        assert main([command, "--help"]) == 0
        known = capsys.readouterr().out
        for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", known), f"{command} {option}"


def test_the_list_of_commands_is_the_programs():
    writer = runpy.run_path(str(ROOT / "docs" / "commands.py"))
    listed = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert listed == writer["page"](), "python docs/commands.py writes it anew"
    for command in COMMANDS:
        assert f"`{command}" in OPERATIONS, command


@pytest.mark.parametrize("file", READMES, ids=lambda file: file.name)
def test_every_option_of_load_is_in_the_readme(file, capsys):
    main(["load", "--help"])
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", capsys.readouterr().out))
    assert options - {"--help", "--lang"} <= documented(file.read_text(encoding="utf-8"))


def test_the_readmes_commands_for_figures_give_figures(samples, commands):
    given, same = (
        [line for line in code_of(file) if "dashboard observations" in line] for file in READMES
    )
    assert given and given == same
    run = commands(samples)
    for line in given:
        code, said = run("observations", *line.split(" observations ")[1].split())
        assert code == 0 and "marriages" in said


@pytest.mark.parametrize("file", READMES, ids=lambda file: file.name)
def test_the_readmes_addresses_answer(file, app):
    client = app.server.test_client()
    addresses = re.findall(r"(?m)^\| `(/[^`]+)` \|", file.read_text(encoding="utf-8"))
    assert len(addresses) >= 5
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_readmes_way_to_remove_the_samples_works(command):
    assert all(any("samples --remove" in line for line in code_of(file)) for file in READMES)
    assert command("samples", "--remove")[0] == 0
    code, said = command("observations", "--indicator", "marriages")
    assert code == 0 and "990101" not in said


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(file):
    for target in re.findall(r"\]\((?!https?:)([^)#]*)(#[^)]*)?\)", file.read_text("utf-8")):
        place, anchor = target
        other = (file.parent / place) if place else file
        assert other.exists(), place
        if anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", other.read_text(encoding="utf-8"))
            known = {re.sub(r"[^\w\s-]", "", h).strip().lower().replace(" ", "-") for h in headings}
            assert anchor[1:] in known, anchor


def test_every_decision_has_its_page_with_the_alternative_that_lost():
    folder = ROOT / "docs" / "decisions"
    pages = sorted(folder.glob("0*.md"))
    listed = re.findall(r"\]\((.+?)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == [page.name for page in pages]
    assert [int(page.name[:4]) for page in pages] == [*range(1, len(pages) + 1)]
    for page in pages:
        assert "\n## The alternative that lost\n\n" in page.read_text(encoding="utf-8"), page.name


def test_the_examples_for_developers_import_what_exists_and_quote_what_stands():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?s)```python\n(.*?)```", text)
    assert len(blocks) == 3
    for block in blocks:
        tree = ast.parse(block)
        imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        exec(compile(ast.Module(imports, []), "CONTRIBUTING.md", "exec"), {})
    assert inspect.getsource(rules_values.not_negative).strip() in blocks[1]


def test_the_example_of_a_page_is_a_page(app):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = re.findall(r"(?s)```python\n(.*?)```", text)[0]
    names: dict[str, object] = {"__name__": "newest"}
    exec(block.partition("register_page(__name__")[0], names)
    with app.server.test_request_context("/newest"):
        page = names["layout"](area="990101", lang="zh")
    assert len(named(page, "Ul")[-1].children) > 1


def test_the_table_where_things_are_names_files_that_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("## Where is …")[2].partition("\n## ")[0]
    rows = re.findall(r"(?m)^\| (?!task|---)(.+?) \| (.+) \|$", table)
    assert len(rows) > 12
    for task, place in rows:
        paths = re.findall(r"`([\w./-]+/[\w./-]*)`", place)
        assert paths and all((ROOT / path).exists() for path in paths), task
        for name, path in re.findall(r"`([A-Za-z_.]+)` in `([\w./-]+\.py)`", place):
            text = (ROOT / path).read_text(encoding="utf-8")
            assert all(re.search(rf"\b{part}\b", text) for part in name.split(".")), name


def test_every_folder_in_a_document_of_the_code_exists():
    ours = r"`((?:dashboard|tests|docs|data|pages|callbacks|assets)/(?:\w[\w.-]*/)*)`"
    for document in DEVELOPERS:
        for path in re.findall(ours, document.read_text("utf-8")):
            assert (ROOT / path).is_dir(), f"{document.name}: {path}"


def test_every_path_in_a_document_of_the_code_exists():
    files = {file.name for file in ROOT.rglob("*.*") if "node_modules" not in file.parts}
    for document in DEVELOPERS:
        for path in re.findall(
            r"`([\w./-]+\.(?:py|js|css|csv|md|toml))`", document.read_text("utf-8")
        ):
            known = (ROOT / path).exists() if "/" in path else path in files
            assert known, f"{document.name}: {path}"


@pytest.mark.parametrize("role", ["leader", "office", "statistician", "administrator"])
def test_every_role_has_a_guide_with_pictures_in_both_languages(role):
    folder = ROOT / "docs" / "guide"
    for ending, language in ((".md", "en"), (".zh-CN.md", "zh")):
        text = (folder / f"{role}{ending}").read_text(encoding="utf-8")
        assert f"({role}{ending})" in (folder / f"README{ending}").read_text(encoding="utf-8")
        assert re.search(rf"!\[.+\]\(\.\./images/\w+-{language}\.webp\)", text)
