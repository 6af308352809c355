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
from pathlib import Path

import attrs
import pytest

from phananh import Desk, InputError
from phananh.articles import CLAUSES
from tests import docs_build
from tests.page_console import CaseIds, is_shown, run, tidy
from tests.test_house import cited, in_registry

ROOT = docs_build.ROOT
PAGES = sorted(
    path
    for where in ("*.md", "docs/**/*.md", "examples/**/*.md")
    for path in ROOT.glob(where)
    if path.name != "CONTRIBUTING.md"
)

BLOCK = re.compile(
    r"(?:<!-- (?P<order>file|append|write|needs): (?P<what>\S+) -->\n)?"
    r"^```(?P<lang>[^\n]*)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
# An id with a letter, such as 8.1.c2, is a clause wherever it stands.
LETTERED = re.compile(r"\b\d{1,2}(?:\.\d)?\.(?:[a-d]\d?|dd|p\d)\b")
# Where a reading is named: not in code, and not in a link to its heading.
READING = re.compile(r"\bR\d{1,2}\b")
APART = re.compile(
    r"^```.*?^```$|<!-- made: .*?<!-- end -->|`[^`\n]*`|\[(R\d+)\]\([^)\s]*#(?i:\1)\)|^#+ [^\n]*$",
    re.DOTALL | re.MULTILINE,
)


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


def read_data(page: Page, body: str, at: str, lang: str) -> None:
    """Parse a block of data; a diagram and SQL are only looked at."""
    lines = body.splitlines()
    match lang:
        case "toml":
            tomllib.loads(body)
        case "jsonl":
            [json.loads(line) for line in lines if line and not line.startswith("#")]
        case "csv":
            assert len({len(row) for row in csv.reader(lines)}) == 1, at
        case "ics":
            assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR"), at
        case _:
            pytest.fail(f"{at}: no policy for a block of {lang!r}")


POLICY = {
    "python": run_python,
    "console": run_console,
    "text": same_as_printed,
    "sh": read_sh,
    "powershell": read_sh,
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
        if block["order"] == "needs" and importlib.util.find_spec(block["what"]) is None:
            continue
        if block["order"] in ("file", "append", "write"):
            mode = "a" if block["order"] == "append" else "w"
            with (tmp_path / block["what"]).open(mode, encoding="utf-8") as file:
                file.write(block["body"])
        if block["order"] == "write":
            continue
        if policy := POLICY.get(block["lang"]):
            policy(page, block["body"], at)
        else:
            read_data(page, block["body"], at, block["lang"])
    for value in [*page.names.values()]:  # a page need not say how its store is closed
        store = value.store if isinstance(value, Desk) else value
        if hasattr(type(store), "commit"):  # a proxy of a framework answers for nothing itself
            store.close()


def names_of(page, last):
    """Run the Python blocks of a page up to one that holds some words, and return the names."""
    text = text_of(ROOT / "docs" / "how-to" / page)
    bodies = [each["body"] for each in BLOCK.finditer(text) if each["lang"] == "python"]
    n = next(n for n, body in enumerate(bodies, 1) if last in body)
    names = {"__name__": "__page__"}
    exec("\n".join(bodies[:n]), names)  # noqa: S102 - the page's code is our own
    return names


def test_a_click_of_the_sample_takes_no_id_of_others(tmp_path, monkeypatch):
    """A second click is the first result, `to` may be JSON, and what is missing is refused."""
    monkeypatch.chdir(tmp_path)
    names = names_of("embed.md", "def view(")
    call = {"kind": "information", "channel": "phone", "content": "Câu hỏi mẫu"}
    sender = {"name": "Người gửi mẫu", "phone": "0218 383 1022"}
    form = {**call, "sender": sender, "click": "day:1"}
    with names["store"]:
        made = names["act"](names["desk"], "op1", None, "receive", form)
        assert made == names["act"](names["desk"], "op1", None, "receive", form)
        names["desk"].receive(**call, by=names["USERS"]["op1"], command_id="day:1")
        to = {"version": 1, "click": "2", "to": names["USERS"]["cb1"].as_dict()}
        assert names["act"](names["desk"], "op1", made["case"], "escalate", to)["version"] == 2
        for wrong in ({"click": "3"}, {"click": "3", "version": "9" * 5_000}, {"version": 2}):
            with pytest.raises(InputError, match=r"not a version|is blank"):
                names["act"](names["desk"], "op1", made["case"], "note", {"text": "x", **wrong})


def test_the_sample_on_fastapi_refuses_strange_json(tmp_path, monkeypatch):
    """Half a surrogate pair, or NaN, is no fault of the service."""
    pytest.importorskip("fastapi.testclient")
    monkeypatch.chdir(tmp_path)
    names = names_of("fastapi.md", "TestClient(app)")
    with names["TestClient"](names["app"]) as client:

        def post(path, body):
            named = {"content-type": "application/json", "X-Click": "1"}
            return client.post(path, content=body, headers=named).status_code

        assert post("/sign-in", r'{"name": "op1", "password": "\ud800"}') == 401
        assert post("/sign-in", '{"name": NaN, "password": "x"}') == 422
        client.post("/sign-in", json={"name": "op1", "password": "mat-khau-mau"})
        assert post("/cases/x/escalate", r'{"to": "\ud800", "version": 1}') == 422


def test_every_fence_is_a_block():
    """No fence is left open, or indented where nobody would run it."""
    for path in PAGES:
        fences = re.findall(r"^\s*```", text_of(path), re.MULTILINE)
        assert len(fences) == 2 * len(BLOCK.findall(text_of(path))), name(path)


def links(path: Path) -> set[str]:
    """Return the relative links and pictures of a page."""
    found = {a or b for a, b in LINK.findall(text_of(path))}
    return {each for each in found if not re.match(r"[a-z]+:", each)}


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    heads = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_links():
    """Every relative link leads to a file, and every anchor to a heading of it."""
    for path in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        for target in links(path):
            file, _, anchor = target.partition("#")
            found = (path.parent / file).resolve() if file else path
            assert found.exists(), f"{name(path)}: {target}"
            assert not anchor or anchor in anchors(found), f"{name(path)}: {target}"


def test_citation_names_the_version():
    """CITATION.cff names the version of pyproject.toml."""
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    assert f"\nversion: {project['version']}\n" in text_of(ROOT / "CITATION.cff")


def test_no_page_is_lost():
    """Every page of the documentation can be reached from its first page."""
    seen, todo = set(), [ROOT / "docs" / "README.md"]
    while todo:
        path = todo.pop()
        if path not in seen and path.suffix == ".md":
            seen.add(path)
            files = (each.partition("#")[0] for each in links(path))
            todo += [(path.parent / file).resolve() for file in files if file]
    assert {*(ROOT / "docs").rglob("*.md")} <= seen


def test_articles_exist():
    """Every clause that a page cites is in the registry, and the page of articles has them all."""
    for path in PAGES:
        assert unknown_places(text_of(path)) == set(), name(path)
    page = text_of(ROOT / "docs" / "reference" / "articles.md")
    assert [clause for clause in CLAUSES if f"| `{clause}` |" not in page] == []


def unknown_places(text: str) -> set[str]:
    """Return the clauses that a text cites and the Regulation does not have."""
    text = re.sub(r"\bArticles? (?=\d)", "Art. ", text)
    return {p for p in {*cited(text), *LETTERED.findall(text)} if not in_registry(p)}


def test_every_reading_that_a_page_names_is_a_link():
    """A page names a reading by a link to its heading on the page of open questions."""
    for path in PAGES:
        assert READING.findall(APART.sub(" ", text_of(path))) == [], name(path)


def test_design_names_files_that_exist():
    """Every file and folder that the pages of contributors name is in the house, or beside it."""
    for page in ("docs/contributing/design.md", "CONTRIBUTING.md"):
        named = re.findall(r"`((?:\w+/)*(?:\w+\.py|\w+/))`", text_of(ROOT / page))
        assert len(named) > 15
        places = (ROOT / "src" / "phananh", ROOT)
        assert [path for path in named if not any((each / path).exists() for each in places)] == []
