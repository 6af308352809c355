"""Runs the tests of a suite one after the other, without pytest."""

import inspect
import unittest
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from phananh.stores.base import Store
from phananh.testing.conform.errors import TargetError
from phananh.testing.conform.recording import record_suite
from phananh.testing.conform.report import ConformReport, Outcome, TestResult
from phananh.testing.conform.targets import FactorySuite
from phananh.testing.conformance import ContractError, StoreConformance
from phananh.testing.contract.harness.hooks import MissingHookError

_GAP, _SKIP = "known gap: ", "not offered: "


def list_tests(suite: type[StoreConformance], text: str = "") -> tuple[str, ...]:
    """Return the names of the tests of a suite that hold a text, in order."""
    return tuple(sorted(name for name in dir(suite) if name.startswith("test_") and text in name))


def first_sentence(suite: type[StoreConformance], name: str) -> str:
    """Return what a test says that a store does."""
    return (inspect.getdoc(getattr(suite, name)) or name).partition("\n\n")[0].replace("\n", " ")


def run_suite(
    suite: type[StoreConformance],
    names: Sequence[str],
    *,
    target: str,
    on_result: Callable[[TestResult], object] = lambda _result: None,
) -> ConformReport:
    """Run these tests of a suite, and report what came of them.

    Args:
        suite: what makes the store, and what the store is asked.
        names: of the tests.
        target: what the report calls the suite.
        on_result: called after each test, such as to show how far it has come.
    """
    recorded = record_suite(suite)
    store, capabilities = _describe_store(recorded)
    results = []
    for name in names:
        results.append(_run_test(recorded, name))
        on_result(results[-1])
    return ConformReport(
        target=target, store=store, capabilities=capabilities, results=tuple(results)
    )


def _describe_store(suite: type[StoreConformance]) -> tuple[str, tuple[str, ...]]:
    test = suite()
    test.setup_method()
    try:
        store = test.close_later(_make_store(test))
        return store.__class__.__name__, tuple(sorted(getattr(store, "capabilities", ())))
    finally:
        test.teardown_method()


def _make_store(test: StoreConformance) -> Store:
    try:
        return test.make_store()
    except Exception as error:
        raise TargetError(f"no store can be made: {type(error).__name__}: {error}") from error


def _run_test(suite: type[StoreConformance], name: str) -> TestResult:
    test: Any = suite()
    error = _find_error(test, name)
    outcome, problem = _judge(error)
    return TestResult(
        test=name,
        sentence=first_sentence(suite, name),
        outcome=outcome,
        problem=problem,
        calls=test.log.last_calls() if outcome == "failed" else (),
    )


def _find_error(test: Any, name: str) -> Exception | None:
    """Run a test and clean up after it; return the first error."""
    found: Exception | None = None
    for step in (test.setup_method, partial(_call_test, test, name), test.teardown_method):
        try:
            step()
        except Exception as error:  # noqa: BLE001  # it is the outcome
            found = found or error
    return found


def _call_test(test: Any, name: str) -> None:
    call = getattr(test, name)
    if inspect.signature(call).parameters:
        raise unittest.SkipTest(f"{_SKIP}{name} takes fixtures of pytest")
    try:
        call()
    except MissingHookError as error:
        if isinstance(test, FactorySuite):
            raise unittest.SkipTest(f"{_SKIP}{error}") from None
        raise


def _judge(error: Exception | None) -> tuple[Outcome, str]:
    if error is None:
        return "passed", ""
    said = " ".join(str(error).split())
    if isinstance(error, unittest.SkipTest):
        is_gap = said.startswith(_GAP)
        return ("known_gap" if is_gap else "not_offered"), said.removeprefix(_GAP).removeprefix(
            _SKIP
        )
    if isinstance(error, ContractError):
        return "failed", said
    return "failed", f"{type(error).__name__}: {said}"
