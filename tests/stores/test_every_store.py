"""What is recorded on one store is what is recorded on every other, line by line."""

from datetime import timedelta
from functools import cache

import attrs

from phananh import Accused, Desk, MemoryStore, Person, Role
from phananh.samples import UNTIL, draw_changes
from phananh.stores.base import ORDERS, Change, IndexRow, Query, Store
from phananh.testing.sample_events import AGENCY_DESK, change, deadline, escalated, received
from tests.desk import people as p

QUICK, SEEDS = range(300, 302), range(300, 306)


CASES = ("HB-A", "HB-a", "HB-Đ", "HB-đ", "HB-ă", "HB-Ă", "HB-Ê", "HB-é", "HB-z", "HB-Z", "HB ~")
QUERIES = (
    Query(),
    Query(order="newest"),
    Query(order="due"),
    Query(is_open=True, order="newest"),
    Query(late=True),
    Query(late=True, is_open=False),
    Query(holder_accused=True, order="urgent"),
    Query(holder="officer"),
    Query(holder="officer", order="due"),
    Query(due_before=UNTIL),
    Query(states=frozenset({"received", "answered", "closed"}), order="newest"),
    Query(kind="conduct"),
    Query(received_since=UNTIL - timedelta(days=300), received_before=UNTIL),
)


def list_all(store: Store, query: Query) -> list[IndexRow]:
    """Return all rows of a list, seven to a page."""
    found: list[IndexRow] = []
    after = None
    while True:
        page = store.find(attrs.evolve(query, after=after, limit=7))
        found += page.rows
        after = page.next
        if after is None:
            return found


@cache
def draw() -> tuple[Change, ...]:
    """Return sample cases, and some that other rules of order would sort or group otherwise."""
    held = (
        change(received(case), escalated(case, 2, clock=deadline(), holder=holder))
        for case, role in (("HB-1", Role.AGENCY), ("HB-2", Role.OFFICER))
        for holder in [attrs.evolve(AGENCY_DESK, role=role)]
    )
    return (*draw_changes(60, until=UNTIL), *(change(received(case)) for case in CASES), *held)


def test_lists_are_the_same_on_every_store(every_store: Store) -> None:
    """The same cases are listed in the same order, and counted alike, whatever is asked for."""
    memory = MemoryStore()
    for store in (memory, every_store):
        store.commit(draw())
    for query in QUERIES:
        assert list_all(every_store, query) == list_all(memory, query), query
        assert every_store.count(query) == memory.count(query), query
    assert every_store.list_calendars() == memory.list_calendars()
    assert [entry.event for entry in every_store.scan(limit=10_000)] == [
        entry.event for entry in memory.scan(limit=10_000)
    ]


def test_a_head_has_what_the_unit_waits_for(every_store: Store) -> None:
    """Once, also where their own unit was asked, and nothing if they are accused."""
    hand = p.Hand()
    desk = Desk(store=every_store, clock=hand)
    head, accused = (Person(id=name, role="agency_head", unit="u-1") for name in ("HD-1", "HD-2"))
    asked, at = p.with_agency(desk, hand), hand.at + p.HOUR
    own = desk.request_verification(
        p.with_officer(desk), agency="u-1", appointment=at, by=p.OFFICER
    )
    for case in (asked, own):
        desk.complete(case, accused=[Accused(id=accused.id, unit="U-9")], by=p.OPERATOR)
    for is_back in (False, True):
        for order in ORDERS:
            pages = desk.find(for_=head, order=order), desk.inbox(head, order=order)
            assert [sorted(row.case for row in page.rows) for page in pages] == [
                sorted((asked.id, own.id))
            ] * 2
        assert every_store.count(Query(for_=head)) == desk.count(for_=head) == 2
        assert sum(desk.count(by="unit", for_=head).values()) == 2
        assert every_store.count(Query(officer_unit="u-1", order="due")) == 1 - is_back
        assert desk.find(for_=accused).rows == desk.inbox(accused).rows == ()
        assert desk.count(for_=accused) == 0
        if not is_back:
            desk.report_findings(asked.id, text="Mẫu", by=p.AGENCY)
    desk.answer(asked.id, text="Mẫu", by=p.OFFICER)
    assert [row.case for row in desk.find(for_=head).rows] == [own.id]
