"""The suite passes on a sound store, and tells in words what is wrong with a broken one."""

import unittest
from collections.abc import Callable
from typing import Any

import pytest

from phananh.errors import PhanAnhError
from phananh.stores import MemoryStore
from phananh.stores.base import Capability
from phananh.stores.conflicts import check_one_change
from phananh.testing.conformance import ContractError, StoreConformance
from phananh.testing.contract.checks import check_same
from tests.testing.broken_stores import BROKEN
from tests.testing.file_store import FileSuite


@pytest.mark.slow  # the broken ones derive from it, and each shows what it does well
class TestFileStore(FileSuite):
    """The whole suite, on the store that the broken ones derive from."""


class OneAtATime(MemoryStore):
    """Takes one change a commit, and says so."""

    capabilities: frozenset[Capability] = frozenset()

    def commit(self, changes: Any, /) -> None:
        """Record a change."""
        check_one_change(changes)
        super().commit(changes)


@pytest.mark.slow  # it runs the code of the store in memory
class TestOneChangeStore(StoreConformance):
    """The whole suite, on a store without lists."""

    def make_store(self) -> OneAtATime:
        """Return a new store."""
        return OneAtATime()


def list_tests(suite: type[StoreConformance]) -> list[str]:
    """Return the names of the tests of a suite, in the order in which pytest runs them."""
    bases = [each for each in reversed(suite.__mro__) if each is not suite]
    return [name for each in bases for name in vars(each) if name.startswith("test_")]


def run(suite: type[StoreConformance], name: str) -> None:
    """Run a test as pytest would, but for its fixtures."""
    test = suite()
    test.setup_method()
    try:
        getattr(test, name)()
    finally:
        test.teardown_method()


def find_error(suite: type[StoreConformance], test: str) -> Exception | None:
    """Return the first error of a suite, or that of a test."""
    for name in [test] if test else list_tests(suite):
        try:
            run(suite, name)
        except unittest.SkipTest:
            continue
        except Exception as error:  # noqa: BLE001  # it is looked at
            return error
    return None


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken[0].__name__)
def test_broken_store_is_told_in_words(broken: tuple[type[StoreConformance], str, str]) -> None:
    """The first test that fails says what the store does wrong, and shows the last calls."""
    suite, said, test = broken
    error = find_error(suite, test)
    assert isinstance(error, ContractError | PhanAnhError), error
    assert said in f"{error}", error
    assert "came" not in said or "commit of" in str(error.__notes__)


def fails(suite: type[StoreConformance], name: str) -> str:
    """Run a test that fails, and return what its error says."""
    with pytest.raises((ContractError, NotImplementedError)) as caught:
        run(suite, name)
    return f"{caught.value}"


def make_suite(make: Callable[[], MemoryStore], **members: Any) -> type[StoreConformance]:
    """Return a suite for stores that are made by a call."""
    return type("Suite", (StoreConformance,), {"make_store": lambda _self: make(), **members})


def test_known_gap_is_skipped_until_it_is_closed() -> None:
    """A gap that is listed is skipped while it is open, and fails when it is closed."""
    name = "test_answers_are_values_that_nobody_can_change"
    broken = next(suite for suite, *_ in BROKEN if suite.__name__ == "GivesItsList")
    gaps = {"known_gaps": {name: "lists, until 2.0"}}
    with pytest.raises(unittest.SkipTest, match="until 2"):
        run(type("Open", (broken,), gaps), name)
    assert "remove it" in fails(make_suite(MemoryStore, **gaps), name)
    with pytest.raises(TypeError, match="no test test_nothing"):
        make_suite(MemoryStore, known_gaps={"test_nothing": "?"})


def test_what_is_declared_is_asked_for() -> None:
    """A capability without its hook fails with the line to write, and an unknown one is named."""

    def declare(*names: Any) -> type[StoreConformance]:
        return make_suite(type("Store", (MemoryStore,), {"capabilities": frozenset(names)}))

    name = "test_declares_what_it_is_tested_for"
    assert "no such capability: durabel" in fails(declare("durabel"), name)
    suite = make_suite(MemoryStore, capabilities=frozenset({"durable"}))
    assert "the store declares ['lists'], Suite.cap" in fails(suite, name)
    for capability, hook in (("durable", "reopen"), ("multi_process", "connect")):
        said = fails(declare(capability), "test_every_personal_text_is_erased_and_nothing_else")
        assert f"write `def {hook}(self, store)` in Suite" in said
    said = fails(declare("external_transaction"), "test_no_call_ends_the_transaction")
    assert "write `def transaction(self, store)` in Suite" in said
    assert "write `def make_store(self)`" in fails(StoreConformance, name)


def test_endless_call_is_ended() -> None:
    """A test that is not done in its time fails, and says where the store stands."""

    class Waiting(MemoryStore):
        def load(self, case: str, /) -> Any:
            while True:
                pass

    suite = make_suite(Waiting, time_limit=0.2)
    assert "not done after 0.2 seconds: " in fails(suite, "test_history_comes_back_in_order")


def test_difference_is_named() -> None:
    """The message has the path to what differs, and both values, their types and offsets too."""
    one = {"a": [1, {"b": "x" * 90 + "y"}]}
    for other, said in (
        ({"a": [1, {"b": "x" * 90 + "z"}]}, "`a`, item 2, `b`: 'xxx"),
        ({"a": [True, one["a"][1]]}, "`a`, item 1: 1 was wanted, and True came"),
        ({"a": [1]}, "the number of items"),
        ({**one, "c": 1}, "`c`: 'nothing' was wanted, and 1 came"),
    ):
        with pytest.raises(ContractError) as caught:
            check_same(one, other, "what")
        assert said in f"{caught.value}"
    check_same(one, {**one}, "what")
