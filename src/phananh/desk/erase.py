"""Erasing the personal data of a case. Its history and statistics stay (Art. 14)."""

from contextlib import suppress
from datetime import datetime

from phananh.desk.core import DeskCore, moment
from phananh.desk.lookup import case_id, load_history
from phananh.errors import CorruptError
from phananh.regulation.case import Case


def erase(desk: DeskCore, case: Case | str, *, at: datetime | None = None) -> None:
    """Erase the personal data of a case that exists, even if it cannot be read."""
    key = case_id(desk.store, case)
    with suppress(CorruptError):
        load_history(desk.store, key)
    desk.store.erase(key, at=moment(desk, at))
