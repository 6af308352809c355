"""Events as JSON text and back; what can name people goes into a text of its own (Art. 14).

A body holds the format as `v` and every field but `case` and `n`, which are the store's key.
In place of a personal value it holds the length and a salted digest, so that erasing the
personal text leaves a history that still folds. Nothing unknown is skipped: an event type,
a format or a key that this version does not know is a CorruptError.
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn, get_type_hints

import attrs

from phananh.errors import CorruptError, InputTypeError, shown
from phananh.regulation.acts import Act
from phananh.regulation.events import EVENTS, Erased, Event
from phananh.stores.plain import (
    CORRUPTED,
    Form,
    alternatives,
    fill_fields,
    form,
    write_fields,
)

FORMAT = 1
_KEY = ("case", "n")
_new = object.__new__
_set = object.__setattr__
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_canon = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False
).encode
_load = json.JSONDecoder().decode


def canonical(obj: Any) -> bytes:
    """Return plain data as the bytes that digests are taken of: sorted keys, no spaces."""
    return _canon(obj).encode()


def act_digest(act: Act, case_id: str | None, *, with_time: bool) -> str:
    """Return the digest by which a repeated command is known to be the same act.

    Instants count by the moment, not by the offset; `at` counts only `with_time`.
    """
    kind: Any = type(act)
    plain = form(kind, utc=True).write(act)
    if not with_time:
        del plain["at"]
    content = {"act": act.trigger, "case": case_id, "content": plain}
    return hashlib.blake2b(canonical(content), digest_size=16).hexdigest()


@attrs.frozen
class _EventForm:
    kind: type[Event]
    write: Callable[[Event], dict[str, Any]]
    fill: Callable[[Event, dict[str, Any]], None]
    open: dict[str, Form]
    personal: tuple[tuple[str, Form], ...]
    names: frozenset[str]
    defaults: dict[str, Any]


def _bare(hint: Any) -> Any:
    kinds = [k for k in alternatives(hint) if k not in (Erased, type(None))]
    if len(kinds) != 1:
        raise TypeError(f"a personal field is one type or Erased, not {hint!r}")
    return kinds[0]


@cache
def _event_form(name: str) -> _EventForm:
    kind = EVENTS[name]
    hints = get_type_hints(kind)
    fields = [f for f in attrs.fields(kind) if f.name not in _KEY]
    personal = [f.name for f in fields if f.metadata.get("personal")]
    plain = {f.name: form(hints[f.name]) for f in fields if f.name not in personal}
    return _EventForm(
        kind,
        write_fields(tuple(plain.items())),
        fill_fields(tuple(plain.items())),
        plain,
        tuple((name, form(_bare(hints[name]))) for name in personal),
        frozenset(f.name for f in fields) | {"v"},
        {f.name: f.default for f in fields if f.default is not attrs.NOTHING},
    )


def _digest(plain: Any, salt: bytes) -> dict[str, Any]:
    text = plain if type(plain) is str else _canon(plain)
    digest = hashlib.blake2b(text.encode(), key=salt, digest_size=16).hexdigest()
    return {"length": len(text), "digest": digest}


def encode(event: Event, salt: bytes) -> tuple[str, str | None]:
    """Return the body of an event, and its personal values as a text of their own, or None.

    `salt` (16 random bytes or more) keeps a digest of a phone number from being guessed; keep
    it with the personal text and erase it with that.
    """
    shape = _shape_of(event)
    body = shape.write(event)
    body["v"] = FORMAT
    private: dict[str, Any] = {}
    for name, part in shape.personal:
        value = getattr(event, name)
        if value is None or type(value) is Erased:
            body[name] = value and {"length": value.length, "digest": value.digest}
        else:
            private[name] = plain = part.write(value)
            body[name] = _digest(plain, salt)
    return _dump(body), _dump(private) if private else None


def _shape_of(event: Event) -> _EventForm:
    name = type(event).__name__
    if EVENTS.get(name) is not type(event):
        raise InputTypeError(
            field="event", problem=f"not an event: {shown(event)}", way_out="see regulation.events"
        )
    return _event_form(name)


def decode(kind: str, body: str, personal: str | None, *, case: str, version: int) -> Event:
    """Return the event; where the personal text is gone, its fields read as `Erased`.

    Raises:
        CorruptError: with the case and version, for whatever was not written by `encode`.
    """
    try:
        data = _load(body)
        if data["v"] != FORMAT or type(data["v"]) is not int:
            _unreadable_format(data["v"])
        shape = _event_form(kind)
        if data.keys() != shape.names:
            data = _completed(data, shape)
        return _read(shape, data, {} if personal is None else _load(personal), case, version)
    except CORRUPTED as error:
        _corrupt(kind, case, version, error)


def _read(shape: _EventForm, data: Any, private: Any, case: str, version: int) -> Event:
    event = _new(shape.kind)
    _set(event, "case", case)
    _set(event, "n", version)
    shape.fill(event, data)
    for name, part in shape.personal:
        mark = data[name]
        if mark is None:
            _set(event, name, shape.defaults.get(name))
        elif name in private:
            _set(event, name, part.read(private[name]))
        else:
            _set(event, name, form(Erased).read(mark))
    return event


def _completed(data: dict[str, Any], shape: _EventForm) -> dict[str, Any]:
    """Fill in fields that came after this event was written; anything else is corrupt."""
    unknown = sorted(data.keys() - shape.names)
    if unknown:
        raise ValueError(f"unknown keys {unknown}")
    missing = shape.names - data.keys()
    lost = sorted(missing - shape.defaults.keys())
    if lost:
        raise ValueError(f"missing keys {lost}")
    plain = {
        name: shape.open[name].write(shape.defaults[name]) if name in shape.open else None
        for name in missing
    }
    return {**data, **plain}


def _unreadable_format(found: object) -> NoReturn:
    raise ValueError(f"format {shown(found)}, this version reads {FORMAT}; upgrade phananh")


def _corrupt(kind: str, case: str, version: int, error: Exception) -> NoReturn:
    problem = str(error) if isinstance(error, ValueError) else repr(error)
    if kind not in EVENTS:
        problem = f"unknown event type {shown(kind)}: written by a newer phananh, or damaged"
    raise CorruptError(
        doing="reading a stored event", problem=problem, case=case, version=version
    ) from error


def erased(event: Event, salt: bytes) -> Event:
    """Return the event as it reads after its personal text is gone."""
    body, _ = encode(event, salt)
    return decode(type(event).__name__, body, None, case=event.case, version=event.n)
