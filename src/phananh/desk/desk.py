"""The desk does acts (Art. 7-9): it asks the Regulation, and records the acts it allows.

`do(case, act)` is the one path. The methods named after the acts only build the act.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Self, Unpack

import attrs

from phananh.desk.act_methods import ActMethods
from phananh.desk.calendars import (
    CalendarInUse,
    calendar_of,
    calendar_today,
    check_calendars,
    with_calendars,
)
from phananh.desk.consume import ConsumeOptions, ConsumeResult, Handler, consume
from phananh.desk.core import decision_context
from phananh.desk.defaults import vietnam_now
from phananh.desk.erase import erase
from phananh.desk.explanation import explain, verify
from phananh.desk.feed import Feed, read_feed
from phananh.desk.recalculate.report import DeadlineMove, Recalculation
from phananh.desk.recalculate.run import KeepOrApply, recalculate
from phananh.desk.sweep import SweepResult, sweep
from phananh.desk.together import act_together, check_apart
from phananh.errors import Refusal
from phananh.regulation.case import Case
from phananh.regulation.case_deadline import CaseDeadline
from phananh.regulation.cautions import find_cautions
from phananh.regulation.context import CalendarChoice
from phananh.regulation.deadline import Deadline
from phananh.regulation.decide import as_of, list_allowed
from phananh.regulation.events import Event
from phananh.regulation.intake import Requirement, find_unmet
from phananh.regulation.request import Holder, Person
from phananh.worktime import WorkCalendar

if TYPE_CHECKING:
    from phananh.worktime.explain.explanation import Precision

__all__ = ["Desk", "vietnam_now"]


@attrs.frozen(kw_only=True)
class Desk(ActMethods):
    """Store, rules, hours and clock, wired: everything a portal needs.

    Args:
        store: where histories are stored, a MemoryStore by default.
        rules: the regulation's numbers and readings, several if they changed. A case is decided, to
            its end, under the set in force on the day it was received (R47).
        calendar: a WorkCalendar, a mapping of roles to calendars, or a function of
            (role, unit). Preset A by default. A mapping may name units too: {(role, unit): ...}.
        former: calendars as they were, which stored deadlines may still name.
        clock: returns the present moment, aware.
        randbits: takes a count, returns that many random bits, for tracking codes and ids.
        clock_skew: how far, at most, the clock may be behind the last event of a case, such as
            on another machine. Less counts as the moment of that event, more is a ClockError.
    """

    def allowed(self, case: Case | str, *, by: Person) -> Mapping[str, tuple[Refusal, ...]]:
        """Return each trigger with the reasons why `by` may not do it now, empty if they may.

        Pass the tracking code if a citizen named it: it makes them the sender (R48).
        """
        found = self._load(case)
        return list_allowed(found, by, decision_context(self, found, named=case))

    def as_of(self, case: Case | str, *, at: datetime | None = None) -> Case:
        """Return the case as it is at a moment, including a lapse that is not recorded yet.

        An act on it counts as one on the stored case: it records the lapse, if one is due when the
        act is done, and the act. If somebody recorded since, it loses with ConflictError.
        """
        case = self._load(case)
        return as_of(case, decision_context(self, case, at))

    def cautions(self, case: Case | str, *, at: datetime | None = None) -> tuple[str, ...]:
        """Return slugs of what deserves a look: open duties, long waits (R9, R35, R36)."""
        case = self._load(case)
        return find_cautions(case, decision_context(self, case, at))

    def unmet(self, case: Case | str) -> tuple[Requirement, ...]:
        """Return the unmet requirements of the request, with clause and guidance (Art. 4, 6)."""
        case = self._load(case)
        return find_unmet(case, rules=self.rules_of(case))

    def _load(self, case: Case | str) -> Case:
        return case if isinstance(case, Case) else self.get(case)

    def together(self) -> AbstractContextManager[Self]:
        """Lend a desk for a `with` block that records all its acts at its end, or none.

        Later acts of the block see the earlier ones. Others see none before the end. If anything is
        raised inside, no act is recorded. Acts, `get`, `track`, `history` and `find` by `code`
        alone work inside. Lists, the feed, a sweep, an erasure, a recalculation and another block
        are an InputError. So is an act on a second case, if the store does not offer `lists`.

        Repeat the block with the same command ids after a StoreError: an act that was recorded
        gives its first result.

        Raises:
            ConflictError: at the end, if somebody recorded on one of the cases meanwhile. No retry.
            DuplicateError: at the end, if the same block was recorded meanwhile. Run it again to
                get the result.
            StoreError: perhaps recorded. The same block with the same command ids settles it.
        """
        return act_together(self)

    def feed(
        self,
        *,
        after: str | None = None,
        events: Collection[type[Event]] | None = None,
        limit: int = 500,
    ) -> Feed:
        """Return a piece of the feed: recorded events in order, and where the next piece begins.

        Args:
            after: `next` of the piece before, which `consume` stores for you. None is the
                beginning.
            events: the classes of events that you want, such as `[Answered]`. None means all.
            limit: how many entries are read, wanted or not.

        Raises:
            InputError: a position that no feed gave, or a value that is no class of an event.
        """
        return read_feed(self.store, after=after, events=events, limit=limit)

    def consume(
        self, name: str, handler: Handler, **options: Unpack[ConsumeOptions]
    ) -> ConsumeResult:
        """Hand each entry that a consumer has not dealt with to `handler`, in order.

        Each is recorded when the handler returns, so it is handed over at least once. Its case and
        number identify it. Of several workers one at a time has the consumer.

        Args:
            name: of the consumer, such as "mail". The store keeps its position.
            handler: takes a FeedEntry. If it raises, that entry stays, and the exception goes on.
            options: see ConsumeOptions.
        """
        return consume(self, name, handler, **options)

    def sweep(self, *, at: datetime | None = None) -> SweepResult:
        """Mark every case with a limit that has run out by `at` (now), and return them (Art. 9.2).

        The history is right without it, as an act records the lapse first. Safe to repeat.

        Args:
            at: for imports and replays. Leave it out in a portal. It is trusted: an `at` that lies
                ahead marks for good limits that still run.
        """
        check_apart(self, "sweep")
        return sweep(self, at=at)

    def erase(self, case: Case | str, *, at: datetime | None = None) -> None:
        """Erase the personal data of a case. Its history and statistics stay. Safe to repeat.

        Raises:
            NotFoundError: there is no such case, so no data was erased.
            CorruptError: the file is damaged, and some personal data may be left.
        """
        erase(self, case, at=at)

    def explain(
        self,
        case: Case | str,
        *,
        lang: str = "en",
        deadline: CaseDeadline | None = None,
        precision: "Precision" = "minute",
    ) -> str:
        """Return in words why a limit of a case ends, or ended, when it does, answered or not.

        Args:
            case: a Case, or its id or tracking code.
            lang: `vi` or `en`.
            deadline: one of its limits, by default the one that runs, else the overdue one, else
                the last one.
            precision: `minute` cuts start and working time to full minutes, so that the due time
                shown is not later than the exact one (R46). `exact` does not cut.

        Raises:
            InputError: the case has had no limit.
            UnknownCalendarError: the calendar of that version is not at hand.
        """
        case = self._load(case)
        return explain(self, case, lang=lang, deadline=deadline, precision=precision)

    def verify(self, case: Case | str, *, lang: str = "en") -> tuple[str, ...]:
        """Compute again the limit that `explain` explains, and return the differences in `lang`.

        Raises:
            InputError: the case has had no limit.
            UnknownCalendarError: the calendar of that version is not at hand.
        """
        return verify(self, self._load(case), lang)

    def calendar_of(self, deadline: Deadline, *, holder: Holder | None = None) -> WorkCalendar:
        """Return the calendar on which a deadline was computed, as it was then.

        Args:
            deadline: as it was stored.
            holder: the holder of the case, needed only if the hours are a function.

        Raises:
            UnknownCalendarError: no calendar of that name and version was given.
        """
        return calendar_of(self, deadline, holder=holder)

    def calendar_today(
        self, deadline: Deadline, *, holder: Holder | None = None
    ) -> WorkCalendar | None:
        """Return the calendar of today that has the name a deadline gives, or None."""
        return calendar_today(self, deadline, holder=holder)

    def check_calendars(
        self, *, on_page: Callable[[int], None] | None = None
    ) -> tuple[CalendarInUse, ...]:
        """Return every calendar that open deadlines name. Call it when a portal starts.

        Args:
            on_page: takes how many deadlines were looked at so far.

        Raises:
            UnknownCalendarError: the desk has no calendar of a name that is in use.
        """
        check_apart(self, "check_calendars")
        return check_calendars(self, on_page=on_page)

    def with_calendars(
        self, calendar: CalendarChoice, *, former: Iterable[WorkCalendar] = ()
    ) -> Self:
        """Return the desk with other hours, after a check that no deadline loses its calendar.

        A calendar that is replaced by one of the same name becomes a former one.

        Raises:
            UnknownCalendarError: an open deadline names a calendar that neither is among the
                new ones nor in `former`: it was dropped or renamed. The desk is unchanged.
        """
        check_apart(self, "with_calendars")
        return with_calendars(self, calendar, former=former)

    def recalculate(
        self,
        *,
        dry_run: bool = True,
        earlier: KeepOrApply = "keep",
        unexplained: KeepOrApply = "keep",
        days: Collection[date] = (),
        at: datetime | None = None,
        after: str | None = None,
        page_size: int = 500,
        on_move: Callable[[DeadlineMove], None] | None = None,
        on_page: Callable[[Recalculation], None] | None = None,
    ) -> Recalculation:
        """Compare each running limit with the calendar of today, and report what moves, or move it.

        A dry run records no move, and a second run finds none. A limit that has lapsed stays, a
        time named to the citizen stays (R38), and so does a limit that ran out before the notice
        was issued (R37). Cases for a person to decide are listed with them.

        Args:
            dry_run: only report what would move.
            earlier: "apply" also takes away time that was promised, where a worked day does.
            unexplained: "apply" also moves what no notice, public day, override or dated change
                of hours in today's calendar explains: a notice was truly withdrawn, not forgotten.
            days: the dates that changed. Cases that cannot touch one are passed over unread.
            at: the moment of the moves, now by default. A notice that became known only after that
                day moves no limit.
            after: `next` of a report, to go on where that one ended.
            page_size: how many cases are read at a time.
            on_move: takes each move. The report then keeps none, and stays small.
            on_page: takes the report so far, after each page. Its `next` resumes there.

        Raises:
            UnknownCalendarError: a limit names a calendar that the desk was not given. Limits moved
                before it stay moved, and none of its page is.
            StoreError, CoverageError: a hundred cases in a row could not be done.
        """
        check_apart(self, "recalculate")
        return recalculate(
            self,
            dry_run=dry_run,
            earlier=earlier,
            unexplained=unexplained,
            days=days,
            at=at,
            after=after,
            page_size=page_size,
            on_move=on_move,
            on_page=on_page,
        )
