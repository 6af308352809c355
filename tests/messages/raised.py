"""Where the package names a message by its code, read from the source."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import phananh

HOUSE = Path(phananh.__file__).parent
# Keywords of an error that are no facts of its message.
NO_FACTS = {"code", "field", "article", "doing"}


class Site(NamedTuple):
    """One call that gives a code: where, of what, which code, and which facts are written out."""

    place: str
    called: str
    code: str
    facts: frozenset[str] | None  # None: more come by `**`


@cache
def trees() -> dict[str, ast.Module]:
    """Return the syntax of each module, by its path in the package."""
    files = sorted(HOUSE.rglob("*.py"))
    named = {file.relative_to(HOUSE).as_posix(): file for file in files}
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in named.items()}


def sites() -> Iterator[Site]:
    """Yield each call with a `code=` that is written out, in the package outside `cli`."""
    for module, tree in trees().items():
        if module.startswith("cli/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from _codes(module, node)


def _codes(module: str, call: ast.Call) -> Iterator[Site]:
    called = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    more = any(keyword.arg is None for keyword in call.keywords)
    facts = None if more else frozenset(named.keys() - NO_FACTS)
    for text in _texts(named.get("code")):
        yield Site(f"{module}:{call.lineno}", called, text, facts)


def _texts(node: ast.AST | None) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=one, orelse=other):
            return _texts(one) + _texts(other)
        case _:
            return []


def named(module: str) -> list[str]:
    """Return patterns of every text of a module; a name put in is a gap before or after words."""
    patterns = []
    for node in ast.walk(trees()[module]):
        match node:
            case ast.Constant(value=str(text)):
                patterns.append(re.escape(text))
            case ast.JoinedStr(values=[ast.Constant(value=str(head)), ast.FormattedValue()]):
                patterns += [f"{head}[a-z_]+"] if re.fullmatch(r"[a-z_]+_", head) else []
            case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(tail))]):
                patterns += [f"[a-z_]+{tail}"] if re.fullmatch(r"_[a-z_]+", tail) else []
    return patterns
