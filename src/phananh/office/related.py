"""Cases that may belong together: of one sender, or about one matter (Art. 10.1.b, reading R13).

They are proposed to an operator, who decides, and never merged: each has its own answer and limit.
"""

from collections.abc import Iterator
from datetime import UTC, timedelta

import attrs

from phananh.desk import Desk
from phananh.desk.lookup import iter_pages
from phananh.plain_value import PlainValue
from phananh.regulation.access import find_read_refusals, list_hidden
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import START_OF_TIME, fold_marks, is_same_id
from phananh.regulation.personal_data import find_emails, find_phones
from phananh.regulation.request import Person, Sender
from phananh.stores.base import Query

ALIKE = 50  # of 100 words of the two, for one matter
_LAST_DIGITS = 8


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Related(PlainValue):
    """A case that may belong to another, and how many of 100 of their words both have.

    `reasons` are "same_sender", "same_matter" or both.
    """

    case: str
    reasons: tuple[str, ...]
    alike: int


def find_related(
    desk: Desk, case: Case | str, *, by: Person, days: int = 30
) -> tuple[Related, ...]:
    """Return the cases of the days before that may belong to this one, the likeliest first.

    Args:
        case: see Desk.
        by: who asks. What they may not read is not compared.
        days: how long before the case the others were received, at most.

    Raises:
        RefusedError: they may not read the case.

    Example:
        >>> again = a_case(desk=desk, sender=sender)
        >>> found = find_related(desk, again, by=operator)
        >>> [(each.case == case.id, each.reasons) for each in found]
        [(True, ('same_sender', 'same_matter'))]
    """
    own = desk.case_of(case)
    own.as_dict(for_=by)
    names, words = {*_list_contacts(own, by)}, _list_words(own, by)
    found = []
    for other in _iter_before(desk, own, days):
        if find_read_refusals(other, by):
            continue
        both, every = words & _list_words(other, by), words | _list_words(other, by)
        alike = 100 * len(both) / len(every) if every else 0
        is_same = not names.isdisjoint(_list_contacts(other, by))
        units = own.about_unit, other.about_unit
        told = {
            "same_sender": is_same,
            "same_matter": alike >= ALIKE and (None in units or is_same_id(*units)),
        }
        if reasons := tuple(name for name, holds in told.items() if holds):
            found.append(Related(case=other.id, reasons=reasons, alike=round(alike)))
    return tuple(sorted(found, key=lambda each: (-len(each.reasons), -each.alike, each.case)))


def _iter_before(desk: Desk, own: Case, days: int) -> Iterator[Case]:
    at = own.received_at.astimezone(UTC)
    for page in iter_pages(
        desk.store,
        Query(
            received_since=at - min(timedelta(days=days), at - START_OF_TIME),
            order="oldest",
            limit=500,
        ),
    ):
        for other in map(fold, desk.store.load_many([row.case for row in page.rows]).values()):
            if other.id != own.id and other.received_at <= own.received_at:
                yield other


def _list_contacts(case: Case, by: Person) -> Iterator[str]:
    """Yield what tells a sender from others: id, e-mail, and the end of the phone number."""
    sender = case.sender
    if not isinstance(sender, Sender) or "sender" in list_hidden(case, by):
        return
    yield from (each.casefold() for each in (sender.id, sender.email) if each)
    for field in (sender.phone, sender.email):  # whatever else stands there, as for the contact
        yield from (
            *(each[-_LAST_DIGITS:] for each in find_phones(field)),
            *(each.casefold() for each in find_emails(field)),
        )


def _list_words(case: Case, by: Person) -> set[str]:
    content = case.content
    return (
        {*fold_marks(str(content)).split()}
        if isinstance(content, str) and "content" not in list_hidden(case, by)
        else set()
    )
