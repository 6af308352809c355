"""Why a limit of a case ends when it does, in words, and whether it was counted right (Art. 9)."""

from phananh.desk.calendars import calendar_of
from phananh.desk.core import DeskCore
from phananh.errors import InputError, UnknownCalendarError, UnknownRulesError
from phananh.messages.desk import CASE_EXPLANATION
from phananh.messages.labels import word
from phananh.messages.message import say
from phananh.regulation.case import Case
from phananh.regulation.case_deadline import CaseDeadline, find_current
from phananh.regulation.cautions import is_after_rules, is_before_rules
from phananh.regulation.values.limits import MoveRecord
from phananh.worktime import WorkCalendar


def explain(
    desk: DeskCore, case: Case, *, lang: str = "vi", deadline: CaseDeadline | None = None
) -> str:
    """Return in words why a limit of a case ends, or ended, when it does."""
    deadline = deadline or _require_current(case)
    calendar = _find_calendar(desk, case, deadline)
    lines = [deadline.deadline.explain(lang, calendar=calendar, moved_to=deadline.due)]
    # A citizen who is sent the reasons reads these as well.
    cautions = (word("caution", slug, lang) for slug in _find_cautions(desk, case))
    lines += [say(CASE_EXPLANATION["note"], lang, caution=each) for each in cautions]
    moves = (move for move in case.moves if move.opened_by == deadline.opened_by)
    return "\n".join([*lines, *(_describe_move(move, calendar, lang) for move in moves)])


def _find_cautions(desk: DeskCore, case: Case) -> tuple[str, ...]:
    """Return what is odd about its rules for this case; nothing of rules that were not given."""
    try:
        rules = desk.rules_of(case)
    except UnknownRulesError:
        return ()  # the limit is explained by what was stored with it
    found = {
        "rules_not_begun": is_before_rules(case, rules),
        "rules_ended": is_after_rules(case, rules),
    }
    return tuple(slug for slug, holds in found.items() if holds)


def verify(desk: DeskCore, case: Case) -> tuple[str, ...]:
    """Count the limit of a case that runs or is overdue again; return what differs."""
    deadline = _require_current(case)
    return deadline.deadline.verify(_find_calendar(desk, case, deadline))


def _require_current(case: Case) -> CaseDeadline:
    deadline = find_current(case)
    if deadline is None:
        raise InputError(field="case", code="no_running_limit", case=case.id)
    return deadline


def _find_calendar(desk: DeskCore, case: Case, deadline: CaseDeadline) -> WorkCalendar:
    try:
        return calendar_of(desk, deadline.deadline, holder=case.holder)
    except UnknownCalendarError as error:
        error.cases = (case.id,)
        raise


def _describe_move(move: MoveRecord, calendar: WorkCalendar, lang: str) -> str:
    from phananh.worktime.explain.text import moment_text  # loaded when there is a move to tell
    from phananh.worktime.phrases import cite

    old, new = (moment_text(t.astimezone(calendar.tzinfo), lang) for t in (move.old, move.new))
    code = "moved_by" if move.notices else "moved"
    notices = tuple(cite(document, None, lang) for document in move.notices)
    return say(CASE_EXPLANATION[code], lang, old=old, new=new, notices=notices)
