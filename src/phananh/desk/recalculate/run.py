"""When the calendar changes: every running limit against the hours of today (R15, R37, R38).

The cases are read page by page, the first due first, and each is a step of the table of its
own: killed in the middle, nothing is half done, and a second run finds the rest. Where
somebody else records meanwhile, the case is loaded and judged afresh. After the running
limits come the open cases that were marked late before; nothing of those is changed.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from functools import partial
from typing import Literal

import attrs

from phananh.articles import Article
from phananh.desk.calendars import InUse, Promises
from phananh.desk.recalculate.follow_up import Lateness, closed_since, latenesses, lost
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
)
from phananh.regulation.case import Case
from phananh.regulation.deadline_move import is_issued_in_time
from phananh.regulation.engine.decide import Recorded, decide
from phananh.regulation.engine.recount import recount
from phananh.regulation.values.acts import MoveDeadline
from phananh.regulation.values.cleaning import to_vietnam_time
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.recount import Recount
from phananh.regulation.values.request import Holder
from phananh.stores.base import IndexRow, Query
from phananh.worktime import WorkCalendar
from phananh.worktime.validators import tuple_of

Unasked = Literal["keep", "apply"]
_TRIES = 5
_DAY = timedelta(days=1)
_LATE = "late:"  # where a cursor stands among the cases that were marked late


class Recalculating(Promises):
    """The recalculation, for whatever has calendars and a store."""

    __slots__ = ()

    def recalculate(
        self,
        *,
        dry_run: bool = True,
        earlier: Unasked = "keep",
        unexplained: Unasked = "keep",
        days: Collection[date] = (),
        at: datetime | None = None,
        after: str | None = None,
        page_size: int = 500,
        on_move: Callable[[DeadlineMove], None] | None = None,
        on_page: Callable[[Recalculation], None] | None = None,
    ) -> Recalculation:
        """Compare each running limit with the calendar of today; say what moves, or move it.

        Nothing is recorded in a dry run. A second run moves nothing. What has lapsed stays; a
        time named to the citizen stays (R38); a limit that ran out before the notice was
        issued stays (R37). What a person is to decide is listed with them.

        Args:
            dry_run: only say what would move.
            earlier: "apply" also takes away time that was promised, where a worked day does.
            unexplained: "apply" also moves what no notice, public day, override or dated change
                of hours in today's calendar explains: a notice was truly withdrawn, not forgotten.
            days: the dates that changed; cases that cannot touch one are passed over unread.
            at: the moment of the moves; the clock's by default. A notice that became known only
                after that day moves nothing.
            after: `next` of a report, to go on where that one stood.
            page_size: how many cases are read at a time.
            on_move: takes each move; the report then keeps none, and stays small.
            on_page: takes the report so far, after each page; its `next` resumes there.

        Raises:
            UnknownCalendarError: a limit names a calendar that the desk was not given. What
                was moved before it stays moved; nothing of its page is.
            StoreError, CoverageError: a hundred cases in a row could not be done.
        """
        for name, value in (("earlier", earlier), ("unexplained", unexplained)):
            if value not in ("keep", "apply"):
                raise InputError(field=name, problem=f"unknown: {value!r}", way_out="keep or apply")
        tally = Progress(
            dry_run=dry_run,
            earlier=earlier == "apply",
            unexplained=unexplained == "apply",
            at=at,
            started=self._moment(at).at,
            days=tuple_of(date, "days", days),
            spare=_DAY if self.rules.late_after == "due" else _DAY * 30,  # the next opening: R14
            on_move=on_move,
        )
        while True:
            after = self._page(tally, after, page_size)
            report = tally.report(after)
            if on_page is not None:
                on_page(report)
            if after is None:
                return report

    def _page(self, tally: Progress, after: str | None, limit: int) -> str | None:
        """Look at a page, of the running limits and then of the late cases; return the next."""
        if after is not None and after.startswith(_LATE):
            cursor = after.removeprefix(_LATE) or None
            query = Query(is_open=True, late=True, limit=limit, after=cursor)
            page = self.store.find(query)
            for row in filter(tally.concerns_late, page.rows):
                self._review(tally, row.case)
            return f"{_LATE}{page.next}" if page.next else None
        page = self._running(after, limit=limit)
        self._recount_page(tally, [row for row in page.rows if tally.concerns(row)])
        return page.next or _LATE

    def _recount_page(self, tally: Progress, rows: list[IndexRow]) -> None:
        cases = [case for row in rows if (case := self._read(tally, row.case)) is not None]
        self._refuse_strangers(cases)
        tally.read += len(cases)
        for case in cases:
            try:
                move = self._afresh(tally, case)
            except (StoreError, ConflictError, CoverageError, InputError) as error:
                tally.fail(error)
            else:
                if move is not None:
                    tally.note(move)

    def _read(self, tally: Progress, key: str) -> Case | None:
        try:
            return self._load(key)
        except (StoreError, NotFoundError) as error:
            tally.fail(error)
            return None

    def _refuse_strangers(self, cases: list[Case]) -> None:
        """Refuse the whole page where a limit names a calendar that the desk does not know."""
        found: InUse = {}
        for case in cases:
            if case.deadline is not None and not self._knows(case, case.deadline):
                self._use(found, case)
        self._refuse_unknown(found.values())

    def _afresh(self, tally: Progress, case: Case) -> DeadlineMove | None:
        """Return what became of a case; one that somebody else changed is judged again."""
        for _ in range(_TRIES - 1):
            try:
                return self._recounted(tally, case)
            except ConflictError as conflict:
                case = conflict.fresh or self._load(case.id)
        return self._recounted(tally, case)

    def _recounted(self, tally: Progress, case: Case) -> DeadlineMove | None:
        told, holder = case.deadline, case.holder
        if told is None or holder is None:
            return None  # answered, or handed on, since it was listed
        calendar = self.calendar(holder.role, holder.unit)
        old, then = case.due or told.due, partial(self._then, tally, told, holder, calendar)
        closed = closed_since(case, calendar=calendar, then=then)
        if closed is not None:
            return DeadlineMove.named_on_day_off(
                case.id, told, holder, closed, old=old, calendar=calendar
            )
        found = recount(told, calendar=calendar, rules=self.rules, then=then)
        done = None if found is None else self._judged(tally, case, found)
        if found is None or done is None:
            return None
        move = DeadlineMove.counted_anew(case.id, told, holder, found, old=old, outcome=done[0])
        missing = found.missing or (lost(case, calendar) if found.unexplained else ())
        return attrs.evolve(move, reasons=done[1], missing=missing)

    def _judged(
        self, tally: Progress, case: Case, found: Recount
    ) -> tuple[str, tuple[Refusal, ...]] | None:
        """Return the outcome and the reasons of what was tried; None where no such step is."""
        act = MoveDeadline(recount=found, earlier=tally.earlier, unexplained=tally.unexplained)
        reasons = self._tried(tally, case, act)
        if reasons is None:
            return None
        if not reasons:
            return "would_move" if tally.dry_run else "moved", ()
        is_unexplained = any(reason.code == "unexplained" for reason in reasons)
        return "unexplained" if is_unexplained else "kept", reasons

    def _then(
        self, tally: Progress, told: Deadline, holder: Holder, calendar: WorkCalendar
    ) -> WorkCalendar | None:
        """Return the calendar of a promise, where it is at hand; looked for once a day of it."""
        day = calendar.local(told.start).date()
        key = (calendar.version, told.version, told.calendar, day)
        if key not in tally.then:
            try:
                tally.then[key] = self.calendar_of(told, holder=holder)
            except UnknownCalendarError:
                tally.then[key] = None
        return tally.then[key]

    def _tried(self, tally: Progress, case: Case, act: MoveDeadline) -> tuple[Refusal, ...] | None:
        """Return why it may not move, nothing where it may; None where there is no such step."""
        at = tally.at or max(self._moment().at, case.updated_at)
        try:
            if not tally.dry_run:
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

    def _review(self, tally: Progress, case: str) -> None:
        """Note the limits of a case that were marked late, but not by today's calendar."""
        try:
            history = self.store.load(case)
            for late in latenesses(history):
                move = self._hindsight(tally, case, late)
                if move is not None:
                    tally.note(move)
        except (StoreError, CoverageError, InputError) as error:
            tally.fail(error)

    def _hindsight(self, tally: Progress, case: str, late: Lateness) -> DeadlineMove | None:
        told, holder = late.told, late.holder
        calendar = self.calendar(holder.role, holder.unit)
        then = partial(self._then, tally, told, holder, calendar)
        found = recount(told, calendar=calendar, rules=self.rules, then=then)
        if found is None or not late.is_hindsight(found, at=tally.started):
            return None
        reasons: tuple[Refusal, ...] = ()
        if not is_issued_in_time(found.issued, late_after=told.late_after, rules=self.rules):
            facts, article = {"due": to_vietnam_time(late.due)}, Article(told.article)
            reasons = (Refusal(code="ran_out_before", article=article, facts=facts),)
        return DeadlineMove.counted_anew(
            case, told, holder, found, old=late.due, outcome="late_before", reasons=reasons
        )
