"""Running one test of the suite as pytest and the command line do."""

from typing import Any

from phananh.testing.conformance import StoreConformance


def run_test(suite: type[StoreConformance], name: str) -> None:
    """Run a test of a suite, and clean up after it."""
    test = suite()
    test.setup_method()
    try:
        getattr(test, name)()
    finally:
        test.teardown_method()


def make_suite(make: Any, **members: Any) -> type[StoreConformance]:
    """Return a suite whose stores are made by a call without arguments."""
    members = {"make_store": lambda _self: make(), **members}
    return type("Suite", (StoreConformance,), members)
