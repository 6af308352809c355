"""The limits of a case in words: due, left or over, late and since when, and the doubts.

All is computed on the calendar of the promise, by name and version, and not on another that happens
to be at hand (reading R15).
"""

from contextlib import suppress
from datetime import timedelta

import attrs

from phananh.cli.context import RunContext
from phananh.cli.output.times import format_instant
from phananh.desk.desk import Desk
from phananh.errors import CoverageError, UnknownCalendarError, UnknownRulesError
from phananh.regulation.case import Case, LapseRecord
from phananh.regulation.case_deadline import CaseDeadline, find_current, find_deadline
from phananh.regulation.deadline import Deadline
from phananh.regulation.events import due_text, late_clause_text, late_holder_text
from phananh.regulation.recount import recount
from phananh.worktime import WorkCalendar
from phananh.worktime.phrases import cite

Key = tuple[str, str, str | None]  # name and version of a promise; the version of today


@attrs.define
class DeadlineTexts:
    """The texts of a run about limits. Each calendar of a promise is looked for once."""

    context: RunContext
    desk: Desk
    _found: dict[Key, WorkCalendar | None] = attrs.field(factory=dict, init=False)

    def due_text(self, case: Case) -> str:
        """Return when the running limit is due, or the overdue one was, `-` without one."""
        limit = find_current(case)
        if limit is None:
            return format_instant(case.due, self.context.lang)
        text = due_text(limit.deadline, limit.due, self.context.lang)
        doubt = f" ({self.context.say('provisional')})" if self.is_provisional(limit, case) else ""
        return text + doubt

    def late_text(self, case: Case) -> str:
        """Return who is late since when, and who missed which limit by how much, by which clause.

        The lateness grows only while the same holder has the case. `left_text` gives it.
        """
        waits = find_current(case)
        parts = (
            self._missed_text(lapse, limit, case, waits=limit == waits)
            for lapse in case.lapses
            if (limit := find_deadline(case, lapse))
        )
        return "; ".join(parts) or (self.context.say("late") if case.is_late else "")

    def _missed_text(
        self, lapse: LapseRecord, limit: CaseDeadline, case: Case, *, waits: bool
    ) -> str:
        lang = self.context.lang
        clause = late_clause_text(lapse.late, limit.deadline.article, lang)
        if self.is_provisional(limit, case):
            clause += f", {self.context.say('provisional')}"
        facts = {
            "who": late_holder_text(lapse.late, lang),
            "due": due_text(limit.deadline, limit.due, lang),
            "clause": clause,
        }
        if waits:
            return self.context.say("late_since", **facts)
        over = self._over_text(lapse, limit, case)
        return self.context.say("missed", **facts) + (f": {over}" if over else "")

    def _over_text(self, lapse: LapseRecord, limit: CaseDeadline, case: Case) -> str:
        """Return by how much a limit was missed, once the case has left the late holder."""
        own = self._own_calendar(limit.deadline, case)
        if lapse.ended_at is None or own is None:
            return ""
        with suppress(CoverageError):
            return limit.deadline.time_left_text(
                lapse.ended_at, self.context.lang, calendar=own, moved_to=limit.due, fine=False
            )
        return ""

    def count_over(self, lapse: LapseRecord, case: Case) -> timedelta | None:
        """Return the working time by which a limit was missed, until now if it still is.

        None if its calendar is not at hand, or if another time runs after it (R4).
        """
        limit = find_deadline(case, lapse)
        own = self._own_calendar(limit.deadline, case) if limit else None
        if limit is None or own is None or (lapse.ended_at is None and case.clock):
            return None
        with suppress(CoverageError):
            return own.overrun(lapse.ended_at or self.desk.now(), limit.due)
        return None

    def left_text(self, case: Case) -> str:
        """Return `3 working hours left`, or the time over, or an empty text without a limit.

        Until a computed limit is due, its own spans give it. The time over, and the time left of a
        time named to the citizen, is computed on the calendar of the promise. If that is not at
        hand, the text names it instead.
        """
        limit, now, lang = find_current(case), self.desk.now(), self.context.lang
        if limit is None:
            return ""
        deadline, own = limit.deadline, self._own_calendar(limit.deadline, case)
        if own is None and (limit.is_rescheduled or now > limit.due):
            facts = {"name": deadline.calendar, "version": deadline.version}
            return self.context.say("other_calendar", **facts)
        try:
            text = deadline.time_left_text(now, lang, calendar=own, moved_to=limit.due, fine=False)
            return text + (self._otherwise(limit, case, text) if limit.is_rescheduled else "")
        except CoverageError:
            return ""

    def _otherwise(self, limit: CaseDeadline, case: Case, text: str) -> str:
        """Return the time left until a named time by the hours of today, if it differs."""
        today, now = self._today(limit.deadline, case), self.desk.now()
        if today is None or limit.due <= now:
            return ""
        left = today.time_left_text(now, limit.due, self.context.lang, fine=False)
        facts = {"name": today.name, "version": today.version, "left": left}
        return "" if left == text else "; " + self.context.say("left_today", **facts)

    def is_provisional(self, limit: CaseDeadline, case: Case) -> bool:
        """Return whether a notice can still move a limit, as far as the hours of today know."""
        return limit.is_provisional_on(self._today(limit.deadline, case))

    def changed_calendar_text(self, limit: CaseDeadline, case: Case) -> str:
        """Return that a computed limit stays although its calendar changed since (R15).

        Empty, unless the calendar of today has all notices of that of the promise: a forgotten
        notice is no change.
        """
        deadline, today = limit.deadline, self._today(limit.deadline, case)
        if limit.is_rescheduled or today is None or today.version == deadline.version:
            return ""
        own = self._own_calendar(deadline, case)
        if own is None:
            return ""
        try:
            rules = self.desk.rules_of(case)
            found = recount(deadline, calendar=today, rules=rules, find_former=lambda: own)
        except (CoverageError, UnknownRulesError):
            return ""
        facts = {"name": today.name, "old": deadline.version, "new": today.version}
        if found is None:
            return self.context.say("calendar_changed_same", **facts)
        cited = (cite(document, None, self.context.lang) for document in found.notices)
        papers = f" ({', '.join(cited)})" if found.notices else ""
        due = due_text(found.deadline, found.deadline.due, self.context.lang)
        return self.context.say("calendar_changed_kept", due=due, papers=papers, **facts)

    def _own_calendar(self, deadline: Deadline, case: Case) -> WorkCalendar | None:
        """Return the calendar that a deadline was computed on, where it is at hand."""
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
