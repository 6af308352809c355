"""What a small defect is: one node of a file's syntax tree, replaced by another.

The operators are our own. Those of mutmut leave out whatever has a decorator, which is every
guard, and whatever lies outside functions, which is every table; those of cosmic-ray neither
drop a statement, nor an argument, nor a row of a table.

Left alone are annotations and types, docstrings, imports, and asserts, which guard nothing.
"""

import ast
from collections.abc import Iterator
from types import EllipsisType

import attrs

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_PLACES = {"startswith": "endswith", "removeprefix": "removesuffix", "setdefault": "get"}
# How a class is made and how much is kept, which changes nothing that they do.
_HOW = {"init", "kw_only", "slots", "maxsize"}
_KEPT = ("cache", "lru_cache", "functools.cache", "functools.lru_cache")
_LEFT_ALONE = ("Protocol", "TypedDict", "NamedTuple", "TypeVar", "Callable")


@attrs.frozen
class Mutant:
    """A defect: where it is, what stands there, and what is put in its place."""

    line: int
    last_line: int  # of the statement, or of its head
    where: str  # the function or class, "" for the file itself
    before: str
    after: str
    statement: ast.stmt = attrs.field(repr=False)
    parent: ast.AST = attrs.field(repr=False)
    field: str
    index: int | None
    new: ast.AST | None = attrs.field(repr=False)

    def apply(self) -> None:
        """Change the tree that the mutant was found in."""
        if self.index is None:
            setattr(self.parent, self.field, self.new)
            return
        values = getattr(self.parent, self.field)
        values[self.index : self.index + 1] = [] if self.new is None else [self.new]
        if isinstance(self.parent, ast.Dict) and self.new is None:  # an entry has a key too
            del self.parent.keys[self.index]

    def texts(self) -> tuple[str, str]:
        """Return the whole statement as it is and as it becomes; the tree stays as it is."""
        before, old = _show(self.statement), vars(self.parent).copy()
        for name, value in old.items():
            if isinstance(value, list):
                setattr(self.parent, name, value.copy())
        is_whole = self.parent_value() is self.statement
        self.apply()
        after = _show(self.new if is_whole and self.new else self.statement)
        vars(self.parent).update(old)
        return before, after

    def parent_value(self) -> object:
        """Return the node that is replaced."""
        value = getattr(self.parent, self.field)
        return value if self.index is None else value[self.index]


@attrs.define
class _Place:
    """Where the walk is: a node in its parent, in a statement, in a function."""

    parent: ast.AST
    field: str
    index: int | None
    statement: ast.stmt
    where: str


def list_mutants(tree: ast.Module) -> list[Mutant]:
    """Return every mutant of a file, in order."""
    found: list[Mutant] = []
    for index, statement in enumerate(tree.body):
        place = _Place(tree, "body", index, statement, "")
        found.extend(_walk(statement, place))
    return found


def _walk(node: ast.AST, place: _Place) -> Iterator[Mutant]:
    if _is_left_alone(node, place):
        return
    for new in _replace(node):
        yield _make(node, new, place)
    yield from _drop_parts(node, place)
    where = place.where
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        where = f"{where}.{node.name}".lstrip(".")
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "bases", "ctx", "type_comment"):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                statement = child if isinstance(child, ast.stmt) else place.statement
                yield from _walk(child, _Place(node, name, index, statement, where))


def _is_left_alone(node: ast.AST, place: _Place) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.Expr(value=ast.Constant()):
            return True  # a constant alone is a docstring, or the dots of a protocol
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.FunctionDef(decorator_list=[ast.Name(id="overload")]):
            return True  # which only types need
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.ClassDef(bases=bases):
            return any(getattr(base, "id", "") in _LEFT_ALONE for base in bases)
        case ast.Assign(value=ast.Subscript() | ast.BinOp()) | ast.AnnAssign() if place.where == "":
            return _is_type(node.value)
        case ast.Call(func=ast.Name(id=name)):
            return name in _LEFT_ALONE
        case ast.keyword():
            return _is_how(node, place)
        case ast.Constant() if isinstance(place.parent, ast.Call):
            return getattr(place.parent.func, "id", "") == "cast"
        case _:
            return False


def _is_type(value: ast.AST | None) -> bool:
    """Return whether a value is made of names only, as an alias of a type is."""
    if value is None:
        return True
    kinds = (
        ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.BinOp, ast.Constant,
        ast.BitOr, ast.Load,
    )  # fmt: skip
    return isinstance(value, ast.Subscript | ast.BinOp | ast.Constant) and all(
        isinstance(each, kinds)
        and isinstance(getattr(each, "value", None), str | None | EllipsisType | ast.AST)
        for each in ast.walk(value)
    )


def _replace(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for n, op in enumerate(ops):
                for other in _COMPARED[type(op)]:
                    yield ast.Compare(left, [*ops[:n], other(), *ops[n + 1 :]], others)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for n in range(len(values)):
                left = [*values[:n], *values[n + 1 :]]
                yield left[0] if len(left) == 1 else ast.BoolOp(op, left)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COMPUTED:
            yield ast.BinOp(left, _COMPUTED[type(op)](), right)
        case ast.Constant(value=value):
            yield from map(ast.Constant, _other_values(value))
        case ast.Name(id=name, ctx=ast.Load()) if name in _NAMES:
            yield ast.Name(_NAMES[name], ast.Load())
        case ast.Attribute(value=value, attr=name) if name in _PLACES:
            yield ast.Attribute(value, _PLACES[name], ast.Load())
        case ast.IfExp(test=test, body=body, orelse=other):
            yield ast.IfExp(test, other, body)
        case ast.Slice(lower=lower, upper=upper, step=step):
            if lower is not None:
                yield ast.Slice(None, upper, step)
            if upper is not None:
                yield ast.Slice(lower, None, step)
        case ast.stmt():
            yield from _replace_statement(node)


def _replace_statement(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.If(test=test, body=body, orelse=other):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, other)
        case ast.While(test=test, body=body, orelse=other):
            yield ast.While(ast.Constant(value=False), body, other)
        case ast.For(target=target, body=body, orelse=other):
            yield ast.For(target, ast.Tuple([], ast.Load()), body, other)
        case ast.Return(value=value) if not _is_false(value):
            yield ast.Return(ast.Constant(None))
        case ast.AugAssign(target=target, op=op, value=value):
            yield ast.Pass()
            if type(op) in _COMPUTED:
                yield ast.AugAssign(target, _COMPUTED[type(op)](), value)
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.Raise():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()


def _is_false(value: ast.expr | None) -> bool:
    """Return whether what is returned is None, or what callers cannot tell from it."""
    return value is None or (isinstance(value, ast.Constant) and value.value in (None, False))


def _other_values(value: object) -> tuple[object, ...]:
    match value:
        case bool():
            return (not value,)
        case int():
            return (value + 1, value - 1)
        case str():
            return (f"XX{value}",)
        case _:
            return ()


def _drop_parts(node: ast.AST, place: _Place) -> Iterator[Mutant]:
    """Yield the mutants that lack one part of a node: a row, an argument, a condition."""
    match node:
        case (
            ast.Tuple(elts=[_, _, *_], ctx=ast.Load())
            | ast.List(elts=[_, *_])
            | ast.Set(elts=[_, _, *_])
        ):
            yield from _drop_each(node, "elts", place)
        case ast.Dict(values=[_, _, *_]):
            yield from _drop_each(node, "values", place)
        case ast.Call(keywords=[_, *_]):
            yield from _drop_each(node, "keywords", place)
        case ast.comprehension(ifs=[_, *_]):
            yield from _drop_each(node, "ifs", place)
        case ast.FunctionDef(decorator_list=[_, *_]):
            yield from _drop_each(node, "decorator_list", place)
        case ast.Try(handlers=[_, *_]):
            for handler in node.handlers:
                never = ast.Tuple([], ast.Load())
                own = _Place(handler, "type", None, place.statement, place.where)
                yield _make(handler.type or never, never, own, line=handler.lineno)


def _is_how(part: ast.keyword, place: _Place) -> bool:
    """Return whether an argument says how a class is made, such as by whom its == is written."""
    bases = getattr(place.statement, "bases", [])
    is_value = any(getattr(base, "id", "") in ("Value", "PlainValue") for base in bases)
    return part.arg in _HOW or (is_value and part.arg in ("eq", "repr"))


def _drop_each(node: ast.AST, field: str, place: _Place) -> Iterator[Mutant]:
    for index, part in enumerate(getattr(node, field)):
        if isinstance(part, ast.keyword) and _is_how(part, place):
            continue
        if field == "decorator_list" and ast.unparse(getattr(part, "func", part)) in _KEPT:
            continue
        own = _Place(node, field, index, place.statement, place.where)
        yield _make(part, None, own)


def _make(node: ast.AST, new: ast.AST | None, place: _Place, line: int = 0) -> Mutant:
    first, last = _lines_of(place.statement, line or getattr(node, "lineno", 0))
    return Mutant(
        line=first,
        last_line=last,
        where=place.where,
        before=_show(node),
        after="" if new is None else _show(new),
        statement=place.statement,
        parent=place.parent,
        field=place.field,
        index=place.index,
        new=new,
    )


def _lines_of(statement: ast.stmt, line: int) -> tuple[int, int]:
    """Return from which to which line a statement runs, or its head where it has a body."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return (line or statement.lineno), max(line, last, statement.lineno)


def _show(node: ast.AST) -> str:
    """Return a node as source in one line, of a compound statement its head."""
    lines = ast.unparse(ast.fix_missing_locations(node)).splitlines()
    if not hasattr(node, "body") or not isinstance(node, ast.stmt):
        return "\n".join(lines)
    ends = (n for n, line in enumerate(lines) if not line.startswith("@"))
    return " ".join(lines[: next(ends) + 1])
