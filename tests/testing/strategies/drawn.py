"""What tests of strategies share: many values at once, and what a failing example prints."""

from typing import Any

from hypothesis import Phase, given, settings, strategies as st

DRAWING = settings(derandomize=True, deadline=None, database=None, phases=[Phase.generate])


def draw_many(strategy: st.SearchStrategy[Any], *, examples: int = 300) -> list[Any]:
    """Return what a strategy draws in so many examples."""
    found = []

    @given(strategy)
    @settings(DRAWING, max_examples=examples)
    def keep(value: Any) -> None:
        found.append(value)

    keep()
    return found


def print_failing(strategy: st.SearchStrategy[Any]) -> str:
    """Return what Hypothesis prints of the simplest value, as the argument of a failing test."""

    @given(value=strategy)
    @settings(DRAWING, max_examples=10, phases=[*Phase])
    def fail(value: Any) -> None:
        raise ZeroDivisionError

    try:
        fail()
    except ZeroDivisionError as error:
        return "\n".join(error.__notes__)
    raise AssertionError("nothing failed")
