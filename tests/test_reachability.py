"""No name of a module stands there unused, even where another module has one of the same name.

vulture compares bare names over the whole project; here a name belongs to its module. What starts
by itself is used: a statement, what a decorator registers, a page, the functions that a program
outside calls. Whatever these mention is used too, and so on.
"""

import ast
from collections.abc import Iterator
from itertools import chain

import pytest
from test_architecture import SHIPPED, module_of

MODULES = {
    module_of(file): file
    for file in SHIPPED
    if "migrations" not in file.parts  # alembic calls them
}
ENTRIES = {("app", "create_app"), ("app", "create_server"), ("dashboard.__main__", "main")}
# Decorators that only change what the function or class is; every other one registers it.
CHANGING = {
    "dataclass",
    "lru_cache",
    "cache",
    "contextmanager",
    "total_ordering",
    "wraps",
    "unique",
}
Node = tuple[str, str]  # a module and a name of it
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def imported(statement: ast.stmt) -> Iterator[tuple[str, Node]]:
    """Each local name of an import with what it means; ("module", "") is the module itself."""
    if isinstance(statement, ast.ImportFrom):
        for alias in statement.names:
            whole = f"{statement.module}.{alias.name}"
            node = (whole, "") if whole in MODULES else (statement.module or "", alias.name)
            yield alias.asname or alias.name, node
    elif isinstance(statement, ast.Import):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0], (alias.name, "")


def imports_of(tree: ast.AST) -> dict[str, Node]:
    """Every import of a module, wherever in the file."""
    return dict(chain.from_iterable(map(imported, ast.walk(tree))))


def mentions(statement: ast.AST, module: str, names: dict[str, Node]) -> Iterator[Node]:
    """What a piece of code mentions; a module that is not asked for a name gives all of its own."""
    asked = set()
    for part in ast.walk(statement):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            there, name = names.get(part.value.id, ("", ""))
            if there in MODULES and not name:
                asked.add(part.value)
                yield there, part.attr
    for part in ast.walk(statement):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and part not in asked:
            yield names.get(part.id, (module, part.id))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            # "a.module", "a.module:name", and the end ":name" of a text that begins with __name__
            there, _, name = part.value.rpartition(":")
            yield (part.value, "") if part.value in MODULES else (there or module, name)
        elif isinstance(part, ast.ImportFrom):
            yield from (node for _, node in imported(part))


def targets(statement: ast.stmt) -> list[str]:
    """The names that a statement of a module gives; none where it does something by itself."""
    if isinstance(statement, DEFINITIONS):
        called = [
            one.func if isinstance(one, ast.Call) else one for one in statement.decorator_list
        ]
        return (
            [statement.name]
            if all(ast.unparse(c).split(".")[-1] in CHANGING for c in called)
            else []
        )
    given = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        given = [statement.target]
    parts = [part for target in given for part in ast.walk(target)]
    if any(isinstance(part, ast.Attribute | ast.Subscript) for part in parts):
        return []
    return [part.id for part in parts if isinstance(part, ast.Name)]


def links(trees: dict[str, ast.Module]) -> Iterator[tuple[Node | None, set[Node]]]:
    """Every name of every module with what its statement mentions; None where it starts itself."""
    for module, tree in trees.items():
        names = imports_of(tree)
        for statement in tree.body:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                yield from (((module, name), {node}) for name, node in imported(statement))
            elif (own := targets(statement)) != ["__all__"]:
                starts = not own or module.startswith("pages.")
                used = set(mentions(statement, module, names))
                yield from (((module, name), used) for name in own)
                yield from [(None, used)] if starts else []


def unused(trees: dict[str, ast.Module]) -> list[str]:
    """The names that nothing of the program comes to, with their modules."""
    edges: dict[Node | None, set[Node]] = {None: set(ENTRIES)}
    for node, used in links(trees):
        edges.setdefault(node, set()).update(used)
    of_module: dict[str, set[Node]] = {}
    for module, name in filter(None, edges):
        of_module.setdefault(module, set()).add((module, name))
    seen: set[Node] = set()
    todo = edges[None]
    while todo:
        module, name = node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo |= edges.get(node, set()) if name else of_module.get(module, set())
    defined = set(chain.from_iterable(of_module.values())) - seen
    aliases = {(module, name) for module, tree in trees.items() for name in imports_of(tree)}
    return sorted(
        f"{module}.{name}" for module, name in defined - aliases if not module.startswith("pages.")
    )


@pytest.mark.slow
def test_every_name_of_a_module_is_used_by_the_program():
    trees = {
        module: ast.parse(file.read_text(encoding="utf-8")) for module, file in MODULES.items()
    }
    assert unused(trees) == []


def test_what_nothing_comes_to_is_named_with_its_module():
    text = """
from dashboard.base.language import word
USED, _UNUSED = 1, 2
def used(): return word(USED)
def _alone(): return _only_by_alone()
def _only_by_alone(): return _alone()
used()
"""
    assert unused({"dashboard.a": ast.parse(text)}) == [
        "dashboard.a._UNUSED",
        "dashboard.a._alone",
        "dashboard.a._only_by_alone",
    ]
