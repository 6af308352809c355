"""How much time a limit gives: working time, as Article 9 does, or a term in days (R17).

Other regulations count in days. Their limits run through the same steps, stores and
recalculation. Only this file knows how to count either on a calendar.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from phananh.worktime import Span, WorkCalendar
from phananh.worktime.terms import Term

Budget = timedelta | Term

# What the clauses of Article 9 themselves give. Rules may set another limit under the clause.
CLAUSE_BUDGETS: Final[dict[str, Budget]] = {
    "9.1": timedelta(hours=5),
    "9.2": timedelta(hours=8),
}


def compute_due(budget: Budget, start: datetime, calendar: WorkCalendar) -> datetime:
    """Return when a budget that runs from `start` is used up.

    Raises:
        CoverageError, NoWorkingTimeError: the calendar does not reach so far.
    """
    if isinstance(budget, timedelta):
        return calendar.add(start, budget)
    return budget.due(start, on=calendar)


def lay_out(budget: Budget, start: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """Return start, budget, due, spans, provisional, and the calendar's name and version.

    The spans are the working time up to the due instant. They add up to the budget, unless it is
    a term in days. Then they are the working time that the office has within it.
    """
    if isinstance(budget, timedelta):
        return vars(calendar.allot(start, budget)).copy()
    end = budget.expiry(start, on=calendar)
    return {
        "start": start,
        "budget": budget,
        "due": end.due,
        "spans": calendar.spans(start, end.due),
        "provisional": end.provisional,
        "calendar": calendar.name,
        "version": calendar.version,
    }


def is_provisional(budget: Budget, start: datetime, due: datetime, calendar: WorkCalendar) -> bool:
    """Return whether a later notice may move what is due at `due`."""
    if isinstance(budget, timedelta):
        return calendar.provisional(start, due)
    return budget.expiry(start, on=calendar).provisional


def sum_lengths(spans: tuple[Span, ...]) -> timedelta:
    """Return the working time in spans."""
    return sum((span.length for span in spans), timedelta())


def budget_to_plain(budget: Budget, lang: str | None) -> dict[str, Any]:
    """Return `budget_us`, in microseconds, or None for a term in days, with the term in `term`."""
    if isinstance(budget, timedelta):
        plain: dict[str, Any] = {"budget_us": budget // timedelta.resolution}
    else:
        plain = {"budget_us": None, "term": budget.as_dict(lang)}
    return plain if lang is None else {**plain, "budget_text": budget_text(budget, lang)}


def budget_text(budget: Budget, lang: str) -> str:
    """Return `5 giờ làm việc`, `5 working hours` or `5 working days`."""
    if not isinstance(budget, timedelta):
        return budget.text(lang)
    from phananh.worktime.durations import amount_text

    return amount_text(budget, lang)
