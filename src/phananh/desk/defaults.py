"""The defaults of a desk for the clock and for random bits."""

from datetime import datetime

from phananh.worktime.localtime import VIETNAM


def vietnam_now() -> datetime:
    """Return the present moment in Vietnamese time, in whole seconds."""
    return datetime.now(VIETNAM).replace(microsecond=0)


def random_bits(count: int) -> int:
    """Return `count` unpredictable bits."""
    import secrets  # at its first use, as whatever is slow to load and seldom needed

    return secrets.randbits(count)
