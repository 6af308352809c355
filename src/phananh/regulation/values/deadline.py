"""A Deadline: a limit over working time, when it is due and why, in words (Art. 9).

The event that starts a limit stores its Deadline whole, so that a later change of the calendar
leaves it as it was. How a limit starts, and when it is late, is in `regulation/deadline.py`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeGuard

import attrs

from phananh.articles import DECISION_2370, Article
from phananh.errors import InputError, check_language
from phananh.messages.deadlines import DEADLINE, VERIFIED
from phananh.messages.message import say
from phananh.plain_data import item_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.values.budget import (
    CLAUSE_BUDGETS,
    Budget,
    budget_text,
    budget_to_plain,
    lay_out,
    sum_lengths,
)
from phananh.worktime import Span, WorkCalendar
from phananh.worktime.durations import due_text, time_left_text
from phananh.worktime.instants import cut_to_minute, require_aware

if TYPE_CHECKING:
    from phananh.worktime.explain.explanation import Precision


@attrs.frozen(kw_only=True, slots=False)  # quicker to make
class Deadline(PlainValue):
    """A limit over working time: the due instant and the spans that add up to the budget.

    `article` is the id of the limit's clause. `late_after` is the last instant that is in time:
    `due`, unless the rules read R14 the other way. `version` is the calendar's, so that you can
    recompute the answer. If the budget is a term in days, the spans are the working time within
    it. If an agency was asked again, this limit is the rest of one, and `continues` is the whole
    limit (R41). Else it is None.
    """

    start: datetime
    budget: Budget
    due: datetime
    late_after: datetime
    article: str
    calendar: str
    version: str
    provisional: bool
    spans: tuple[Span, ...]
    continues: Budget | None = attrs.field(default=None, metadata={"later": True})

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return the deadline. For a limit in days `budget_us` is None and `term` is the term.

        `continues` is there only if the limit is the rest of one, with the same keys for that.
        """
        whole = {"continues": budget_to_plain(self.continues, lang)} if self.continues else {}
        return {
            "start": self.start.isoformat(),
            **budget_to_plain(self.budget, lang),
            **whole,
            "due": self.due.isoformat(),
            **item_to_plain("article", self.article, lang),
            "calendar": self.calendar,
            "version": self.version,
            "provisional": self.provisional,
            "spans": [[span.start.isoformat(), span.end.isoformat()] for span in self.spans],
        }

    def explain(
        self,
        lang: str = "en",
        *,
        calendar: WorkCalendar,
        moved_to: datetime | None = None,
        after_reschedule: bool = False,
        precision: "Precision" = "minute",
    ) -> str:
        """Return the clause and the steps in words.

        Times are shown to the minute. Start and working time are cut to full minutes, so that the
        due time shown is not later than the exact one (R46).

        Args:
            lang: `vi` or `en`.
            calendar: the version of the calendar that the deadline was computed on.
            moved_to: the time that the citizen was put off to, if there was a reschedule.
            after_reschedule: the limit is the rest of one that was rescheduled (9.3, R41).
            precision: "minute", or "exact" to cut no seconds.

        Raises:
            InputError: `calendar` is another version than the deadline's, or the precision is
                unknown.
        """
        later = moved_to if moved_to is not None and moved_to != self.due else None
        own, is_moved = self._require_own_calendar(calendar), later is not None
        lines = self._steps_text(own, lang, precision, moved=is_moved)
        full, short = (say(DEADLINE[code], lang) for code in ("regulation", "regulation_again"))
        lines = lines.replace(full, short)  # named in full once, by the clause
        moved = (
            f"\n{self._moved_text(later.astimezone(own.tzinfo), lang, precision)}" if later else ""
        )
        clause = self._clause_text(lang, precision, after_reschedule=after_reschedule)
        return f"{clause}\n{lines}{moved}"

    def _moved_text(self, to: datetime, lang: str, precision: "Precision") -> str:
        """Return the time after a reschedule in words. Limits of the Decision cite 9.3 for it."""
        moment = _minute_text(to, lang, precision)
        if Article(self.article).document is not DECISION_2370:
            return say(DEADLINE["moved_by_others"], lang, moment=moment)
        return say(DEADLINE["moved"], lang, moment=moment, clause=Article("9.3").text(lang))

    def _steps_text(
        self, calendar: WorkCalendar, lang: str, precision: "Precision", *, moved: bool
    ) -> str:
        if not isinstance(self.budget, timedelta):
            return self.budget.expiry(self.start, on=calendar).text(lang)
        if self.continues is not None and not self.budget:
            due = _minute_text(calendar.local(self.due), lang, precision)
            return say(DEADLINE["first_due" if moved else "due"], lang, due=due)
        from phananh.worktime.explain.text import explanation_text

        explanation = calendar.explain(self.start, self.budget)
        return explanation_text(explanation, lang, moved=moved, precision=precision)

    def _clause_text(self, lang: str, precision: "Precision", *, after_reschedule: bool) -> str:
        """Return the clause with its summary, or with the limit that other rules set under it."""
        clause = Article(self.article)
        own = clause.document is DECISION_2370
        regulation = say(DEADLINE["regulation"], lang) if own else clause.number
        cited = {"clause": clause.short_text(lang), "regulation": regulation}
        if self.continues is not None:
            cited["moving"] = Article("9.3").text(lang)
            return self._rest_text(
                self.continues, lang, precision, moved=after_reschedule, cited=cited
            )
        if CLAUSE_BUDGETS.get(self.article, self.budget) != self.budget:
            limit = budget_text(self.budget, lang)
            return say(DEADLINE["own_limit"], lang, limit=limit, **cited)
        if not own:
            return say(DEADLINE["limit"], lang, limit=budget_text(self.budget, lang), **cited)
        return say(DEADLINE["clause"], lang, summary=clause.summary(lang), **cited)

    def _rest_text(
        self,
        whole: Budget,
        lang: str,
        precision: "Precision",
        *,
        moved: bool,
        cited: dict[str, str],
    ) -> str:
        """Return that the whole limit goes on, and what is left of it (R41)."""
        left = self.budget
        facts = {"whole": budget_text(whole, lang), **cited}
        if not left:
            return say(DEADLINE["continues_over"], lang, **facts)
        is_longer = isinstance(left, timedelta) and isinstance(whole, timedelta) and left > whole
        code = "continues_moved" if moved or is_longer else "continues"
        return say(DEADLINE[code], lang, left=_left_text(left, lang, precision), **facts)

    def remaining(
        self,
        now: datetime,
        *,
        calendar: WorkCalendar | None = None,
        moved_to: datetime | None = None,
    ) -> timedelta:
        """Return the working time left at `now`, which is zero from the due instant on.

        It is what is left of the stored spans, whatever calendars say today. Only if `moved_to`
        is given and differs from `due`, it is counted up to that on `calendar`.

        Raises:
            InputError: `now` is naive, or `moved_to` differs and `calendar` is another version
                than the deadline's.
        """
        if moved_to is None or moved_to == self.due:
            at = require_aware(now, "now").astimezone(UTC)
            ends = ((span.start.astimezone(UTC), span.end.astimezone(UTC)) for span in self.spans)
            return sum((end - max(start, at) for start, end in ends if end > at), timedelta())
        return self._require_own_calendar(calendar).remaining(now, moved_to)

    def overrun(
        self, now: datetime, *, calendar: WorkCalendar, moved_to: datetime | None = None
    ) -> timedelta:
        """Return the working time between the due instant and `now`, or zero before it.

        If there was a reschedule, `moved_to` is the due instant.

        Raises:
            InputError: `calendar` is another version than the deadline's.
        """
        return self._require_own_calendar(calendar).overrun(now, moved_to or self.due)

    def time_left_text(
        self,
        now: datetime,
        lang: str = "en",
        *,
        calendar: WorkCalendar | None = None,
        moved_to: datetime | None = None,
        fine: bool = False,
    ) -> str:
        """Return in words what is left or over at `now`, such as `3 working hours left`.

        Until `due` you need no calendar, but without it the text has hours and no days. It counts
        full minutes (R46), and with `fine` seconds too. A limit in days is worded in days if you
        give the deadline's calendar.

        Raises:
            InputError: it is over, or `moved_to` is later than `due`, and `calendar` is missing
                or another version than the deadline's.
        """
        due = moved_to or self.due
        if (
            due == self.due
            and not isinstance(self.budget, timedelta)
            and self._is_own_calendar(calendar)
        ):
            return self.budget.expiry(self.start, on=calendar).time_left_text(now, lang)
        if due == self.due and require_aware(now, "now").astimezone(UTC) <= due.astimezone(UTC):
            return self._left_text(now, lang, calendar, fine=fine)
        return self._require_own_calendar(calendar).time_left_text(now, due, lang, fine=fine)

    def _left_text(
        self, now: datetime, lang: str, calendar: WorkCalendar | None, *, fine: bool
    ) -> str:
        day = None
        if self._is_own_calendar(calendar):
            dates = (calendar.local(now).date(), calendar.local(self.due).date())
            day = calendar.timetable.length_of_day(*dates)
        left = self.remaining(now)
        return time_left_text(left, lang, day=day, fine=fine) if left else due_text(lang)

    def _is_own_calendar(self, calendar: WorkCalendar | None) -> TypeGuard[WorkCalendar]:
        return calendar is not None and calendar.version == self.version

    def _require_own_calendar(self, calendar: WorkCalendar | None) -> WorkCalendar:
        """Return the calendar if it is the deadline's version, else raise InputError."""
        if self._is_own_calendar(calendar):
            return calendar
        raise InputError(
            field="calendar",
            code="other_calendar_version" if calendar else "no_calendar_version",
            value=calendar.version if calendar else None,
            version=self.version,
            calendar=self.calendar,
        )

    def verify(self, calendar: WorkCalendar, lang: str = "en") -> tuple[str, ...]:
        """Recompute the deadline on `calendar`, and return each difference in `vi` or `en`.

        The result is empty if the deadline is right.

        Raises:
            InputError: `lang` is another language.
        """
        check_language(lang)
        return tuple(say(VERIFIED[code], lang, **facts) for code, facts in self._compare(calendar))

    def _compare(self, calendar: WorkCalendar) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the code and the facts of each difference."""
        if calendar.version != self.version:
            yield "version", {"stored": self.version, "given": calendar.version}
            return
        fresh = lay_out(self.budget, self.start, calendar)
        if fresh["due"] != self.due:
            yield "due", {"stored": self.due.isoformat(), "computed": fresh["due"].isoformat()}
        if fresh["spans"] != self.spans:
            yield "spans", {}
        if not isinstance(self.budget, timedelta):
            if self.budget.expiry(self.start, on=calendar).verify():
                yield "days", {}  # pragma: no cover - the tables of the calendar are spoilt
        elif sum_lengths(self.spans) != self.budget:
            yield "sum", {}


def _left_text(left: Budget, lang: str, precision: "Precision") -> str:
    minute = timedelta(minutes=1)
    if not isinstance(left, timedelta) or precision == "exact":
        return budget_text(left, lang)
    if left < minute:
        return say(DEADLINE["brief"], lang)
    return budget_text(left - left % minute, lang)


def _minute_text(moment: datetime, lang: str, precision: "Precision") -> str:
    from phananh.worktime.explain.text import moment_text

    return moment_text(cut_to_minute(moment) if precision == "minute" else moment, lang)
