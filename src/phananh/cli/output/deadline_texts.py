"""How a case stands with its time: due, left or over, late and since when, and in what doubt.

Everything is counted on the calendar of the promise, by name and version, never on another
that happens to be at hand (reading R15).
"""

import attrs

from phananh.articles import Article
from phananh.cli.context import RunContext
from phananh.cli.output.terminal import until, when
from phananh.desk.desk import Desk
from phananh.errors import CoverageError, UnknownCalendarError
from phananh.regulation.case import Case
from phananh.regulation.case_deadline import CaseDeadline, find_current, find_missed
from phananh.regulation.engine.recount import recount
from phananh.regulation.values.deadline import Deadline
from phananh.worktime import WorkCalendar

Key = tuple[str, str, str | None]  # name and version of a promise; the version of today


@attrs.define
class Standing:
    """What a run says of limits; each calendar of a promise is looked for once."""

    frame: RunContext
    desk: Desk
    _found: dict[Key, WorkCalendar | None] = attrs.field(factory=dict, init=False)

    def due(self, case: Case) -> str:
        """Return when the limit that runs is due, or that which is overdue was; `-` without."""
        promise = find_current(case)
        if promise is None:
            return when(case.due, self.frame.lang)
        told = until(promise.deadline, promise.due, self.frame.lang)
        if self.in_doubt(promise, case):
            told += f" ({self.frame.say('provisional')})"
        return told

    def late(self, case: Case) -> str:
        """Return since when a case is late, or which limits it missed, each with its clause."""
        waits = find_current(case)
        parts = (
            self._missed(promise, case, waits=promise == waits) for promise in find_missed(case)
        )
        return "; ".join(parts) or (self.frame.say("late") if case.is_late else "")

    def _missed(self, promise: CaseDeadline, case: Case, *, waits: bool) -> str:
        clause, lang = Article(promise.deadline.article), self.frame.lang
        said = "late since {due} ({clause})" if waits else "missed {due} ({clause})"
        named = clause.text(lang)
        if self.in_doubt(promise, case):
            named += f", {self.frame.say('provisional')}"
        return self.frame.say(said, due=until(promise.deadline, promise.due, lang), clause=named)

    def left(self, case: Case) -> str:
        """Return `3 working hours left`, or what is over; nothing where no limit is in question.

        Until a reckoned limit is due its own spans say it. What is over, and what is left of a
        time named to the citizen, is counted on the calendar of the promise; where that is not
        at hand, it is not counted, and which it is is said.
        """
        promise, now = find_current(case), self.desk.now()
        if promise is None:
            return ""
        deadline, own = promise.deadline, self._own(promise.deadline, case)
        reckoned = not promise.is_rescheduled and now <= promise.due
        if own is None and not reckoned:
            return self._not_counted(deadline)
        try:
            told = deadline.time_left_text(
                now, self.frame.lang, calendar=own, moved_to=promise.due, fine=False
            )
            return told + (self._otherwise(promise, case, told) if promise.is_rescheduled else "")
        except CoverageError:
            return ""

    def _not_counted(self, deadline: Deadline) -> str:
        said = "counted on calendar {name} {version}; give --hours and --notices of that calendar"
        return self.frame.say(said, name=deadline.calendar, version=deadline.version)

    def _otherwise(self, promise: CaseDeadline, case: Case, told: str) -> str:
        """Return what the hours of today make of a time that was named, where it is another."""
        today = self._today(promise.deadline, case)
        if today is None or promise.due <= self.desk.now():
            return ""
        said = today.time_left_text(self.desk.now(), promise.due, self.frame.lang, fine=False)
        facts = {"name": today.name, "version": today.version, "said": said}
        return "" if said == told else "; " + self.frame.say("on {name} {version}: {said}", **facts)

    def in_doubt(self, promise: CaseDeadline, case: Case) -> bool:
        """Return whether a notice can still move a limit, as far as the hours of today know."""
        return promise.is_provisional_on(self._today(promise.deadline, case))

    def kept(self, promise: CaseDeadline, case: Case) -> str:
        """Return that a reckoned limit was kept although its calendar changed since (R15).

        Nothing, unless the calendar of today knows what that of the promise knew: a forgotten
        notice is no change.
        """
        deadline, today = promise.deadline, self._today(promise.deadline, case)
        if promise.is_rescheduled or today is None or today.version == deadline.version:
            return ""
        own = self._own(deadline, case)
        if own is None:
            return ""
        try:
            found = recount(
                deadline, calendar=today, rules=self.desk.rules, find_former=lambda: own
            )
        except CoverageError:
            return ""
        facts = {"name": today.name, "old": deadline.version, "new": today.version}
        if found is None:
            said = "Calendar {name} is now {new}, no longer {old}; it gives the same time."
            return self.frame.say(said, **facts)
        papers = ", ".join(found.notices)
        said = ("Calendar {name} is now {new}, no longer {old}: counted again it would be {due}"
                "{papers}; what was told was kept (reading R15).")  # fmt: skip
        due = until(found.deadline, found.deadline.due, self.frame.lang)
        return self.frame.say(said, due=due, papers=papers and f" ({papers})", **facts)

    def _own(self, deadline: Deadline, case: Case) -> WorkCalendar | None:
        today = self._today(deadline, case)
        key = (deadline.calendar, deadline.version, today.version if today else None)
        if key not in self._found:
            try:
                self._found[key] = self.desk.calendar_of(deadline, holder=case.holder)
            except UnknownCalendarError:
                self._found[key] = None
        return self._found[key]

    def _today(self, deadline: Deadline, case: Case) -> WorkCalendar | None:
        """Return the calendar of today under the name that a deadline gives."""
        return self.desk.calendar_today(deadline, holder=case.holder)
