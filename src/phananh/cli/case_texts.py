"""A case as commands show it: its limits in words, its present state, and its data.

All is computed on the calendar of the promise, by name and version, and not on another that happens
to be at hand (reading R15)."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import attrs

from phananh import Desk, WorkCalendar
from phananh.cli.base import SENTENCES, RunContext
from phananh.cli.terminal import format_instant
from phananh.errors import CoverageError, UnknownCalendarError, UnknownRulesError
from phananh.messages.message import instant_text
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
from phananh.regulation.request import Role
from phananh.stores.index_row import make_index_row
from phananh.worktime.instants import VIETNAM
from phananh.worktime.phrases import cite

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
    "SentBack": "send_back",
    "Rescheduled": "reschedule",
    "DeadlineMoved": "move_deadline",
    "Lapsed": "lapse",
    "LapseLifted": "lift_lapse",
    "Reassigned": "reassign",
    "UnitNotified": "notify_unit",
    "OutcomeReported": "report_outcome",
    "Withdrawn": "withdraw",
    "Reopened": "reopen",
    "Closed": "close",
    "Published": "publish",
    "PublicationWithdrawn": "unpublish",
    "Commended": "commend",
    "Rated": "rate",
    "PersonalDataErased": "erase",
}
# What a list shows of a case, as its row has it; what is said of a limit comes beside.
_SHOWN = (
    "case", "state", "holder", "holder_id", "unit", "kind", "channel", "received_at", "since",
    "updated_at", "recorded_at", "due",
)  # fmt: skip


@attrs.define
class CaseTexts:
    """The texts of a run about cases: each by its own rules, or as recorded if they were not given.

    Each calendar of a promise is looked for once, and missing rules are reported once.
    """

    context: RunContext
    desk: Desk
    # by the name and version of a promise, and the version of today
    _found: dict[tuple[str, str, str | None], WorkCalendar | None] = attrs.field(
        factory=dict, init=False
    )
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

    def data(self, case: Case) -> dict[str, Any]:
        """Return the state of a case, without the names of people outside the offices.

        `clock` of a lapse is the event that opened the limit. `provisional` says that a notice can
        still move it, and so the lateness. `over_us` is how late it was when the case left that
        stage (`ended_at`), or is by now, in microseconds of working time.
        """
        plain, runs = make_index_row(case).as_dict(), find_running(case)
        return {
            **{name: plain[name] for name in _SHOWN},
            "provisional": runs is not None and self.is_provisional(runs, case),
            "late": plain["late"],
            "lapses": [self._lapse_data(case, lapse) for lapse in case.lapses],
            "cautions": list(self.cautions(case)),
        }

    def _lapse_data(self, case: Case, lapse: LapseRecord) -> dict[str, Any]:
        limit, over, plain = find_deadline(case, lapse), None, lapse.as_dict()
        # Unknown if its calendar is not at hand, or if another time runs after it (R4).
        if limit and (lapse.ended_at or not case.clock):
            until = lapse.ended_at or self.desk.now()
            with suppress(CoverageError):
                counted = self._counting_calendar(limit, until, case)
                over = (
                    counted.overrun(until, max(limit.due, lapse.since or limit.due))
                    if counted
                    else None
                )
        return {
            **{name: value for name, value in plain.items() if name != "opened_by"},
            "clock": plain["opened_by"],
            "article": limit.deadline.article if limit else None,
            "provisional": limit is not None and self.is_provisional(limit, case),
            "over_us": None if over is None else over // timedelta.resolution,
        }

    def cautions(self, case: Case) -> tuple[str, ...]:
        """Return the slugs of its cautions."""
        with suppress(UnknownRulesError):
            return self.desk.cautions(case)
        return ()

    def caution_texts(self, case: Case) -> str:
        """Return the cautions in words, empty if there are none."""
        slugs = self.cautions(case)
        rules = self.desk.rules_of(case) if slugs else None
        return "; ".join(caution_text(slug, rules, self.context.lang) for slug in slugs if rules)

    def unmet(self, case: Case) -> tuple[Requirement, ...]:
        """Return the unmet requirements, as long as they can be met or the request refused."""
        with suppress(UnknownRulesError):
            return self.desk.unmet(case) if case.is_open else ()
        return ()

    def beside(self, case: Case) -> tuple[datetime, ...]:
        """Return the instants by which a case is late or in time, and the present one."""
        return (*case.deciding_instants, self.desk.now())

    def due_text(self, case: Case) -> str:
        """Return when the running limit is due, or the overdue one was, `-` without one."""
        limit = find_current(case)
        if limit is None:
            return format_instant(case.due, self.context.lang)
        doubt = f" ({self.context.say('provisional')})" if self.is_provisional(limit, case) else ""
        shown = (limit.deadline, limit.due, self.context.lang, self.beside(case))
        return due_text(*shown, in_cell=True) + doubt

    def late_text(self, case: Case) -> str:
        """Return who is late since when, and who missed which limit by how much, by which clause.

        The lateness grows only while the same holder has the case. `left_text` gives it.
        """
        parts = (
            self._missed_text(lapse, limit, case)
            for lapse in case.lapses
            if not lapse.lifted and (limit := find_deadline(case, lapse))
        )
        return "; ".join(parts) or (self.context.say("late") if case.is_late else "")

    def _missed_text(self, lapse: LapseRecord, limit: CaseDeadline, case: Case) -> str:
        lang, deadline = self.context.lang, limit.deadline
        clause = late_clause_text(lapse.late, deadline.article, lang)
        if self.is_provisional(limit, case):
            clause += f", {self.context.say('provisional')}"
        due = due_text(deadline, limit.due, lang, self.beside(case))
        who = late_holder_text(lapse.late, lang)
        is_person = lapse.stage is not Role.AGENCY
        if is_person and lapse.since and lapse.since > deadline.start:  # it ran already (R51)
            who = self.context.say(
                "had_since",
                who=who,
                since=instant_text(lapse.since.astimezone(VIETNAM), lang, self.beside(case)),
            )
        text = self.context.say(
            "missed" if lapse.ended_at else "late_since", who=who, due=due, clause=clause
        )
        if lapse.ended_at or limit != find_current(case):  # by how much, unless `left_text` says so
            with suppress(CoverageError):
                over = self.over_text(limit, lapse.ended_at or self.desk.now(), case, lapse.since)
                text += f": {over}" if over else ""
        return text

    def over_text(
        self, limit: CaseDeadline, until: datetime, case: Case, since: datetime | None = None
    ) -> str:
        """Return the time over, or an empty text if the calendar of the promise is not at hand.

        `since` is when whoever is late got the case, which for an accused may be after it was due.
        """
        deadline, due, lang = limit.deadline, max(limit.due, since or limit.due), self.context.lang
        counted = self._counting_calendar(limit, until, case)
        if counted is None:
            return ""
        if counted.version != deadline.version:
            return counted.time_left_text(until, due, lang, fine=False)
        return deadline.time_left_text(until, lang, calendar=counted, moved_to=due)

    def _counting_calendar(
        self, limit: CaseDeadline, until: datetime, case: Case
    ) -> WorkCalendar | None:
        """Return the calendar on which the time over is counted.

        It is that of the promise, unless that of today has less: nobody is late by the hours of a
        day that is off by now. It is None if that of the promise is not at hand.
        """
        own, today = (find(limit.deadline, case) for find in (self._own_calendar, self._today))
        if own is None or today is None:
            return own
        return min((own, today), key=lambda each: each.overrun(until, limit.due))

    def left_text(self, case: Case) -> str:
        """Return `3 working hours left`, or the time over, or an empty text without a limit.

        Until a computed limit is due, its own spans give it. The time over, and the time left of a
        time named to the citizen, is computed on the calendar of the promise, without the hours of
        days that are off by now. If that is not at hand, the text names it instead.
        """
        limit, now, lang = find_current(case), self.desk.now(), self.context.lang
        if limit is None:
            return ""
        now = min(now, limit.due) if case.clock else now  # still in time (R14)
        deadline, own = limit.deadline, self._own_calendar(limit.deadline, case)
        if own is None and (limit.is_rescheduled or now > limit.due):
            facts = {"name": deadline.calendar, "version": deadline.version}
            return self.context.say("other_calendar", **facts)
        try:
            if now > limit.due:
                return self.over_text(limit, now, case)
            text = deadline.time_left_text(now, lang, calendar=own, moved_to=limit.due, fine=False)
            today = self._today(deadline, case)
            if not limit.is_rescheduled or today is None or limit.due == now:
                return text
            left = today.time_left_text(now, limit.due, lang, fine=False)
        except CoverageError:
            return ""
        # Until a named time there may be more or less by the hours of today.
        facts = {"name": today.name, "version": today.version, "left": left}
        return text if left == text else f"{text}; {self.context.say('left_today', **facts)}"

    def is_provisional(self, limit: CaseDeadline, case: Case) -> bool:
        """Return whether a notice can still move a limit, as far as the hours of today know."""
        return limit.is_provisional_on(self._today(limit.deadline, case))

    def changed_calendar_text(self, limit: CaseDeadline, case: Case) -> str:
        """Return that a computed limit stays although its calendar changed since (R15).

        Empty, unless the calendar of today has all notices of that of the promise: a forgotten
        notice is no change.
        """
        deadline, today = limit.deadline, self._today(limit.deadline, case)
        own = None if limit.is_rescheduled else self._own_calendar(deadline, case)
        if own is None or today is None or today.version == deadline.version:
            return ""
        try:
            found = recount(
                deadline, calendar=today, rules=self.desk.rules_of(case), find_former=lambda: own
            )
        except (CoverageError, UnknownRulesError):
            return ""
        facts = {"name": today.name, "old": deadline.version, "new": today.version}
        if found is None:
            return self.context.say("calendar_changed_same", **facts)
        cited = ", ".join(cite(document, None, self.context.lang) for document in found.notices)
        papers = f" ({cited})" if cited else ""
        due = due_text(found.deadline, found.deadline.due, self.context.lang, (limit.due,))
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


SENTENCES.update({
    "shown_as_recorded": (
        "hiển thị như đã ghi: {problem}", "shown as it was recorded: {problem}",
    ),
    "not_known": ("chưa rõ", "not known"),
    "provisional": ("tạm tính", "provisional"),
    "had_since": ("{who} (từ {since})", "{who} (since {since})"),
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
