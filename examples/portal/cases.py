"""What the pages show of cases: who may see one, what may be done now, and why not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import attrs

from examples.portal.acts import Accounts, read_act
from examples.portal.errors import status_of
from phananh import Case, Desk, NotFoundError, Person, Role
from phananh.events import Answered, Event, Rejected
from phananh.stores import IndexRow

NOT_SHOWN = {
    "vi": "(không hiển thị với đơn vị của người bị phản ánh)",
    "en": "(not shown to the unit of the accused)",
}
ERASED = {"vi": "(đã xóa)", "en": "(erased)"}
Lang = Literal["vi", "en"]


@attrs.frozen(kw_only=True)
class Shown:
    """A case as a page shows it."""

    case: Case
    content: str
    contact: str
    words: Mapping[str, str | None]
    explanation: tuple[str, ...]
    steps: tuple[Any, ...]
    history: tuple[str, ...]
    replies: tuple[str, ...]


def load(desk: Desk, key: str, user: Person, code: str | None = None) -> Case:
    """Return a case as it reads now; a code is taken from the session, and never as a key."""
    case = desk.get(code or key, for_=user)
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


def show(desk: Desk, key: str, user: Person, code: str | None = None, lang: Lang = "vi") -> Shown:
    """Return what the page of a case shows to a user."""
    case = load(desk, key, user, code)
    plain = case.as_dict(lang, for_=user, by_code=code is not None)
    history = desk.history(case.id)
    is_shown, beside = plain["content"] is not None, case.deciding_instants
    return Shown(
        case=case,
        content=text_of(plain["content"], lang) if is_shown else NOT_SHOWN[lang],
        contact="" if user.role is Role.CITIZEN else contact_of(plain["sender"] or {}),
        words={name: plain.get(f"{name}_text") for name in ("state", "kind", "channel", "holder")},
        explanation=tuple(desk.explain(case, lang=lang).splitlines()) if case.deadlines else (),
        steps=desk.steps(code or case.id, user),
        history=tuple(event.as_text(lang, beside=beside) for event in history),
        replies=tuple(
            reply for event in history if plain["sender"] and (reply := reply_of(event, lang))
        ),
    )


def reply_of(event: Event, lang: Lang) -> str | None:
    """Return what the citizen was told by an event: an answer, or where to go instead."""
    if isinstance(event, Answered | Rejected):
        return text_of(event.text if isinstance(event, Answered) else event.guidance, lang)
    return None


def text_of(text: object, lang: Lang) -> str:
    """Return a text, or that it was erased."""
    return text if isinstance(text, str) else ERASED[lang]


def contact_of(sender: Mapping[str, str]) -> str:
    """Return name and contact for whoever answers the sender."""
    known = (sender.get(name) for name in ("name", "phone", "email", "address"))
    return ", ".join(each for each in known if each)


def find_readable(
    desk: Desk, user: Person, *, after: str | None, limit: int = 50, **filters: Any
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
    desk: Desk, key: str, user: Person, code: str | None, trigger: str, form: Mapping[str, str],
    accounts: Accounts,
) -> Case:  # fmt: skip
    """Do one act; the version that was seen and the name of the click come from the form.

    The account before the click is from the sign-in, so nobody takes the id of another's act.
    """
    case, version = load(desk, key, user, code), form.get("version", "")[:9]
    act = read_act(trigger, form, accounts, user)
    expected = int(version) if version.isdecimal() else 0
    command = f"{user.id}:{form.get('click')}"
    return desk.do(code or case.id, act, expected=expected, command_id=command)


def tell_since(desk: Desk, key: str, version: int, lang: Lang) -> tuple[str, ...]:
    """Return what was recorded after the version that a form showed."""
    return tuple(event.as_text(lang) for event in desk.history(key) if event.n > version)


def clock_text(at: datetime | None) -> str:
    """Return an instant as pages show it."""
    return f"{at:%H:%M %d/%m/%Y}" if at else ""
