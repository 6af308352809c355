"""The recalculation, case by case, when the calendar changed while limits run (R15, R37, R38).

The cases are read page by page, the first due first, and each is a step of the table of its own: if
the run is killed in the middle, no case is half done, and a second run finds the rest. If somebody
else records meanwhile, the case is loaded and decided afresh. After the running limits come the
open cases that were marked late before. Those are only listed.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Literal

import attrs

from phananh.articles import Article
from phananh.desk.calendars import calendar_of, check_calendars_of, query_running
from phananh.desk.core import DeskCore, decision_context, moment
from phananh.desk.lookup import load_case, retry_on_conflict
from phananh.desk.recalculate.follow_up import (
    MissedLimit,
    find_closed_day,
    find_lost_notices,
    find_missed_limits,
)
from phananh.desk.recalculate.progress import Progress
from phananh.desk.recalculate.report import DeadlineMove, Recalculation
from phananh.errors import (
    ConflictError,
    CoverageError,
    InputError,
    NotFoundError,
    Refusal,
    RefusedError,
    StepNotAllowedError,
    StoreError,
    UnknownCalendarError,
    UnknownRulesError,
    short_repr,
)
from phananh.regulation.acts import MoveDeadline
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import to_vietnam_time
from phananh.regulation.deadline import Deadline, Recount
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.recount import is_issued_in_time, recount
from phananh.regulation.request import Holder
from phananh.stores.base import IndexRow, Query
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.waiting import is_cancelled, share_wait
from phananh.worktime import WorkCalendar
from phananh.worktime.validators import tuple_of

KeepOrApply = Literal["keep", "apply"]
_DAY = timedelta(days=1)
_LATE = "late:"  # where a cursor stands among the cases that were marked late


def recalculate(
    desk: DeskCore,
    *,
    dry_run: bool,
    earlier: KeepOrApply,
    unexplained: KeepOrApply,
    days: Collection[date],
    at: datetime | None,
    after: str | None,
    page_size: int,
    on_move: Callable[[DeadlineMove], None] | None,
    on_page: Callable[[Recalculation], None] | None,
) -> Recalculation:
    """Compare each running limit with the calendar of today, and report what moves, or move it."""
    for name, value in (("earlier", earlier), ("unexplained", unexplained)):
        if value not in ("keep", "apply"):
            known = ("keep", "apply")
            raise InputError(field=name, code="unknown_value", value=short_repr(value), known=known)
    progress = Progress(
        dry_run=dry_run,
        earlier=earlier == "apply",
        unexplained=unexplained == "apply",
        at=at,
        started=moment(desk, at),
        days=tuple_of(date, "days", days),
        spare=max(_DAY if each.late_after == "due" else _DAY * 30 for each in desk.rules),  # R14
        on_move=on_move,
    )
    with share_wait():  # a file that is locked is waited for once, not once a case
        while True:
            after = _do_page(desk, progress, after, page_size)
            report = progress.report(after)
            if on_page is not None:
                on_page(report)
            if after is None or is_cancelled():
                return report


def _do_page(desk: DeskCore, progress: Progress, after: str | None, limit: int) -> str | None:
    """Look at a page, of the running limits and then of the late cases, and return the next."""
    if isinstance(after, str) and after.startswith(_LATE):
        cursor = after.removeprefix(_LATE) or None
        page = desk.store.find(Query(is_open=True, late=True, limit=limit, after=cursor))
        progress.failed.extend(map(damaged_row_error, page.damaged))
        for row in _list_decidable(desk, progress, progress.has_to_read_late, page.rows):
            _look_at_late_case(desk, progress, row.case)
        return f"{_LATE}{page.next}" if page.next else None
    page = desk.store.find(query_running(after, limit=limit))
    progress.failed.extend(map(damaged_row_error, page.damaged))
    _recount_cases(desk, progress, _list_decidable(desk, progress, progress.has_to_read, page.rows))
    return page.next or _LATE


def _list_decidable(
    desk: DeskCore,
    progress: Progress,
    is_wanted: Callable[[IndexRow], bool],
    rows: Iterable[IndexRow],
) -> list[IndexRow]:
    """Return the rows that are wanted, and list those of rules that were not given as failed."""
    found = []
    for row in filter(is_wanted, rows):
        try:
            desk.require_rules(row.rules, case=row.case)
        except UnknownRulesError as error:
            progress.failed.append(error)  # however many: the engine is not at fault
        else:
            found.append(row)
    return found


def _recount_cases(desk: DeskCore, progress: Progress, rows: list[IndexRow]) -> None:
    """Compute the limits of a page anew, or none of them if one names an unknown calendar."""
    check_calendars_of(desk, rows)
    cases = [case for row in rows if (case := _load(desk, progress, row.case)) is not None]
    progress.read += len(cases)
    for case in cases:
        try:
            move = retry_on_conflict(desk.store, case, partial(_recount_case, desk, progress))
        except (StoreError, ConflictError, CoverageError, InputError) as error:
            progress.fail(error)
        else:
            if move is not None:
                progress.note(move)


def _load(desk: DeskCore, progress: Progress, case: str) -> Case | None:
    try:
        return load_case(desk.store, case)
    except (StoreError, NotFoundError) as error:
        progress.fail(error)
        return None


def _recount_case(desk: DeskCore, progress: Progress, case: Case) -> DeadlineMove | None:
    """Compute the running limit of a case anew, and move it if it may move."""
    deadline, holder = case.deadline, case.holder
    if deadline is None or holder is None:
        return None  # answered, or handed on, since it was listed
    calendar, old = desk.calendar(holder.role, holder.unit), case.due or deadline.due
    find_former = partial(_find_former, desk, progress, deadline, holder, calendar)
    closed = find_closed_day(case, calendar=calendar, find_former=find_former)
    if closed is not None:
        return DeadlineMove.of_day_off(
            case.id, deadline, holder, closed, old=old, calendar=calendar
        )
    rules = desk.rules_of(case)
    found = recount(deadline, calendar=calendar, rules=rules, find_former=find_former)
    outcome = None if found is None else _outcome_of(desk, progress, case, found)
    if found is None or outcome is None:
        return None
    move = DeadlineMove.of_recount(
        case.id, deadline, holder, found, old=old, outcome=outcome[0], reasons=outcome[1]
    )
    missing = found.missing or (find_lost_notices(case, calendar) if found.unexplained else ())
    return attrs.evolve(move, missing=missing)


def _outcome_of(
    desk: DeskCore, progress: Progress, case: Case, found: Recount
) -> tuple[str, tuple[Refusal, ...]] | None:
    """Return the outcome and the reasons of an attempt, or None if there is no such step."""
    act = MoveDeadline(recount=found, earlier=progress.earlier, unexplained=progress.unexplained)
    reasons = _attempt(desk, progress, case, act)
    if reasons is None:
        return None
    if not reasons:
        return "would_move" if progress.dry_run else "moved", ()
    is_unexplained = any(reason.code == "unexplained" for reason in reasons)
    return "unexplained" if is_unexplained else "kept", reasons


def _attempt(
    desk: DeskCore, progress: Progress, case: Case, act: MoveDeadline
) -> tuple[Refusal, ...] | None:
    """Return why it may not move, empty if it may, or None if there is no such step."""
    at = progress.at or max(desk.now(), case.updated_at)
    try:
        if not progress.dry_run:
            desk.do(case, act, at=at)
            return ()
        decision = decide(case, act, decision_context(desk, case, at))
        if not isinstance(decision, Recorded):
            raise decision.as_error(case.id)
    except RefusedError as error:
        return error.refusals
    except StepNotAllowedError:
        return None
    return ()


def _find_former(
    desk: DeskCore, progress: Progress, deadline: Deadline, holder: Holder, calendar: WorkCalendar
) -> WorkCalendar | None:
    """Return the calendar of a deadline, if it is at hand, looked up once for each of its days."""
    day = calendar.local(deadline.start).date()
    key = (calendar.version, deadline.version, deadline.calendar, day)
    if key not in progress.former:
        try:
            progress.former[key] = calendar_of(desk, deadline, holder=holder)
        except UnknownCalendarError:
            progress.former[key] = None
    return progress.former[key]


def _look_at_late_case(desk: DeskCore, progress: Progress, case: str) -> None:
    """Note the limits of a case that were marked late, but not by today's calendar."""
    try:
        history = desk.store.load(case)
        for missed in find_missed_limits(history):
            move = _recount_missed(desk, progress, fold(history), missed)
            if move is not None:
                progress.note(move)
    except (StoreError, CoverageError, InputError) as error:
        progress.fail(error)


def _recount_missed(
    desk: DeskCore, progress: Progress, case: Case, missed: MissedLimit
) -> DeadlineMove | None:
    """Return that a missed limit is met by today's calendar, or None if it is not."""
    deadline, holder = missed.deadline, missed.holder
    calendar = desk.calendar(holder.role, holder.unit)
    find_former = partial(_find_former, desk, progress, deadline, holder, calendar)
    rules = desk.rules_of(case)
    found = recount(deadline, calendar=calendar, rules=rules, find_former=find_former)
    if found is None or not missed.is_met_by(found, at=progress.started):
        return None
    reasons: tuple[Refusal, ...] = ()
    if not is_issued_in_time(found.issued, late_after=deadline.late_after, rules=rules):
        facts, article = {"due": to_vietnam_time(missed.due)}, Article(deadline.article)
        reasons = (Refusal(code="ran_out_before", article=article, facts=facts),)
    return DeadlineMove.of_recount(
        case.id, deadline, holder, found, old=missed.due, outcome="late_before", reasons=reasons
    )
