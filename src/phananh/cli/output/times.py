"""Instants as people read them, in Vietnamese time."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from phananh.worktime.localtime import VIETNAM
from phananh.worktime.phrases import format_date

if TYPE_CHECKING:  # what counts hours loads no regulation
    from phananh.regulation.values.deadline import Deadline


def format_instant(instant: datetime | None, lang: str) -> str:
    """Return an instant to the minute before it (R46), `10:00 08/05/2025`; `-` without one."""
    if instant is None:
        return "-"
    local = instant.astimezone(VIETNAM)
    return _in_order(local.date(), f"{local:%H:%M}", lang)


def _in_order(day: date, clock: str, lang: str) -> str:
    """Return the hour before the day in Vietnamese, after it in English."""
    text = format_date(day, lang)
    return f"{clock} {text}" if lang == "vi" else f"{text} {clock}"


def format_due(deadline: "Deadline", due: datetime, lang: str) -> str:
    """Return when a limit ends; one in whole days at 24:00 of its last, not 00:00 of the next."""
    in_days = not isinstance(deadline.budget, timedelta) and due == deadline.due
    if not (in_days and due.astimezone(VIETNAM).time() == time()):
        return format_instant(due, lang)
    last = due.astimezone(VIETNAM).date() - timedelta(days=1)
    return _in_order(last, "24:00", lang)
