"""Defects of ids, codes and names: taken for numbers or patterns, or cut to letters."""

# ruff: noqa: D102, D105  # each class says what it does wrong; the methods are the store's

import re
import unicodedata
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

import attrs

from phananh.regulation.cleaning import fold_id
from phananh.stores.base import IndexRow, Query
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.seeded import found_by

IDS = "test_ids_that_look_like_numbers_are_texts"
CODES = "test_codes_that_look_like_numbers_are_texts"
RULES = "test_rules_are_compared_as_texts"
HOLDERS = "test_holders_and_units_are_compared_as_texts"
CONSUMERS = "test_consumers_are_compared_as_texts"


def read_number(text: str) -> str:
    """Return the number that a text looks like, as a column of numbers keeps it."""
    return format(float(text), "g") if re.fullmatch(r"[+-]?\d+(\.\d+)?(e\d+)?", text) else text


def keep_letters(text: str) -> str:
    """Return a text that can name a file."""
    return re.sub(r"[^\w.-]", "_", text)


def is_like(text: str, pattern: str) -> bool:
    """Compare as LIKE of SQL does, capitals apart."""
    marks = str.maketrans({"%": "*", "_": "?", "*": "[*]", "?": "[?]", "[": "[[]"})
    return fnmatchcase(text, pattern.translate(marks))


class Keys(dict[str, Any]):
    """A table whose keys are not kept as they are."""

    def __init__(self, change: Callable[[str], str]) -> None:
        """Begin without any."""
        super().__init__()
        self._change = change

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(self._change(key))

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(self._change(key), value)

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(self._change(key), default)

    def update(self, other: Any) -> None:  # type: ignore[override]  # as the store calls it
        for key, value in other.items():
            self[key] = value


class _Keyed(MemoryStore):
    """Keeps a table under other keys."""

    table = ""
    change = staticmethod(read_number)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        setattr(self, self.table, Keys(self.change))


@found_by(IDS)
class CasesAreNumbers(_Keyed):
    """Takes the case 007 for the case 7."""

    table = "_histories"


@found_by(IDS)
class RowsAreNumbers(_Keyed):
    """Keeps one row for the cases 007 and 7."""

    table = "_rows"


@found_by(IDS)
class CommandsAreNumbers(_Keyed):
    """Takes the command 007 for the command 7."""

    table = "_records"


@found_by(CODES)
class CodesAreNumbers(_Keyed):
    """Takes the tracking code 12e3 for 120e2, and refuses it as another case's."""

    table = "_codes"


@found_by(CONSUMERS)
class ConsumersAreNumbers(_Keyed):
    """Takes the consumer 007 for the consumer 7."""

    table = "_leases"


@found_by(CONSUMERS)
class ConsumersAreFiles(_Keyed):
    """Keeps a consumer under its letters, as the name of a file."""

    table = "_leases"
    change = staticmethod(keep_letters)


class _Compared(MemoryStore):
    """Compares some columns in another way."""

    columns: tuple[str, ...] = ()
    compare: Callable[[str, str], bool] = staticmethod(is_like)

    def _find_rows(self, query: Query) -> list[IndexRow]:
        wanted = {name: getattr(query, name) for name in self.columns}
        none: dict[str, Any] = dict.fromkeys(self.columns)
        found = super()._find_rows(attrs.evolve(query, **none))
        given = {name: fold_id(value) for name, value in wanted.items() if value is not None}
        return [row for row in found if self._is_met(row, given)]

    def _is_met(self, row: IndexRow, wanted: dict[str, str]) -> bool:
        pairs = ((getattr(row, name), value) for name, value in wanted.items())
        return all(
            found is not None and self.compare(fold_id(found), value) for found, value in pairs
        )


def is_same_number(one: str, other: str) -> bool:
    """Compare as a column of numbers does."""
    return read_number(one) == read_number(other)


@found_by(RULES)
class RulesArePatterns(_Compared):
    """Compares the id of rules with LIKE."""

    columns = ("rules",)


@found_by(RULES)
class RulesAreNumbers(_Compared):
    """Takes the rules 2019 for the rules 2019.0."""

    columns = ("rules",)
    compare = staticmethod(is_same_number)


@found_by(HOLDERS)
class HoldersArePatterns(_Compared):
    """Compares the id of a holder with LIKE."""

    columns = ("holder_id",)


@found_by(HOLDERS)
class UnitsAreNumbers(_Compared):
    """Takes the unit 012 for the unit 12."""

    columns = ("holder_id", "unit")
    compare = staticmethod(is_same_number)


@found_by("test_units_and_ids_compare_folded")
class TonesStandWhereTheyStand(MemoryStore):
    """Compares units without capitals, and Hòa is another than Hoà."""

    def _find_rows(self, query: Query) -> list[IndexRow]:
        found = super()._find_rows(attrs.evolve(query, unit=None))
        return [row for row in found if query.unit is None or _has_unit(row, query.unit)]


def _has_unit(row: IndexRow, unit: str) -> bool:
    one, other = (unicodedata.normalize("NFC", text).casefold() for text in (row.unit or "", unit))
    return one == other
