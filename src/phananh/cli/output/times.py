"""Instants as people read them, in Vietnamese time."""

from datetime import datetime

from phananh.messages.message import fact_text
from phananh.worktime.localtime import VIETNAM


def format_instant(instant: datetime | None, lang: str) -> str:
    """Return an instant to the minute before it (R46), `10:00 08/05/2025`, `-` without one."""
    return "-" if instant is None else fact_text("", instant.astimezone(VIETNAM), lang)
