"""How long a holder has, when that ends, and why, in words (Art. 9.1, 9.2).

A Limit is a number of the rules: a budget of working time, as Article 9 gives it, or a term in
days (R17). A Deadline is a limit laid over a calendar. The event that starts a limit stores its
Deadline whole, so that a later change of the calendar leaves it as it was.

Rule 1: a limit starts at the moment of the hand-over (R6, R25) and counts working time only.
Rule 2: the due instant itself is in time. Late is `at > late_after` (R14). Every article and the
desk ask `is_late` for that.
Rule 3: a limit that has run out is recorded as a lapse, dated at the last instant in time,
whenever it is noticed: by the next act (decide.py) or by a sweep (desk.py).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeGuard

import attrs

from phananh.articles import DECISION_2370, Article
from phananh.errors import InputError, InputTypeError, check_language, short_repr
from phananh.messages.message import say
from phananh.messages.texts import DEADLINE, VERIFIED
from phananh.plain_data import fields_to_plain, item_to_plain
from phananh.plain_value import PlainValue, Value, make_unchecked
from phananh.regulation.request import check_type
from phananh.worktime import Span, WorkCalendar
from phananh.worktime.durations import due_text, time_left_text
from phananh.worktime.instants import cut_to_minute, require_aware, require_timedelta
from phananh.worktime.terms import Term
from phananh.worktime.validators import check_date

if TYPE_CHECKING:
    from phananh.regulation.rules import Rules
    from phananh.worktime.explain.explanation import Precision

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
    return (
        calendar.add(start, budget)
        if isinstance(budget, timedelta)
        else budget.due(start, on=calendar)
    )


def lay_out(budget: Budget, start: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """Return start, budget, due, spans, provisional, and the calendar's name and version.

    The spans are the working time up to the due instant. They add up to the budget, unless it is
    a term in days. Then they are the working time that the office has within it.
    """
    if isinstance(budget, timedelta):
        return vars(calendar.allot(start, budget))
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


SIGNED_ON = date(2019, 10, 30)  # QD.2: in force on signing
# R29: from 2025-07-01 Hòa Bình is part of Phú Thọ, so a case opened later gets a caution.
LAST_DAY_BEFORE_MERGER = date(2025, 6, 30)


def check_positive(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    """Refuse an amount of working time that is not above zero."""
    if require_timedelta(value, field.name) <= timedelta():
        article = Article("9.1")
        raise InputError(field=field.name, code="not_a_limit", article=article, value=str(value))


def check_budget(limit: object, field: "attrs.Attribute[Any]", value: object) -> None:
    """Refuse what is neither working time above zero nor a term in days."""
    if isinstance(value, Term):
        return
    if not isinstance(value, timedelta):
        raise InputTypeError(field=field.name, code="not_a_budget", value=short_repr(value))
    check_positive(limit, field, value)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Limit(PlainValue):
    """How long a holder has, by which clause, and since when.

    Args:
        budget: working time above zero, such as `timedelta(hours=5)`, or a `Term`, such as
            `Term.working_days(5)`. `timedelta(days=5)` is 120 working hours, three weeks of
            work, and not five days.
        article: a clause of the Regulation. If the budget is not that of the clause, texts show
            the budget too.
        since: the date from which the number applies. It is part of the id of the rules, and is
            not compared with other dates. To begin these rules, give them to a desk.

    Raises:
        InputError: the budget is zero or less.
        InputTypeError: a value of another type.

    Example:
        >>> day = timedelta(hours=8)
        >>> print(Limit(budget=day, article=Article("9.1"), since=date(2025, 1, 1)))
        8 working hours (Art. 9(1))
    """

    budget: Budget = attrs.field(validator=check_budget)
    article: Article = attrs.field(validator=check_type(Article))
    since: date = attrs.field(validator=check_date)

    def _to_line(self) -> str:
        return f"{budget_text(self.budget, 'en')} ({self.article.text()})"

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `budget_us`, in microseconds, or `term`, then `article` and `since`."""
        return budget_to_plain(self.budget, lang) | fields_to_plain(self, lang, without=("budget",))


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)  # quicker to make
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

    def _to_line(self) -> str:
        due, clause = _minute_text(self.due, "en", "minute"), Article(self.article).text()
        return f"due {due} ({clause}, {budget_text(self.budget, 'en')})"

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
        later = None if moved_to == self.due else moved_to
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
        if not self.budget:  # of a limit that goes on
            due = _minute_text(calendar.local(self.due), lang, precision)
            return say(DEADLINE["first_due" if moved else "due"], lang, due=due)
        from phananh.worktime.explain.explanation import explanation_text

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
            cited["reading"] = "R53" if self.article == "9.1" else "R41"
            return self._rest_text(
                self.continues, lang, precision, moved=after_reschedule, cited=cited
            )
        if CLAUSE_BUDGETS.get(self.article, self.budget) != self.budget:
            return say(DEADLINE["own_limit"], lang, limit=budget_text(self.budget, lang), **cited)
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
        assert isinstance(left, timedelta)  # of a term in days too
        facts = {"whole": budget_text(whole, lang), **cited}
        if not left:
            return say(DEADLINE["continues_over"], lang, **facts)
        is_longer = isinstance(whole, timedelta) and left > whole
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

        Until `due` you need no calendar. It counts full minutes (R46), and with `fine` seconds
        too. A limit in days is worded in days if you give the deadline's calendar.

        Raises:
            InputError: it is over, or `moved_to` is later than `due`, and `calendar` is missing
                or another version than the deadline's.
        """
        due = moved_to or self.due
        if due == self.due and self._is_own_calendar(calendar) and isinstance(self.budget, Term):
            return self.budget.expiry(self.start, on=calendar).time_left_text(now, lang)
        is_over = require_aware(now, "now").astimezone(UTC) > due.astimezone(UTC)
        if due == self.due and not self._is_own_calendar(calendar) and not is_over:
            left = self.remaining(now)
            return time_left_text(left, lang, fine=fine) if left else due_text(lang)
        since = max(now, self.start) if due == self.due else now  # it has no more than its budget
        return self._require_own_calendar(calendar).time_left_text(since, due, lang, fine=fine)

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


def _left_text(left: timedelta, lang: str, precision: "Precision") -> str:
    minute = timedelta(minutes=1)
    if precision == "exact":
        return budget_text(left, lang)
    if left < minute:
        return say(DEADLINE["brief"], lang)
    return budget_text(left - left % minute, lang)


def _minute_text(moment: datetime, lang: str, precision: "Precision") -> str:
    from phananh.worktime.phrases import moment_text

    return moment_text(cut_to_minute(moment) if precision == "minute" else moment, lang)


def start_limit(limit: Limit, *, at: datetime, calendar: WorkCalendar, rules: "Rules") -> Deadline:
    """Return the deadline of a limit that starts at `at`, the moment of hand-over (R6, R25)."""
    return lay_limit(limit.budget, article=limit.article.id, at=at, calendar=calendar, rules=rules)


def lay_limit(
    budget: Budget,
    *,
    article: str,
    at: datetime,
    calendar: WorkCalendar,
    rules: "Rules",
    continues: Budget | None = None,
) -> Deadline:
    """Return the deadline of a budget, which may be zero if it `continues` a limit (R41)."""
    fields = lay_out(budget, at, calendar)
    fields["late_after"] = compute_late_after(fields["due"], calendar=calendar, rules=rules)
    fields["article"], fields["continues"] = article, continues
    return make_unchecked(Deadline, fields)


def compute_late_after(due: datetime, *, calendar: WorkCalendar, rules: "Rules") -> datetime:
    """Return the last instant that is still in time for `due` (reading R14)."""
    return due if rules.late_after == "due" else calendar.next_opening(due)


def is_late(at: datetime, *, late_after: datetime) -> bool:
    """Return whether `at` is late: after the last instant in time, not at it (R14)."""
    if at.utcoffset() == late_after.utcoffset():
        return at > late_after
    return at.astimezone(UTC) > late_after.astimezone(UTC)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Recount(Value):
    """A deadline computed on a changed calendar, and why it differs.

    `days` are the dates that differ up to the later of the two due times. `notices` are the
    documents that explain them, in the order of the dates. `issued` is the last date of issue
    among those that did it before the earlier due time. It is None if one of them has no date, so
    that no one can show that the change was known in time. `known` is the last day on which one
    became known. `unexplained` are the days that today's calendar gives no reason for, and
    `missing` the notices that the former calendar had for them.
    """

    deadline: Deadline
    days: tuple[date, ...]
    notices: tuple[str, ...]
    issued: date | None
    cause: str
    known: date | None = None
    unexplained: tuple[date, ...] = ()
    missing: tuple[str, ...] = ()
