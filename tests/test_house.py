"""The house rules that no linter knows: names, citations, imports, no clock in the core.

An import inside a function counts. One under TYPE_CHECKING does not, and the face of a
package, which only hands names on, is no file of its own.
"""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from phananh.articles import CLAUSES
from phananh.regulation import events
from tests.house import (
    EXAMPLES,
    HOUSE,
    ROOT,
    SOURCES,
    TESTS,
    definitions,
    functions,
    name,
    tree,
)

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


def test_file_names():
    """No file or folder bears a name that would fit anything."""
    vague = [
        name(path)
        for path in EVERY_FILE
        if REFUSED_NAMES & {path.stem, *path.relative_to(ROOT).parts}
    ]
    assert vague == [], "\n".join(vague)


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


def test_no_clock_in_the_core():
    """The core reads no clock, not even by getattr: time is an argument."""
    found = [f"{name(path)}:{word}" for path in core_files() for word in clock_words(tree(path))]
    assert found == [], "\n".join(found)


# Words that only this package understood; each has a term of the field instead.
PRIVATE = {
    *("afresh", "book", "breaches", "doors", "doubt", "doubts", "faults", "hindsight", "kept"),
    *("laid", "made", "place", "problems", "promise", "promises", "reach", "reckoned", "review"),
    *("spoken", "tally", "told", "upkeep", "visible", "wiring"),
}
IRREGULAR = {
    *("begun", "bound", "brought", "built", "chosen", "done", "drawn", "fed", "given", "grown"),
    *("held", "hidden", "kept", "known", "laid", "lent", "lost", "made", "meant", "met", "paid"),
    *("said", "seen", "sent", "shown", "spent", "spoken", "stood", "taken", "told", "understood"),
    *("written",),
}
VERBS_IN_ED = {"embed", "exceed", "feed", "need", "proceed", "seed"}
# A participle stays one before these; before a noun it says which: `closed_days`.
SMALL_WORDS = {
    *("after", "anew", "as", "at", "back", "before", "by", "from", "in", "not", "of", "on"),
    *("since", "through", "up", "with"),
}
PUBLIC = {"allowed", "bound"}
# What a participle may name: a property is a claim or a value, not a function.
VALUES = {"property", "cached_property", "functools.cached_property"}


def words(identifier: str) -> list[str]:
    """Return the words of an identifier, in small letters."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)]


def is_participle(word: str) -> bool:
    """Tell whether a word is a past participle rather than a verb or a noun."""
    return word in IRREGULAR or (word.endswith("ed") and word not in VERBS_IN_ED)


def is_named_by_participle(identifier: str) -> bool:
    """Tell whether a name says only what was done: `told`, `covered_by`."""
    first, *rest = words(identifier) or [""]
    return is_participle(first) and (not rest or rest[0] in SMALL_WORDS)


def event_names() -> set[str]:
    """Return the events as words: what makes one may bear its name."""
    return {"_".join(words(kind)) for kind in vars(events) if kind[0].isupper()}


def has_raise(node: ast.AST) -> bool:
    """Tell whether a function raises in its own body, not in one nested in it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise):
            return True
        if not isinstance(child, ast.FunctionDef | ast.Lambda | ast.ClassDef) and has_raise(child):
            return True
    return False


def is_check(identifier: str) -> bool:
    """Tell whether a name says that it raises."""
    return identifier.lstrip("_").startswith(("check_", "require_"))


def calls(node: ast.AST) -> set[str]:
    """Return the names of what a function calls."""
    called = (child.func for child in ast.walk(node) if isinstance(child, ast.Call))
    return {
        each.attr if isinstance(each, ast.Attribute) else each.id
        for each in called
        if isinstance(each, ast.Attribute | ast.Name)
    }


def is_value(node: ast.AST) -> bool:
    """Tell whether a method is read like an attribute."""
    return any(ast.unparse(each) in VALUES for each in getattr(node, "decorator_list", ()))


def test_no_private_words():
    """No file, function or class bears a word that needs the house's legend."""
    found = [name(path) for path in SOURCES if PRIVATE & {*words(path.stem)}]
    found += [
        f"{at} {node.name}"
        for at, node in definitions(SOURCES)
        if PRIVATE & {*words(node.name)} and not is_value(node)
    ]
    assert found == [], "\n".join(found)


def test_functions_are_no_participles():
    """A function is named by what it does: `explain`, not `explained`."""
    spared = PUBLIC | event_names()
    found = [
        f"{at} {node.name}"
        for at, node in functions(SOURCES)
        if is_named_by_participle(node.name) and node.name not in spared and not is_value(node)
    ]
    assert found == [], "\n".join(found)


def test_predicates_never_raise():
    """What begins with is_ or has_ answers; only a public function checks its arguments first."""
    predicates = [
        (at, node) for at, node in functions(SOURCES) if words(node.name)[:1] in (["is"], ["has"])
    ]
    assert len(predicates) > 10
    found = [f"{at} {node.name}" for at, node in predicates if has_raise(node)]
    found += [
        f"{at} {node.name}"
        for at, node in predicates
        if node.name.startswith("_") and any(map(is_check, calls(node)))
    ]
    assert found == [], "\n".join(found)


def test_checks_raise():
    """A function that begins with check_ or require_ raises, or returns or calls what does."""
    checks = [(at, node) for at, node in functions(SOURCES) if is_check(node.name)]
    assert len(checks) > 5
    raising = {node.name for _, node in functions(SOURCES) if has_raise(node)}
    found = [
        f"{at} {node.name}"
        for at, node in checks
        if not any(isinstance(each, ast.Raise) for each in ast.walk(node))
        and not any(c in raising or is_check(c) for c in calls(node))
    ]
    assert found == [], "\n".join(found)


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
        module: {each for each in imports(tree(path)) if each in MODULES and each != module}
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
