"""The public API is what `docs/reference/api.md` lists: pages and examples import only that."""

import ast
import doctest
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from textwrap import dedent

import phananh
from phananh import acts, events
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS
from phananh.regulation.events import EVENTS
from tests.house import EXAMPLES, ROOT, name
from tests.test_docs import BLOCK, PAGES, text_of

REFERENCE = sorted((ROOT / "docs" / "api").glob("*.rst"))
MODULE = re.compile(r"^## `(phananh[.\w]*)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
# Modules that the list names, with all that their pages show.
WHOLE = (
    "phananh.pandas",
    "phananh.samples",
    "phananh.stores.sql.dialects",
    "phananh.testing.strategies",
    "phananh.worktime.bulk",
)
# The title of a page of signatures, or a value on it that has no docstring; and what follows.
VALUE = re.compile(
    r"(?:\A|^\.\. py:data:: )([\w.]*?)\.?(\w+)\n(.*?)(?=^\.\. py:data:: |\Z)",
    re.MULTILINE | re.DOTALL,
)
ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)


def listed() -> dict[str, dict[str, str]]:
    """Return the public names by module, each with the words that say what it is."""
    return {
        module: dict(ROW.findall(part))
        for module, part in MODULE.findall(text_of(ROOT / "docs" / "reference" / "api.md"))
    }


def imported(code: str) -> Iterator[str]:
    """Yield the names of the library that code imports, and the modules that it imports whole."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] == "phananh":
                yield from (f"{module}.{each.name}" for each in node.names)
            case ast.Import():
                found = (each.name for each in node.names)
                yield from (each for each in found if each.partition(".")[0] == "phananh")


def code_of(text: str) -> str:
    """Return the statements of a block, or of its examples."""
    return "".join(each.source for each in doctest.DocTestParser().get_examples(text))


def examples() -> Iterator[tuple[str, str, doctest.DocTest]]:
    """Yield the examples of docstrings and signature pages, each with its module and name."""
    parser, finder = doctest.DocTestParser(), doctest.DocTestFinder()
    for page in map(text_of, REFERENCE):
        yield from (
            (dotted or "phananh", each, parser.get_doctest(body, {}, each, None, None))
            for dotted, each, body in VALUE.findall(page)
        )
    drawn = "phananh.testing.strategies"
    for dotted, names in (*listed().items(), (drawn, import_module(drawn).__all__)):
        for each in names:
            found = finder.find(getattr(import_module(dotted), each), each, module=False)
            yield from ((dotted, each, test) for test in found if test.examples)


def readers() -> Iterator[tuple[str, str]]:
    """Yield the code that readers see, each with the name of its page or file."""
    for page in PAGES:
        for block in BLOCK.finditer(text_of(page)):
            if block["lang"] == "python":
                yield name(page), code_of(block["body"]) or dedent(block["body"])
    yield from ((name(file), text_of(file)) for file in EXAMPLES)
    yield from ((where, "".join(e.source for e in test.examples)) for _, where, test in examples())


def test_the_list_is_short():
    """At most 146 names in at most ten modules, each with one line that says what it is."""
    modules = listed()
    assert len(modules) <= 10
    assert sum(map(len, modules.values())) <= 146


def test_the_list_is_what_the_modules_say():
    """A module's `__all__` has its names of the list, and may repeat those of `phananh`."""
    every_day = {*phananh.__all__}
    for dotted, names in listed().items():
        module = import_module(dotted)
        assert {*module.__all__} - (set() if module is phananh else every_day) == {*names}, dotted
        assert [each for each in names if not hasattr(module, each)] == [], dotted
    asked = {kind.__name__ for name, kind in ACTS.items() if name not in SYSTEM_TRIGGERS}
    assert (asked - {*acts.__all__}, EVENTS.keys() - {*events.__all__}) == (set(), set())


def test_every_public_name_has_an_example_that_runs(tmp_path, monkeypatch):
    """Examples begin as the docstring of `phananh` says, and print what they show."""
    monkeypatch.chdir(tmp_path)
    begin, found = code_of(phananh.__doc__), io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    without = {(dotted, each) for dotted, names in listed().items() for each in names}
    for dotted, each, test in examples():
        exec(f"{begin}from {dotted} import *", test.globs)  # noqa: S102 - the code is our own
        runner.run(test, out=found.write)
        without.discard((dotted, each))
    assert (found.getvalue(), without) == ("", set())


BARE = """
import importlib, inspect, pydoc, sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in EXTRAS:
            raise ModuleNotFoundError(name=name)
EXTRAS = (
    "django docxtpl hypothesis icalendar jinja2 numpy pandas psycopg psycopg_pool pytest sqlalchemy"
).split()
sys.meta_path.insert(0, Missing())
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    print(name, len(inspect.getmembers(module)), len(pydoc.render_doc(module)))
"""


def test_help_needs_no_extra():
    """`help` and `inspect` work on each module but that of asyncio, without any extra."""
    asked = [each for each in listed() if each != "phananh.aio"]
    run = [sys.executable, "-c", BARE, *asked]
    told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    assert len(told.splitlines()) == len(asked)


def test_readers_import_public_names_alone():
    """Pages and examples import from the modules of the list, and only what is listed there."""
    public = {*WHOLE}
    for module in listed():
        public |= {module, *(f"{module}.{each}" for each in import_module(module).__all__)}
    wrong = {
        (where, dotted)
        for where, code in readers()
        for dotted in imported(code)
        if dotted not in public and not dotted.startswith(WHOLE)
    }
    assert wrong == set()
