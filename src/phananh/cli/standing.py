"""What is left of the time that runs on a case, or over since it ran out, in working time."""

from phananh.cli.frame import Frame
from phananh.desk import Desk
from phananh.errors import CoverageError
from phananh.regulation.case import Case
from phananh.regulation.request import State


def standing(frame: Frame, case: Case, desk: Desk) -> str:
    """Return `3 working hours left`, counted on the holder's hours; nothing where no time runs.

    A case that is overdue is counted from the limit that ran out; one whose rescheduled time
    lies beyond what the calendar covers is not counted.
    """
    lapsed = case.lapses[-1].due if case.state is State.OVERDUE and case.lapses else None
    due, holder = case.due or lapsed, case.holder
    if due is None or holder is None:
        return ""
    try:
        return desk.calendar(holder.role, holder.unit).standing(desk.now(), due, frame.lang)
    except CoverageError:
        return ""
