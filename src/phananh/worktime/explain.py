"""Why a deadline is when it is: the steps that use up the budget, and what lies between (Art. 9).

Data first: `Explanation` holds instants, durations and reasons; the texts in both languages
are made from it, and `verify` counts it again by walking the days, without the fast tables.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from phananh.errors import InputError
from phananh.worktime.book import DayInfo
from phananh.worktime.doors import budget as checked
from phananh.worktime.session import DAY
from phananh.worktime.span import Span
from phananh.worktime.table import to_instant

if TYPE_CHECKING:
    from phananh.worktime.calendar import WorkCalendar

_MICROSECOND = timedelta(microseconds=1)
# code: (article, Vietnamese, English) of what is closed without a day being closed
_PAUSES = {
    "lunch": ("9", "nghỉ giữa các buổi", "break between sessions"),
    "night": ("9", "ngoài giờ làm việc, sang ngày sau", "closed overnight"),
    "before_opening": ("3.2", "trước giờ làm việc", "before opening"),
    "after_closing": ("3.2", "sau giờ làm việc", "after closing"),
}
# The reason that names a stretch of several closed days, the strongest first.
_STRENGTH = ("holiday", "substitute", "swap", "notice", "override", "weekend")
_AS_HOLIDAY = {"substitute": "holiday"}


@attrs.frozen(kw_only=True)
class Gap:
    """The closed time before a step: a pause within or between days, or whole closed days.

    `code` is lunch, night, before_opening, after_closing, weekend, holiday, swap, notice or
    override; the source is an `article`, or the document of a `notice`.
    """

    code: str
    vi: str
    en: str
    article: str = ""
    notice: str = ""
    days: tuple[DayInfo, ...] = ()

    def as_dict(self) -> dict[str, str]:
        """Return `code`, `article` or `notice`, `vi` and `en`."""
        source = {"notice": self.notice} if self.notice else {"article": self.article}
        return {"code": self.code, **source, "vi": self.vi, "en": self.en}


@attrs.frozen(kw_only=True)
class Step:
    """A stretch of working time, how much of the budget it uses and how much is left."""

    start: datetime
    end: datetime
    worked: timedelta
    left: timedelta
    day: DayInfo
    gap: Gap | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return `from`, `to`, `worked_us`, `left_us` and, if time was closed before, `gap`."""
        plain: dict[str, Any] = {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "worked_us": self.worked // _MICROSECOND,
            "left_us": self.left // _MICROSECOND,
        }
        return plain if self.gap is None else {**plain, "gap": self.gap.as_dict()}


@attrs.frozen(kw_only=True)
class Explanation:
    """A deadline with its reasons; `on` is the calendar that was asked."""

    start: datetime
    budget: timedelta
    due: datetime
    provisional: bool
    steps: tuple[Step, ...]
    on: "WorkCalendar" = attrs.field(repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Return the whole explanation as plain data, durations in whole microseconds."""
        return {
            "start": self.start.isoformat(),
            "budget_us": self.budget // _MICROSECOND,
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "calendar": self.on.name,
            "version": self.on.version,
            "steps": [step.as_dict() for step in self.steps],
        }

    def text(self, lang: str = "vi") -> str:
        """Return the explanation in words, in `vi` or `en`, on the office's clock."""
        from phananh.worktime.telling import told

        return told(self, lang)


def explained(calendar: "WorkCalendar", start: datetime, budget: timedelta) -> Explanation:
    """Return why a budget from `start` is due when it is.

    Raises:
        InputError: the budget is negative, or an argument is refused by `add`.
    """
    if checked(budget) < timedelta():
        problem = f"{budget} is negative; a limit runs forward"
        raise InputError(field="budget", problem=problem, way_out="use subtract")
    allotted = calendar.allot(start, budget)
    return Explanation(
        start=start,
        budget=budget,
        due=allotted.due,
        provisional=allotted.provisional,
        steps=tuple(_steps(calendar, start, budget, allotted.spans)),
        on=calendar,
    )


def _steps(
    calendar: "WorkCalendar", start: datetime, left: timedelta, spans: Iterable[Span]
) -> Iterable[Step]:
    before = start
    for span in spans:
        left -= span.length
        yield Step(
            start=span.start,
            end=span.end,
            worked=span.length,
            left=left,
            day=calendar.day(calendar.local(span.start).date()),
            gap=_gap(calendar, before, span.start, received=before is start),
        )
        before = span.end


def _gap(
    calendar: "WorkCalendar", before: datetime, opening: datetime, *, received: bool
) -> Gap | None:
    if before == opening:
        return None
    first, last = calendar.local(before), calendar.local(opening)
    days = [calendar.day(first.date() + DAY * n) for n in range((last.date() - first.date()).days)]
    closed = tuple(day for day in days if not day.sessions)
    if closed:
        return _closed(closed)
    return _pause(calendar, first, last, received=received)


def _pause(calendar: "WorkCalendar", first: datetime, last: datetime, *, received: bool) -> Gap:
    if first.date() < last.date():
        code = "after_closing" if received else "night"
    else:
        opening = calendar.day(first.date()).sessions[:1]
        early = received and opening and first - _midnight(first) < opening[0].open
        code = "before_opening" if early else "lunch"
    article, vi, en = _PAUSES[code]
    return Gap(code=code, article=article, vi=vi, en=en)


def _midnight(t: datetime) -> datetime:
    return t.replace(hour=0, minute=0, second=0, microsecond=0)


def _closed(days: tuple[DayInfo, ...]) -> Gap:
    """Fold closed days into one gap, named by the strongest of their reasons."""
    named = [day for day in days if day.reason_code != "weekend"] or list(days)
    chief = min(named, key=lambda day: _STRENGTH.index(day.reason_code))
    by_notice = chief.reason_code in ("swap", "notice") or chief.issued is not None
    source = "9" if chief.reason_code in ("weekend", "override") else chief.source
    return Gap(
        code=_AS_HOLIDAY.get(chief.reason_code, chief.reason_code),
        vi=", ".join(dict.fromkeys(day.vi + _document(day) for day in named)),
        en=", ".join(dict.fromkeys(day.en + _document(day) for day in named)),
        article="" if by_notice else source,
        notice=chief.source if by_notice else "",
        days=days,
    )


def _document(day: DayInfo) -> str:
    return f" [{day.source}]" if day.reason_code == "swap" else ""


def verify(explanation: Explanation) -> list[str]:
    """Count an explanation again, day by day, and return what is wrong with it.

    The fast tables have no part in it: the sessions of each date are laid on the clock, cut
    at `start` and `due`, and compared with the steps.
    """
    steps, calendar = explanation.steps, explanation.on
    problems = _sums(explanation)
    found = [(step.start.astimezone(UTC), step.end.astimezone(UTC)) for step in steps]
    walked = _walked(calendar, explanation.start, explanation.due)
    if found != walked:
        strays = sorted(set(found).symmetric_difference(walked))
        problems.append(f"the steps are not the sessions from start to due: {strays[:2]}")
    if steps and steps[-1].end != explanation.due:
        problems.append(f"the last step ends at {steps[-1].end}, due is {explanation.due}")
    if explanation.provisional != calendar.provisional(explanation.start, explanation.due):
        problems.append("provisional is not what the calendar says")
    return problems


def _sums(explanation: Explanation) -> list[str]:
    problems, left = [], explanation.budget
    for number, step in enumerate(explanation.steps, 1):
        left -= step.worked
        if step.worked != Span(step.start, step.end).length:
            problems.append(f"step {number} does not last {step.worked}")
        if step.left != left:
            problems.append(f"step {number} leaves {left}, not {step.left}")
    if left:
        problems.append(f"the steps leave {left} of the budget")
    return problems


def _walked(
    calendar: "WorkCalendar", start: datetime, due: datetime
) -> list[tuple[datetime, datetime]]:
    first, last = start.astimezone(UTC), due.astimezone(UTC)
    spans: list[tuple[datetime, datetime]] = []
    day, zone = max(calendar.local(start).date() - DAY, calendar.first_day), calendar.tzinfo
    while day <= calendar.local(due).date():
        for part in calendar.day(day).sessions:
            opening = max(first, to_instant(day, part.open, zone))
            closing = min(last, to_instant(day, part.close, zone))
            if opening < closing:
                _joined(spans, opening, closing)
        day += DAY
    return spans


def _joined(spans: list[tuple[datetime, datetime]], opening: datetime, closing: datetime) -> None:
    if spans and opening <= spans[-1][1]:
        spans[-1] = (spans[-1][0], max(closing, spans[-1][1]))
    else:
        spans.append((opening, closing))
