"""The run of small defects: what a defect is, how it is tried, and what counts as seen."""

import ast
import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

import phananh
from tests.slow.mutants import importing, report, targets
from tests.slow.mutants.__main__ import Chosen
from tests.slow.mutants.operators import list_mutants
from tests.slow.mutants.replacing import list_changed
from tests.slow.mutants.report import Result

PACKAGE = Path(phananh.__file__).parent
SOURCE = '''
"""A file."""
from typing import cast

ROWS = ("a", f(1))
Alias = dict[str, int | None]

@guard("x")
def g(a: int | None, *, b=True) -> str | None:
    """Say nothing."""
    assert a
    if a < 3 and b:
        return h(a, only=b)
    for each in a:
        raise Wrong(each)
    return cast("str", a[1:])
'''
FOUND = """
ROWS: 'a' ->
ROWS: f(1) ->
ROWS: 'a' -> 'XXa'
ROWS: 1 -> 2
ROWS: 1 -> 0
g: guard('x') ->
g: 'x' -> 'XXx'
g: True -> False
g: if a < 3 and b: -> if not (a < 3 and b):
g: a < 3 and b -> a < 3 or b
g: a < 3 and b -> b
g: a < 3 and b -> a < 3
g: a < 3 -> a <= 3
g: a < 3 -> a >= 3
g: 3 -> 4
g: 3 -> 2
g: return h(a, only=b) -> return None
g: only=b ->
g: for each in a: -> for each in ():
g: raise Wrong(each) -> pass
g: return cast('str', a[1:]) -> return None
g: 1: -> :
g: 1 -> 2
g: 1 -> 0
"""


def test_what_a_small_defect_is() -> None:
    """Each kind is made once; types, docstrings, imports and asserts are left alone."""
    tree = ast.parse(SOURCE)
    found = [f"{each.before} -> {each.after}".rstrip() for each in list_mutants(tree)]
    expected = [line.partition(": ")[2] for line in FOUND.strip().splitlines()]
    assert sorted(found) == sorted(expected)


def test_each_defect_changes_the_file_in_one_place() -> None:
    """Applied, it gives another source that still compiles, and no two give the same."""
    before = ast.unparse(ast.parse(SOURCE))
    made = []
    for number in range(len(list_mutants(ast.parse(SOURCE)))):
        tree = ast.parse(SOURCE)
        mutant = list_mutants(tree)[number]
        texts = mutant.texts()
        assert texts[0] != texts[1]
        assert ast.unparse(tree) == before
        mutant.apply()
        compile(ast.fix_missing_locations(tree), "it.py", "exec")
        made.append(ast.unparse(tree))
    assert before not in made
    assert len({*made}) == len(made)


@pytest.mark.parametrize("group", targets.GROUPS, ids=lambda group: group.name)
def test_the_files_and_their_tests_are_there(group: targets.Group) -> None:
    """Each pattern finds files, and each path of tests exists."""
    for pattern in group.files:
        assert [*PACKAGE.glob(pattern)]
    for path in (*group.tests, *group.ignored):
        assert (targets.ROOT / path).exists()
    assert {*group.without} <= {path for path in group.without if (PACKAGE / path).exists()}


def test_each_explanation_is_of_a_defect_that_can_still_be_made() -> None:
    """A survivor that was explained stands in the source as it is now, with a reason."""
    explained = report.read_explained()
    for file in {key[0] for key in explained}:
        mutants = list_mutants(ast.parse((PACKAGE / file).read_bytes()))
        made = {(file, each.where, *each.texts()) for each in mutants}
        assert {key for key in explained if key[0] == file} <= made
    assert all(len(reason) > 20 for reason in explained.values())


def test_only_a_failing_test_kills(monkeypatch: pytest.MonkeyPatch) -> None:
    """What hangs, ends otherwise, or survives unexplained lowers the score; what is broken not."""
    outcomes = ["killed", "killed", "survived", "timeout", "suspicious", "broken", "survived"]
    results = [Result("a.py", n, "f", str(n), "", outcome, 1) for n, outcome in enumerate(outcomes)]
    assert report.find_score(results) == pytest.approx(100 * 2 / 6)
    monkeypatch.setattr(report, "read_explained", lambda: {("a.py", "f", "6", ""): "the same"})
    explained = report.explain(results)
    assert [each.outcome for each in explained] == [*outcomes[:-1], "explained"]
    assert report.find_score(explained) == pytest.approx(40)
    assert report.list_table(explained)[-1].split() == [
        "all",
        *["2", "1", "1", "1", "1", "1"],
        "40.0%",
    ]
    shown = "\n".join(report.list_open(explained))
    assert shown.count("[[survivor]]") == 3
    assert "# line 3, timeout, after 1 tests" in shown


def test_the_import_system_gives_the_mutated_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module is imported as it was mutated, and the file stays as it is."""
    path = tmp_path / "mutated_once.py"
    path.write_text("SEEN = 1\n")
    code = compile("SEEN = 2\n", str(path), "exec")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", [importing.Finder(path.stem, code), *sys.meta_path])
    assert importlib.import_module(path.stem).SEEN == 2
    assert path.read_text() == "SEEN = 1\n"


LOADED = """
LEAST = 3

def outer(a, *, least=4):
    def inner(b):
        return a + b > least
    return inner

class Kind:
    size = 5
    def grow(self):
        return [n for n in range(self.size + 6)]
"""


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        ("a + b", ["outer", "outer.<locals>.inner"]),
        ("6", ["Kind.grow"]),
        ("3", []),
        ("4", []),
        ("5", []),
    ],
)
def test_which_functions_have_the_defect(number: str, changed: list[str]) -> None:
    """A defect in a body is of its function and those around it; what runs at import is of none."""
    old = compile(LOADED, "it.py", "exec")
    new = compile(LOADED.replace(number, "a - b" if number == "a + b" else "9"), "it.py", "exec")
    assert [each.co_qualname for each, _ in list_changed(old, new)] == changed


def test_a_loaded_function_takes_the_defect() -> None:
    """Functions that were made before have it as soon as the code of each is put in its place."""
    old = compile(LOADED, "it.py", "exec")
    names: dict[str, Any] = {}
    exec(old, names)  # noqa: S102  # our own
    made = names["outer"](2)
    assert made(3)
    pairs = list_changed(old, compile(LOADED.replace("a + b", "a - b"), "it.py", "exec"))
    for function, (before, after) in zip([names["outer"], made], pairs, strict=True):
        assert function.__code__ == before
        function.__code__ = after
    assert not made(3)
    assert not names["outer"](2)(3)


def test_the_sample_stays_where_other_code_changes() -> None:
    """A defect has its place in the sample by what it is, and not by what stands before it."""
    key = ("regulation/rules.py", "Rules", "a = 1", "a = 2")
    first, later = (Chosen(targets.GROUPS[0], key[0], number, key) for number in (3, 300))
    assert first.rank(1) == later.rank(1) != first.rank(2)
