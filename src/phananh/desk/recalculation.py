"""When the calendar changes: every running limit, compared with the hours of today (R15, R37, R38).

The cases are read page by page, the first due first, and each is a step of the table of its own: if
the run is killed in the middle, no case is half done, and a second run finds the rest. If somebody
else records meanwhile, the case is loaded and decided afresh. After the running limits come the
open cases that were marked late before. A lapse is final, and so is a time named to the citizen:
where today's calendar makes one doubtful it is only listed, so that somebody can look at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from phananh.articles import Article
from phananh.desk.calendars import check_calendars_of
from phananh.desk.lookup import is_busy, load_case, retry_on_conflict
from phananh.errors import (
    ConflictError,
    CoverageError,
    InputError,
    NotFoundError,
    NoWorkingTimeError,
    PhanAnhError,
    Refusal,
    StoreError,
    UnknownCalendarError,
    UnknownRulesError,
)
from phananh.plain_data import names_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.acts import MoveDeadline
from phananh.regulation.case import Case, CaseDeadline, LapseRecord, find_running, find_stored
from phananh.regulation.cleaning import END_OF_TIME, to_vietnam_time
from phananh.regulation.deadline import Deadline, Recount
from phananh.regulation.deadline_move import is_issued_in_time
from phananh.regulation.decide import NotAllowed, Refused, decide
from phananh.regulation.recount import is_dated, list_notices, recount
from phananh.regulation.request import Holder
from phananh.spreadsheet import format_csv, to_text_cell
from phananh.stores.base import IndexRow, Query
from phananh.stores.conflicts import damaged_row_error
from phananh.worktime import WorkCalendar
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.instants import VIETNAM

if TYPE_CHECKING:
    from phananh.desk.desk import Desk

HEADER = (
    "case", "role", "unit", "holder", "article", "start", "old", "new", "counted", "outcome",
    "cause", "days", "notices", "unexplained", "missing", "old_calendar", "old_version",
    "new_calendar", "new_version", "reasons",
)  # fmt: skip
_MOVED = ("moved", "would_move")
_DAY = timedelta(days=1)
_LATE = "late:"  # where a cursor stands among the cases that were marked late


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class DeadlineMove(PlainValue):
    """A due time that today's calendar would have otherwise: what moves, or why it stays.

    `outcome` is moved, would_move (a dry run) or kept. If a person is to decide, it is unexplained
    (today's calendar gives no reason), named_on_day_off (the time named to the citizen falls on a
    day off now, R38) or late_before (marked late on the calendar before). `reasons` say why it
    stays. `counted` is the due time on today's calendar, None if none was computed. `days` changed,
    by `notices`. `cause` is day_off, worked_day, other_hours or unexplained. For the days
    `unexplained` the calendar that it was set on had the notices `missing`, as far as that is
    known.
    """

    case: str
    role: str
    unit: str | None
    holder: str | None
    article: str
    start: datetime
    old: datetime
    counted: datetime | None
    outcome: str
    cause: str
    days: tuple[date, ...]
    notices: tuple[str, ...]
    old_calendar: str
    old_version: str
    new_calendar: str
    new_version: str
    reasons: tuple[Refusal, ...] = ()
    unexplained: tuple[date, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def new(self) -> datetime | None:
        """The due time after the move, or None if it does not move."""
        return self.counted if self.outcome in _MOVED else None

    @property
    def is_earlier(self) -> bool:
        """Whether time that was promised would be taken away."""
        return self.counted is not None and self.counted < self.old

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        return names_to_plain(self, HEADER, lang)

    def row(self) -> tuple[str, ...]:
        """Return the move as cells under `HEADER`, with lists joined by semicolons.

        A spreadsheet takes no cell for a formula, whatever an id is, even if it splits cells at
        semicolons.
        """
        found = self.as_dict() | {"reasons": [reason.code for reason in self.reasons]}
        cells = (cell if isinstance(cell, list) else [cell or ""] for cell in found.values())
        return tuple(to_text_cell(";".join(cell)) for cell in cells)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class UnitMoves(PlainValue):
    """How many due times of one unit move later or earlier, are kept, or wait for a person."""

    role: str
    unit: str | None
    later: int = 0
    earlier: int = 0
    kept: int = 0
    unexplained: int = 0
    named_on_day_off: int = 0
    late_before: int = 0

    @property
    def to_decide(self) -> int:
        """How many wait for a person."""
        return self.unexplained + self.named_on_day_off + self.late_before

    def with_one(self, move: DeadlineMove) -> UnitMoves:
        """Return the count with one more."""
        name = move.outcome
        if name in _MOVED:
            name = "earlier" if move.is_earlier else "later"
        return attrs.evolve(self, **{name: getattr(self, name) + 1})


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Recalculation(PlainValue):
    """The moves that a recalculation did so far, or in a dry run would do.

    `read` counts the running limits that were looked at. `moved` counts due times that moved, or
    would move, `kept` those that stay as they were set though they would be due at another time,
    `unexplained` those for which today's calendar gives no reason, `named_on_day_off` times named
    to a citizen that fall on a day off now (R38), and `late_before` limits that were marked late,
    but by today's calendar had not run out then. `units` has these by role and unit, in order.
    `moves` is empty if they were handed to `on_move`. `failed` are cases that could not be done,
    each to be tried again. `next` resumes after the page that was done last, and is None at the
    end.
    """

    dry_run: bool
    at: datetime
    read: int
    moved: int
    kept: int
    unexplained: int
    named_on_day_off: int
    late_before: int
    units: tuple[UnitMoves, ...]
    moves: tuple[DeadlineMove, ...]
    failed: tuple[PhanAnhError, ...]
    next: str | None

    def as_csv(self) -> str:
        """Return the moves as CSV with a header."""
        return format_csv((HEADER, *(move.row() for move in self.moves)))


@attrs.define(kw_only=True)
class Run:
    """The options, and the findings so far: what moved or failed, and no case that stayed."""

    desk: Desk
    dry_run: bool
    earlier: bool
    unexplained: bool
    at: datetime | None
    started: datetime
    days: tuple[date, ...]
    on_move: Callable[[DeadlineMove], None] | None
    read: int = 0
    units: dict[tuple[str, str], UnitMoves] = attrs.Factory(dict)
    moves: list[DeadlineMove] = attrs.Factory(list)
    failed: list[PhanAnhError] = attrs.Factory(list)
    moved_later: set[str] = attrs.Factory(set)  # moved to a later time, and so met again there
    # by the versions of today's calendar and of the deadline's, its name, and the day it was set
    former: dict[tuple[str, str, str, date], WorkCalendar | None] = attrs.Factory(dict)

    def report(self, cursor: str | None) -> Recalculation:
        """Return the findings so far."""
        units = [self.units[key] for key in sorted(self.units)]
        return Recalculation(
            dry_run=self.dry_run,
            at=self.started,
            read=self.read,
            moved=sum(unit.later + unit.earlier for unit in units),
            kept=sum(unit.kept for unit in units),
            unexplained=sum(unit.unexplained for unit in units),
            named_on_day_off=sum(unit.named_on_day_off for unit in units),
            late_before=sum(unit.late_before for unit in units),
            units=tuple(units),
            moves=tuple(self.moves),
            failed=tuple(self.failed),
            next=cursor,
        )

    def do_page(self, after: str | None, limit: int) -> str | None:
        """Look at a page, of the running limits and then of the late cases, and return the next."""
        is_late = isinstance(after, str) and after.startswith(_LATE)
        query = Query(
            is_open=True, due_before=END_OF_TIME - timedelta.resolution, limit=limit, after=after
        )
        if is_late:
            cursor = str(after).removeprefix(_LATE) or None
            query = Query(is_open=True, late=True, limit=limit, after=cursor)
        page = self.desk.store.find(query)
        self.failed.extend(map(damaged_row_error, page.damaged))
        rows = [row for row in page.rows if self._select(row, is_late=is_late)]
        if not is_late:  # none of a page moves if one case of it names an unknown calendar
            check_calendars_of(self.desk, rows)
        find_moves = self._find_doubtful_lapses if is_late else self._recount_row
        for row in rows:
            try:
                moves = find_moves(row)
            except (
                StoreError, NotFoundError, ConflictError, CoverageError, NoWorkingTimeError,
                InputError,
            ) as error:  # fmt: skip
                self.failed.append(error)
                if is_busy(error):  # the next case would wait as long
                    raise
            else:
                self._note(moves)
        if is_late:
            return f"{_LATE}{page.next}" if page.next else None
        return page.next or _LATE

    def _select(self, row: IndexRow, *, is_late: bool) -> bool:
        """Return whether a case has to be read: it was not, and a changed day may touch its limit.

        A late case is wanted if any day changed since it was received.
        """
        if row.case in self.moved_later and not is_late:
            self.moved_later.remove(row.case)
            return False
        due = None if is_late else row.due
        # How long after the due time a day can still touch a limit (R14).
        more = _DAY if all(each.late_after == "due" for each in self.desk.rules) else _DAY * 30
        last = due.astimezone(VIETNAM).date() + more if due else date.max
        first = row.received_at.astimezone(VIETNAM).date() - _DAY
        if self.days and not any(first <= day <= last for day in self.days):
            return False
        try:
            self.desk.require_rules(row.rules, case=row.case)
        except UnknownRulesError as error:
            self.failed.append(error)
            return False
        return True

    def _note(self, moves: Iterable[DeadlineMove]) -> None:
        """Count moves, and hand them on."""
        for move in moves:
            key = (move.role, move.unit or "")
            unit = self.units.get(key) or UnitMoves(role=move.role, unit=move.unit)
            self.units[key] = unit.with_one(move)
            if move.outcome == "moved" and not move.is_earlier:
                self.moved_later.add(move.case)
            if self.on_move is None:
                self.moves.append(move)
            else:
                self.on_move(move)

    def _recount_row(self, row: IndexRow) -> list[DeadlineMove]:
        """Compute the running limit of a case anew, afresh if somebody else records meanwhile."""
        case = load_case(self.desk.store, row.case)
        self.read += 1
        move = retry_on_conflict(self.desk.store, case, self._recount_case)
        return [] if move is None else [move]

    def _recount_case(self, case: Case) -> DeadlineMove | None:
        """Compute the running limit of a case anew, and move it if it may move."""
        limit, holder = find_running(case), case.holder
        if limit is None:
            return None  # answered, or handed on, since it was listed
        assert holder is not None  # whose limit it is
        deadline, old = limit.deadline, limit.due
        calendar = self.desk.calendar(holder.role, holder.unit)
        if (closed := self._find_closed_day(limit, holder, calendar)) is not None:
            stays = _make_refusal("promised_time", "9.3", old)
            return _make_move(
                case,
                deadline,
                holder,
                old=old,
                counted=None,
                outcome="named_on_day_off",
                cause="day_off",
                days=(closed.date,),
                notices=(closed.source,) if closed.source else (),
                new_calendar=calendar.name,
                new_version=calendar.version,
                reasons=(stays,),
            )
        found = self._recount(case, deadline, holder)
        if found is None:
            return None
        reasons = self._attempt(case, found)
        if reasons is None:
            return None
        outcome = "would_move" if self.dry_run else "moved"
        if reasons:
            is_unexplained = any(reason.code == "unexplained" for reason in reasons)
            outcome = "unexplained" if is_unexplained else "kept"
        return _make_move(
            case,
            deadline,
            holder,
            old=old,
            outcome=outcome,
            reasons=reasons,
            **_describe_recount(found),
            missing=found.missing
            or (_find_lost_notices(case, deadline, calendar) if found.unexplained else ()),
        )

    def _recount(self, case: Case, deadline: Deadline, holder: Holder) -> Recount | None:
        """Return what today's calendar makes of a deadline, or None if it makes no difference."""
        calendar = self.desk.calendar(holder.role, holder.unit)
        return recount(
            deadline,
            calendar=calendar,
            rules=self.desk.rules_of(case),
            find_former=lambda: self._find_former(deadline, holder, calendar),
        )

    def _attempt(self, case: Case, found: Recount) -> tuple[Refusal, ...] | None:
        """Return why a limit may not move, empty if it may, or None if there is no such step."""
        act = MoveDeadline(recount=found, earlier=self.earlier, unexplained=self.unexplained)
        at = max(self.at or self.desk.now(), case.updated_at)
        decision = decide(case, act, self.desk.context_of(case, at))
        if isinstance(decision, NotAllowed):
            return None
        if isinstance(decision, Refused):
            return decision.reasons
        if not self.dry_run:
            self.desk._do(case, act, at=at)
        return ()

    def _find_former(
        self, deadline: Deadline, holder: Holder, calendar: WorkCalendar
    ) -> WorkCalendar | None:
        """Return the calendar of a deadline, if it is at hand, looked up once for each day."""
        day = calendar.local(deadline.start).date()
        key = (calendar.version, deadline.version, deadline.calendar, day)
        if key not in self.former:
            try:
                self.former[key] = self.desk.calendar_of(deadline, holder=holder)
            except UnknownCalendarError:
                self.former[key] = None
        return self.former[key]

    def _find_closed_day(
        self, limit: CaseDeadline, holder: Holder, calendar: WorkCalendar
    ) -> DayInfo | None:
        """Return the day of the time named to the citizen if it was closed since, else None."""
        deadline = limit.deadline
        if not limit.is_rescheduled:
            return None
        info = calendar.day(calendar.local(limit.due).date())
        if info.sessions or not is_dated(info):
            return None
        before = self._find_former(deadline, holder, calendar)
        if before is not None:
            return info if before.day(info.date).sessions else None
        notice = list_notices(calendar).get(info.source)
        set_on = calendar.local(deadline.start).date()
        known = notice.known_on if notice else None
        is_new = notice is not None and (not known or known > set_on)
        return info if is_new or info.reason_code == "override" else None

    def _find_doubtful_lapses(self, row: IndexRow) -> list[DeadlineMove]:
        """Return the limits of a case that were marked late, but not by today's calendar."""
        case = load_case(self.desk.store, row.case)
        found = {  # once if it is in two parts (R51), and if only the first is in doubt, too
            each.opened_by: move
            for each in case.lapses
            if not each.lifted
            if (move := self._recount_missed(case, each))
        }
        return [*found.values()]

    def _recount_missed(self, case: Case, lapse: LapseRecord) -> DeadlineMove | None:
        """Return that a limit that was marked late is met by today's calendar, or None if not.

        Then the leadership may lift the lapse (R50).
        """
        deadline, holder = find_stored(case, lapse.opened_by), lapse.late
        if deadline is None or deadline.due != lapse.due:
            return None  # a time named to the citizen
        found = self._recount(case, deadline, holder)
        if found is None or found.unexplained:
            return None
        done = lapse.ended_at or self.started
        if done.astimezone(UTC) > found.deadline.late_after.astimezone(UTC):
            return None
        reasons: tuple[Refusal, ...] = ()
        rules = self.desk.rules_of(case)
        if not is_issued_in_time(found.issued, late_after=deadline.late_after, rules=rules):
            reasons = (_make_refusal("ran_out_before", deadline.article, lapse.due),)
        return _make_move(
            case,
            deadline,
            holder,
            old=lapse.due,
            outcome="late_before",
            reasons=reasons,
            **_describe_recount(found),
        )


def _make_move(case: Case, deadline: Deadline, holder: Holder, **more: Any) -> DeadlineMove:
    return DeadlineMove(
        case=case.id,
        role=holder.role.value,
        unit=holder.unit,
        holder=holder.id,
        article=deadline.article,
        start=deadline.start,
        old_calendar=deadline.calendar,
        old_version=deadline.version,
        **more,
    )


def _describe_recount(found: Recount) -> dict[str, Any]:
    return {
        "counted": found.deadline.due,
        "cause": found.cause,
        "days": found.days,
        "notices": found.notices,
        "unexplained": found.unexplained,
        "new_calendar": found.deadline.calendar,
        "new_version": found.deadline.version,
    }


def _make_refusal(code: str, article: str, due: datetime) -> Refusal:
    return Refusal(code=code, article=Article(article), facts={"due": to_vietnam_time(due)})


def _find_lost_notices(case: Case, deadline: Deadline, calendar: WorkCalendar) -> tuple[str, ...]:
    """Return the documents that moved the running limit before and that the calendar lacks."""
    assert case.clock is not None  # whose deadline this is
    years = {calendar.local(each).year for each in (deadline.start, deadline.due)}
    public = (calendar.days.year(year).values() if calendar.days else () for year in years)
    known = {*list_notices(calendar), *(day.source for days in public for day in days)}
    moves = (move for move in case.moves if move.opened_by == case.clock.opened_by)
    named = dict.fromkeys(document for move in moves for document in move.notices)
    return tuple(document for document in named if document not in known)
