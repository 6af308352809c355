"""The house rules that no linter knows: size, first sentences, citations, no clock in the core."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from phananh.articles import CLAUSES
from tests.house import EXAMPLES, HOUSE, ROOT, SOURCES, TESTS, functions, name, tree

EVERY_FILE = SOURCES + TESTS + EXAMPLES
CORE = (
    "regulation",
    "worktime",
    "errors",
    "articles",
    "plain_data.py",
    "plain_value.py",
    "messages",
)
REFUSED_NAMES = {"utils", "util", "helpers", "helper", "common", "managers", "services"}
CLOCKS = {"now", "utcnow", "today"}

# "Art. 9.1-2", "Art. 4-6", "Art. 2.2, 10.2.b"; not the articles of another law.
PLACE = r"(?:QD\.\d|\d+(?:\.\d+)*(?:\.[a-z]+\d?)?)"
PLACES = rf"{PLACE}(?:-{PLACE})?(?:[,;] {PLACE}(?:-{PLACE})?)*"
CITATION = re.compile(rf"\bArt\. ((?>{PLACES}))(?!,? (?:of|Labour)\b)")
OTHER_LAW = re.compile(r"\b(?:Code|Law|Decree|Circular)\b[^.;()]*$")


def core_files() -> list[Path]:
    """Return the files that may know no clock, no chance and no I/O."""
    return [p for p in SOURCES if p.relative_to(HOUSE).parts[0] in CORE]


def cited(text: str) -> Iterator[str]:
    """Yield each clause, or start of one, that a text cites as Art. N."""
    for match in CITATION.finditer(text):
        if OTHER_LAW.search(text[: match.start()]):
            continue
        for place in re.split(r"[,;] ", match[1]):
            first, _, last = place.partition("-")
            yield first
            within, dot, low = first.rpartition(".")
            high = last.rpartition(".")[2]
            if low.isdigit() and high.isdigit():
                yield from (f"{within}{dot}{n}" for n in range(int(low) + 1, int(high) + 1))
            elif last:
                yield last


def in_registry(place: str) -> bool:
    """Tell whether a place is a clause, or an article or clause that has parts."""
    return any(known == place or known.startswith(f"{place}.") for known in CLAUSES)


def clock_words(module: ast.Module) -> Iterator[str]:
    """Yield `line: word` wherever code reaches for a clock by attribute, call, import or string.

    What `require_aware` is given is the name of an argument, for its message.
    """
    named = {
        id(argument)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "require_aware"
        for argument in node.args
    }
    for node in ast.walk(module):
        match node:
            case ast.Attribute(attr=word) | ast.Call(func=ast.Name(id=word)):
                found = word in CLOCKS
            case ast.alias(name=word):
                found = word in CLOCKS
            case ast.Constant(value=str(word)):
                found = word in CLOCKS and id(node) not in named
            case _:
                continue
        if found:
            yield f"{node.lineno}: {word}"


def test_first_sentence():
    """Every file opens with a docstring that says what it is about."""
    silent = [name(path) for path in EVERY_FILE if not ast.get_docstring(tree(path))]
    assert silent == [], "\n".join(silent)


def test_file_names():
    """No file or folder bears a name that would fit anything."""
    vague = [
        name(path)
        for path in EVERY_FILE
        if REFUSED_NAMES & {path.stem, *path.relative_to(ROOT).parts}
    ]
    assert vague == [], "\n".join(vague)


def test_tests_are_sentences():
    """Every test has a docstring: the sentence that is true when it passes."""
    tests = [(at, node) for at, node in functions(TESTS) if node.name.startswith("test_")]
    assert len(tests) > 1000
    silent = [f"{at} {node.name}" for at, node in tests if not ast.get_docstring(node)]
    assert silent == [], "\n".join(silent)


def articles_named(path: Path) -> set[str]:
    """Return the clauses that a file names in code, by `Article("9.1")`."""
    calls = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return {
        argument.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Article"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }


def test_citations():
    """Every clause that the source cites, in code or in words, is in the registry."""
    unknown = []
    for path in SOURCES:
        places = {*cited(path.read_text(encoding="utf-8"))}
        unknown += [f"{name(path)}: {clause}" for clause in articles_named(path) - CLAUSES.keys()]
        unknown += [f"{name(path)}: {place}" for place in places if not in_registry(place)]
    assert unknown == [], "\n".join(unknown)
    assert any(map(articles_named, SOURCES))


def test_citations_are_read():
    """Ranges, lists and letters are read as people write them; another law is left alone."""
    assert [*cited("Art. 9.1-2: when due")] == ["9.1", "9.2"]
    assert [*cited("Art. 9.1-9.3")] == ["9.1", "9.2", "9.3"]
    assert [*cited("Art. 8.1.a-8.1.c1")] == ["8.1.a", "8.1.c1"]
    assert [*cited("(Art. 2.2, 10.2.b).")] == ["2.2", "10.2.b"]
    assert [*cited("Art. 7-8, as a table")] == ["7", "8"]
    assert [*cited("Art. 8.1.c2. The accused")] == ["8.1.c2"]
    assert [*cited("Art. 112 of the Labour Code, and Art. 112.2, Labour Code")] == []
    assert [*cited("Labour Code 2019, Art. 112, says so. Here Art. 3.2 does")] == ["3.2"]
    assert not in_registry("9.4")
    assert not in_registry("18")


def test_no_clock_in_the_core():
    """The core reads no clock, not even by getattr: time is an argument."""
    found = [f"{name(path)}:{word}" for path in core_files() for word in clock_words(tree(path))]
    assert found == [], "\n".join(found)
