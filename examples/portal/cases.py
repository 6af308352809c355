"""What the pages of the staff show of cases: who may see one, what may be done now, and why not."""

from contextlib import suppress
from typing import Any

from fastapi import Request

from examples.portal.errors import status_of
from examples.portal.rendering import lang_of
from examples.portal.sign_in import desk_of
from phananh import Case, Desk, NotFoundError, Person, PhanAnhError
from phananh.stores import IndexRow


def load(desk: Desk, key: str, user: Person) -> Case:
    """Return a case as it reads now, by its id and not by its tracking code."""
    case = desk.get(key, for_=user)
    if case.id != key:
        raise NotFoundError(key="...")
    return desk.as_of(case)


def is_readable(desk: Desk, key: str, user: Person) -> bool:
    """Return whether a user may read a case, and it can be read."""
    try:
        return bool(desk.get(key, for_=user))
    except NotFoundError as error:
        status_of(error)
        return False


def show(request: Request, key: str, user: Person) -> dict[str, Any]:
    """Return what a page shows of a case to a user: what is for them, and their steps."""
    desk, lang, names = (
        desk_of(request).desk,
        lang_of(request),
        request.app.state.registers.list_names(),
    )
    case = load(desk, key, user)
    missed = [each.due for each in case.lapses[-1:] if not (each.ended_at or each.lifted)]
    due, left = next(iter(missed), case.due), ""
    with suppress(PhanAnhError):  # a calendar that is not at hand, or does not cover the days
        if due and (hours := desk.calendar_today(case.deadlines[-1][1], holder=case.holder)):
            left = hours.time_left_text(desk.now(), due, lang, fine=False)
    return {
        "case": case,
        "plain": case.as_dict(lang, for_=user),
        "due": due,
        "left": left,
        "explanation": desk.explain(case, lang=lang).splitlines() if case.deadlines else (),
        "steps": desk.steps(case.id, user),
        "history": desk.timeline(case.id, lang=lang, names=names, for_=user),
        "cautions": desk.cautions(case),
        "unmet": desk.unmet(case) if case.is_open else (),
    }


def find_readable(
    desk: Desk, user: Person, /, *, after: str | None = None, limit: int = 50, **filters: Any
) -> tuple[list[IndexRow], str | None]:
    """Return a full page of the rows that a user may read, and where the next page begins.

    A row does not know who is accused, so each case is read. Neither a short page nor a next page
    without rows tells of a hidden case: reading goes on until there is one row more than fits.
    """
    rows: list[IndexRow] = []
    following = None
    while True:
        page = desk.find(**filters, after=after, limit=limit - len(rows) or limit)
        found = [row for row in page.rows if is_readable(desk, row.case, user)]
        if found and following:
            return rows, following
        rows, after = rows + found, page.next
        if after is None:
            return rows, None
        if len(rows) == limit:
            following = following or after
