"""Instants as people read them, in Vietnamese time."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from phananh.worktime.localtime import VIETNAM
from phananh.worktime.phrases import format_date

if TYPE_CHECKING:  # what counts hours loads no regulation
    from phananh.regulation.values.deadline import Deadline


def format_instant(instant: datetime | None, lang: str) -> str:
    """Return an instant as a date and a time of day; `-` without one."""
    if instant is None:
        return "-"
    local = instant.astimezone(VIETNAM)
    clock = local.replace(tzinfo=None).time().isoformat()
    clock = clock.removesuffix(":00") if clock.count(":") == 2 else clock
    return f"{format_date(local.date(), lang)} {clock}"


def format_due(deadline: "Deadline", due: datetime, lang: str) -> str:
    """Return when a limit ends; one in whole days at 24:00 of its last, not 00:00 of the next."""
    in_days = not isinstance(deadline.budget, timedelta) and due == deadline.due
    if not (in_days and due.astimezone(VIETNAM).time() == time()):
        return format_instant(due, lang)
    return format_instant(due - timedelta(days=1), lang).replace(" 00:00", " 24:00")
