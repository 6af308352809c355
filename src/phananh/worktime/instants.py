"""What working time is given: aware datetimes, timedeltas, the name of a zone."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from phananh.errors import InputError, InputTypeError, short_repr


def require_aware(t: object, field: str = "t") -> datetime:
    """Return `t` if it is a datetime with an offset; `field` is what messages call it.

    Raises:
        InputTypeError: it is no datetime. InputError: it is one without an offset.
    """
    if not isinstance(t, datetime) or t != t:  # NaT of pandas is no time, though a datetime
        raise InputTypeError(code="not_a_datetime", field=field, value=short_repr(t))
    if t.utcoffset() is None:
        raise InputError(code="naive_datetime", field=field, value=t.isoformat())
    return t


def require_timedelta(w: object, field: str = "w") -> timedelta:
    """Return `w` if it is a timedelta; `field` is what messages call it.

    Raises:
        InputTypeError: it is something else; a bare number could be hours, minutes or days.
    """
    if not isinstance(w, timedelta):
        raise InputTypeError(code=budget_error_code(w), field=field, value=short_repr(w))
    return w


def budget_error_code(given: object, code: str = "not_a_timedelta") -> str:
    """Return the code for what is no working time: a term in days is counted by itself."""
    return "term_as_budget" if getattr(type(given), "is_term", False) else code


def load_zone(name: str) -> tzinfo:
    """Return the zone of that IANA name."""
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError, AttributeError):
        raise InputError(code="unknown_zone", field="zone", value=short_repr(name)) from None
