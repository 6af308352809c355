"""Every public value has as_dict: plain data that JSON holds, with words if asked, no people."""

import importlib
import inspect
import json
from datetime import datetime
from typing import Any

import attrs
import jsonschema
import pytest

import phananh
from phananh.errors import InputError, PhanAnhError
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
NOT_PLAIN = {
    "Article": "written as its id",
    "Desk": "acts",
    "WorkCalendar": "written by calendar_to_toml",
    "Timetable": "written by timetable_to_toml",
    "Hours": "a part of a timetable",
    "CombinedTimetable": "put together of timetables",
    "Spans": "put together of spans",
    "VietnamDays": "the days of a country, a year at a time",
    "Change": "what a store records, as its own rows",
    "Command": "what a store records, as its own rows",
    "CommandRecord": "what a store records, as its own rows",
}
PUBLIC = (
    "phananh", "phananh.worktime", "phananh.stores", "phananh.stores.base",
    "phananh.regulation.events", "phananh.regulation.acts",
    "phananh.regulation.case", "phananh.regulation.request",
    "phananh.desk.desk", "phananh.desk.calendars", "phananh.desk.recalculate",
    "phananh.desk.consume", "phananh.act_log.replay",
)  # fmt: skip


def public_values() -> dict[str, type[Any]]:
    """Return every attrs class that the documented modules offer, but errors."""
    found = {}
    for module in map(importlib.import_module, PUBLIC):
        for name in getattr(module, "__all__", vars(module)):
            kind = getattr(module, name)
            if not inspect.isclass(kind) or not attrs.has(kind) or name.startswith("_"):
                continue
            is_own = hasattr(module, "__all__") or kind.__module__ == module.__name__
            if is_own and not issubclass(kind, PhanAnhError):
                found[name] = kind
    return found


def reference(value: object) -> dict[str, str]:
    """Return where the schema of a value stands."""
    name = "Error" if isinstance(value, PhanAnhError) else type(value).__name__
    return {"$ref": f"#/$defs/{name}"}


def test_no_public_value_is_forgotten() -> None:
    """Each attrs class that the documented modules offer has as_dict, or is known not to."""
    found = public_values()
    assert {"Case", "IndexRow", "Answered", "SweepResult", "Term", "Query"} <= found.keys()
    without = {name for name, kind in found.items() if not hasattr(kind, "as_dict")}
    assert without == NOT_PLAIN.keys()


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


@pytest.mark.parametrize(
    ("spoilt", "place"),
    [
        ({"due": "2026-03-04T16:00:00"}, "$.due"),
        ({"state": "late"}, "$.state"),
        ({"version": "2"}, "$.version"),
        ({"sender": "x"}, "$"),
    ],
)
def test_a_schema_finds_what_is_wrong(spoilt: dict[str, Any], place: str) -> None:
    """A naive instant, an unknown slug, a number as a text and a key that is none are found."""
    row = next(value for value in SAMPLES if type(value).__name__ == "IndexRow")
    found = VALIDATOR.evolve(schema={**VALIDATOR.schema, **reference(row)})
    assert {error.json_path for error in found.iter_errors(row.as_dict() | spoilt)} == {place}


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
            assert told.isprintable()
            assert [secret for secret in HIDDEN if secret in told] == [], told
    first = {type(value).__name__: str(value) for value in reversed(SAMPLES)}
    assert first["Deadline"].startswith("due ")
    assert first["Deadline"].endswith(" (Art. 9(2), 8 working hours)")
    assert first["Limit"] == "5 working days (Art. 9(1))"
    assert first["Escalate"].startswith("escalate by operator ")
    assert first["Holder"] == "operator op-lan (Trung tâm)"
    assert first["Refusal"].endswith(")")
    assert " received, operator" in first["Case"]


def test_words_stand_beside_slugs() -> None:
    """A slug, a clause and an amount of time have their words beside them, in either language."""
    row = next(v for v in SAMPLES if type(v).__name__ == "IndexRow" and v.late)
    assert row.as_dict()["state"] == "overdue"
    assert "state_text" not in row.as_dict()
    assert row.as_dict("vi")["state_text"] == "trễ hạn"
    assert row.as_dict("en")["state_text"] == "overdue"
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
