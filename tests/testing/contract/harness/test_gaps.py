"""Known gaps hold any error, are closed by passing, and are the only way to override a test."""

import sqlite3
import unittest
from typing import Any

import pytest

from phananh.stores import MemoryStore
from phananh.testing.conformance import ContractError, StoreConformance
from tests.testing.contract.harness.run import make_suite, run_test

NAME = "test_unknown_case_is_empty"
GAP = {NAME: "unknown cases fail until 2.0"}


def make_failing(error: BaseException) -> type[MemoryStore]:
    """Return a store whose `load` raises."""

    def load(_self: MemoryStore, _case: str, /) -> Any:
        raise error

    return type("Failing", (MemoryStore,), {"load": load})


@pytest.mark.parametrize(
    "error",
    [
        NotImplementedError(),
        sqlite3.OperationalError("no such table"),
        AttributeError("load"),
        AssertionError("no"),
        KeyError("HB-2"),
    ],
    ids=repr,
)
def test_gap_holds_any_error_of_the_store(error: Exception) -> None:
    """Whatever the store raises, the gap is open, and the cause is at hand."""
    suite = make_suite(make_failing(error), known_gaps=GAP)
    with pytest.raises(unittest.SkipTest, match="known gap: unknown cases") as raised:
        run_test(suite, NAME)
    assert raised.value.__cause__ is error


def test_gap_that_passes_fails() -> None:
    """A gap that is closed fails until it is removed."""
    with pytest.raises(ContractError, match=r"closed .unknown cases.*: remove it"):
        run_test(make_suite(MemoryStore, known_gaps=GAP), NAME)


def test_gap_of_a_test_that_is_not_offered_is_not_offered() -> None:
    """What is skipped for another reason stays skipped for that one."""
    gaps = {"test_everything_survives_reopening": "?"}
    with pytest.raises(unittest.SkipTest, match="not offered: durable"):
        run_test(make_suite(MemoryStore, known_gaps=gaps), *gaps)


def test_subclass_lifts_the_gaps_of_its_parent() -> None:
    """With `known_gaps` of its own a subclass is held to those alone."""
    parent = make_suite(make_failing(KeyError("HB-2")), known_gaps=GAP)
    child = type("Child", (parent,), {"known_gaps": {}})
    with pytest.raises(KeyError):
        run_test(child, NAME)
    inherits = type("Inherits", (parent,), {})
    with pytest.raises(unittest.SkipTest):
        run_test(inherits, NAME)


@pytest.mark.parametrize("name", ["test_nothing", "make_store", "time_limit"])
def test_gap_that_names_no_test_is_an_error(name: str) -> None:
    """It is refused when the class is made."""
    with pytest.raises(TypeError, match=f"Suite.known_gaps: there is no test {name}"):
        make_suite(MemoryStore, known_gaps={name: "?"})


@pytest.mark.parametrize("member", [lambda self: None, None])
def test_overriding_a_test_is_an_error(member: Any) -> None:
    """A test of the contract can neither be replaced nor deleted, at any depth."""
    suite = make_suite(MemoryStore)
    for parent in (StoreConformance, suite):
        with pytest.raises(TypeError, match=rf"Child\.{NAME} overrides a test of the contract"):
            type("Child", (parent,), {NAME: member})


def test_own_tests_are_limited_and_may_be_overridden() -> None:
    """Tests that a suite adds run like the others, and are its own to change."""
    ran: list[str] = []
    first = make_suite(MemoryStore, test_ours=lambda self: ran.append("first"))
    second = type("Second", (first,), {"test_ours": lambda self: ran.append("second")})
    for suite in (first, second):
        run_test(suite, "test_ours")
    assert ran == ["first", "second"]


def test_override_with_a_gap_is_taken() -> None:
    """A test that is listed as a gap may be replaced by what the store can do."""

    def passes_not(self: StoreConformance) -> None:
        raise ContractError("not yet")

    suite = make_suite(MemoryStore, known_gaps=GAP, **{NAME: passes_not})
    with pytest.raises(unittest.SkipTest, match="known gap"):
        run_test(suite, NAME)


def test_no_helper_of_a_test_hides_that_of_another() -> None:
    """The classes of the contract are joined into one, so all their names differ."""
    seen: dict[str, str] = {}
    for base in StoreConformance.__mro__:
        if base.__name__.endswith("Tests") and base.__name__ != "ContractTests":
            for name in vars(base):
                if not name.startswith("__"):
                    assert name not in seen, f"{name} is in {seen[name]} and {base.__name__}"
                    seen[name] = base.__name__
    assert len(seen) > 150
