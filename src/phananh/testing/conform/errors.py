"""Errors of a suite that cannot be run at all, as opposed to a test that fails."""


class TargetError(ValueError):
    """A target that names no store, or one that cannot be made. The message has the way out."""
