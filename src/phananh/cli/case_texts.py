"""A case as commands show it: its limits in words, its present state, and its data.

All is computed on the calendar of the promise, by name and version, and not on another that happens
to be at hand (reading R15)."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import attrs

from phananh.cli.base import SENTENCES, RunContext
from phananh.cli.terminal import format_instant
from phananh.desk.desk import Desk
from phananh.errors import CoverageError, UnknownCalendarError, UnknownRulesError
from phananh.regulation.case import (
    Case,
    CaseDeadline,
    LapseRecord,
    find_current,
    find_deadline,
    find_running,
)
from phananh.regulation.cautions import caution_text
from phananh.regulation.deadline import Deadline
from phananh.regulation.events import due_text, late_clause_text, late_holder_text
from phananh.regulation.intake import Requirement
from phananh.regulation.recount import recount
from phananh.stores.index_row import make_index_row
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


@attrs.define
class CurrentCases:
    """The cases of a run as of its moment. Missing rules are reported once each."""

    context: RunContext
    desk: Desk
    _told: set[str] = attrs.field(factory=set, init=False)

    def as_of(self, case: Case) -> Case:
        """Return the case with a lapse that is not recorded yet."""
        try:
            return self.desk.as_of(case)
        except UnknownRulesError as error:
            if error.rules not in self._told:
                self._told.add(error.rules)
                self.context.warn("shown_as_recorded", problem=error.text(self.context.lang))
            return case

    def cautions(self, case: Case) -> tuple[str, ...]:
        """Return the slugs of its cautions."""
        try:
            return self.desk.cautions(case)
        except UnknownRulesError:
            return ()

    def caution_texts(self, case: Case) -> str:
        """Return the cautions in words, empty if there are none."""
        slugs = self.cautions(case)
        rules = self.desk.rules_of(case) if slugs else None
        return "; ".join(caution_text(slug, rules, self.context.lang) for slug in slugs if rules)

    def unmet(self, case: Case) -> tuple[Requirement, ...]:
        """Return the unmet requirements, as long as they can be met or the request refused."""
        try:
            return self.desk.unmet(case) if case.is_open else ()
        except UnknownRulesError:
            return ()


# Which act leads to which event, for their words.
TRIGGERS = {
    "Received": "receive",
    "Completed": "complete",
    "Noted": "note",
    "Rejected": "reject",
    "Answered": "answer",
    "Escalated": "escalate",
    "Advised": "advise",
    "VerificationRequested": "request_verification",
    "FindingsReported": "report_findings",
    "Rescheduled": "reschedule",
    "DeadlineMoved": "move_deadline",
    "Lapsed": "lapse",
    "Reassigned": "reassign",
    "UnitNotified": "notify_unit",
    "Closed": "close",
    "Published": "publish",
    "Commended": "commend",
    "Rated": "rate",
}
# What a list shows of a case, as its row has it; what is said of a limit comes beside.
_SHOWN = (
    "case", "state", "holder", "holder_id", "unit", "kind", "channel", "received_at", "since",
    "updated_at", "due",
)  # fmt: skip


def case_to_plain(
    case: Case,
    cautions: tuple[str, ...],
    texts: DeadlineTexts,
) -> dict[str, Any]:
    """Return the state of a case, without the names of people outside the offices.

    `clock` of a lapse is the event that opened the limit. `provisional` says that a notice can
    still move it, and so the lateness. `over_us` is how late it was when the case left that stage
    (`ended_at`), or is by now, in microseconds of working time.
    """
    plain, runs = make_index_row(case).as_dict(), find_running(case)
    return {
        **{name: plain[name] for name in _SHOWN},
        "provisional": runs is not None and texts.is_provisional(runs, case),
        "late": plain["late"],
        "lapses": [_lapse_to_plain(case, lapse, texts) for lapse in case.lapses],
        "cautions": list(cautions),
    }


def _lapse_to_plain(case: Case, lapse: LapseRecord, texts: DeadlineTexts) -> dict[str, Any]:
    limit, over = find_deadline(case, lapse), texts.count_over(lapse, case)
    plain = lapse.as_dict()
    clock = plain.pop("opened_by")
    return {
        **plain,
        "clock": clock,
        "article": limit.deadline.article if limit else None,
        "provisional": limit is not None and texts.is_provisional(limit, case),
        "over_us": None if over is None else over // timedelta.resolution,
    }


SENTENCES.update({
    "shown_as_recorded": (
        "hiển thị như đã ghi: {problem}", "shown as it was recorded: {problem}",
    ),
    "not_known": ("chưa rõ", "not known"),
    "provisional": ("tạm tính", "provisional"),
    "late_since": (
        "{who} trễ hạn (hết hạn lúc {due}, {clause})", "{who} late, was due {due} ({clause})",
    ),
    "missed": (
        "{who} đã trễ hạn (hết hạn lúc {due}, {clause})", "{who} missed {due} ({clause})",
    ),
    "other_calendar": (
        "tính theo lịch {name} {version}; hãy cho --hours và --notices của lịch đó",
        "computed on calendar {name} {version}. Give --hours and --notices of that calendar.",
    ),
    "left_today": ("theo lịch {name} {version}: {left}", "on {name} {version}: {left}"),
    "calendar_changed_same": (
        "Lịch {name} nay là {new}, không còn là {old}; tính lại vẫn ra hạn đó.",
        "Calendar {name} is now {new}, no longer {old}. It gives the same time.",
    ),
    "calendar_changed_kept": (
        "Lịch {name} nay là {new}, không còn là {old}: tính lại sẽ là {due}{papers}; hạn đã báo "
        "vẫn giữ (cách hiểu R15).",
        "Calendar {name} is now {new}, no longer {old}: computed again it would be {due}{papers}. "
        "The time that was given stays (reading R15).",
    ),
})  # fmt: skip
