"""What is for a person to see to: rows of cases in words, with what they may do next.

A page costs one read of rows and one of histories, however many cases there are, and as many again
to look for a next page. It costs more only where cases are hidden from its reader, such as from an
accused: reading goes on until one more than fits is found, so neither a short page nor a next page
without rows tells that there are any.
A case that cannot be read may be about anybody, so it is hidden too.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

import attrs

from phananh.errors import CoverageError, InputError, check_language
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.access import find_read_refusals, list_hidden
from phananh.regulation.case import Case, find_current, fold
from phananh.regulation.decide import as_of, list_of_role
from phananh.regulation.request import Channel, Kind, Person, Role, Sender, State
from phananh.stores.base import IndexRow, Page, Query, Store

if TYPE_CHECKING:
    from phananh.desk.desk import Desk

_SHOWN = 120  # characters of a subject


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class InboxRow(PlainValue):
    """A case as it is now, as a list shows it to one person.

    `due` is when the limit that counts ends or ended, and `left` the working time until then, or
    since, in words. `promised` is the time of the appointment that the citizen waits for, passed or
    not. `allowed` are the acts that the person may do. `subject` is the first line of the content,
    and `sender` the name. They are None if they are not for this person, not given or erased.
    """

    case: str
    version: int
    state: State
    kind: Kind
    channel: Channel
    holder: Role | None
    holder_id: str | None
    unit: str | None
    received_at: datetime
    due: datetime | None
    promised: datetime | None
    left: str
    late: bool
    allowed: tuple[str, ...]
    subject: str | None = attrs.field(repr=False)
    sender: str | None = attrs.field(repr=False)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Inbox(PlainValue):
    """A page of an inbox. `next` is the `after` of the next page, or None.

    `damaged` are cases that cannot be read. They are for your log, and left out of `as_dict`.
    """

    rows: tuple[InboxRow, ...]
    next: str | None
    damaged: tuple[str, ...] = ()

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        return fields_to_plain(self, lang, personal=personal, without=("damaged",))


def make_inbox(desk: Desk, query: Query, person: Person, lang: str) -> Inbox:
    """Return what `Desk.inbox` does, of the rows that a query finds."""
    wanted = check_language(lang)
    page, cases = list_readable(desk.store, query, person)
    rows = tuple(make_row(desk, cases[row.case], person, wanted) for row in page.rows)
    return Inbox(rows=rows, next=page.next, damaged=page.damaged)


def list_readable(store: Store, query: Query, reader: Person) -> tuple[Page, dict[str, Case]]:
    """Return a page of the rows of a query that this reader may read, and their cases by id.

    A page is full while there are more, so that its length tells nobody of a hidden case.

    Example:
        >>> from phananh.stores import Query
        >>> page, cases = list_readable(desk.store, Query(is_open=True), operator)
        >>> [cases[row.case].is_open for row in page.rows]
        [True]
    """
    limit = query.limit
    rows, cases, damaged = list[IndexRow](), dict[str, Case](), list[str]()
    following = None
    while True:
        page, is_full = store.find(query), len(rows) == limit
        found = store.load_many([row.case for row in page.rows])
        cases |= {case: fold(history) for case, history in found.items()}
        known = [row for row in page.rows if row.case in found]
        readable = [row for row in known if not find_read_refusals(cases[row.case], reader)]
        damaged += (*page.damaged, *(row.case for row in page.rows if row.case not in found))
        if is_full and readable:
            break
        rows += readable
        following = following if is_full and page.next else page.next
        if page.next is None:
            break
        query = attrs.evolve(
            query, after=page.next, limit=limit - len(rows) or (limit if is_full else 1)
        )
    return Page(rows=tuple(rows), next=following, damaged=tuple(damaged)), cases


def make_row(desk: Desk, stored: Case, person: Person, lang: str) -> InboxRow:
    """Return how an inbox shows a case that this person may read: its words, and time left.

    Example:
        >>> print(make_row(desk, case, operator, "en"))
        InboxRow, case HB-2504-..., version 1, state received, ...
    """
    context = desk.context_of(stored)
    case = as_of(stored, context)
    holder, limit, hidden = case.holder, find_current(case), {*list_hidden(case, person)}
    lines = case.content.splitlines() if isinstance(case.content, str) else ()
    subject = next((line.strip()[:_SHOWN] for line in lines if line.strip()), None)
    name = case.sender.name if isinstance(case.sender, Sender) else None
    return InboxRow(
        case=case.id,
        version=stored.version,
        state=case.state,
        kind=case.kind,
        channel=case.channel,
        holder=holder.role if holder else None,
        holder_id=holder.id if holder else None,
        unit=holder.unit if holder else None,
        received_at=case.received_at,
        due=limit.due if limit else case.due,
        promised=next(
            (e.time for e in case.appointments if not (e.replaced_at or e.answered_at)), None
        ),
        left=tell_left(desk, case, context.at, lang),
        late=case.is_late,
        allowed=tuple(r.trigger for r, why in list_of_role(case, person, context) if not why),
        subject=None if "content" in hidden else subject,
        sender=None if "sender" in hidden else name,
    )


def tell_left(desk: Desk, case: Case, now: datetime, lang: str) -> str:
    """Return the time left or over by the hours of today, empty if it is not known."""
    limit = find_current(case)
    if limit is None:
        return ""
    deadline, at = limit.deadline, min(now, limit.due) if case.clock else now  # still in time (R14)
    today = desk.calendar_today(deadline, holder=case.holder)
    with suppress(CoverageError, InputError):
        if today is None or today.version == deadline.version:
            return deadline.time_left_text(at, lang, calendar=today, moved_to=limit.due)
        return today.time_left_text(at, limit.due, lang, fine=False)
    return ""
