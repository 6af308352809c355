"""The form of an act: the fields that somebody fills in, and the act that a filled form means.

No list says again what acts hold. Names, types and what is required are those of the act's class,
the longest text is what the function that cleans it says, and the words are in `phananh.messages`.
A form does not ask for `by` and `at`, and neither for the id of a sender: the sign-in knows it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import attrs

from phananh.errors import InputError, check_language, short_repr, show_key
from phananh.messages.labels import WORDS
from phananh.plain_data import GROUPS
from phananh.plain_value import PlainValue
from phananh.regulation.acts import ACTS, LONGEST_LIST, SYSTEM_TRIGGERS, Act, check_typed
from phananh.regulation.cleaning import LONG_TEXT
from phananh.regulation.request import Person, Sender
from phananh.worktime.instants import VIETNAM
from phananh.worktime.validators import check_kind

FieldType = Literal["text", "line", "id", "instant", "choice", "boolean", "integer", "group"]
_TEXT_TYPES: dict[str, FieldType] = {
    "text_too_long": "text", "too_long": "line", "id_too_long": "id",
}  # fmt: skip
_OTHER_TYPES: dict[type, FieldType] = {datetime: "instant", bool: "boolean", int: "integer"}
_BOOLEANS = {"true": True, "false": False}
_GROUPS = {**GROUPS, "language": "language"}  # whose words are the choices of a field
_OF_PERSON = ("role", "role_text")  # what else the `as_dict` of a person has


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Choice(PlainValue):
    """A value that can be chosen, with its words."""

    value: str | int | bool
    vi: str
    en: str


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Field(PlainValue):
    """A field of a form.

    Args:
        name: the name of the act's field, or of that of a group, such as `name` of the sender.
        type: `text` has lines, `line` is one, `id` is that of a person or unit, `instant` a time,
            and `group` a value with `fields` of its own. Names in a form are then `sender.name`.
        vi, en: the label.
        required: whether it has to be filled in.
        required_in_group: whether it has to be, once another field of its group is.
        several: whether it takes a list.
        most: the most characters, or None.
        choices: the values that can be chosen, empty if any can.
        fields: those of a group.
    """

    name: str
    type: FieldType
    vi: str
    en: str
    required: bool
    required_in_group: bool = False
    several: bool = False
    most: int | None = None
    choices: tuple[Choice, ...] = ()
    fields: tuple["Field", ...] = ()

    def schema(self, lang: str) -> dict[str, Any]:
        """Return the JSON Schema of the field's value."""
        if self.fields:
            made = make_schema(self.fields, lang)
        else:
            made = {"type": self.type if self.type in ("boolean", "integer") else "string"}
            made |= {"enum": [each.value for each in self.choices]} if self.choices else {}
            made |= {"maxLength": self.most} if self.most else {}
            made |= {"format": "date-time"} if self.type == "instant" else {}
        if self.several:
            made = {"type": "array", "items": made, "maxItems": LONGEST_LIST}
        return {"title": self.vi if lang == "vi" else self.en, **made}


def make_schema(fields: Iterable[Field], lang: str) -> dict[str, Any]:
    """Return the JSON Schema of the object that has these fields."""
    return {
        "type": "object",
        "properties": {each.name: each.schema(lang) for each in fields},
        "required": [each.name for each in fields if each.required or each.required_in_group],
        "additionalProperties": False,
    }


@cache
def list_fields(kind: Any) -> tuple[Field, ...]:
    """Return the fields of the form of an act, or of a value that an act holds."""
    return tuple(_make_field(each, getattr(kind, "trigger", "")) for each in _list_own(kind))


def _list_own(kind: Any) -> "Iterator[attrs.Attribute[Any]]":
    left_out = ("id",) if kind is Sender else ("by", "at")
    return (each for each in attrs.fields(kind) if each.name not in left_out)


def _make_field(field: "attrs.Attribute[Any]", trigger: str) -> Field:
    name, (item, several) = field.name, _find_item(field.type)
    labels, is_required = WORDS["field"], field.default is attrs.NOTHING
    vi, en = labels.get(f"{trigger}.{name}") or labels[name]
    choices = tuple(_list_choices(field, item))
    fields = tuple(
        attrs.evolve(e, required=e.required and is_required, required_in_group=e.required)
        for e in (list_fields(item) if attrs.has(item) else ())
    )
    kind, most = _OTHER_TYPES.get(item), None
    if kind is None and not choices and not fields:
        kind, most = _find_longest(field, several=several)
    return Field(
        name=name, type=kind or ("group" if fields else "choice"), vi=vi, en=en,
        required=is_required, several=several, most=most, choices=choices, fields=fields,
    )  # fmt: skip


def _find_item(hint: Any) -> tuple[Any, bool]:
    """Return the type of a field's value, of each if they are several, and whether they are."""
    if NoneType in get_args(hint):
        (hint,) = set(get_args(hint)) - {NoneType}
    return (get_args(hint)[0], True) if get_origin(hint) is tuple else (hint, False)


def _list_choices(field: "attrs.Attribute[Any]", item: Any) -> Iterator[Choice]:
    for each in field.metadata.get("choices", ()):
        yield Choice(value=each, vi=str(each), en=str(each))
    group = "boolean" if item is bool else _GROUPS.get(field.name, "")
    for slug, (vi, en) in WORDS.get(group, {}).items():
        yield Choice(value=_BOOLEANS.get(slug, slug), vi=vi, en=en)


def _find_longest(field: "attrs.Attribute[Any]", *, several: bool) -> tuple[FieldType, Any]:
    """Return the type of a field of text and its most characters: its cleaning says so."""
    clean: Any = field.converter
    text = field.name * LONG_TEXT
    try:
        clean([text] if several else text)
    except InputError as error:
        return _TEXT_TYPES[error.code], error.facts["most"]
    raise AssertionError(field.name)  # each text of an act has an end


def make_act(trigger: str, given: Mapping[str, Any], *, by: Person) -> Act:
    """Return the act that a filled form means, or the JSON that `CaseStep.schema` describes.

    Args:
        trigger: the act, such as "answer".
        given: the values by the names of the fields, those of a group as `to.id` or nested. A text
            can stand for each: "true" and "false", "4", and an instant in ISO 8601, without an
            offset on the clock in Vietnam. A name that a form repeats has a list, or `getlist`
            gives one: the second `accused.id` belongs to the second `accused.unit`. What is empty
            and not required is left out, and so are other names, such as that of a token. A group
            takes no other names, but the `as_dict()` of a person where it names one.
        by: the person who acts.

    Raises:
        InputError: no such act, or a value is missing or wrong, with the name of its field. Or a
            group has another name than those of its fields, or a document has what your
            application says of a signature, which is not to be typed.

    Example:
        >>> act = make_act("rate", {"score": "5", "token": "..."}, by=citizen)
        >>> act.score
        5
    """
    kind = _find_kind(trigger)
    check_kind(Mapping, "act", [given])
    values: dict[str, Any] = {}
    groups: dict[str, dict[str, Any]] = {}
    fields = {each.name: each for each in list_fields(kind)}
    read = getattr(given, "getlist", given.get)  # some look through the whole form for one name
    for name in given:
        own, dot, key = str(name).partition(".")
        if own in fields and (fields[own].fields or not dot):
            group = groups.setdefault(own, {}) if dot else values
            group[key if dot else own] = read(name)
            _check_keys(fields[own], group if dot else values[own])
    try:
        act: Act = kind(by=by, **_read_fields(kind, {**values, **groups}))
    except RecursionError:
        raise InputError(field=trigger, code="nested_too_deeply") from None
    check_typed(act)
    return act


def make_act_schema(trigger: str, lang: str = "en") -> dict[str, Any]:
    """Return the JSON Schema of what `make_act` takes for an act, whatever the case.

    That of `Desk.steps` has only what a case takes now. The titles are in `vi` or `en`.

    Raises:
        InputError: no such act, or `lang` is another language.

    Example:
        >>> make_act_schema("rate", "vi")["properties"]
        {'score': {'title': 'mức độ hài lòng', 'type': 'integer', 'enum': [1, 2, 3, 4, 5]}}
    """
    return make_schema(list_fields(_find_kind(trigger)), check_language(lang))


def _find_kind(trigger: str) -> Any:
    known = tuple(each for each in ACTS if each not in SYSTEM_TRIGGERS)
    if trigger not in known:
        raise InputError(field="act", code="unknown_value", value=short_repr(trigger), known=known)
    return ACTS[trigger]


def _check_keys(group: Field, value: Any) -> None:
    """Refuse a key that none of the group's fields has. What it says would be lost."""
    known = tuple(each.name for each in group.fields)
    taken = {*known, *(_OF_PERSON if "unit" in known else ())}
    for each in value if isinstance(value, list | tuple) else [value]:
        for key in each if known and isinstance(each, Mapping) else ():
            if key not in taken:
                raise InputError(
                    field=f"{group.name}.{show_key(str(key))}", code="unknown_key_of", known=known
                )


def _read_fields(kind: type[Any], given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in _list_own(kind):
        name, (item, several) = field.name, _find_item(field.type)
        value, is_needed = given.get(name), field.default is attrs.NOTHING
        if isinstance(value, list) and len(value) == 1 and not several:
            (value,) = value
        if is_needed and (value is None or (item is not str and _is_empty(value))):
            raise InputError(field=name, code="missing")
        if several and value is not None:
            value = [_read_item(item, each, name) for each in _list_items(value, name)]
        if is_needed or (value if several else not _is_empty(value)):
            found[name] = value if several else _read_item(item, value, name)
    return found


def _list_items(value: Any, name: str) -> Iterable[Any]:
    """Return the values of a list. A group of a flat form has a list for each of its fields.

    Such a form has empty lines, which are left out.
    """
    if not isinstance(value, Mapping):
        return [x for x in (value if isinstance(value, list | tuple) else [value]) if x != ""]
    columns = [each if isinstance(each, list | tuple) else [each] for each in value.values()]
    try:
        rows = [dict(zip(value, each, strict=True)) for each in zip(*columns, strict=True)]
        return [each for each in rows if not _is_empty(each)]
    except ValueError:  # which of them belong together is not known
        raise InputError(field=name, code="missing") from None


def _is_empty(value: Any) -> bool:
    parts = tuple(value.values()) if isinstance(value, Mapping) else value
    if isinstance(parts, list | tuple):
        return all(map(_is_empty, parts))
    return value is None or value == ""


def _read_item(kind: Any, value: Any, name: str) -> Any:
    """Return a value as its type says. What it cannot be is left to the act, which refuses it."""
    if isinstance(value, Mapping) and attrs.has(kind):
        try:
            return kind(**_read_fields(kind, value))
        except InputError as error:
            raise error.of_field(f"{name}.{error.field}") from None
    if not isinstance(value, str):
        return value
    if kind is datetime:
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            raise InputError(field=name, code="not_iso_8601", value="'...'") from None
        return at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at
    if kind is int and re.fullmatch("[0-9]{1,9}", value):
        return int(value)
    return _BOOLEANS.get(value.lower(), value) if kind is bool else value  # templates say True
