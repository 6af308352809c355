"""Events as JSON text and back, with personal values in a separate text (Art. 14).

A body holds the format as `v` and every field but `case` and `n`, which are the store's key.
In place of a personal value, the id of a citizen in `by` too, it holds a mark: the length and a
salted digest, so that erasing the personal text leaves a history that still folds. Reading compares
the two, so that a value that was changed, or belongs to another event, is seen. Once the value was
erased, with the salt, the mark says only that there was one. An event type, a format or a key that
this version does not know is not skipped, but is a CorruptError.

A body that was written before the id of a citizen was personal holds it in the open, and is read
as it is.

Reading a history and writing an act is most of the cost of a store beside the disk. So, as attrs
does for __init__, the functions are composed as source, once for a class, from names and
expressions of this file. No value becomes part of the source. Reading trusts values that were
checked when they were recorded: it tests the type of each value, but runs no converter, so that a
history outlives a converter that became stricter.
"""

import json
import types
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import EnumMeta
from functools import cache, lru_cache, reduce
from json.decoder import scanstring  # type: ignore[attr-defined]  # what reads a JSON string
from json.encoder import encode_basestring
from operator import or_
from typing import Any, NoReturn, cast, get_args, get_origin, get_type_hints

import attrs

from phananh.errors import CorruptError, InputError, InputTypeError, short_repr
from phananh.regulation.acts import Act
from phananh.regulation.deadline import Budget
from phananh.regulation.events import EVENTS, Event
from phananh.regulation.request import Erased, ErasedPerson, Person, Role
from phananh.stores.base import digest_content
from phananh.worktime import Span
from phananh.worktime.instants import VIETNAM
from phananh.worktime.terms import Term

Write = Callable[[Any], str]
Read = Callable[[Any], Any]
CORRUPTED = (TypeError, KeyError, ValueError, OverflowError, RecursionError, StopIteration)
"""What reading raises for data that was never written."""


class UnreadableError(ValueError):
    """Data that no store wrote. The code and facts are those of a message."""

    def __init__(self, code: str, **facts: Any) -> None:
        """Keep the code and its facts."""
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


def raise_wrong_type(raw: object) -> NoReturn:
    """Raise for a value of a type that is not written there."""
    raise UnreadableError("value_type", kind=type(raw).__name__)


def _raise_wrong_keys(raw: Any, kind: type) -> NoReturn:
    if type(raw) is not dict:
        raise_wrong_type(raw)
    keys = raw.keys() ^ {field.name for field in attrs.fields(kind)}
    raise UnreadableError("value_keys", kind=kind.__name__, keys=sorted(map(short_repr, keys)))


def _write_utc(value: datetime) -> str:
    return f'"{value.astimezone(UTC).isoformat()}"'


@lru_cache(maxsize=1024)
def _write_instant(at: datetime, _zone: tzinfo | None, _fold: int) -> str:
    """Return the text of an instant. Equal ones of one zone and fold have one text.

    The closing of a session and the moment of an act are written again and again.
    """
    return f'"{at.isoformat()}"'


@lru_cache(maxsize=1024)
def _read_instant(text: str) -> datetime:
    """Return an instant as it was written, on the clock in Vietnam if it has that offset.

    An event and its limit name some instants twice, and an act on the case reads them again.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise UnreadableError("value_lacks_offset")
    # That has been seven hours since 1976, so the text stays as it is.
    return at.replace(tzinfo=VIETNAM) if at.year > 1975 and text[-6:] == "+07:00" else at


def _write_term(term: Term) -> str:
    return json.dumps(term.as_dict())


def _read_term(raw: Any) -> Term:
    return Term.from_dict(raw) if type(raw) is dict else raise_wrong_type(raw)


def union_members(hint: Any) -> tuple[Any, ...]:
    """Return the members of a union, or the hint itself as the only one."""
    return get_args(hint) if isinstance(hint, types.UnionType) else (hint,)


def _tuple_item(hint: Any) -> Any:
    """Return T of `tuple[T, ...]`, or None for another hint."""
    return get_args(hint)[0] if get_origin(hint) is tuple and get_args(hint)[1:] == (...,) else None


def _optional_type(hint: Any) -> Any:
    """Return T of `T | None`, which may be a union itself, or None for another hint."""
    kinds = [kind for kind in union_members(hint) if kind is not type(None)]
    return reduce(or_, kinds) if kinds != [*union_members(hint)] else None


# Expressions: how a value named `{0}` of a leaf type is written, and how it is read.
_WRITE = {
    str: "quote({0})",
    int: "repr({0})",
    bool: "('true' if {0} else 'false')",
    datetime: "instant_text({0}, {0}.tzinfo, {0}.fold)",
    date: "'\"' + {0}.isoformat() + '\"'",
    timedelta: "repr({0} // microsecond)",
    Budget: "(repr({0} // microsecond) if type({0}) is timedelta else term_text({0}))",
}
_READ = {
    str: "({0} if type({0}) is str else raise_wrong_type({0}))",
    int: "({0} if type({0}) is int else raise_wrong_type({0}))",
    bool: "({0} if type({0}) is bool else raise_wrong_type({0}))",
    datetime: "instant({0})",
    date: "date.fromisoformat({0})",
    timedelta: "(timedelta(0, 0, {0}) if type({0}) is int else raise_wrong_type({0}))",
    Budget: "(timedelta(0, 0, {0}) if type({0}) is int else term({0}))",
}


class CodeBuilder:
    """Builds the source of a function. `names` are the values that its expressions use."""

    def __init__(self, *, utc: bool = False) -> None:
        """Begin the function. `utc` writes instants in UTC."""
        self._utc = utc
        self.names: dict[str, Any] = {
            "quote": encode_basestring,
            "microsecond": timedelta(microseconds=1),
            "instant": _read_instant,
            "instant_text": _write_instant,
            "timedelta": timedelta,
            "term": _read_term,
            "term_text": _write_term,
            "date": date,
            "raise_wrong_type": raise_wrong_type,
            "utc": _write_utc,
            "new": object.__new__,
            "set_slot": object.__setattr__,
        }

    def bind(self, value: object) -> str:
        """Return a name for a value that expressions use."""
        name = f"_{len(self.names)}"
        self.names[name] = value
        return name

    def write_expression(self, hint: Any, value: str) -> str:
        """Return the expression that writes `value`, an expression of type `hint`."""
        if hint is datetime and self._utc:
            return f"utc({value})"
        if hint in _WRITE:
            return _WRITE[hint].format(value)
        if item := _tuple_item(hint):
            return f"'[' + ','.join([{self.write_expression(item, 'x')} for x in {value}]) + ']'"
        if inner := _optional_type(hint):
            return f"('null' if {value} is None else {self.write_expression(inner, value)})"
        if isinstance(hint, EnumMeta):
            return f"quote({value}._value_)"
        return f"{self.bind(make_writer(hint, utc=self._utc))}({value})"

    def read_expression(self, hint: Any, raw: str) -> str:
        """Return the expression that reads `raw`, a name, as a value of type `hint`."""
        if hint in _READ:
            return _READ[hint].format(raw)
        if item := _tuple_item(hint):
            each = f"tuple([{self.read_expression(item, 'x')} for x in {raw}])"
            return f"({each} if type({raw}) is list else raise_wrong_type({raw}))"
        if inner := _optional_type(hint):
            return f"(None if {raw} is None else {self.read_expression(inner, raw)})"
        if isinstance(hint, EnumMeta):
            members = {member.value: member for member in hint}  # type: ignore[var-annotated]  # any enum
            return f"{self.bind(members)}[{raw}]"
        return f"{self.bind(make_reader(hint))}({raw})"

    def write_assignment(self, kind: type, name: str, value: str) -> str:
        """Return the statement that sets a field of `result`, or of its dict `fields`."""
        if isinstance(getattr(kind, name, None), types.MemberDescriptorType):
            return f" set_slot(result, {name!r}, {value})"
        return f" fields[{name!r}] = {value}"

    def compile_function(self, source: str) -> Callable[..., Any]:
        """Return the function `convert` that `source` defines."""
        exec(source, self.names)  # noqa: S102  # made of the hints and names of our own classes
        convert: Callable[..., Any] = self.names["convert"]
        return convert


def _field_types(kind: Any) -> dict[str, Any]:
    if not (isinstance(kind, type) and attrs.has(kind)):
        raise TypeError(f"no plain form for {kind!r}")
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in attrs.fields(kind)}


@cache
def make_writer(kind: Any, *, utc: bool = False, leave_out: tuple[str, ...] = ()) -> Write:
    """Return a function that writes a value of an attrs class as JSON text, all fields in order.

    Its last fields, if they are marked `later` with "left_out", are only written where they say
    something: digests of what was written before them stay the same.

    Args:
        kind: the class.
        utc: whether instants are turned to UTC, so that equal instants are equal texts.
        leave_out: the names of fields that are not written.

    Raises:
        TypeError: a field has a type that a history may not hold.
    """
    source = CodeBuilder(utc=utc)
    fields = {name: hint for name, hint in _field_types(kind).items() if name not in leave_out}
    if kind is Span:
        start, end = (source.write_expression(datetime, f"v.{name}") for name in fields)
        text = f"'[' + {start} + ',' + {end} + ']'"
        return source.compile_function(f"def convert(v): return {text}\n")
    later = _list_later(kind).intersection(fields)
    pieces, before = ["'{'"], ""
    for name, hint in fields.items():
        one = source.write_expression(hint, f"v.{name}")
        if name in later:
            pieces.append(f"('' if v.{name} in (None, ()) else ',\"{name}\":' + {one})")
        else:
            pieces += [repr(f'{before}"{name}":'), one]
            before = ","
    # Quicker than a template and the operator for it.
    text = f"''.join(({', '.join(pieces)}, '}}'))"
    return source.compile_function(f"def convert(v): return {text}\n")


@cache
def make_reader(kind: Any) -> Read:
    """Return a function that makes a value of an attrs class from parsed JSON, past converters."""
    source = CodeBuilder()
    fields = _field_types(kind)
    own = source.bind(kind)
    # Fields that came after a value was written are absent, and None.
    later = {field.name for field in attrs.fields(kind) if field.metadata.get("later")}
    there = "".join(f" + ({name!r} in raw)" for name in fields if name in later)
    check = f"type(raw) is not dict or len(raw) != {len(fields) - len(later)}{there}"
    refuse = f"{source.bind(_raise_wrong_keys)}(raw, {own})"
    take = {name: f"raw.get({name!r})" if name in later else f"raw[{name!r}]" for name in fields}
    if kind is Span:
        check, refuse = "type(raw) is not list or len(raw) != 2", "raise_wrong_type(raw)"
        take = {"start": "raw[0]", "end": "raw[1]"}
    lines = ["def convert(raw):", f" if {check}: {refuse}", *_begin_value(kind, own)]
    for name, hint in fields.items():
        lines.append(f" one = {take[name]}")
        lines.append(source.write_assignment(kind, name, source.read_expression(hint, "one")))
    return source.compile_function("\n".join([*lines, " return result\n"]))


def _begin_value(kind: type, own: str) -> list[str]:
    """Return the statements that make `result` without its `__init__`."""
    return [f" result = new({own})", *[" fields = result.__dict__"] * bool(kind.__dictoffset__)]


class ErasedValues(dict[str, None]):
    """The personal values of an event of which none is left."""

    def get(self, _name: str, _otherwise: object = None, /) -> None:
        """Return None for every name: it was erased."""


def make_mark(text: str, salt: bytes) -> str:
    """Return, as JSON, the length and salted digest that replace a personal text."""
    return f'{{"length":{len(text)},"digest":"{digest_content(text.encode(), salt)}"}}'


def read_private(text: str, salt: bytes, marks: dict[str, Any]) -> dict[str, Any]:
    """Return the personal values of an event, each of which must be what its mark says.

    The digest is taken of the stored text, so that a check need not write it again.

    Raises:
        UnreadableError: a value is another, or the text was not written by a store. It has no error
            of the parser as its cause, as that would hold the text.
    """
    try:
        return _read_values(text, salt, marks)
    except CORRUPTED:
        pass
    raise UnreadableError("personal_differs")


def _read_values(text: str, salt: bytes, marks: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    end, last = 0, len(text) - 1
    if text[:1] != "{" or text[-1:] != "}":
        raise ValueError
    while end < last and last > 1:  # at the brace, or at the comma before the next
        name, end = scanstring(text, end + 2)
        start = end + 1
        value, end = _scan(text, start)
        values[name] = value
        if value is not None:
            mark = marks[name]["id"] if name == "by" else marks[name]
            said = value if type(value) is str else text[start:end]
            if digest_content(said.encode(), salt) != mark["digest"]:
                raise ValueError
    return values


def raise_lost() -> None:
    """Raise for a personal value that is not there and was not erased."""
    raise UnreadableError("personal_lost")


def write_by(by: Person | ErasedPerson, salt: bytes, private: list[str]) -> str:
    """Return the citizen who acted as JSON. Their id goes to the `private` parts instead."""
    if isinstance(by, ErasedPerson):
        private.append('"by":null')
        return make_writer(ErasedPerson)(by)
    private.append('"by":' + encode_basestring(by.id))
    unit = "null" if by.unit is None else encode_basestring(by.unit)
    return f'{{"id":{make_mark(by.id, salt)},"role":"citizen","unit":{unit}}}'


def read_by(raw: Any, private: Mapping[str, Any]) -> Person | ErasedPerson:
    """Return the citizen who acted. `raw` has a mark in place of the id, which may be erased."""
    kept = private.get("by", raise_lost)
    if kept is raise_lost:
        raise_lost()
    if kept is None:
        return cast(ErasedPerson, make_reader(ErasedPerson)(raw))
    return cast(Person, make_reader(Person)({**raw, "id": kept}))


FORMAT = 1
_KEY = ("case", "n")
_canon = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # what raw_decode calls
_ERASED = ErasedValues()


def canonical_bytes(obj: Any) -> bytes:
    """Return plain data as the bytes that digests are taken of: sorted keys, no spaces."""
    return _canon(obj).encode()


def write_act(act: Act, case_id: str | None, *, with_time: bool) -> bytes:
    """Return the content of an act, by which a repeated command is known to be the same act.

    Instants count by the moment, not by the offset. `at` counts only `with_time`.
    """
    kind: Any = type(act)
    content = make_writer(kind, utc=True, leave_out=() if with_time else ("at",))(act)
    return canonical_bytes([act.trigger, case_id]) + content.encode()


def write_outline(act: Act, case_id: str | None, *, with_time: bool, name: str = "") -> bytes:
    """Return what of the content of an act names nobody, and is known after an erasure.

    Of a personal text that is its length, as in the event. `name` is that of the case in a log.
    """
    kind: Any = type(act)
    hidden = _list_personal(kind)
    values, later = ((name, getattr(act, name)) for name in hidden), _list_later(kind)
    given = [each for name, each in values if each not in (None, ()) or name not in later]
    by = None if act.by.role is Role.CITIZEN else [act.by.id, act.by.unit]
    sizes = [len(each) if type(each) is str else each is not None for each in given]
    left_out = ("by", *hidden) if with_time else ("by", "at", *hidden)
    content = make_writer(kind, utc=True, leave_out=left_out)(act)
    return canonical_bytes([act.trigger, case_id, name, act.by.role, by, sizes]) + content.encode()


def is_personal_act(act: Act) -> bool:
    """Return whether an act says something that can name people: a text, or who a citizen is."""
    if act.by.role is Role.CITIZEN:
        return True
    kind: Any = type(act)
    return any(getattr(act, name) is not None for name in _list_personal(kind))


@cache
def _list_later(kind: Any) -> frozenset[str]:
    """Return the fields that are only written where they say something."""
    return frozenset(f.name for f in attrs.fields(kind) if f.metadata.get("later") == "left_out")


@cache
def _list_personal(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind) if not field.repr)


@attrs.frozen
class _Form:
    """How one type of event is written and read."""

    write: Callable[[Event, bytes], tuple[str, str | None]]
    read: Callable[[dict[str, Any], Mapping[str, Any], str, int], Event]
    names: frozenset[str]
    defaults: dict[str, Any]
    is_plain: bool  # but for `at`, `recorded_at` and a deadline it has no instants


def _personal_type(hint: Any) -> Any:
    """Return the one type of a personal field, beside Erased and None."""
    (kind,) = [k for k in union_members(hint) if k not in (Erased, type(None))]
    return kind


@cache
def _form_of(name: str) -> _Form:
    kind = EVENTS[name]
    hints = get_type_hints(kind)
    fields = [f for f in attrs.fields(kind) if f.name not in _KEY]
    personal = {f.name: _personal_type(hints[f.name]) for f in fields if f.metadata.get("personal")}
    plain = {f.name: hints[f.name] for f in fields if f.name not in personal}
    defaults = {f.name: f.default for f in fields if f.default is not attrs.NOTHING}
    return _Form(
        _make_event_writer(plain, personal),
        _make_event_reader(kind, plain, personal, defaults),
        frozenset({"v", *plain, *personal}),
        {name: _default_as_json(plain.get(name), value) for name, value in defaults.items()},
        [hint for hint in plain.values() if datetime in union_members(hint)]
        == [datetime, datetime | None],
    )


def _default_as_json(hint: Any, value: Any) -> Any:
    if value is None or hint is None:  # a personal one is read from None as its default
        return None
    source = CodeBuilder()
    text = source.write_expression(hint, "v")
    return json.loads(source.compile_function(f"def convert(v): return {text}\n")(value))


def _make_event_writer(plain: dict[str, Any], personal: dict[str, Any]) -> Any:
    source = CodeBuilder()
    source.names.update(Erased=Erased, mark=make_mark, write_by=write_by, old=make_writer(Erased))
    source.names.update(Person=Person, citizen=Role.CITIZEN, person_text=make_writer(Person))
    lines = [
        "def convert(v, salt):",
        " by, private = v.by, []",
        " if type(by) is Person and by.role is not citizen: by = person_text(by)",
        " else: by = write_by(by, salt, private)",
    ]
    for i, (name, hint) in enumerate(personal.items()):
        text = source.write_expression(hint, "one")
        length = "one" if hint is str else f"text{i}"
        lines += [
            f" one = v.{name}",
            f" if one is None or one == (): m{i} = 'null'"
            if get_origin(hint) is tuple
            else f" if one is None: m{i} = 'null'",
            " elif type(one) is Erased:",
            f"  m{i} = old(one)",
            f"  private.append('\"{name}\":null')",
            " else:",
            f"  text{i} = {text}",
            f"  m{i} = mark({length}, salt)",
            f"  private.append('\"{name}\":' + text{i})",
        ]
    values = {
        name: "by" if name == "by" else source.write_expression(hint, f"v.{name}")
        for name, hint in plain.items()
    } | {name: f"m{i}" for i, name in enumerate(personal)}
    pieces = ", ".join(f"""',"{name}":', {value}""" for name, value in values.items())
    lines.append(f" body = ''.join(('{{\"v\":{FORMAT}', {pieces}, '}}'))")
    lines.append(" return body, '{' + ','.join(private) + '}' if private else None\n")
    return source.compile_function("\n".join(lines))


def _make_event_reader(
    kind: type, plain: dict[str, Any], personal: dict[str, Any], defaults: dict[str, Any]
) -> Any:
    source = CodeBuilder()
    own = source.bind(kind)
    who, person = source.bind(read_by), source.bind(make_reader(Person))
    is_citizen = "type(one) is dict and type(one.get('id')) is dict"
    by = f"({who}(one, private) if {is_citizen} else {person}(one))"
    lines = [
        "def convert(data, private, case, n):",
        *_begin_value(kind, own),
        source.write_assignment(kind, "case", "case"),
        source.write_assignment(kind, "n", "n"),
    ]
    for name, hint in plain.items():
        lines.append(f" one = data[{name!r}]")
        text = by if name == "by" else source.read_expression(hint, "one")
        lines.append(source.write_assignment(kind, name, text))
    gone, lost = source.bind(_read_erased), source.bind(raise_lost)
    for name, hint in personal.items():
        nothing = source.bind(defaults.get(name))
        lines += [
            f" one = data[{name!r}]",
            f" if one is None: one = {nothing}",
            f" elif (kept := private.get({name!r}, {lost})) is None: one = {gone}(one, {nothing})",
            f" elif kept is {lost}: {lost}()",
            f" else: one = {source.read_expression(hint, 'kept')}",
            source.write_assignment(kind, name, "one"),
        ]
    return source.compile_function("\n".join([*lines, " return result\n"]))


def _read_erased(mark: dict[str, Any], nothing: Any) -> Any:
    """Return the remains of a value. An empty list stays an empty list."""
    erased = make_reader(Erased)(mark)
    return nothing if nothing == () and erased.length == len("[]") else erased


def encode(event: Event, salt: bytes) -> tuple[str, str | None]:
    """Return the body of an event, and its personal values as a text of their own, or None.

    `salt` (16 random bytes or more) keeps a phone number from being guessed from its digest. Store
    it with the personal text and erase it with that.

    Example:
        >>> body, personal = encode(desk.history(case)[0], b"16 random bytes!")
        >>> "Người gửi mẫu" in body, "Người gửi mẫu" in personal
        (False, True)
    """
    name = type(event).__name__
    if EVENTS.get(name) is not type(event):
        raise InputTypeError(field="event", code="not_an_event", value=short_repr(event))
    return _form_of(name).write(event, salt)


def reads_as_given(event: Event) -> bool:
    """Return whether an event is read as it was given: on the clock in Vietnam, just recorded."""
    at, deadline = event.at, getattr(event, "deadline", None)
    return (
        at is event.recorded_at
        and at.tzinfo is VIETNAM
        and not at.fold
        and (deadline is None or deadline.start is at)
        and _form_of(type(event).__name__).is_plain
    )


def decode(
    kind: str, body: str, personal: str | None, salt: bytes = b"", *, case: str, version: int
) -> Event:
    """Return the event. If the personal text was erased, its fields are `Erased`.

    Args:
        kind: the name of the event's class.
        body: as `encode` wrote it.
        personal: likewise, or None: there was none, or it was erased.
        salt: that of the personal text, which is checked with it.
        case: the id of the case.
        version: the number of the event.

    Raises:
        CorruptError: with the case and version, for a text that was not written by `encode`.

    Example:
        >>> event, salt = desk.history(case)[0], b"16 random bytes!"
        >>> body, personal = encode(event, salt)
        >>> decode("Received", body, personal, salt, case=case.id, version=1) == event
        True
    """
    try:
        form = _form_of(kind)
        data, end = _scan(body, 0)
        if end != len(body) or type(data) is not dict:
            raise UnreadableError("not_json_object")
        if data.keys() != form.names or data["v"] != FORMAT or data["v"] is True:
            data = _fill_defaults(data, form)
        private: Mapping[str, Any] = _ERASED
        if personal is not None:
            private = {} if personal == "{}" else read_private(personal, salt, data)
        return form.read(data, private, case, version)
    except CORRUPTED as error:
        if isinstance(error, json.JSONDecodeError):
            error.doc = ""  # what could not be read may be personal
        raise _corrupt_error(kind, case, version, error) from error


def _fill_defaults(data: dict[str, Any], form: _Form) -> dict[str, Any]:
    """Fill in fields that came after this event was written. Other missing fields are corrupt."""
    found = data.get("v")
    if found != FORMAT or found is True:
        raise UnreadableError("event_format", value=short_repr(found), known=FORMAT)
    unknown = [short_repr(key) for key in sorted(data.keys() - form.names)]
    missing = [repr(key) for key in sorted(form.names - data.keys() - form.defaults.keys())]
    if unknown or missing:
        raise UnreadableError("event_keys", unknown=unknown, missing=missing)
    return {**form.defaults, **data}


def _corrupt_error(kind: str, case: str, version: int, error: Exception) -> CorruptError:
    code: str = "cannot_read"
    facts: Mapping[str, Any] = {
        "cause": str(error) if isinstance(error, ValueError) else repr(error)
    }
    if kind not in EVENTS:
        code, facts = "unknown_event_type", {"value": short_repr(kind)}
    elif isinstance(error, UnreadableError | InputError) and error.code:
        code, facts = error.code, error.facts
    return CorruptError(doing="reading_event", code=code, case=case, version=version, **facts)


def has_personal(event: Event) -> bool:
    """Return whether an event has a personal value that was not erased."""
    _, private = encode(event, b"")
    return any(value is not None for value in json.loads(private or "{}").values())


def erase_event(event: Event, salt: bytes) -> Event:
    """Return the event as it reads after its personal text is gone."""
    body, _ = encode(event, salt)
    return decode(type(event).__name__, body, None, case=event.case, version=event.n)
