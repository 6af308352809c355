"""Pasting back what a prompt shows: the repr of a value, read with the names of the package."""

import datetime
import zoneinfo
from typing import Any

from phananh.worktime import Notice, NoticeDay, Span, Term, Timetable, WorkCalendar
from phananh.worktime.algebra import CombinedTimetable, Spans
from phananh.worktime.days.vietnam import VietnamDays
from phananh.worktime.session import Session
from phananh.worktime.timetable import Hours

KINDS = (
    CombinedTimetable, Hours, Notice, NoticeDay, Session, Span, Spans, Term, Timetable,
    VietnamDays, WorkCalendar,
)  # fmt: skip


def pasted(value: object) -> Any:
    """Return what the repr of a value makes, after `import datetime` and `import zoneinfo`."""
    names = {kind.__name__: kind for kind in KINDS}
    return eval(repr(value), {**names, "datetime": datetime, "zoneinfo": zoneinfo})  # noqa: S307 - our own text
