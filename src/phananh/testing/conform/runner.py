"""Runs the tests of a suite one after the other, without pytest."""

import inspect
import unittest
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from phananh.stores.base import Store
from phananh.testing.conform.errors import TargetError
from phananh.testing.conform.report import ConformReport, Outcome, TestResult
from phananh.testing.conform.stuck import describe_origin, end_if_stuck
from phananh.testing.conformance import ContractError, StoreConformance
from phananh.testing.contract.harness.capabilities import read_capabilities
from phananh.testing.contract.harness.hooks import MissingHookError
from phananh.testing.contract.harness.limits import TimeLimitError, run_limited
from phananh.testing.contract.harness.order import list_test_names
from phananh.testing.contract.harness.recording import record_suite

MOST_LATE = 3  # tests that run into the time limit, after which no more are run
_GAP, _SKIP = "known gap: ", "not offered: "


def list_tests(suite: type[StoreConformance], text: str = "") -> tuple[str, ...]:
    """Return the names of the tests of a suite that contain a text, or for "not TEXT" do not."""
    is_left_out = text.startswith("not ")
    part = text.removeprefix("not ").strip()
    return tuple(name for name in list_test_names(suite) if (part in name) != is_left_out)


def first_sentence(suite: type[StoreConformance], name: str) -> str:
    """Return the sentence of a test on what a store does."""
    return (inspect.getdoc(getattr(suite, name)) or name).partition("\n\n")[0].replace("\n", " ")


def run_suite(
    suite: type[StoreConformance],
    names: Sequence[str],
    *,
    target: str,
    on_result: Callable[[TestResult], object] = lambda _result: None,
    fail_fast: bool = False,
) -> ConformReport:
    """Run these tests of a suite, and report their results.

    If no store can be made, described and closed, no test is run. After three tests that ran into
    the time limit the others are not run.

    Args:
        suite: makes the store, and has the tests.
        names: of the tests.
        target: the name of the suite in the report.
        on_result: called after each test, such as to show how far it has come.
        fail_fast: whether to stop after the first test that fails.
    """
    recorded = record_suite(suite)
    store, capabilities, error = _describe_store(recorded)
    results = [] if error is None else [_make_first_result(error)]
    late = 0
    with suppress(KeyboardInterrupt):  # what was run is reported
        for name in names if error is None else ():
            result, is_late = _run_test(recorded, name)
            results.append(result)
            on_result(result)
            late += is_late
            if late == MOST_LATE or (fail_fast and result.outcome == "failed"):
                break
    return ConformReport(
        target=target,
        store=store,
        capabilities=capabilities,
        results=tuple(results),
        not_run=len(names) - (len(results) if error is None else 0),
    )


def _describe_store(
    suite: type[StoreConformance],
) -> tuple[str, tuple[str, ...], BaseException | None]:
    """Return the name and capabilities of a store, and an error in reading them."""
    test = suite()
    found: list[Store] = []
    declared: list[str] = []

    def ask() -> None:
        found.append(test.close_later(_make_store(test)))
        declared.extend(sorted(read_capabilities(found[0])))

    error = _find_error(test, partial(run_limited, ask, test.time_limit))
    if isinstance(error, TargetError):
        raise error
    name = found[0].__class__.__name__ if found else "no store"
    return name, tuple(declared), error


def _make_first_result(error: BaseException) -> TestResult:
    _, problem = _judge(error)
    return TestResult(
        test="make_store",
        sentence="A store is made, says in `capabilities` what it offers, and is closed.",
        outcome="failed",
        problem=problem,
    )


def _make_store(test: StoreConformance) -> Store:
    try:
        return test.make_store()
    except ContractError:
        raise
    except Exception as error:
        where = describe_origin(error)
        raise TargetError(
            f"no store can be made: {type(error).__name__}: {error}{where}"
        ) from error


def _run_test(suite: type[StoreConformance], name: str) -> tuple[TestResult, bool]:
    """Run a test, and return its outcome, and whether it ran into the time limit."""
    test: Any = suite()
    error = _find_error(test, partial(_call_test, test, name))
    outcome, problem = _judge(error)
    result = TestResult(
        test=name,
        sentence=first_sentence(suite, name),
        outcome=outcome,
        problem=problem,
        calls=test.log.last_calls() if outcome == "failed" else (),
    )
    return result, isinstance(error, TimeLimitError)


def _find_error(test: Any, call: Callable[[], object]) -> BaseException | None:
    """Make a call between setting up and cleaning up a test, and return the first error."""
    found: BaseException | None = None
    for step in (test.setup_method, call, test.teardown_method):
        try:
            with end_if_stuck(test.time_limit):
                step()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # it is the outcome, SystemExit too
            found = found or error
    return found


def _call_test(test: Any, name: str) -> None:
    call = getattr(test, name)
    if inspect.signature(call).parameters:
        raise unittest.SkipTest(f"{_SKIP}{name} takes fixtures of pytest")
    call()


def _judge(error: BaseException | None) -> tuple[Outcome, str]:
    if error is None:
        return "passed", ""
    said = " ".join(str(error).split())
    if isinstance(error, unittest.SkipTest):
        is_gap = said.startswith(_GAP)
        return ("known_gap" if is_gap else "not_offered"), said.removeprefix(_GAP).removeprefix(
            _SKIP
        )
    if isinstance(error, ContractError | MissingHookError):
        return "failed", said
    return "failed", f"{type(error).__name__}: {said}{describe_origin(error)}"
