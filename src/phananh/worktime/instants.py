"""The doors of working time: aware datetimes and timedeltas, nothing else comes in."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from phananh.errors import InputError, InputTypeError, short_repr


def require_aware(t: object, field: str = "t") -> datetime:
    """Return `t` if it is a datetime with an offset; `field` is what messages call it.

    Raises:
        InputTypeError: it is no datetime. InputError: it is one without an offset.
    """
    if not isinstance(t, datetime) or t != t:  # NaT of pandas is no time, though a datetime
        raise InputTypeError(
            field=field,
            problem=f"{short_repr(t)} is not a datetime",
            way_out='give an aware datetime, such as datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("'
            'Asia/Ho_Chi_Minh"))',
        )
    if t.utcoffset() is None:
        raise InputError(
            field=field,
            problem=f"{t.isoformat()} has no offset",
            way_out='say where its clock hangs: t.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))',
        )
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
        problem = f"{short_repr(name)} is not a known zone"
        raise InputError(field="zone", problem=problem, way_out='use "Asia/Ho_Chi_Minh"') from None
