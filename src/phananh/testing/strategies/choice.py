"""Choosing among values that are only known while a test is drawn, at little cost.

A strategy that is made for each draw costs more than the draw. Here only an index is drawn.
"""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from phananh.testing.drawing import st

T = TypeVar("T")


@cache
def _indices(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def choose(draw: st.DrawFn, options: Sequence[T]) -> T:
    """Return one of the options. A failing example shrinks to the first."""
    return options[draw(_indices(len(options)))]
