"""What is refused at the door is named by field and type; what it says is repeated nowhere.

Every field of every act, and of the people in it, is given values that cannot be meant, each of
which holds a name and a number. They are sought in all that an error can show or carry.
"""

import json
import pickle
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import attrs
import pytest

from phananh import Desk, Sender
from phananh.act_log.entry import read_entry, read_object
from phananh.errors import InputError, PhanAnhError
from phananh.regulation import acts as a
from phananh.regulation.request import Accused, Assignee, Person
from tests.regulation import cast

NAME, NUMBER = "Bùi Thị Kín", 912345678
SAID = f"{NAME}, 0{NUMBER}, kin@vidu.vn"


class Speaker:
    """A value whose every form says who."""

    def __repr__(self) -> str:
        """Return who."""
        return SAID

    __str__ = __repr__


@attrs.frozen
class OddSender(Sender):
    """A sender of another class, which shows itself."""

    def __repr__(self) -> str:
        """Return who."""
        return SAID


WRONG: dict[str, Any] = {
    "text": SAID,
    "cut text": SAID + "\0",
    "half": SAID + "\ud800",
    "lines": SAID + "\r\nBcc: x",
    "odd": "\u200b" + SAID,
    "marks": SAID + "\u0301\u0323" * 3_000,
    "long": SAID * 2_000,
    "endless": SAID * 20_000,
    "bytes": SAID.encode(),
    "list": [SAID],
    "lists": [[SAID], {SAID: SAID}],
    "many": [SAID] * 1_000,
    "dict": {"name": SAID, "phone": NUMBER},
    "set": {SAID},
    "tuple": (SAID, NUMBER),
    "number": NUMBER,
    "fraction": NUMBER + 0.5,
    "speaker": Speaker(),
    "speakers": [Speaker()],
    "sender": Sender(name=SAID),
    "odd sender": OddSender(name=SAID),
    "citizen": Person(id="kin@vidu.vn", role="citizen"),
}
GIVEN: dict[str, Any] = {
    "kind": "conduct", "channel": "phone", "content": "x", "reasons": ["unclear"], "guidance": "x",
    "text": "x", "agency": "u", "appointment": cast.MONDAY, "reason": "x", "unit": "u", "score": 5,
    "within_competence": True,
}  # fmt: skip
PERSON = Person(id="CB-1", role="officer", unit="u")
TO: dict[str, Any] = {
    "escalate": PERSON, "reassign": Assignee(id="CB-2"), "reschedule": cast.MONDAY,
}  # fmt: skip
TRIGGERS = [trigger for trigger in a.ACTS if trigger not in a.SYSTEM_TRIGGERS]


def give(trigger: str) -> dict[str, Any]:
    """Return fields of which an act can be made."""
    needed = [f.name for f in attrs.fields(a.ACTS[trigger]) if f.default is attrs.NOTHING]
    extra = {"content": "x"} if trigger == "complete" else {}
    known = GIVEN | {"by": PERSON, "to": TO.get(trigger)}
    return {name: known[name] for name in needed} | extra


def list_doors() -> Iterator[tuple[str, type, dict[str, Any], str]]:
    """Yield each class with what makes one, and each of its fields."""
    for trigger in TRIGGERS:
        for field in attrs.fields(a.ACTS[trigger]):
            yield f"{trigger}.{field.name}", a.ACTS[trigger], give(trigger), field.name
    people: dict[type, dict[str, Any]] = {
        Person: {"id": "x", "role": "officer"}, Accused: {"unit": "u"}, Assignee: {"id": "x"},
        Sender: {},
    }  # fmt: skip
    for kind, needed in people.items():
        for field in attrs.fields(kind):
            yield f"{kind.__name__}.{field.name}", kind, needed, field.name


DOORS = list(list_doors())


def shown(error: BaseException) -> str:
    """Return all that an error, and whatever stands behind it, can show or carry."""
    texts = ["".join(traceback.format_exception(error))]
    behind: BaseException | None = error
    while behind is not None:
        held = [getattr(behind, "doc", ""), getattr(behind, "object", ""), behind.args]
        texts += [str(behind), repr(behind), repr(held), repr(getattr(behind, "__notes__", ""))]
        behind = behind.__cause__ or behind.__context__
    if isinstance(error, PhanAnhError):
        texts += [str(error.as_dict(lang)) + error.text(lang) for lang in ("vi", "en")]
        texts += [repr(error._fields()), pickle.dumps(error).decode("utf-8", "ignore")]
    return "\n".join(texts)


def find_refusal(call: Callable[[], object]) -> PhanAnhError | None:
    """Return the error of ours that a call ends with, if any."""
    try:
        call()
    except PhanAnhError as error:
        return error
    return None


def check_tells_nobody(error: BaseException) -> None:
    """Fail where a name, a number or an address is in what an error shows."""
    text = shown(error)
    for secret in (NAME, ascii(NAME)[1:-1], "Bùi", str(NUMBER), "kin@vidu.vn"):
        assert secret not in text, text
    assert len(text) < 10_000


@pytest.mark.parametrize(("door", "kind", "needed", "field"), DOORS, ids=[d[0] for d in DOORS])
def test_no_field_of_an_act_repeats_what_it_refuses(door, kind, needed, field):
    """Whatever a field is given, what is refused is an InputError that tells nobody."""
    refused = 0
    for value in WRONG.values():
        error = find_refusal(partial(kind, **needed | {field: value}))
        if error is not None:
            refused += 1
            assert isinstance(error, InputError)
            assert error.field.startswith(field), door
            check_tells_nobody(error)
    assert refused > len(WRONG) / 2, door


def make_line(trigger: str) -> dict[str, Any]:
    """Return a line of a log that can be read."""
    by = {"id": "CB-1", "role": "officer"}
    line = give(trigger) | {"act": trigger, "case": "A", "by": by, "at": "2026-03-04T09:00:00Z"}
    if trigger == "receive":
        line["sender"] = {"name": "x"}
    if "to" in line:
        line["to"] = by if trigger == "escalate" else {"id": "x"}
    return {
        key: str(value) if isinstance(value, datetime) else value for key, value in line.items()
    }


LINES = [(trigger, field) for trigger in TRIGGERS for field in make_line(trigger)]


@pytest.mark.parametrize(("trigger", "field"), LINES)
def test_no_line_of_a_log_repeats_what_it_refuses(trigger, field):
    """A broken value, key or line of an act log is refused by its path, and tells nobody."""
    line = make_line(trigger)
    if field != "to" or trigger != "reschedule":
        read_entry(line | ({"to": "2026-03-05T09:00:00Z"} if trigger == "reschedule" else {}))
    values = [
        value for name, value in WRONG.items()
        if isinstance(value, list | dict | int | float) and name not in ("many", "speakers")
    ]  # fmt: skip
    values += [
        {"id": SAID, "role": "officer"},
        {"id": "x", SAID: 1},
        {"unit": [SAID]},
        {SAID: SAID},
    ]
    if field in ("by", "sender", "content", "text", "to"):
        values.append(SAID + "\0")
    for value in values:
        broken = line | {field: value}
        for raw in (broken, broken | {SAID: 1}, {**broken, "accused": SAID}):
            error = find_refusal(lambda raw=raw: read_entry(read_object(json.dumps(raw).encode())))
            assert isinstance(error, InputError) or raw is broken
            if error is not None:
                check_tells_nobody(error)


@pytest.mark.parametrize(
    "line",
    [
        f'{{"content": "{SAID}", "x"'.encode(),
        f'{{"{SAID}": 1, "{SAID}": 2}}'.encode(),
        f'{{"content": "{SAID}"}}'.encode("utf-16"),
        f'{{"content": "{SAID}'.encode() + b"\xff",
        json.dumps(SAID).encode(),
        json.dumps([SAID]).encode(),
        b"[" * 20_000 + SAID.encode(),
        SAID.encode(),
    ],
    ids=range(8),
)
def test_no_broken_line_is_repeated(line):
    """A line that is no JSON object is refused without a word of it, also behind the error."""
    with pytest.raises(InputError) as caught:
        read_object(line)
    check_tells_nobody(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("value", WRONG.values(), ids=WRONG)
def test_no_method_of_a_desk_repeats_what_it_refuses(value):
    """What is given to a desk, as an act, a case or a person too, is repeated in no error."""
    desk, by = Desk(), cast.OPERATOR
    case = desk.receive(kind="service", channel="phone", content="x", by=by)
    calls = [
        lambda: desk.receive(kind="service", channel="phone", content="x", by=value),
        lambda: desk.complete(case, by=by, sender=value),
        lambda: desk.complete(case, by=by, accused=value),
        lambda: desk.answer(case, text="x", documents=value, by=value),
        lambda: desk.do(case, value),
        lambda: desk.do(None, value),
        lambda: desk.allowed(case, by=value),
    ]
    if not isinstance(value, Sender) or type(value) is OddSender:
        calls.append(
            lambda: desk.receive(kind="service", channel="phone", content="x", by=by, sender=value)
        )
    for call in calls:
        error = find_refusal(call)
        if error is not None:
            check_tells_nobody(error)
    assert desk.get(case.id) == case or type(value) is Sender


@pytest.mark.parametrize("wrong", ["gossip", "Operator", "agency-head"])
def test_what_could_be_a_slug_is_shown(wrong):
    """A slip of the pen in a slug is seen; what can be none is not repeated."""
    with pytest.raises(InputError, match=f"'{wrong}' is unknown; use one of citizen"):
        Person(id="x", role=wrong)
    for other in (NAME, "", "0912", None, 3):
        with pytest.raises(
            InputError, match="role: is not one of the known values; use one of citizen"
        ):
            Person(id="x", role=other)
