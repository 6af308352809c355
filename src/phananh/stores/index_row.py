"""The index row of a case, which lists and the sweep read without a history, and its check."""

from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from phananh.errors import CorruptError
from phananh.plain_value import make_unchecked
from phananh.regulation.access import is_holder_accused
from phananh.regulation.case import Case, find_latest_lapse, fold
from phananh.regulation.cleaning import fold_id
from phananh.regulation.events import Event
from phananh.regulation.request import Role
from phananh.stores.base import CalendarUse, Column, Counts, IndexRow

SHOWN = 5  # cases that a CalendarUse names
ROLES = {each.value: each for each in Role}  # quicker than to call the class


def make_index_row(case: Case) -> IndexRow:
    """Return the row that lists show of `case`, as of its version (Art. 9.1, 9.2)."""
    holder, is_open = case.holder, case.is_open
    role, person, unit = (holder.role, holder.id, holder.unit) if holder else (None, None, None)
    clock = case.clock if is_open else None
    deadline = case.deadline if clock else None
    missed = find_latest_lapse(case) if case.lapses else None
    answers = [each for each in case.figures if each[0] == "answered"] if case.answered_at else []
    asker = case.officer if role is Role.AGENCY else None
    return make_unchecked(
        IndexRow,
        {
            "case": case.id,
            "version": case.version,
            "state": case.state,
            "holder": role,
            "holder_id": person,
            "unit": unit,
            "kind": case.kind,
            "channel": case.channel,
            "received_at": case.received_at,
            "since": case.since,
            "updated_at": case.updated_at,
            "recorded_at": case.recorded_at,
            "due": clock.due if clock else None,
            "is_open": is_open,
            "late": missed is not None,
            "code": case.code_digest,
            "rules": case.rules,
            "calendar": deadline.calendar if deadline else None,
            "calendar_version": deadline.version if deadline else None,
            "missed_due": missed.due if missed else None,
            "answered_at": case.answered_at,
            "answered_by": ROLES[answers[-1][3]] if answers else None,
            "answered_unit": answers[-1][5] if answers else None,
            "officer_id": asker.id if asker else None,
            "officer_unit": asker.unit if asker else None,
            "figures": case.figures,
            "holder_accused": is_holder_accused(case),
        },
    )


def count_rows(rows: Iterable[IndexRow], column: Column) -> Counts:
    """Return how many rows there are for each value of a column. Spellings of a unit are one."""
    names: dict[str, str] = {}
    return dict(
        Counter(
            names.setdefault(fold_id(each), each)
            if column == "unit" and each
            else getattr(each, "value", each)
            for each in (getattr(row, column) for row in rows)
        )
    )


def make_use(rows: tuple[IndexRow, ...], deadlines: int) -> CalendarUse:
    """Return how many limits name the calendar that some rows, one or more, agree on."""
    first = rows[0]
    return CalendarUse(
        calendar=str(first.calendar),  # a row that names none is in no group
        version=str(first.calendar_version),
        holder=first.holder,
        unit=first.unit,
        deadlines=deadlines,
        rows=rows,
    )


def check_row_of(history: Sequence[Event], row: IndexRow) -> None:
    """Raise CorruptError unless a row is the sum of its history."""
    from phananh.stores.codec import CORRUPTED  # and json, which a desk in memory does without

    try:
        wanted = make_index_row(fold(history))
    except (*CORRUPTED, AttributeError) as error:
        last, facts = history[-1], {"cause": type(error).__name__}
        code: str = "history_not_folded"
        raise CorruptError(
            doing="examining", code=code, case=last.case, version=last.n, **facts
        ) from error
    names = [each.name for each in attrs.fields(IndexRow)]
    if row.holder_accused is None:  # written by an earlier version, which left these out
        names = names[: names.index("missed_due" if row.figures is None else "holder_accused")]
    columns = [name for name in names if getattr(row, name) != getattr(wanted, name)]
    if columns:
        code, n = "row_not_of_history", len(history)
        raise CorruptError(doing="examining", code=code, columns=columns, case=row.case, version=n)
