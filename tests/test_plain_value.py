"""Every public value has as_dict: plain data that JSON holds, with words if asked, no people."""

import copy
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import attrs
import jsonschema
import pytest

import phananh
from phananh.errors import InputError, PhanAnhError
from phananh.plain_value import PlainValue, Value
from phananh.regulation.guards import Guard
from phananh.regulation.lifecycle import Transition
from tests import json_schema
from tests.plain_samples import HIDDEN, make_samples

SAMPLES = make_samples()
FORMATS = jsonschema.FormatChecker()


@FORMATS.checks("date-time", ValueError)
def is_instant(value: object) -> bool:
    """Return whether a text is an instant: a date and a time with an offset."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


VALIDATOR = jsonschema.Draft202012Validator(json_schema.document(), format_checker=FORMATS)
# What is no value: it acts, or it is written as a file of its own.


def reference(value: object) -> dict[str, str]:
    """Return where the schema of a value stands."""
    name = "Error" if isinstance(value, PhanAnhError) else type(value).__name__
    return {"$ref": f"#/$defs/{name}"}


def test_each_schema_is_tried_with_a_real_value() -> None:
    """There is a sample of every class that has a schema."""
    made = {type(value).__name__ for value in SAMPLES}
    assert json_schema.find_values().keys() - made == {"MoveDeadline"}


@pytest.mark.parametrize("personal", [False, True])
@pytest.mark.parametrize("lang", [None, "vi", "en"])
def test_every_value_keeps_its_schema(lang: str | None, personal: bool) -> None:  # noqa: FBT001
    """Each sample is what its JSON Schema says, has no other keys, and survives JSON."""
    for value in SAMPLES:
        plain = value.as_dict(lang, personal=personal)
        assert json.loads(json.dumps(plain)) == plain, value
        found = VALIDATOR.evolve(schema={**VALIDATOR.schema, **reference(value)})
        errors = [f"{error.json_path}: {error.message}" for error in found.iter_errors(plain)]
        assert errors == [], f"{value!r}\n{plain}"


def test_a_language_adds_words_and_changes_nothing() -> None:
    """What is there without a language is there with one; what is more are texts."""
    for value in SAMPLES:
        if not isinstance(value, PhanAnhError):  # whose message is in one language always
            assert without_texts(value.as_dict("vi")) == without_texts(value.as_dict()), value


def without_texts(plain: Any) -> Any:
    """Return plain data without what a language adds."""
    if isinstance(plain, list):
        return [without_texts(each) for each in plain]
    if not isinstance(plain, dict):
        return plain
    keys = [key for key in plain if key != "text" and not key.endswith("_text")]
    return {key: without_texts(plain[key]) for key in keys}


def test_nothing_personal_is_there_unless_asked() -> None:
    """Neither as_dict nor repr of any value shows what can name people; `personal` does."""
    for value in SAMPLES:
        told = json.dumps(value.as_dict("vi"), ensure_ascii=False) + repr(value)
        assert [secret for secret in HIDDEN if secret in told] == [], told
    asked = json.dumps([value.as_dict(personal=True) for value in SAMPLES], ensure_ascii=False)
    assert [secret for secret in HIDDEN if secret not in asked] == []


def test_every_value_prints_as_one_short_line() -> None:
    """A page may print any value: it is short, says the most important, and names no citizen."""
    for value in SAMPLES:
        if not isinstance(value, PhanAnhError):
            told = str(value)
            assert 0 < len(told) <= 160, told
            assert [told.isprintable(), *(each for each in HIDDEN if each in told)] == [True], told
    first = {type(value).__name__: str(value) for value in reversed(SAMPLES)}
    assert first["Deadline"].startswith("due ")
    assert first["Deadline"].endswith(" (Art. 9(2), 8 working hours)")
    assert first["Limit"] == "5 working days (Art. 9(1))"
    assert first["Escalate"].startswith("escalate by operator ")
    assert first["Holder"] == "operator op-lan (Trung tâm)"
    assert first["Refusal"].endswith(")")
    assert " received, operator" in first["Case"]


def test_values_compare_and_show_themselves_by_their_fields() -> None:
    """A copy of a value is equal to it, a changed one is not, and a repr hides what it shall."""
    for value in (each for each in SAMPLES if isinstance(each, PlainValue)):
        kind: Any = type(value)
        if "__eq__" in vars(kind):  # made by attrs, as it is compared often
            continue
        assert copy.copy(value) == value
        assert value.__eq__(None) is NotImplemented
        for field in attrs.fields(kind):
            changed = copy.copy(value)
            other = {"figures_and_steps": ((("a figure",),), ())}.get(field.name, "another")
            object.__setattr__(changed, field.name, other)
            assert (changed == value) is not bool(field.eq), field
            assert ("another" in repr(changed)) is bool(field.repr is True), field
    cases = {each for each in SAMPLES if isinstance(each, phananh.Case)}
    assert cases == {copy.copy(case) for case in cases}


def list_kinds(base: type) -> Iterator[type]:
    """Yield the classes below a base that stand in their modules: attrs may make one twice."""
    for kind in base.__subclasses__():
        if vars(sys.modules[kind.__module__]).get(kind.__name__) is kind:
            yield kind
        yield from list_kinds(kind)


def test_a_value_that_is_seldom_compared_has_the_methods_of_its_base() -> None:
    """An import compiles `==` for what is compared often, and a repr for a person, and no more."""
    own: dict[str, set[str]] = {"__eq__": set(), "__hash__": set(), "__repr__": set()}
    for kind in (*list_kinds(Value), Guard, Transition):
        if kind.__module__.startswith(("phananh.regulation", "phananh.desk")):
            for name in own.keys() & vars(kind).keys():
                own[name].add(kind.__name__)
    compared = {"Holder", "Person"}
    assert own == {
        "__eq__": compared,
        "__hash__": compared,
        "__repr__": {"Guard", "Person", "Transition"},
    }


def test_words_stand_beside_slugs() -> None:
    """A slug, a clause and an amount of time have their words beside them, in either language."""
    row = next(v for v in SAMPLES if type(v).__name__ == "IndexRow" and v.late)
    assert row.as_dict()["state"] == "overdue"
    assert "state_text" not in row.as_dict()
    assert [row.as_dict(lang)["state_text"] for lang in ("vi", "en")] == ["trễ hạn", "overdue"]
    deadline = next(v for v in SAMPLES if type(v).__name__ == "Deadline").as_dict("vi")
    assert (deadline["budget_us"], deadline["budget_text"]) == (28_800_000_000, "8 giờ làm việc")
    assert (deadline["article"], deadline["article_text"]) == ("9.2", "khoản 2 Điều 9")


def test_a_case_and_its_row_share_their_keys() -> None:
    """What a list shows of a case and what the case says stand under the same keys."""
    rows = {v.case: v.as_dict("vi") for v in SAMPLES if type(v).__name__ == "IndexRow"}
    cases = {v.id: v.as_dict("vi") for v in SAMPLES if isinstance(v, phananh.Case)}
    shared = rows.keys() & cases.keys()
    assert shared
    for key in shared:
        both = rows[key].keys() & cases[key].keys()
        assert {"case", "state", "state_text", "holder", "unit", "due", "late"} <= both
        if rows[key]["version"] == cases[key]["version"]:
            assert {k: rows[key][k] for k in both} == {k: cases[key][k] for k in both}


def test_another_language_is_refused() -> None:
    """There are words in Vietnamese and English; asking for others is an InputError."""
    with pytest.raises(InputError) as caught:
        SAMPLES[0].as_dict("fr")
    assert (caught.value.field, caught.value.code) == ("lang", "unknown_language")


def test_what_was_erased_says_how_long_it_was() -> None:
    """An erased field is an object with `erased` and `length`, and no digest."""
    case = next(
        v for v in SAMPLES if isinstance(v, phananh.Case) and not isinstance(v.content, str)
    )
    assert case.as_dict(personal=True)["content"] == {"erased": True, "length": 6}
