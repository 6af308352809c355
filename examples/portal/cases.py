"""What the pages of the staff show of cases: who may see one, what may be done now, and why not."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal

from examples.portal.acts import Accounts, read_act
from examples.portal.errors import status_of
from phananh import Case, Desk, NotFoundError, Person, PhanAnhError
from phananh.stores import IndexRow

Lang = Literal["vi", "en"]


def list_names(accounts: Accounts) -> dict[str, str]:
    """Return the names of people and units by their ids; a unit has that of its first account."""
    names: dict[str, str] = {}
    for account in accounts.values():
        names[account.person.id] = account.label
        names.setdefault(account.person.unit or "", account.label)
    return names


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


def show(
    desk: Desk, key: str, user: Person, lang: Lang, names: Mapping[str, str]
) -> dict[str, Any]:
    """Return what a page shows of a case to a user: what is for them, and their steps."""
    case = load(desk, key, user)
    missed = [each.due for each in case.lapses[-1:] if not (each.ended_at or each.lifted)]
    due = next(iter(missed), case.due)
    return {
        "case": case,
        "plain": case.as_dict(lang, for_=user),
        "due": due,
        "left": due and tell_left(desk, case, due, lang),
        "explanation": desk.explain(case, lang=lang).splitlines() if case.deadlines else (),
        "steps": desk.steps(case.id, user),
        "history": desk.timeline(case.id, lang=lang, names=names, for_=user),
        "cautions": desk.cautions(case),
        "unmet": desk.unmet(case) if case.is_open else (),
    }


def tell_left(desk: Desk, case: Case, due: datetime, lang: Lang) -> str:
    """Return the working time until a limit of a case, or since, by the hours of today."""
    with suppress(PhanAnhError):  # a calendar that is not at hand, or does not cover the days
        calendar = desk.calendar_today(case.deadlines[-1][1], holder=case.holder)
        return calendar.time_left_text(desk.now(), due, lang, fine=False) if calendar else ""
    return ""


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


def do(
    desk: Desk, key: str, user: Person, trigger: str, form: Mapping[str, str], accounts: Accounts
) -> bool:
    """Do one act, and return whether the user may still read the case.

    The version that was seen and the name of the click come from the form. The account before the
    click is from the sign-in, so nobody takes the id of another's act.
    """
    case, version = load(desk, key, user), form.get("version", "")[:9]
    act = read_act(trigger, form, accounts, user)
    expected = int(version) if version.isdecimal() else 0
    command = f"{user.id}:{form.get('click')}"
    return not desk.may_read(desk.do(case.id, act, expected=expected, command_id=command), user)


def clock_text(at: datetime | None) -> str:
    """Return an instant as pages show it."""
    return f"{at:%H:%M %d/%m/%Y}" if at else ""
