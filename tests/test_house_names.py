"""What a program can hold of the rules of naming: plain words, verbs, honest predicates."""

import ast
import re

from phananh.regulation import events
from tests.house import SOURCES, definitions, functions, name

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
        nested = isinstance(child, ast.FunctionDef | ast.Lambda | ast.ClassDef)
        if not nested and has_raise(child):
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
