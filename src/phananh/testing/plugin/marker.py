"""The marker `phananh`: when the clock of a test begins, and under which rules and hours."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs
import pytest

from phananh.errors import InputError
from phananh.regulation.context import CalendarChoice, CalendarLookup, make_lookup
from phananh.regulation.rules import HOA_BINH_2019, Rules, list_rules
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore
from phananh.testing.clock import parse_instant
from phananh.worktime import vietnam_calendar

NAME = "phananh"
MARKER = (
    f'{NAME}(at="2025-04-21 09:00", rules=..., hours=..., store=...): when `phananh_clock` begins, '
    "the rules and hours of `phananh_desk`, and what makes `phananh_store`"
)


def _parse_at(value: datetime | str | None) -> datetime | None:
    return None if value is None else parse_instant(value)


def _find_hours(value: CalendarChoice | str | None) -> CalendarLookup | None:
    """Return the hours as a desk looks them up, if any are given."""
    if value is None:
        return None
    return make_lookup(vietnam_calendar(value) if isinstance(value, str) else value)


def _check_factory(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if not callable(value):
        raise InputError(field=field.name, code="not_a_factory")


@attrs.frozen(kw_only=True)
class Settings:
    """The settings of a test's markers, with defaults for the others."""

    at: datetime | None = attrs.field(default=None, converter=_parse_at)
    rules: tuple[Rules, ...] = attrs.field(default=HOA_BINH_2019, converter=list_rules)
    hours: CalendarLookup | None = attrs.field(default=None, converter=_find_hours)
    store: Callable[[], Store] = attrs.field(default=MemoryStore, validator=_check_factory)


_KNOWN = tuple(field.name for field in attrs.fields(Settings))


def read_settings(node: pytest.Item) -> Settings:
    """Return the settings of a test's markers, the nearest one of each."""
    found: dict[str, object] = {}
    for marker in reversed([*node.iter_markers(NAME)]):
        found |= marker.kwargs
    return Settings(**found)  # type: ignore[arg-type]  # checked when it was collected


def check_marker(node: pytest.Item) -> None:
    """Refuse a marker with an unknown setting, or a value that cannot be.

    Raises:
        pytest.UsageError: it names the test, and the known settings.
    """
    markers = [*node.iter_markers(NAME)]
    for marker in markers:
        unknown = ["a value without a name"] if marker.args else [*marker.kwargs.keys() - {*_KNOWN}]
        if unknown:
            problem = f"it has no {unknown[0]}; it takes {', '.join(_KNOWN)}"
            raise pytest.UsageError(f"{node.nodeid}: the marker {NAME}: {problem}")
    if not markers:
        return
    try:
        read_settings(node)
    except InputError as error:
        raise pytest.UsageError(f"{node.nodeid}: the marker {NAME}: {error}") from error
