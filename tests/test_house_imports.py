"""Which file imports which: no circle, no file without a layer, and tests that mirror the tree.

An import inside a function counts. One under TYPE_CHECKING does not, and the face of a
package, which only hands names on, is no file of its own.
"""

import ast
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.house import HOUSE, ROOT, SOURCES, name, tree

# `calendar.explain(...)` is a method although explanations stand above calendars.
IGNORED = {
    ("phananh.worktime.calendar.work_calendar", "phananh.worktime.explain.explanation"),
    ("phananh.articles.article", "phananh.errors"),
}
# Folders of tests that have no folder of the source beside them.
APART = (
    *(
        "adversarial",
        "bench",
        "data",
        "examples",
        "faults",
        "ha",
        "oracle",
        "pictures",
        "servers",
        "slow",
    ),
    "testing/broken_stores",
)


def module_of(path: Path) -> str:
    """Return the dotted name of a source file."""
    return ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)


MODULES = {module_of(path): path for path in SOURCES if path.name != "__init__.py"}


def for_types_only(node: ast.AST) -> bool:
    """Tell whether a block is read by type checkers alone."""
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imports(node: ast.AST) -> Iterator[str]:
    """Yield the name of each module, or of what may be one, that code imports anywhere."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (each.name for each in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield child.module or ""
            yield from (f"{child.module}.{each.name}" for each in child.names)
        elif not for_types_only(child):
            yield from imports(child)


def graph() -> dict[str, set[str]]:
    """Return which module imports which others of the package."""
    return {
        module: {
            other
            for other in imports(tree(path))
            if other in MODULES and other != module and (module, other) not in IGNORED
        }
        for module, path in MODULES.items()
    }


def circle(edges: dict[str, set[str]]) -> list[str]:
    """Return a circle of modules, each imported by the next one, or nothing."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_circle_of_files():
    """No file imports, through however many others, a file that imports it."""
    assert circle(graph()) == []


def test_the_ignored_edge_is_there():
    """What is let off exists, so that the list of exceptions stays true."""
    for module, other in IGNORED:
        assert other in {*imports(tree(MODULES[module]))}


def test_a_circle_would_be_seen():
    """An import inside a function closes a circle; one for types alone does not."""
    inside = ast.parse("def f():\n    from a.b import c")
    typed = ast.parse("if TYPE_CHECKING:\n    from a.b import c")
    assert [*imports(inside)] == ["a.b", "a.b.c"]
    assert [*imports(typed)] == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
    assert len(graph()["phananh.cli.app"]) > 2


def test_imports_are_absolute():
    """A relative import would hide from this test, and from a reader who searches."""
    found = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == [], "\n".join(found)


CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
LAYERS = [contract for contract in CONTRACTS if contract["type"] == "layers"]


def files_of(package: str) -> set[str]:
    """Return the names of the files and folders of a package."""
    folder = HOUSE.parent.joinpath(*package.split("."))
    folders = (path.parent for path in folder.glob("*/__init__.py"))
    return {path.stem for path in folder.glob("*.py")} - {"__init__"} | {f.name for f in folders}


def layers_of(contract: dict) -> set[str]:
    """Return the names that a contract gives a layer to."""
    rows = (row.split("|") for row in contract["layers"])
    return {one.strip(" ()") for row in rows for one in row}


def test_every_file_has_a_layer():
    """A new file or folder that fits no layer breaks `make check` by itself."""
    containers = {container for contract in LAYERS for container in contract["containers"]}
    assert {"phananh", "phananh.worktime", "phananh.regulation", "phananh.desk"} <= containers
    for contract in LAYERS:
        assert contract["exhaustive"]
        for container in contract["containers"]:
            assert layers_of(contract) == files_of(container)


def test_tests_mirror_the_tree():
    """Each folder of tests is a folder of the source, but for a short list of others."""
    tests = ROOT / "tests"
    folders = {path.parent.relative_to(tests) for path in tests.rglob("__init__.py")}
    inside = {folder for folder in folders if not folder.as_posix().startswith((".", *APART))}
    stray = [str(folder) for folder in inside if not (HOUSE / folder / "__init__.py").exists()]
    assert stray == [], "\n".join(stray)
    assert {Path("worktime/calendar"), Path("cli/commands")} <= inside
