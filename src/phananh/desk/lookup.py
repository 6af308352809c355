"""How a case is found in a store, by its id or tracking code, and loaded."""

from collections.abc import Iterator

import attrs

from phananh.errors import NotFoundError
from phananh.regulation.case import Case, fold
from phananh.regulation.tracking_code import digest_code, read_code
from phananh.regulation.values.cleaning import clean_text
from phananh.regulation.values.events import Event
from phananh.stores.base import Page, Query, Store


def find_id(store: Store, key: str) -> str:
    """Return the id of a case from its id or tracking code; whether an id exists is not asked."""
    text = clean_text(key, field="case", limit=200)
    code = read_code(text)
    if code is None:
        return text
    rows = store.find(Query(code=digest_code(code), limit=1)).rows
    if not rows:
        raise NotFoundError(key=key)
    return rows[0].case


def case_id(store: Store, case: Case | str) -> str:
    """Return the id of a case that is given as a value, or by its id or tracking code."""
    return case.id if isinstance(case, Case) else find_id(store, case)


def iter_pages(store: Store, query: Query) -> Iterator[Page]:
    """Yield the pages of what meets a query, each asked for when the one before is done."""
    while True:
        page = store.find(query)
        yield page
        if page.next is None:
            return
        query = attrs.evolve(query, after=page.next)


def load_history(store: Store, case: str) -> tuple[Event, ...]:
    """Return every event of the case with this id, in order."""
    history = store.load(case)
    if not history:
        raise NotFoundError(key=case)
    return history


def load_case(store: Store, case: str) -> Case:
    """Return the case with this id, as it is now."""
    return fold(load_history(store, case))
