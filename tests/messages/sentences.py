"""Every sentence of an error that stands in a module of phananh, read from its source.

A sentence may be put together: of what a name was assigned, what a function was called with,
what a helper returns. `<>` stands for what is only known when the error is raised.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import phananh

HOUSE = Path(phananh.__file__).parent
SAYS = ("problem", "way_out", "doing", "reason")
GIVEN = "<>"
DEEPEST = 6
# A module, the functions around a node from outside in, and the node.
Where = tuple[str, tuple[ast.FunctionDef, ...]]


@cache
def trees() -> dict[str, ast.Module]:
    """Return the syntax of each module, by its path in the package."""
    files = sorted(HOUSE.rglob("*.py"))
    named = {file.relative_to(HOUSE).with_suffix("").as_posix(): file for file in files}
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in named.items()}


def sentences(module: str) -> Iterator[tuple[str, str]]:
    """Yield (keyword, sentence) of each error and store message that a module makes."""
    for node, around in _nodes(trees()[module]):
        for word, said in _said(node, stored=module.startswith("stores/")):
            yield from ((word, text) for text in _texts((module, around), said))


def _said(node: ast.AST, *, stored: bool) -> Iterator[tuple[str, ast.AST]]:
    """Yield what a call says in words; a ValueError of a store becomes a CorruptError."""
    if not isinstance(node, ast.Call):
        return
    if stored and _called(node) == "ValueError":
        yield from (("problem", argument) for argument in node.args)
    for given in node.keywords:
        if given.arg in SAYS and (given.arg != "reason" or _called(node) == "CoverageError"):
            yield given.arg, given.value


def _called(node: ast.AST | None) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def _nodes(
    tree: ast.AST, around: tuple[ast.FunctionDef, ...] = ()
) -> Iterator[tuple[ast.AST, tuple[ast.FunctionDef, ...]]]:
    for child in ast.iter_child_nodes(tree):
        yield child, around
        inner = (*around, child) if isinstance(child, ast.FunctionDef) else around
        yield from _nodes(child, inner)


def _texts(where: Where, node: ast.AST | None, depth: int = 0) -> list[str]:
    """Return each text that an expression may be."""
    deeper = depth + 1
    if depth > DEEPEST:
        return [GIVEN]
    match node:
        case None | ast.Constant(value=None):
            return []
        case ast.Constant(value=value):
            return [value] if isinstance(value, str) else [GIVEN]
        case ast.JoinedStr(values=parts):
            return _joined([_part(where, part, deeper) for part in parts])
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joined([_texts(where, left, deeper), _texts(where, right, deeper)])
        case ast.IfExp(body=one, orelse=other):
            return _texts(where, one, deeper) + _texts(where, other, deeper)
        case ast.NamedExpr(value=value):
            return _texts(where, value, deeper)
        case ast.Name(id=name):
            return _named(where, name, deeper)
        case ast.Call():
            return _returned(where, node, deeper)
        case _:
            return [GIVEN]


def _part(where: Where, part: ast.AST, depth: int) -> list[str]:
    """Return a piece of an f-string; a name stands for its own words where it has no others."""
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    assert isinstance(part, ast.FormattedValue)
    if isinstance(part.value, ast.Name):
        found = _assigned(where, part.value.id, depth)
    else:
        found = _returned(where, part.value, depth) if isinstance(part.value, ast.Call) else []
    words = [text for text in found if text]
    return words if words and GIVEN not in words else [GIVEN]


def _joined(parts: list[list[str]]) -> list[str]:
    found = [""]
    for part in parts:
        found = [one + other for one in found for other in part or [GIVEN]]
    return found


def _named(where: Where, name: str, depth: int) -> list[str]:
    return (
        _assigned(where, name, depth)
        or _passed(where, name, depth)
        or _constant(where[0], name, depth)
        or [GIVEN]
    )


def _assigned(where: Where, name: str, depth: int) -> list[str]:
    """Return what a name is assigned in the functions around."""
    found: list[str] = []
    for function in where[1]:
        for node in ast.walk(function):
            match node:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                    found += _texts(where, value, depth)
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                    for target, value in zip(names, values, strict=True):
                        if isinstance(target, ast.Name) and target.id == name:
                            found += _texts(where, value, depth)
    return found


def _passed(where: Where, name: str, depth: int) -> list[str]:
    """Return the default of a parameter, and what every caller gives for it."""
    for function in reversed(where[1]):
        args = function.args
        plain = [arg.arg for arg in (*args.posonlyargs, *args.args)]
        if name not in [*plain, *(arg.arg for arg in args.kwonlyargs)]:
            continue
        defaults: dict[str, ast.AST | None] = {
            **dict(zip(reversed(plain), reversed(args.defaults), strict=False)),
            **dict(zip((arg.arg for arg in args.kwonlyargs), args.kw_defaults, strict=True)),
        }
        found = _texts((where[0], ()), defaults.get(name), depth)
        if plain[:1] in (["self"], ["cls"]):
            plain = plain[1:]
        for module, call, around in _calls(function.name):
            if not _meant(call, module, where[0], function.name):
                continue
            given = dict(zip(plain, call.args, strict=False))
            given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
            found += _texts((module, around), given.get(name), depth)
        return found
    return []


def _meant(call: ast.Call, module: str, home: str, name: str) -> bool:
    """Say whether a call may be of the function of that module, or of its method."""
    return module == home or isinstance(call.func, ast.Attribute) or _imports(module, name)


def _calls(name: str) -> list[tuple[str, ast.Call, tuple[ast.FunctionDef, ...]]]:
    """Return every call of a function of that name."""
    return _all_calls().get(name, [])


@cache
def _all_calls() -> dict[str, list[tuple[str, ast.Call, tuple[ast.FunctionDef, ...]]]]:
    found: dict[str, list[tuple[str, ast.Call, tuple[ast.FunctionDef, ...]]]] = {}
    for module, tree in trees().items():
        for node, around in _nodes(tree):
            if isinstance(node, ast.Call):
                found.setdefault(_called(node), []).append((module, node, around))
    return found


def _constant(module: str, name: str, depth: int) -> list[str]:
    """Return what a name is in its module, or in the one from which it is imported."""
    home = _imported(module).get(name)
    if home is not None:
        return _constant(home, name, depth) if home in trees() and home != module else []
    for node in trees()[module].body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == name:
            return _texts((module, ()), getattr(node, "value", None), depth)
    return []


def _returned(where: Where, node: ast.Call, depth: int) -> list[str]:
    """Return what a function of the package returns, where it says so in words."""
    name = _called(node)
    if name == "shown":
        return [GIVEN]
    found: list[str] = []
    for module, function in _functions(name):
        if module == where[0] or _imports(where[0], name):
            for inner in ast.walk(function):
                if isinstance(inner, ast.Return):
                    found += _texts((module, (function,)), inner.value, depth)
    return found or [GIVEN]


@cache
def _functions(name: str) -> list[tuple[str, ast.FunctionDef]]:
    """Return every function of that name that stands in a module by itself."""
    return [
        (module, node)
        for module, tree in trees().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == name
    ]


def _imports(module: str, name: str) -> bool:
    return name in _imported(module)


@cache
def _imported(module: str) -> dict[str, str]:
    """Return the names that a module imports, each with its home."""
    return {
        alias.name: (node.module or "").removeprefix("phananh.").replace(".", "/")
        for node in ast.walk(trees()[module])
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
