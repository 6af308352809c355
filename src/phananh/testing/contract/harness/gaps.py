"""Tests as a class of the suite runs them: within the time limit, and held to its known gaps."""

import inspect
import unittest
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

from phananh.testing.contract.harness.checks import ContractError
from phananh.testing.contract.harness.limits import run_limited
from phananh.testing.contract.harness.recording import call_recorded

_SUITE = "phananh.testing."


def guard_tests(suite: type) -> None:
    """Let each test that a class defines run within the time limit, and be held to its gaps."""
    for name, test in list(vars(suite).items()):
        is_plain = inspect.isfunction(test) and not inspect.iscoroutinefunction(test)
        if name.startswith("test_") and is_plain:
            setattr(suite, name, _guard(name, test))


def _guard(name: str, test: Callable[..., None]) -> Callable[..., None]:
    is_ours = test.__module__.startswith(_SUITE)

    @wraps(test)
    def run(self: Any, *args: Any, **options: Any) -> None:
        __tracebackhide__ = True  # by pytest: neither the test nor the store is here
        call = partial(run_limited, partial(test, self, *args, **options), self.time_limit)
        reason = self.known_gaps.get(name)
        if reason is not None:
            _expect_gap(call, reason)
        elif is_ours:
            call_recorded(self, call)
        else:
            call()

    return run


def _expect_gap(call: Callable[[], None], reason: str) -> None:
    try:
        call()
    except unittest.SkipTest:
        raise
    except Exception as error:
        raise unittest.SkipTest(f"known gap: {reason}") from error
    raise ContractError(f"the gap is closed ({reason}): remove it from known_gaps")


def check_gaps(suite: type, gaps: Mapping[str, str]) -> None:
    """Refuse gaps that name no test, and tests of the contract that are overridden without one.

    Raises:
        TypeError: with the names.
    """
    for name in gaps:
        if not name.startswith("test_") or not callable(getattr(suite, name, None)):
            raise TypeError(f"{suite.__name__}.known_gaps: there is no test {name}")
    for name in vars(suite):
        if name in gaps or not name.startswith("test_"):
            continue
        if any(name in vars(base) for base in suite.__mro__[1:] if _is_ours(base)):
            raise TypeError(
                f"{suite.__name__}.{name} overrides a test of the contract: give yours another "
                "name, or say in known_gaps why the store cannot pass that one"
            )


def _is_ours(kind: type) -> bool:
    return kind.__module__.startswith(_SUITE)
