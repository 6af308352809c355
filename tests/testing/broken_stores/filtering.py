"""Defects of filters: two that forget each other, and lateness that goes away."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

from typing import Any

import attrs

from phananh.regulation.request import State
from phananh.stores.base import Change, IndexRow, Page, Query
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.seeded import found_by


class _Rewritten(MemoryStore):
    """Asks something else than it was asked, in lists and in counts."""

    def find(self, query: Query, /) -> Page:
        return super().find(self._rewrite(query))

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        return super().count(self._rewrite(query), limit=limit)

    def _rewrite(self, query: Query) -> Query:
        raise NotImplementedError


@found_by("test_each_pair_of_filters_holds")
class DueForgetsTheUnit(_Rewritten):
    """Finds what is due by an index that knows no units."""

    def _rewrite(self, query: Query) -> Query:
        return query if query.due_before is None else attrs.evolve(query, unit=None)


@found_by("test_each_pair_of_filters_holds")
class DueForgetsTheLate(_Rewritten):
    """Takes what is due for late, whatever is asked beside it."""

    def _rewrite(self, query: Query) -> Query:
        return query if query.due_before is None else attrs.evolve(query, late=None)


@found_by("test_each_pair_of_filters_holds")
class DoneForgetsTheHolder(_Rewritten):
    """Does not look who holds a case that is done: nobody does."""

    def _rewrite(self, query: Query) -> Query:
        return attrs.evolve(query, holder_id=None) if query.is_open is False else query


@found_by("test_each_pair_of_filters_holds")
class OneEndOfAPeriod(_Rewritten):
    """Takes the later of two bounds of a period, and leaves the other."""

    def _rewrite(self, query: Query) -> Query:
        both = query.received_since is not None and query.received_before is not None
        return attrs.evolve(query, received_since=None) if both else query


@found_by("test_each_pair_of_filters_holds")
class CodeIsEnough(_Rewritten):
    """Looks at nothing else where a tracking code is given."""

    def _rewrite(self, query: Query) -> Query:
        return query if query.code is None else Query(code=query.code, order=query.order)


@found_by("test_each_pair_of_filters_holds")
class NoStatesAreAllStates(_Rewritten):
    """Takes an empty set of states for none given."""

    def _rewrite(self, query: Query) -> Query:
        return query if query.states else attrs.evolve(query, states=None)


@found_by("test_each_pair_of_filters_holds")
class FalseIsNotGiven(_Rewritten):
    """Takes `late=False` for not given, as it is false."""

    def _rewrite(self, query: Query) -> Query:
        return query if query.late else attrs.evolve(query, late=None)


@found_by("test_each_filter_holds_beside_due_before_in_each_order")
class DueByTheNewest(_Rewritten):
    """Forgets `due_before` in the order of receipt."""

    def _rewrite(self, query: Query) -> Query:
        if query.order == "newest" and query.due_before is not None and query.rules is not None:
            return attrs.evolve(query, due_before=None)
        return query


@found_by("test_all_filters_hold_at_once")
class NineFiltersAtMost(_Rewritten):
    """Leaves out what goes beyond its prepared statement."""

    def _rewrite(self, query: Query) -> Query:
        names = ("states", "holder", "holder_id", "unit", "kind", "is_open", "late", "due_before")
        names += ("received_since", "received_before", "code", "rules")
        given = [name for name in names if getattr(query, name) is not None]
        return attrs.evolve(query, **dict.fromkeys(given[9:]))


class _Flagged(MemoryStore):
    """Computes the flag of lateness by itself."""

    def _record(self, change: Change) -> None:
        before = self._rows.get(change.case)
        super()._record(change)
        late = self._is_late(change.row, before)
        self._rows[change.case] = attrs.evolve(change.row, late=late)

    def _is_late(self, row: IndexRow, before: IndexRow | None) -> bool:
        raise NotImplementedError


@found_by("test_late_stays_late")
class LateUntilANewLimit(_Flagged):
    """Takes the flag away where a new limit runs."""

    def _is_late(self, row: IndexRow, before: IndexRow | None) -> bool:
        return row.late and row.due is None


@found_by("test_late_stays_late")
class LateWhileOpen(_Flagged):
    """Takes the flag away when the case is done."""

    def _is_late(self, row: IndexRow, before: IndexRow | None) -> bool:
        return row.late and row.is_open


@found_by("test_late_stays_late")
class LateWhileOverdue(_Flagged):
    """Derives the flag from the state."""

    def _is_late(self, row: IndexRow, before: IndexRow | None) -> bool:
        return row.state is State.OVERDUE


@found_by("test_late_stays_late")
class LateAnActLater(_Flagged):
    """Writes the flag that the case had before the act."""

    def _is_late(self, row: IndexRow, before: IndexRow | None) -> bool:
        return row.late if before is None else before.late


@found_by("test_row_of_a_late_case_is_whole")
class FlagsAreNumbers(MemoryStore):
    """Returns flags as the numbers that the database has."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        rows = (attrs.evolve(row, late=self._number(row.late)) for row in page.rows)
        return attrs.evolve(page, rows=tuple(rows))

    def _number(self, flag: bool) -> Any:  # noqa: FBT001  # one value is what it takes
        return int(flag)


@found_by("test_row_of_a_late_case_is_whole")
class SlugsForStates(MemoryStore):
    """Returns the state as the text that the database has."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        plain: Any = [attrs.evolve(row, state=str(row.state.value)) for row in page.rows]  # type: ignore[arg-type]  # the defect
        return attrs.evolve(page, rows=tuple(plain))


@found_by("test_late_rows_come_in_every_order")
class LateByDueAlone(MemoryStore):
    """Lists late cases by an index of those that have a limit."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        if not (query.late and query.order == "due"):
            return page
        rows = tuple(row for row in page.rows if row.due is not None)
        return attrs.evolve(
            page, rows=rows, next=page.next if len(rows) == len(page.rows) else None
        )


class _CodesBy(MemoryStore):
    """Compares codes by itself."""

    def find(self, query: Query, /) -> Page:
        if query.code is None:
            return super().find(query)
        page = super().find(attrs.evolve(query, code=None, limit=10**6))
        rows = tuple(row for row in page.rows if self._is_code(row.code, query.code))
        return attrs.evolve(page, rows=rows)

    def _is_code(self, code: str, wanted: str) -> bool:
        raise NotImplementedError


@found_by("test_code_is_compared_whole")
class CodesByBeginning(_CodesBy):
    """Finds a code by its first letters."""

    def _is_code(self, code: str, wanted: str) -> bool:
        return code.startswith(wanted)


@found_by("test_code_is_compared_whole")
class CodesWithoutCapitals(_CodesBy):
    """Finds a code in letters of any size."""

    def _is_code(self, code: str, wanted: str) -> bool:
        return code.casefold() == wanted.casefold()
