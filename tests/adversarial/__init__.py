"""The acceptance list of odd input and bad luck as functions, `row_79` for row 79.

A row raises AssertionError where the library does something else than the list says. Each row
of the lifecycle, of times, races and stores comes with a twin: a world without the defence.
"""

from importlib import import_module
from pathlib import Path

import pytest

FILES = sorted(path.stem for path in Path(__file__).parent.glob("*_rows.py"))
FILES.remove("test_rows")

pytest.register_assert_rewrite(*(f"{__name__}.{name}" for name in ("world", *FILES)))


def import_rows() -> None:
    """Read every file of rows, so that the register is whole."""
    for name in FILES:
        import_module(f"{__name__}.{name}")
