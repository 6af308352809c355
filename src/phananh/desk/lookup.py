"""How a case is found in a store, by its id or tracking code, and loaded."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import attrs

from phananh.errors import (
    ConflictError,
    InputError,
    InputTypeError,
    NotFoundError,
    PhanAnhError,
    StoreError,
)
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import clean_text, is_blank
from phananh.regulation.events import Event
from phananh.regulation.tracking_code import digest_code, mask_code, mask_typed, read_code
from phananh.stores.base import Page, Query, Store
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.waiting import is_cancelled

TRIES = 5
T = TypeVar("T")


def case_id(store: Store, case: Case | str) -> str:
    """Return the id of a case that is given as a value, or by its id or tracking code.

    Whether there is a case of that id is not checked. A text that looks like a code, but is that of
    no case, may be an id with a long prefix.
    """
    if isinstance(case, Case):
        return case.id
    if not isinstance(case, str):
        raise InputTypeError(field="case", code="not_a_case", value=type(case).__name__)
    text = clean_text(case, field="case", limit=200)
    if is_blank(text):
        raise InputError(field="case", code="blank_id")
    return _find_by_code(store, text) or text.rstrip("\r\n")


def find_by_code(store: Store, code: str) -> str:
    """Return the id of the case with this tracking code. An id is no code."""
    found = _find_by_code(store, clean_text(code, field="code", limit=200))
    if found is None:
        raise NotFoundError(key=mask_typed(code))
    return found


def _find_by_code(store: Store, text: str) -> str | None:
    digest = _digest(text)
    if digest is None:
        return None
    page = store.find(Query(code=digest))
    for damaged in page.damaged:
        raise damaged_row_error(damaged)
    return next((row.case for row in page.rows), None)


def _digest(text: str) -> str | None:
    """Return the digest of a tracking code, however it was typed, or None if it is no code."""
    code = read_code(text)
    return None if code is None else digest_code(code)


def is_code_of(case: Case, named: Case | str | None) -> bool:
    """Return whether a case was named by its own tracking code."""
    return isinstance(named, str) and named != case.id and _digest(named) == case.code_digest


def make_query(filters: Mapping[str, Any]) -> Query:
    """Return the query of the arguments of `Desk.find` or `Desk.count`.

    A tracking code becomes the digest that rows keep of it. A digest stays as it is.
    """
    if (code := filters.get("code")) is None:
        return Query(**filters)
    text = clean_text(code, field="code", limit=200)
    digest = _digest(text) or text
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise InputError(field="code", code="not_a_code")
    return Query(**{**filters, "code": digest})


def iter_pages(store: Store, query: Query) -> Iterator[Page]:
    """Yield the pages of rows that meet a query, each read when the one before is done.

    Raises:
        StoreError: the call was cancelled, so that nobody takes some pages for all.
    """
    while not is_cancelled():
        page = store.find(query)
        yield page
        if page.next is None:
            return
        query = attrs.evolve(query, after=page.next)
    raise StoreError(doing="finding", code="cancelled")


def iter_histories(store: Store, query: Query) -> Iterator[tuple[Case, tuple[Event, ...]]]:
    """Yield each case that meets a query, with its history, read page by page.

    Raises:
        CorruptError: a row or a history cannot be read.
    """
    for page in iter_pages(store, query):
        for damaged in page.damaged:
            raise damaged_row_error(damaged)
        found = store.load_many([row.case for row in page.rows])
        for row in page.rows:
            history = found.get(row.case) or load_history(store, row.case)
            yield fold(history), history


def load_history(store: Store, case: str) -> tuple[Event, ...]:
    """Return every event of the case with this id, in order."""
    history = store.load(case)
    if not history:
        raise NotFoundError(key=mask_code(case))
    return history


def load_case(store: Store, case: str) -> Case:
    """Return the case with this id, as it is now."""
    return fold(load_history(store, case))


def retry_on_conflict(store: Store, case: Case, attempt: Callable[[Case], T]) -> T:
    """Return the result of an attempt on a case, repeated on the fresh case after a conflict."""
    for _ in range(TRIES - 1):
        try:
            return attempt(case)
        except ConflictError:
            case = load_case(store, case.id)
    return attempt(case)


def is_busy(error: PhanAnhError) -> bool:
    """Return whether a store failed because another writes for too long, so that all would wait."""
    return isinstance(error, StoreError) and error.code in ("busy", "database_busy")
