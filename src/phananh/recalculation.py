"""When the calendar changes: every running limit against the hours of today (R15, R37, R38).

The cases are read page by page, the first due first, and each is a step of the table of its
own: killed in the middle, nothing is half done, and a second run finds the rest. Where
somebody else records meanwhile, the case is loaded and judged afresh.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Literal

import attrs

from phananh.errors import (
    ConflictError,
    CoverageError,
    InputError,
    NotFoundError,
    PhanAnhError,
    Refusal,
    RefusedError,
    StepNotAllowedError,
    StoreError,
)
from phananh.moves import Move, Recalculation, UnitMoves
from phananh.promises import InUse, Promises
from phananh.regulation.acts import MoveDeadline
from phananh.regulation.case import Case
from phananh.regulation.deadline import Deadline
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.recount import recount
from phananh.regulation.request import Holder
from phananh.regulation.text import VIETNAM
from phananh.stores.base import IndexRow

Earlier = Literal["keep", "apply"]
_TRIES = 5
_BROKEN = 100  # so many failures in a row: the engine, or the calendar, is at fault
_DAY = timedelta(days=1)


@attrs.define(kw_only=True)
class _Run:
    """What was asked for, and what was found so far; its size does not grow with the store."""

    dry_run: bool
    earlier: bool
    at: datetime | None
    started: datetime
    days: tuple[date, ...]
    spare: timedelta
    on_move: Callable[[Move], None] | None
    read: int = 0
    units: dict[tuple[str, str], UnitMoves] = attrs.Factory(dict)
    moves: list[Move] = attrs.Factory(list)
    failed: list[PhanAnhError] = attrs.Factory(list)
    in_a_row: int = 0
    ahead: set[str] = attrs.Factory(set)  # moved to a later time, and so met again there

    def report(self, cursor: str | None) -> Recalculation:
        """Return what was found so far."""
        return Recalculation(
            dry_run=self.dry_run,
            at=self.started,
            read=self.read,
            units=tuple(self.units[key] for key in sorted(self.units)),
            moves=tuple(self.moves),
            failed=tuple(self.failed),
            next=cursor,
        )

    def note(self, move: Move) -> None:
        """Count a move, and hand it on."""
        self.in_a_row = 0
        key = (move.role, move.unit or "")
        unit = self.units.get(key) or UnitMoves(role=move.role, unit=move.unit)
        self.units[key] = unit.with_one(move)
        if move.outcome == "moved" and not move.is_earlier:
            self.ahead.add(move.case)
        if self.on_move is None:
            self.moves.append(move)
        else:
            self.on_move(move)

    def fail(self, error: PhanAnhError) -> None:
        """Keep what a case could not be done for; raise it where nothing is done any more."""
        self.in_a_row += 1
        if self.in_a_row >= _BROKEN:
            raise error
        self.failed.append(error)

    def concerns(self, row: IndexRow) -> bool:
        """Return whether a case has to be read: it was not, and its limit may cross a day."""
        if row.case in self.ahead:
            self.ahead.remove(row.case)
            return False
        if not self.days or row.due is None:
            return row.due is not None
        first = row.received_at.astimezone(VIETNAM).date() - _DAY
        last = row.due.astimezone(VIETNAM).date() + self.spare
        return any(first <= day <= last for day in self.days)


class Recalculating(Promises):
    """The recalculation, for whatever has calendars and a store."""

    __slots__ = ()

    def recalculate(
        self,
        *,
        dry_run: bool = True,
        earlier: Earlier = "keep",
        days: Collection[date] = (),
        at: datetime | None = None,
        after: str | None = None,
        page_size: int = 500,
        on_move: Callable[[Move], None] | None = None,
        on_page: Callable[[Recalculation], None] | None = None,
    ) -> Recalculation:
        """Compare each running limit with the calendar of today; say what moves, or move it.

        Nothing is recorded in a dry run. A second run moves nothing. What has lapsed stays; a
        time named to the citizen stays (R38); a limit that ran out before the notice was
        issued stays (R37).

        Args:
            dry_run: only say what would move.
            earlier: "apply" also takes away time that was promised, where a worked day does.
            days: the dates that changed; cases that cannot touch one are passed over unread.
            at: the moment of the moves; the clock's by default.
            after: `next` of a report, to go on where that one stood.
            page_size: how many cases are read at a time.
            on_move: takes each move; the report then keeps none, and stays small.
            on_page: takes the report so far, after each page; its `next` resumes there.

        Raises:
            UnknownCalendarError: a limit names a calendar that the desk was not given. What
                was moved before it stays moved; nothing of its page is.
            StoreError, CoverageError: a hundred cases in a row could not be done.
        """
        if earlier not in ("keep", "apply"):
            raise InputError(
                field="earlier", problem=f"unknown: {earlier!r}", way_out="keep or apply"
            )
        run = _Run(
            dry_run=dry_run,
            earlier=earlier == "apply",
            at=at,
            started=self._moment(at).at,
            days=tuple(days),
            spare=_DAY if self.rules.late_after == "due" else _DAY * 30,  # the next opening: R14
            on_move=on_move,
        )
        while True:
            page = self._running(after, limit=page_size)
            self._recount_page(run, [row for row in page.rows if run.concerns(row)])
            after = page.next
            report = run.report(after)
            if on_page is not None:
                on_page(report)
            if after is None:
                return report

    def _recount_page(self, run: _Run, rows: list[IndexRow]) -> None:
        cases = [case for row in rows if (case := self._read(run, row.case)) is not None]
        self._refuse_strangers(cases)
        run.read += len(cases)
        for case in cases:
            try:
                move = self._afresh(run, case)
            except (StoreError, ConflictError, CoverageError, InputError) as error:
                run.fail(error)
            else:
                if move is not None:
                    run.note(move)

    def _read(self, run: _Run, key: str) -> Case | None:
        try:
            return self._load(key)
        except (StoreError, NotFoundError) as error:
            run.fail(error)
            return None

    def _refuse_strangers(self, cases: list[Case]) -> None:
        """Refuse the whole page where a limit names a calendar that the desk does not know."""
        found: InUse = {}
        for case in cases:
            if case.deadline is not None and not self._knows(case, case.deadline):
                self._use(found, case)
        self._refuse_unknown(found.values())

    def _afresh(self, run: _Run, case: Case) -> Move | None:
        """Return what became of a case; one that somebody else changed is judged again."""
        for _ in range(_TRIES - 1):
            try:
                return self._recounted(run, case)
            except ConflictError as conflict:
                case = conflict.fresh or self._load(case.id)
        return self._recounted(run, case)

    def _recounted(self, run: _Run, case: Case) -> Move | None:
        told, holder = case.deadline, case.holder
        if told is None or holder is None:
            return None  # answered, or handed on, since it was listed
        calendar = self.calendar(holder.role, holder.unit)
        found = recount(told, calendar=calendar, rules=self.rules)
        if found is None:
            return None
        act = MoveDeadline(recount=found, earlier=run.earlier)
        reasons = self._tried(run, case, act)
        if reasons is None:
            return None
        return _move(run, case, told, holder, act, reasons)

    def _tried(self, run: _Run, case: Case, act: MoveDeadline) -> tuple[Refusal, ...] | None:
        """Return why it may not move, nothing where it may; None where there is no such step."""
        at = run.at or max(self._moment().at, case.updated_at)
        try:
            if not run.dry_run:
                self.do(case, act, at=at)
                return ()
            decision = decide(case, act, self._moment(at))
            if not isinstance(decision, Recorded):
                raise decision.as_error(case.id)
        except RefusedError as error:
            return error.refusals
        except StepNotAllowedError:
            return None
        return ()


def _move(
    run: _Run,
    case: Case,
    told: Deadline,
    holder: Holder,
    act: MoveDeadline,
    reasons: tuple[Refusal, ...],
) -> Move:
    assert case.due is not None  # a limit runs: the caller looked
    found = act.recount
    done = "would_move" if run.dry_run else "moved"
    return Move(
        case=case.id,
        role=holder.role.value,
        unit=holder.unit,
        holder=holder.id,
        article=told.article,
        start=told.start,
        old=case.due,
        new=found.deadline.due,
        outcome="kept" if reasons else done,
        cause=found.cause,
        days=found.days,
        notices=found.notices,
        old_calendar=told.calendar,
        old_version=told.version,
        new_calendar=found.deadline.calendar,
        new_version=found.deadline.version,
        reasons=reasons,
    )
