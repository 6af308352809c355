"""Which file imports which: no circle, and no import that is hard to find.

An import inside a function counts. One under TYPE_CHECKING does not, and the face of a
package, which only hands names on, is no file of its own.
"""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.house import HOUSE, SOURCES, name, tree

# `calendar.explain(...)` is a method although explanations stand above calendars.
IGNORED = {
    ("phananh.worktime.calendar.work_calendar", "phananh.worktime.explain.explanation"),
    ("phananh.articles.article", "phananh.errors"),
}


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


def test_imports_are_absolute():
    """A relative import would hide from this test, and from a reader who searches."""
    found = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == [], "\n".join(found)
