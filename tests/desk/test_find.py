"""Lists of a desk: in the order asked for, by the time of receipt, and counted."""

from typing import Any

import pytest

from phananh import Case, Desk, InputError, MemoryStore
from phananh.stores.base import Query
from tests.desk import people as p


def make_three(desk: Desk, hand: p.Hand) -> tuple[Case, Case, Case]:
    """Return a case without a limit, one due later and one due sooner, received in that order."""
    plain = p.a_case(desk)
    hand.at += p.HOUR
    later = p.a_case(desk)
    hand.at += p.HOUR
    sooner = p.with_officer(desk)
    hand.at += p.HOUR
    return plain, desk.escalate(later, to=p.OFFICER, by=p.OPERATOR), sooner


def find_ids(desk: Desk, **filters: Any) -> list[str]:
    """Return the ids that a list shows."""
    return [row.case for row in desk.find(**filters).rows]


def test_lists_come_in_the_order_asked_for(desk: Desk, hand: p.Hand) -> None:
    """Oldest or newest receipt first, or by due time with what has none at the end."""
    plain, later, sooner = (case.id for case in make_three(desk, hand))
    assert find_ids(desk) == find_ids(desk, order="oldest") == [plain, later, sooner]
    assert find_ids(desk, order="newest") == [sooner, later, plain]
    assert find_ids(desk, order="due") == [sooner, later, plain]


def test_what_is_due_comes_in_another_order_if_asked(desk: Desk, hand: p.Hand) -> None:
    """`due_before` lists the first due first, unless the order says otherwise."""
    _, later, sooner = (case.id for case in make_three(desk, hand))
    end = hand.at + 1000 * p.HOUR
    assert find_ids(desk, due_before=end) == [sooner, later]
    assert find_ids(desk, due_before=end, order="oldest") == [later, sooner]


@pytest.mark.parametrize("order", ["oldest", "newest", "due"])
def test_pages_join_to_the_list(desk: Desk, hand: p.Hand, order: str) -> None:
    """In each order the pages of one row are the list."""
    make_three(desk, hand)
    after, seen = None, []
    while True:
        page = desk.find(order=order, limit=1, after=after)  # type: ignore[arg-type]  # a slug
        seen += [row.case for row in page.rows]
        after = page.next
        if after is None:
            break
    assert seen == find_ids(desk, order=order)


def test_receipts_of_a_span(desk: Desk, hand: p.Hand) -> None:
    """What was received at the first instant is in it, what was received at the last is not."""
    plain, later, sooner = make_three(desk, hand)
    since = {"received_since": later.received_at}
    assert find_ids(desk, **since) == [later.id, sooner.id]
    assert find_ids(desk, received_before=later.received_at) == [plain.id]
    assert find_ids(desk, **since, received_before=sooner.received_at) == [later.id]


def test_counts_what_a_list_would_show(desk: Desk, hand: p.Hand) -> None:
    """A count takes the filters of a list, and a tracking code as it is typed."""
    plain, later, _ = make_three(desk, hand)
    assert desk.count() == 3
    assert desk.count(states=["escalated"], unit="u-1") == 2
    assert desk.count(received_before=later.received_at) == 1
    assert desk.count(code=str(plain.code).lower()) == 1
    assert desk.count(due_before=hand.at) == 0


def test_a_count_stops_at_its_limit(desk: Desk, hand: p.Hand) -> None:
    """A limit stands for as many or more."""
    make_three(desk, hand)
    assert [desk.count(limit=limit) for limit in (1, 2, 3, 4)] == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("method", "filters", "field"),
    [
        ("find", {"order": "best"}, "order"),
        ("find", {"received_since": "2026-03-04"}, "received_since"),
        ("find", {"received_before": p.MORNING.replace(tzinfo=None)}, "received_before"),
        ("count", {"states": ["nowhere"]}, "states"),
        ("count", {"limit": 0}, "limit"),
        ("count", {"limit": True}, "limit"),
    ],
)
def test_what_no_list_has_is_refused(
    desk: Desk, method: str, filters: dict[str, Any], field: str
) -> None:
    """An unknown order, filter or state, a naive time and no number of rows are refused."""
    with pytest.raises(InputError) as caught:
        getattr(desk, method)(**filters)
    assert caught.value.field == field
    assert caught.value.text("vi") != caught.value.text("en")


def test_a_block_of_acts_counts_nothing(desk: Desk) -> None:
    """Inside `together` there are no lists, and nothing is counted."""
    with desk.together() as d, pytest.raises(InputError) as caught:
        d.count()
    assert caught.value.facts["method"] == "count"


def test_a_count_ends_at_a_thousand_unless_told_else() -> None:
    """The store is asked to count a thousand at most, or as many as the caller says."""
    asked = []

    class Counting(MemoryStore):
        def count(self, query: Query, /, *, limit: int) -> int:
            asked.append(limit)
            return super().count(query, limit=limit)

    desk = Desk(store=Counting())
    assert desk.count() == desk.count(limit=7) == 0
    assert asked == [1000, 7]
