"""Where two explanations, as plain data, are not the same: each place by name."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from phananh.errors import short_repr


def differences(written: Mapping[str, Any], counted: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each place in which `written` is not what was counted.

    A value counts as the same when it is equal and of the same type: 1 is not true.
    """
    plain = {key: value for key, value in counted.items() if key != "steps"}
    head = {key: value for key, value in written.items() if key != "steps"}
    return [*_object(head, plain, ""), *_steps(written.get("steps"), counted["steps"])]


def _object(written: Any, counted: Mapping[str, Any], place: str) -> Iterator[str]:
    if not isinstance(written, Mapping):
        at = place.removesuffix(", ").removesuffix(".")
        yield f"{at}: {short_repr(written)} is not an object"
        return
    for key, value in counted.items():
        if key not in written:
            yield f"{place}{key}: missing; {short_repr(value)} counted"
        elif isinstance(value, Mapping):
            yield from _object(written[key], value, f"{place}{key}.")
        elif type(written[key]) is not type(value) or written[key] != value:
            found = short_repr(written[key])
            yield f"{place}{key}: {found} is written, {short_repr(value)} counted"
    for key in written:
        if key not in counted:
            yield f"{place}{key}: nothing of the kind was counted"


def _steps(written: Any, counted: list[Mapping[str, Any]]) -> Iterator[str]:
    if not isinstance(written, list):
        yield "steps: not a list"
        return
    ends = ([_ends(step) for step in written], [_ends(step) for step in counted])
    for tag, i, j, k, m in SequenceMatcher(None, *ends, autojunk=False).get_opcodes():
        if tag == "equal" or j - i == m - k:
            for n, (one, other) in enumerate(zip(written[i:j], counted[k:m], strict=True), i + 1):
                yield from _object(one, other, f"step {n}, ")
            continue
        yield from (f"step {n}: not counted" for n in range(i + 1, j + 1))
        for step in counted[k:m]:
            yield f"step {i + 1}: missing, {step['from']} to {step['to']}"


def _ends(step: Any) -> tuple[str, str]:
    keys = ("from", "to")
    one, other = (str(step.get(key)) if isinstance(step, Mapping) else "" for key in keys)
    return one, other
