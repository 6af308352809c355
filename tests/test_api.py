"""The API reference: every public name has one place there, a description and an example that runs.

A page of `docs/api` names what it describes by directives of Sphinx. Its `>>>` blocks are run from
top to bottom in one namespace, as those of the other pages are.
"""

import ast
import doctest
import importlib
import inspect
import os
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

import phananh
from tests.house import ROOT
from tests.page_console import SOURCES
from tests.test_docs import BLOCK, PAGES, name, text_of

API = sorted((ROOT / "docs" / "api").glob("*.rst"))
PLACE = re.compile(r"^\.\. (auto\w+|py:data):: (\S+)\n((?: .*\n|\n)*)", re.MULTILINE)
# Modules whose `__all__` is for the library itself, or that only finish a command or a connection.
INTERNAL = (
    "phananh.__main__",
    "phananh.cli",
    "phananh.stores.django.management",
    "phananh.stores.django.migrations",
    "phananh.testing.__main__",
    "phananh.testing.contract",
    "phananh.testing.drawing",
    "phananh.testing.plugin",
)
# A page that sets up what a process has only once.
ALONE = "django-store.rst"


def find(dotted: str) -> object:
    """Return what a dotted name means: what a module has, or what a class of it has."""
    module, _, last = dotted.rpartition(".")
    return getattr(importlib.import_module(module), last)


def places(page: Path) -> dict[str, str]:
    """Return the names that a page describes, each with what stands under its directive."""
    return {found[2]: found[3] for found in PLACE.finditer(text_of(page))}


def listed() -> Iterator[str]:
    """Yield the names in the `__all__` of each module that is for others."""
    for found in pkgutil.walk_packages(phananh.__path__, "phananh."):
        if not found.name.startswith(INTERNAL):
            module = importlib.import_module(found.name)
            yield from (f"{found.name}.{each}" for each in getattr(module, "__all__", ()))
    yield from (f"phananh.{each}" for each in phananh.__all__)


def imported() -> Iterator[str]:
    """Yield the names of the library that the code of the other pages imports."""
    for page in PAGES:
        for block in BLOCK.finditer(text_of(page)):
            if block["lang"] == "python":
                yield from imports(block["body"])


def imports(block: str) -> Iterator[str]:
    """Yield the names of the library that a block of statements or examples imports."""
    code = "".join(code_of(block)) or dedent(block)
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("phananh"):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def code_of(text: str) -> list[str]:
    """Return the source of each example in a text."""
    return [example.source for example in doctest.DocTestParser().get_examples(text)]


def used(page: Path) -> set[str]:
    """Return the names that the examples of a page use; to import one is no use of it."""
    nodes = ast.walk(ast.parse("".join(code_of(text_of(page)))))
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute)
    }


PLACES = [place for page in API for place in places(page)]


def test_every_public_name_has_one_place():
    """What a module lists, and what a page imports, is described once in the reference."""
    counts = Counter(id(find(place)) for place in PLACES)
    public = {dotted: find(dotted) for dotted in {*listed(), *imported()}}
    assert len(public) > 200
    wrong = {
        dotted: counts[id(value)]
        for dotted, value in public.items()
        if counts[id(value)] != 1 and not inspect.ismodule(value)
    }
    assert wrong == {}


def test_no_place_is_given_twice():
    """No two directives describe the same thing, under whatever names."""
    counts = Counter(id(find(place)) for place in PLACES)
    assert [place for place in PLACES if counts[id(find(place))] > 1] == []


@pytest.mark.parametrize("page", API, ids=name)
def test_every_place_has_a_description(page):
    """A class or function has a docstring of its own, a constant a sentence under its name."""
    silent = [
        place
        for place, content in places(page).items()
        if not (re.sub(r":\w+:.*", "", content).strip() or (find(place).__doc__ or "").strip())
    ]
    assert silent == []


@pytest.mark.parametrize("page", API, ids=name)
def test_no_description_is_taken_for_a_type(page):
    """Sphinx takes what stands before a colon for a type, if a property or a result begins so."""
    wrong = []
    for place in places(page):
        value = find(place)
        for each in (value, *(vars(value).values() if inspect.isclass(value) else ())):
            text = inspect.getdoc(each) or ""
            property_starts = [text] if isinstance(each, property) else []
            starts = [*property_starts, *re.findall(r"^Returns:\n +(.*)", text, re.MULTILINE)]
            first = (re.sub(r"`[^`]+`", "", start).partition("\n")[0] for start in starts)
            wrong += [f"{place}: {line}" for line in first if re.search(r":(\s|$)", line)]
    assert wrong == []


@pytest.mark.parametrize("page", API, ids=name)
def test_every_place_is_in_an_example(page):
    """Each name that a page describes is used by an example on it."""
    assert {place.rpartition(".")[2] for place in places(page)} - used(page) == set()


@pytest.mark.parametrize("page", API, ids=name)
def test_links_lead_to_pages(page):
    """Each `:doc:` of a page names a page of the documentation."""
    linked = re.findall(r":doc:`[^<`]* </([^>]+)>`", text_of(page))
    assert text_of(page).count(":doc:") == len(linked)
    assert [path for path in linked if not (ROOT / f"{path}.md").exists()] == []


@pytest.mark.parametrize("page", [page for page in API if page.name != ALONE], ids=name)
def test_examples_run(page, tmp_path, monkeypatch):
    """The examples of a page print what it shows, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    example = doctest.DocTestParser().get_doctest(text_of(page), {}, page.name, name(page), 0)
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=failures.append)
    assert "".join(failures) == ""


def test_examples_in_docstrings_run(tmp_path, monkeypatch):
    """What `help` shows as an example prints what it says, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    failures: list[str] = []
    tried = 0
    for place in PLACES:
        value = find(place)
        names, text = {place.rpartition(".")[2]: value}, inspect.getdoc(value) or ""
        example = doctest.DocTestParser().get_doctest(text, names, place, place, 0)
        tried += doctest.DocTestRunner().run(example, out=failures.append).attempted
    assert (tried > 0, "".join(failures)) == (True, "")


def test_a_page_alone_runs(tmp_path):
    """The page that configures Django runs in a process of its own."""
    command = [sys.executable, "-m", "doctest", str(ROOT / "docs" / "api" / ALONE)]
    paths = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": SOURCES}
    run = subprocess.run(
        command, cwd=tmp_path, env=paths, capture_output=True, encoding="utf-8", check=False
    )
    assert (run.returncode, run.stdout) == (0, ""), run.stderr


def test_what_is_missing_is_found(tmp_path):
    """A name that is only imported is in no example, and a constant needs its sentence."""
    page = tmp_path / "page.rst"
    page.write_text(
        ">>> from phananh import Desk, MemoryStore\n>>> Desk()\n\n"
        ".. py:data:: phananh.HOA_BINH_2019\n   :type: Rules\n\n.. autoclass:: phananh.Desk\n",
        encoding="utf-8",
    )
    assert list(places(page)) == ["phananh.HOA_BINH_2019", "phananh.Desk"]
    assert {"Desk", "MemoryStore"} & used(page) == {"Desk"}
