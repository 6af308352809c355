"""Why a limit of a case ends when it does, in words, and whether it was computed right (Art. 9)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from phananh.desk.calendars import calendar_of
from phananh.errors import InputError, UnknownCalendarError, UnknownRulesError
from phananh.messages.labels import word
from phananh.messages.message import say
from phananh.messages.texts import CASE_EXPLANATION
from phananh.regulation.asked_again import is_after_reschedule
from phananh.regulation.case import Case, CaseDeadline, MoveRecord, find_last
from phananh.regulation.cautions import caution_text, is_after_rules, is_before_rules
from phananh.worktime import WorkCalendar
from phananh.worktime.instants import cut_to_minute

if TYPE_CHECKING:
    from phananh.desk.desk import Desk
    from phananh.worktime.explain.explanation import Precision


def explain(
    desk: Desk,
    case: Case | str,
    *,
    lang: str = "en",
    deadline: CaseDeadline | None = None,
    precision: Precision = "minute",
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
    case = desk.case_of(case)
    deadline = deadline or _require_limit(case)
    calendar = _find_calendar(desk, case, deadline)
    lines = [
        deadline.deadline.explain(
            lang,
            calendar=calendar,
            moved_to=deadline.due,
            after_reschedule=is_after_reschedule(case, deadline.deadline),
            precision=precision,
        )
    ]
    # A citizen who is sent the reasons reads these as well.
    cautions = _list_cautions(desk, case, lang)
    if deadline.is_rescheduled and deadline.is_provisional:
        cautions = [word("caution", "appointment_provisional", lang), *cautions]
    lines += [say(CASE_EXPLANATION["note"], lang, caution=each) for each in cautions]
    moves = (move for move in case.moves if move.opened_by == deadline.opened_by)
    return "\n".join([*lines, *(_describe_move(move, calendar, lang) for move in moves)])


def verify(desk: Desk, case: Case | str, *, lang: str = "en") -> tuple[str, ...]:
    """Compute again the limit that `explain` explains, and return the differences in `lang`.

    Raises:
        InputError: the case has had no limit.
        UnknownCalendarError: the calendar of that version is not at hand.
    """
    case = desk.case_of(case)
    deadline = _require_limit(case)
    return deadline.deadline.verify(_find_calendar(desk, case, deadline), lang)


def _list_cautions(desk: Desk, case: Case, lang: str) -> list[str]:
    """Return the oddities of its rules for this case, if its rules were given."""
    try:
        rules = desk.rules_of(case)
    except UnknownRulesError:
        return []  # the limit is explained by what was stored with it
    found = {
        "rules_not_begun": is_before_rules(case, rules),
        "rules_ended": is_after_rules(case, rules),
    }
    return [caution_text(slug, rules, lang) for slug, holds in found.items() if holds]


def _require_limit(case: Case) -> CaseDeadline:
    deadline = find_last(case)
    if deadline is None:
        raise InputError(field="case", code="no_limit_ever", case=case.id)
    return deadline


def _find_calendar(desk: Desk, case: Case, deadline: CaseDeadline) -> WorkCalendar:
    """Return the calendar of a limit: that of the present holder, or of the holder back then."""
    try:
        return calendar_of(desk, deadline.deadline, holder=case.holder)
    except UnknownCalendarError as error:
        for event in desk.store.load(case.id)[deadline.opened_by - 1 : deadline.opened_by]:
            with suppress(UnknownCalendarError):
                return calendar_of(desk, deadline.deadline, holder=event.holder)
        error.cases = (case.id,)
        raise


def _describe_move(move: MoveRecord, calendar: WorkCalendar, lang: str) -> str:
    from phananh.worktime.phrases import (
        cite,
        moment_text,  # loaded when there is a move to tell
    )

    ends = (cut_to_minute(calendar.local(each)) for each in (move.old, move.new))
    old, new = (moment_text(each, lang) for each in ends)
    code = "moved_by" if move.notices else "moved"
    notices = tuple(cite(document, None, lang) for document in move.notices)
    return say(CASE_EXPLANATION[code], lang, old=old, new=new, notices=notices)
