"""Hypothesis, which the extra `testing` brings. Without it the error names the extra."""

try:
    from hypothesis import note, stateful
    from hypothesis import strategies as st
except ModuleNotFoundError as error:
    if error.name != "hypothesis":
        raise
    problem = 'what is drawn needs the extra "testing"; in a clone: pip install ".[testing]"'
    raise ModuleNotFoundError(problem, name="hypothesis") from None

__all__ = ["note", "st", "stateful"]
