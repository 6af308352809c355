"""Every page does what it says: its code runs, its output is compared, its links lead somewhere.

What a fenced block is, its language says; a language that is not listed in POLICY fails.
Blocks of a page run from top to bottom in one namespace, in an empty folder of their own.
Comments before a block say more: `<!-- file: NAME -->` also writes it to that file,
`<!-- append: NAME -->` writes it to the file's end, `<!-- write: NAME -->` does not run it,
`<!-- needs: MODULE -->` runs it if there is that module.
"""

import contextlib
import csv
import doctest
import importlib.util
import io
import json
import re
import shlex
import tomllib
from importlib.metadata import version
from pathlib import Path

import attrs
import pytest

from phananh import Desk
from phananh.articles import CLAUSES
from tests import docs_build
from tests.page_console import CaseIds, is_shown, run, tidy
from tests.test_house import cited, in_registry

ROOT = docs_build.ROOT
PAGES = sorted(
    path
    for where in ("[!C]*.md", "CHANGELOG.md", "docs/**/*.md", "examples/**/*.md")
    for path in ROOT.glob(where)
)

BLOCK = re.compile(
    r"(?:<!-- (?P<order>file|append|write|needs): (?P<what>\S+) -->\n)?"
    r"^```(?P<lang>[^\n]*)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
# An id with a letter, such as 8.1.c2, is a clause wherever it stands.
LETTERED = re.compile(r"\b\d{1,2}(?:\.\d)?\.(?:[a-d]\d?|dd|p\d)\b")


@attrs.define
class Page:
    """A page while it runs: its names, its folder, what was printed last, and ids of cases."""

    folder: Path
    names: dict
    printed: str = ""
    ids: CaseIds = attrs.field(factory=CaseIds)


def name(path: Path) -> str:
    """Return the path of a page inside the repository."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    """Return a page as text."""
    return path.read_text(encoding="utf-8")


def run_python(page: Page, body: str, at: str) -> None:
    """Run a block of statements, or compare a block of `>>>` examples."""
    if ">>> " in body:
        example = doctest.DocTestParser().get_doctest(body, {}, at, at, 0)
        example.globs = page.names  # itself: a function of an earlier block must see a new value
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        found = io.StringIO()
        runner.run(example, out=found.write, clear_globs=False)
        assert not runner.failures, f"{at}\n{found.getvalue()}"
        return
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(body, at, "exec"), page.names)  # noqa: S102 - the page's code is our own
    page.printed = printed.getvalue()


def run_console(page: Page, body: str, at: str) -> None:
    """Run each line that begins with `$`, and compare what it prints to what is shown, if any."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        code, printed = run(shlex.split(page.ids.replace(command), comments=True), page.folder)
        page.ids.learn(shown, printed)
        if shown.strip():
            found = is_shown(page.ids.replace(shown), printed), code in (0, 1, 2, 3)
            assert found == (True, True), f"{at}: {command}\n{printed}"
        else:
            assert code == 0, f"{at}: {command}\n{printed}"


def same_as_printed(page: Page, body: str, at: str) -> None:
    """Compare a `text` block with what the Python block before it printed."""
    assert tidy(page.printed) == tidy(body), at


def read_sh(_page: Page, body: str, at: str) -> None:
    """Hold `make TARGET` to the Makefile; other shell lines are for the reader's machine."""
    made = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    for targets in re.findall(r"^make ([a-z -]+?)(?: [A-Z]+=.*)?$", body, re.MULTILINE):
        assert {*targets.split()} <= made, at


def read_toml(_page: Page, body: str, _at: str) -> None:
    """Parse TOML."""
    tomllib.loads(body)


def read_jsonl(_page: Page, body: str, _at: str) -> None:
    """Parse an act log's lines."""
    for line in body.splitlines():
        if line and not line.startswith("#"):
            json.loads(line)


def read_csv(_page: Page, body: str, at: str) -> None:
    """Hold every row to the number of columns of the first."""
    assert len({len(row) for row in csv.reader(body.splitlines())}) == 1, at


def read_ics(_page: Page, body: str, at: str) -> None:
    """Hold an iCalendar text to its first and last line; a page that uses it reads it."""
    assert body.startswith("BEGIN:VCALENDAR\n"), at
    assert body.endswith("END:VCALENDAR\n"), at


def drawn(_page: Page, body: str, at: str) -> None:
    """Leave a diagram to the check that its page is fresh, and SQL to tests/stores/postgres."""
    assert body.startswith(("stateDiagram-v2", "flowchart", "alter table")), at


POLICY = {
    "python": run_python,
    "console": run_console,
    "text": same_as_printed,
    "sh": read_sh,
    "toml": read_toml,
    "jsonl": read_jsonl,
    "csv": read_csv,
    "ics": read_ics,
    "mermaid": drawn,
    "sql": drawn,
}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_blocks(path, tmp_path, monkeypatch, request):
    """Every block of a page has a policy and keeps it, in the order in which it is read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    page = Page(folder=tmp_path, names={"__name__": "__page__"})
    source = text_of(path)
    if "needs: psycopg" in source:  # such a page connects to `dsn`
        page.names["dsn"] = request.getfixturevalue("postgres").dsn_inside
    for block in BLOCK.finditer(source):
        at = f"{name(path)}:{source.count(chr(10), 0, block.start('lang')) + 1}"
        assert block["lang"] in POLICY, f"{at}: no policy for a block of {block['lang']!r}"
        if block["order"] == "needs" and importlib.util.find_spec(block["what"]) is None:
            continue
        if block["order"] in ("file", "append", "write"):
            mode = "a" if block["order"] == "append" else "w"
            with (tmp_path / block["what"]).open(mode, encoding="utf-8") as file:
                file.write(block["body"])
        if block["order"] != "write":
            POLICY[block["lang"]](page, block["body"], at)
    for value in [*page.names.values()]:  # a page need not say how its store is closed
        store = value.store if isinstance(value, Desk) else value
        if hasattr(type(store), "commit"):  # a proxy of a framework answers for nothing itself
            store.close()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_fence_is_a_block(path):
    """No fence is left open, or indented where nobody would run it."""
    fences = re.findall(r"^\s*```", text_of(path), re.MULTILINE)
    assert len(fences) == 2 * len(BLOCK.findall(text_of(path)))


@pytest.mark.parametrize(
    ("body", "policy"),
    [
        pytest.param(">>> 1 + 1\n3\n", run_python, id="doctest"),
        pytest.param("print(1 / 0)\n", run_python, id="python"),
        pytest.param("something else\n", same_as_printed, id="text"),
        pytest.param("$ phananh no-such-command\n", run_console, id="console"),
        pytest.param("make no-such-target\n", read_sh, id="sh"),
    ],
)
def test_a_wrong_block_is_found(body, policy, tmp_path):
    """A block that is not true fails, whatever its kind."""
    page = Page(folder=tmp_path, names={}, printed="printed\n")
    with pytest.raises((AssertionError, ZeroDivisionError)):
        policy(page, body, "here")


def test_an_id_of_a_page_stands_for_one_printed_id():
    """A shown id becomes the one that was printed in its place, and no other id does."""
    ids = CaseIds()
    ids.learn("HB-2505-AAAAAAAAAA answered", "HB-2505-BBBBBBBBBB answered")
    assert ids.replace("case HB-2505-AAAAAAAAAA") == "case HB-2505-BBBBBBBBBB"
    ids.learn("HB-2505-CCCCCCCCCC", "HB-2505-BBBBBBBBBB")
    assert ids.replace("HB-2505-CCCCCCCCCC") == "HB-2505-CCCCCCCCCC"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links(path):
    """Every relative link leads to a file, and every anchor to a heading of it."""
    for pair in LINK.findall(text_of(path)):
        target = pair[0] or pair[1]
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), f"{name(path)}: {target}"
        if anchor:
            assert anchor in anchors(found), f"{name(path)}: {target}"


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    heads = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_articles_exist(path):
    """Every clause that a page cites is in the registry."""
    assert unknown_places(text_of(path)) == set()


def unknown_places(text: str) -> set[str]:
    """Return the clauses that a text cites and the Regulation does not have."""
    text = re.sub(r"\bArticles? (?=\d)", "Art. ", text)
    return {p for p in {*cited(text), *LETTERED.findall(text)} if not in_registry(p)}


def test_a_wrong_citation_is_found():
    """A clause that does not exist is found with its word before it, and with a letter alone."""
    wrong = {"9.4", "18", "8.1.c", "10.2.d"}
    assert unknown_places("(Article 9.4), Articles 12.1, 18, and | 8.1.c | 10.2.d |") == wrong


@pytest.mark.parametrize("page", ["docs/contributing/design.md", "CONTRIBUTING.md"])
def test_design_names_files_that_exist(page):
    """Every file and folder that these pages name is in the house, or beside it."""
    named = re.findall(r"`((?:\w+/)*(?:\w+\.py|\w+/))`", text_of(ROOT / page))
    assert len(named) > 20
    places = (ROOT / "src" / "phananh", ROOT)
    assert [path for path in named if not any((each / path).exists() for each in places)] == []


def test_no_page_is_lost():
    """Every page of the documentation can be reached from its first page."""
    start = ROOT / "docs" / "README.md"
    seen, todo = set(), [start]
    while todo:
        path = todo.pop()
        if path in seen or path.suffix != ".md":
            continue
        seen.add(path)
        links = (a or b for a, b in LINK.findall(text_of(path)))
        files = (link.partition("#")[0] for link in links if not re.match(r"[a-z]+:", link))
        todo += [(path.parent / file).resolve() for file in files if file]
    assert {*(ROOT / "docs").rglob("*.md")} <= seen


@pytest.mark.parametrize("made", docs_build.PAGES, ids=lambda made: made.path)
def test_generated_pages_are_fresh(made):
    """What `make docs` writes is what is there; run it after a change to the table."""
    if made.path == "docs/assets/demo.svg" and int(version("rich").split(".")[0]) < 15:
        pytest.skip("rich 15 draws it, and leaves out the blanks behind a last column")
    assert docs_build.is_fresh(made), f"{made.path} is stale: run make docs"


def test_every_clause_is_listed():
    """The page of articles has a row for each clause of the registry."""
    page = text_of(ROOT / "docs" / "reference" / "articles.md")
    assert [clause for clause in CLAUSES if f"| {clause} |" not in page] == []
