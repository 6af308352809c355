"""The files of this repository as the house tests read them: paths, syntax trees, functions."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "phananh"
SOURCES = sorted(HOUSE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EXAMPLES = sorted((ROOT / "examples").rglob("*.py"))

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    """Return the path of a file inside the repository."""
    return path.relative_to(ROOT).as_posix()


def definitions(paths: Iterable[Path]) -> Iterator[tuple[str, Definition]]:
    """Yield `file:line` and the node of every function and class."""
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, Definition):
                yield f"{name(path)}:{node.lineno}", node


def functions(paths: Iterable[Path]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield `file:line` and the node of every function and method."""
    for where, node in definitions(paths):
        if isinstance(node, ast.FunctionDef):
            yield where, node
