"""Erasing the personal data of a case: by whom, and on what ground, is in its history (R57).

The event is recorded before the data is erased, so no erasure is without one. If the second step
fails, erase the case again: the event is not recorded twice.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from phananh.desk.lookup import case_id, load_case, load_history, retry_on_conflict
from phananh.desk.together import Draft
from phananh.errors import CorruptError, InputError, RefusedError
from phananh.regulation.acts import Note
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import SHORT_TEXT, clean_text, is_blank
from phananh.regulation.erasure import find_erasure_refusals
from phananh.regulation.events import PersonalDataErased
from phananh.regulation.request import Person

if TYPE_CHECKING:
    from phananh.desk.desk import Desk


def erase(
    desk: Desk, case: Case | str, *, by: Person, ground: str, at: datetime | None = None
) -> None:
    """Erase the personal data of a case that is not open. Its history and statistics stay.

    It is safe to repeat. A case whose history cannot be read is erased too, without an event, but
    by the leadership alone: it may be open, and say that an operator is accused.

    Args:
        case: a Case, or its id or tracking code.
        by: an operator or the leadership, neither accused nor of an accused's unit.
        ground: why, such as the end of a term or the number of a request. It stays, so it must
            not name the sender. At most 2,000 characters.
        at: when, for imports. Leave it out in a portal. Rules may refuse it (R49).

    Raises:
        NotFoundError: there is no such case, so no data was erased.
        RefusedError: the case is open, or this person may not erase it.
        StoreError: perhaps erased in part. Erase it again.
        CorruptError: the file is damaged, and some personal data may be left.
    """
    if isinstance(desk.store, Draft):
        desk.store.erase()  # which refuses
    ground = clean_text(ground, field="ground", limit=SHORT_TEXT)
    if is_blank(ground):
        raise InputError(field="ground", code="blank")
    key, now = case_id(desk.store, case), desk.now()
    moment = desk._check_ahead(now if at is None else desk.moment(at), now)
    desk._check_known(Note(text=ground, by=by), moment, None)
    try:
        found = load_case(desk.store, key)
    except CorruptError:
        _require_allowed(key, None, by, ground)
    else:
        retry_on_conflict(desk.store, found, partial(_record, desk, by, ground, moment, now))
    desk.store.erase(key, at=moment)


def _record(
    desk: Desk, by: Person, ground: str, moment: datetime, now: datetime, case: Case
) -> None:
    """Record the event, unless it is the last one of the case."""
    is_backdated = moment < now and desk.rules_of(case).backdating == "refuse"
    _require_allowed(case.id, case, by, ground, is_backdated=is_backdated)
    if isinstance(load_history(desk.store, case.id)[-1], PersonalDataErased):
        return
    event = PersonalDataErased(
        case=case.id,
        n=case.version + 1,
        at=max(moment, case.updated_at),
        by=by,
        state=case.state,
        holder=case.holder,
        rules=case.rules,
        recorded_at=now,
        ground=ground,
    )
    desk._record((event,), fold((event,), onto=case))


def _require_allowed(
    key: str, case: Case | None, by: Person, ground: str, *, is_backdated: bool = False
) -> None:
    """Raise RefusedError if there is a reason."""
    if refusals := tuple(find_erasure_refusals(case, by, ground, is_backdated=is_backdated)):
        raise RefusedError(
            article=refusals[0].article, case=key, trigger="erase", refusals=refusals
        )
