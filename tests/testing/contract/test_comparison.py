"""What is said of a store that gives back something else than it was given."""

from datetime import UTC, timedelta
from enum import StrEnum
from typing import Any

import attrs
import pytest

from phananh.stores import MemoryStore
from phananh.testing.contract.base import ContractError, check_absent
from phananh.testing.contract.comparison import check_history, check_same, require
from phananh.testing.sample_events import START, change, completed, deadline, escalated, received

FIRST = received("HB-1")


class Slug(StrEnum):
    """A text that is more than a text."""

    ONE = "one"


@pytest.mark.parametrize(
    ("stored", "returned", "says"),
    [
        (1, 2, "it: stored 1, came back 2"),
        (True, 1, "it: stored True, came back 1, of another type (int)"),
        (Slug.ONE, "one", "it: stored <Slug.ONE: 'one'>, came back 'one', of another type (str)"),
        ((1,), [1], "it: stored (1,), came back [1], of another type (list)"),
        ((1, 2), (1,), "it: 2 were stored, 1 came back"),
        ((1, 2), (1, 3), "it, item 2: stored 2, came back 3"),
        ({"a": 1}, {}, "it: 'a' is missing"),
        ({}, {"a": 1}, "it: 'a' came back, and was not stored"),
        ({"a": 1}, {"a": 2}, "it, 'a': stored 1, came back 2"),
        (START, START.replace(tzinfo=None), f"it: stored {START.isoformat()}, came back 2019-11"),
        ("x" * 99, "x" * 90, "(99 characters), came back 'xxx"),
        ("x" * 99, "x" * 90, "which differ from character 91"),
        ("x" * 99 + "a", "x" * 99 + "b", "which differ from character 100"),
        (FIRST, attrs.evolve(FIRST, content="?"), "it, field `content`: stored 'Cán bộ"),
        (
            (FIRST, escalated("HB-1", 2, clock=deadline())),
            (FIRST, escalated("HB-1", 2, clock=deadline(hours=9))),
            "it, version 2 (Escalated), field `deadline`, field `budget`: stored ",
        ),
    ],
)
def test_a_difference_says_what_was_stored_and_what_came_back(
    stored: Any, returned: Any, says: str
) -> None:
    """The message names the field, the value that was stored and the one that came back."""
    with pytest.raises(ContractError) as caught:
        check_same(stored, returned, "it")
    assert says in str(caught.value)


@pytest.mark.parametrize("value", [1, "x" * 999, (1, [2]), {"a": FIRST}, FIRST, deadline(), None])
def test_what_is_the_same_says_nothing(value: Any) -> None:
    """A value is the same as itself, and one instant in two zones as well."""
    check_same(value, value, "it")
    check_same(START, START.astimezone(UTC), "it")


def test_a_history_is_compared_with_its_row() -> None:
    """A case whose events came back and whose row did not fails by the row."""
    store = MemoryStore()
    store.commit([change(FIRST)])
    check_history(store, [FIRST])
    with pytest.raises(ContractError, match="the history of HB-1: 2 were stored, 1 came back"):
        check_history(store, [FIRST, completed("HB-1", 2)])
    row = attrs.evolve(store._rows["HB-1"], since=START + timedelta(days=1))
    store._rows["HB-1"] = row
    with pytest.raises(ContractError, match="the rows of HB-1, item 1, field `since`: stored"):
        check_history(store, [FIRST])


def test_what_is_required_is_there() -> None:
    """What was found comes back, none is an error."""
    assert require(0, "nothing") == 0
    with pytest.raises(ContractError, match="nothing"):
        require(None, "nothing")


def test_none_is_not_called_events() -> None:
    """A store that returns None for an unknown case is not said to have events of it."""
    store = MemoryStore()
    check_absent(store, "HB-1", "it has events")
    store.load = lambda _case: None  # type: ignore[method-assign,assignment,return-value]
    with pytest.raises(ContractError, match=r"^load\('HB-1'\) returned None; .* is \(\)$"):
        check_absent(store, "HB-1", "it has events")
