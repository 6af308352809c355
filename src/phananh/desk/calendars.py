"""What was promised stays explicable: the calendar of a stored deadline, by name and version (R15).

A deadline names the calendar that it was laid over. The desk looks for exactly that one among
its present and former calendars, and among what they knew on an earlier day; another version
under the same name is never taken in its place.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Self

import attrs

from phananh.desk.sweep import Kept
from phananh.errors import InputError, NoWorkingTimeError, UnknownCalendarError
from phananh.messages.labels import word
from phananh.regulation.calendar_lookup import CalendarChoice, list_calendars, make_lookup
from phananh.regulation.case import Case
from phananh.regulation.case_deadline import CaseDeadline, find_current
from phananh.regulation.cautions import is_after_rules
from phananh.regulation.values.clock import MoveRecord
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.request import Holder
from phananh.worktime import WorkCalendar

_SHOWN = 5
_NOTE = {"vi": "Lưu ý", "en": "Note"}


@attrs.frozen(kw_only=True)
class CalendarInUse:
    """A calendar that open deadlines name: how many, and the first of their cases.

    `is_known`: the desk has a calendar of that name, so that it can be counted anew.
    `is_at_hand`: it has that very version, so that the promise can be explained.
    """

    name: str
    version: str
    deadlines: int
    cases: tuple[str, ...]
    is_known: bool
    is_at_hand: bool

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return attrs.asdict(self)

    def with_one(self, case: str) -> "CalendarInUse":
        """Return it with one deadline more; the first few cases are named."""
        cases = (*self.cases, case) if len(self.cases) < _SHOWN else self.cases
        return attrs.evolve(self, deadlines=self.deadlines + 1, cases=cases)


# name, version, whether known -> its use
InUse = dict[tuple[str, str, bool], CalendarInUse]


class Promises(Kept):
    """Explaining and checking what was promised, for whatever has calendars and a store."""

    __slots__ = ()

    def _calendars(self, holder: Holder | None = None) -> tuple[WorkCalendar, ...]:
        """Return every calendar the desk knows, and that which `holder` keeps today."""
        own = (self.calendar(holder.role, holder.unit),) if holder else ()
        return (*list_calendars(self.calendar), *own, *self.former)

    def calendar_of(self, deadline: Deadline, *, holder: Holder | None = None) -> WorkCalendar:
        """Return the calendar on which a deadline was reckoned, as it was then.

        Args:
            deadline: as it was stored.
            holder: with whom the case lies; needed only where the hours are a function.

        Raises:
            UnknownCalendarError: no calendar of that name and version was given.
        """
        known = self._calendars(holder)
        found = _as_it_was(deadline, known)
        if found is None:
            raise UnknownCalendarError(
                calendars=(f"{deadline.calendar} {deadline.version}",),
                cases=(),
                deadlines=1,
                known=_named(known),
            )
        return found

    def calendar_today(
        self, deadline: Deadline, *, holder: Holder | None = None
    ) -> WorkCalendar | None:
        """Return the calendar of today that has the name a deadline gives, or None."""
        own = (self.calendar(holder.role, holder.unit),) if holder else ()
        known = (*own, *list_calendars(self.calendar))
        return next((each for each in known if each.name == deadline.calendar), None)

    def explain(
        self, case: Case | str, *, lang: str = "vi", promise: CaseDeadline | None = None
    ) -> str:
        """Return in words why a limit of a case ends, or ended, when it does.

        Args:
            case: a Case, or its id or tracking code.
            lang: `vi` or `en`.
            promise: one of its limits; by default that which runs, else that which is overdue.

        Raises:
            InputError: no limit runs, and none is overdue.
            UnknownCalendarError: the calendar of that version is not at hand.
        """
        case = self.get(case) if isinstance(case, str) else case
        promise = promise or _in_question(case)
        calendar = self._own(promise, case)
        told = promise.deadline.explain(lang, calendar=calendar, moved_to=promise.due)
        moves = (move for move in case.moves if move.opened_by == promise.opened_by)
        if is_after_rules(case, self.rules):  # the citizen who is sent the reasons reads it too
            told += f"\n{_NOTE[lang]}: {word('caution', 'rules_ended', lang)}."
        return "\n".join([told, *(_moved(move, calendar, lang) for move in moves)])

    def verify(self, case: Case | str) -> tuple[str, ...]:
        """Count the limit of a case that runs or is overdue again; return what differs.

        Raises:
            InputError: no limit runs, and none is overdue.
            UnknownCalendarError: the calendar of that version is not at hand.
        """
        case = self.get(case) if isinstance(case, str) else case
        promise = _in_question(case)
        return promise.deadline.verify(self._own(promise, case))

    def _own(self, promise: CaseDeadline, case: Case) -> WorkCalendar:
        try:
            return self.calendar_of(promise.deadline, holder=case.holder)
        except UnknownCalendarError as error:
            error.cases = (case.id,)
            raise

    def check_calendars(
        self, *, on_page: Callable[[int], None] | None = None
    ) -> tuple[CalendarInUse, ...]:
        """Return every calendar that open deadlines name; to be called when a portal starts.

        Args:
            on_page: is told how many deadlines were looked at so far.

        Raises:
            UnknownCalendarError: the desk has no calendar of a name that is in use.
        """
        found: InUse = {}
        after, read = None, 0
        while True:
            page = self._running(after)
            for row in page.rows:
                self._use(found, self._load(row.case))
            read += len(page.rows)
            if on_page is not None:
                on_page(read)
            if page.next is None:
                break
            after = page.next
        used = tuple(sorted(found.values(), key=lambda use: (use.name, use.version)))
        self._refuse_unknown(use for use in used if not use.is_known)
        return used

    def _knows(self, case: Case, deadline: Deadline) -> bool:
        """Return whether some calendar of the name that a deadline gives is known."""
        known = self._calendars(case.holder)
        return any(each.name == deadline.calendar for each in known)

    def _use(self, found: InUse, case: Case) -> None:
        deadline = case.deadline
        if deadline is None:
            return
        known = self._calendars(case.holder)
        is_known = self._knows(case, deadline)
        which = (deadline.calendar, deadline.version, is_known)
        if which not in found:
            found[which] = CalendarInUse(
                name=deadline.calendar,
                version=deadline.version,
                deadlines=0,
                cases=(),
                is_known=is_known,
                is_at_hand=_as_it_was(deadline, known) is not None,
            )
        found[which] = found[which].with_one(case.id)

    def _refuse_unknown(self, uses: Iterable[CalendarInUse]) -> None:
        uses = tuple(uses)
        if uses:
            raise UnknownCalendarError(
                calendars=tuple(dict.fromkeys(use.name for use in uses)),
                cases=tuple(case for use in uses for case in use.cases)[:_SHOWN],
                deadlines=sum(use.deadlines for use in uses),
                known=_named(self._calendars()),
            )

    def with_calendars(
        self, calendar: CalendarChoice, *, former: Iterable[WorkCalendar] = ()
    ) -> Self:
        """Return the desk with other hours, after looking whether any promise would be lost.

        What is replaced by a calendar of the same name is kept as a former one.

        Raises:
            UnknownCalendarError: an open deadline names a calendar that neither is among the
                new ones nor in `former`: it was dropped or renamed. The desk is unchanged.
        """
        hours, former = make_lookup(calendar), tuple(former)
        names = {each.name for each in (*list_calendars(hours), *former)}
        replaced = (each for each in self._calendars() if each.name in names)
        kept = tuple(dict.fromkeys((*former, *replaced)))
        desk = attrs.evolve(self, calendar=hours, former=kept)  # type: ignore[misc]  # a desk is one
        desk.check_calendars()
        return desk


def _in_question(case: Case) -> CaseDeadline:
    promise = find_current(case)
    if promise is None:
        raise InputError(
            field="case",
            problem=f"no reckoned limit runs on {case.id}",
            way_out="ask while one runs; what was told stands in `case.deadlines`",
        )
    return promise


def _named(calendars: Iterable[WorkCalendar]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{each.name} {each.version}" for each in calendars))


def _as_it_was(deadline: Deadline, known: Iterable[WorkCalendar]) -> WorkCalendar | None:
    """Return the calendar of that very name and version: given, or one as it was known once."""
    same = [each for each in known if each.name == deadline.calendar]
    for calendar in same:
        if calendar.version == deadline.version:
            return calendar
    for calendar in same:
        for then in _earlier(calendar, deadline):
            if then.version == deadline.version:
                return then
    return None


def _earlier(calendar: WorkCalendar, deadline: Deadline) -> Iterator[WorkCalendar]:
    """Yield the calendar without its latest notices, and as it was known on earlier days."""
    if calendar.notices:  # given since, whatever their date
        yield attrs.evolve(calendar, notices=())
    for day in _days_to_ask(calendar, deadline):
        with suppress(InputError, NoWorkingTimeError):  # nobody can say what was known then
            own = (n for n in calendar.notices if n.known_on and n.known_on <= day)
            yield attrs.evolve(calendar, notices=own)
            yield calendar.as_of(day)


def _days_to_ask(calendar: WorkCalendar, deadline: Deadline) -> list[date]:
    """Return the day of the promise, and the eves of the days on which notices became known."""
    public = calendar.days.notices if calendar.days else ()
    known = {notice.known_on for notice in (*public, *calendar.notices) if notice.known_on}
    eves = sorted((day - timedelta(days=1) for day in known), reverse=True)
    return [calendar.local(deadline.start).date(), *eves]


def _moved(move: MoveRecord, calendar: WorkCalendar, lang: str) -> str:
    from phananh.worktime.explain.text import moment

    old, new = (moment(t.astimezone(calendar.tzinfo), lang) for t in (move.old, move.new))
    by = ", ".join(move.notices)
    if lang == "vi":
        return f"Lịch làm việc đã đổi{f' theo {by}' if by else ''}: hạn {old} nay là {new}."
    return f"The calendar changed{f' by {by}' if by else ''}: what was due {old} is due {new}."
