"""What does each clause, and which tests prove it, as docstrings, names and code cite it.

A function does a clause that its docstring cites as `Art. 9.3`, or that its code names, as in
`@guard("rescheduled_before", "9.3")`. The method of the desk with the name of a step does what the
table of steps cites. A test proves a clause that its docstring cites so or begins with, as in
`9.3, R5: ...`, or that its name begins with: `test_9_3_once`.
"""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache

from phananh.articles import CLAUSES, OUTSIDE
from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.regulation.lifecycle import LIFECYCLE
from tests.house import HOUSE, ROOT, SOURCES, TESTS, tree
from tests.test_house import cited

FILE = "src/phananh/articles/matrix_2370.json"
MOST = 3  # that are named of a clause's functions, and of its tests
# These cite clauses as data, in passing, or in samples.
IN_PASSING = (
    *("articles/", "cli/", "messages/", "testing/", "samples.py", "errors.py"),
    *(f"regulation/{file}.py" for file in ("readings", "acts", "events", "case", "lifecycle")),
)
DEFINITION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
DESCRIBED = (ast.Module, *DEFINITION)
PLACE = r"(?:QD\.\d|\d+(?:\.\d+)*(?:\.[a-z]+\d?)?|R\d+)"
LISTED = re.compile(rf"({PLACE}(?:, {PLACE})*): ")
NAMED = re.compile(r"test_(\d{1,2}(?:_\d+)*(?:_(?:dd|[a-d]\d?))?)(?=_|$)")


def list_definitions(node: ast.AST, within: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield the name and the node of each class, function and table of a file, in order."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, DEFINITION):
            yield f"{within}{child.name}", child
            yield from list_definitions(child, f"{within}{child.name}.")
        elif isinstance(child, ast.Assign | ast.AnnAssign) and not within:
            yield ast.unparse(child).split()[0].rstrip(":"), child


def docstring(node: ast.AST) -> str:
    """Return the docstring of a definition without what it cites of another law."""
    text = ast.get_docstring(node) if isinstance(node, DESCRIBED) else None
    return re.sub(r"\(NĐ [^)]*\)", "", text or "")


def cited_by_test(name: str, text: str) -> set[str]:
    """Return what a test cites by its name and its docstring: clauses, articles, readings."""
    listed, named = LISTED.match(text), NAMED.match(name)
    places = {*cited(text), *(listed[1].split(", ") if listed else ())}
    return places | ({named[1].replace("_", ".")} if named else set())


@cache
def openings() -> dict[str, set[str]]:
    """Return what the first paragraph of each file cites: the clauses that it is about."""
    found = {}
    for path in SOURCES:
        room = path.relative_to(HOUSE).as_posix().removesuffix(".py").replace("/", ".")
        found[room] = {*cited(docstring(tree(path)).partition("\n\n")[0])}
    return found


@cache
def functions() -> dict[str, set[str]]:
    """Return the clauses that each function does, by its name from `phananh.` on."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        file = path.relative_to(HOUSE).as_posix()
        for name, node in () if file.startswith(IN_PASSING) else list_definitions(tree(path)):
            constants = {x.value for x in ast.walk(node) if isinstance(x, ast.Constant)}
            # "14" may be a number of anything
            named = {each for each in constants & CLAUSES.keys() if "." in each}
            full = f"{file.removesuffix('.py').replace('/', '.')}.{name}"
            found[full.removeprefix("desk.desk.")] = named.union(cited(docstring(node)))
    for row in LIFECYCLE:
        if row.trigger not in SYSTEM_TRIGGERS:
            clauses = (clause.id for clause in (row.article, *row.others))
            found[f"Desk.{row.trigger}"].update(clauses)
    return found


@cache
def proofs() -> dict[str, set[str]]:
    """Return what each test cites, by its place below `tests`."""
    found = {}
    for path in TESTS:
        file = path.relative_to(ROOT / "tests").as_posix()
        for name, node in list_definitions(tree(path)):
            last = name.rpartition(".")[-1]
            if last.startswith("test_"):
                found[f"{file}::{name}"] = cited_by_test(last, docstring(node))
    return found


def choose(found: dict[str, set[str]], clause: str) -> list[str]:
    """Return those that a clause is most about.

    First come those of the desk, or named by the clause, then those of a file about it.
    """

    about = [f"{room}." for room, places in openings().items() if clause in places]

    def rank(name: str) -> tuple[object, ...]:
        is_private = re.search(r"(^|\.)_", name) is not None
        is_first = name.startswith("Desk.") or f"::test_{clause.replace('.', '_')}_" in name
        is_within = any(name.startswith(each) for each in about)
        return is_private, not is_first, not is_within, len(found[name]), name

    return sorted((name for name in found if clause in found[name]), key=rank)[:MOST]


def build() -> str:
    """Return the matrix as JSON: the functions and the tests of a clause, a clause a line."""
    rows = {c: [choose(functions(), c), choose(proofs(), c)] for c in CLAUSES if c not in OUTSIDE}
    return "{\n" + ",\n".join(f'"{c}": {json.dumps(row)}' for c, row in rows.items()) + "\n}\n"
