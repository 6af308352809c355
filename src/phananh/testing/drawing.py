"""Hypothesis, which the extra `testing` brings. Without it the error names the extra."""

from phananh.errors import make_extra_error

try:
    from hypothesis import note, stateful, strategies as st
except ModuleNotFoundError as error:
    raise make_extra_error(error, "hypothesis", "what is drawn needs", "testing") from None

__all__ = ["note", "st", "stateful"]
