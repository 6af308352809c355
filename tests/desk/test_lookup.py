"""A case is found by its id and by its tracking code; lists come in order, and are counted."""

import sqlite3
from contextlib import closing
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest

from phananh import Accused, Case, Desk, InputError, MemoryStore, NotFoundError, Person, open_store
from phananh.desk.lookup import iter_histories, iter_pages
from phananh.errors import CorruptError, InputTypeError, StoreError
from phananh.stores.base import Query
from phananh.stores.waiting import watch_cancelled
from tests.desk import people as p

OTHER = Person(id="OP-2", role="operator")


def test_found_by_code_and_id(desk: Desk) -> None:
    """A case is found by its id and by its tracking code, however the code is typed."""
    case = p.a_case(desk)
    typed = str(case.code).lower().replace("-", " ")
    assert desk.get(case.id) == desk.get(str(case.code)) == desk.get(typed) == case


def test_a_case_of_others_does_not_exist(desk: Desk) -> None:
    """Whoever may not read a case is told what an unknown one says, and a code makes the sender."""
    case = p.a_case(desk, kind="conduct", accused=[Accused(id="OP-2", unit="U-1")])
    assert desk.get(case.id, for_=p.OPERATOR) == desk.get(str(case.code), for_=p.CITIZEN) == case
    told = set()
    keys = (case.id, str(case.code), case.id.lower(), "x", "")
    for key, by in ((key, by) for key in keys for by in (OTHER, p.OFFICER)):
        with pytest.raises(NotFoundError) as caught:
            desk.get(key, for_=by)
        told.add(str(caught.value))
    assert len(told) == 1
    with pytest.raises(InputTypeError):
        desk.get(case.id, for_="OP-2")  # type: ignore[arg-type]  # wrong on purpose


def test_a_code_has_80_random_bits_and_an_id_50() -> None:
    """As many are asked of the source, so that nobody guesses a code."""
    asked: list[int] = []

    def make_bits(count: int) -> int:
        asked.append(count)
        return 0

    p.a_case(Desk(randbits=make_bits))
    assert asked == [80, 50]


def test_track_takes_a_code_and_nothing_else(desk: Desk) -> None:
    """`track` finds a case by its code, however it is typed, and never by its id."""
    case = p.a_case(desk)
    code = str(case.code)
    for typed in (code, code.lower().replace("-", " "), f"{code}\n", f"{code}\r\n"):
        assert desk.track(typed) == desk.get(typed) == case
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    for key in (case.id, case.code_digest, wrong, "", "0000-0000-0000-00000"):
        with pytest.raises(NotFoundError, match=r"\w \w"):
            desk.track(key)
    with pytest.raises(InputError, match=r"\w \w") as caught:
        desk.track(case)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.field == "code"
    with pytest.raises(InputError, match=r"^code: "):
        desk.track("x" * 201)


def test_a_list_takes_the_code_itself(desk: Desk) -> None:
    """`find(code=...)` takes a tracking code as it is typed, or the digest that rows keep."""
    case = p.a_case(desk)
    p.a_case(desk)
    code = str(case.code)
    for given in (code, code.lower(), f"{code}\n", case.code_digest):
        assert [row.case for row in desk.find(code=given).rows] == [case.id]
    assert desk.find(code="0000-0000-0000-00000").rows == ()
    for given in (case.id, "", "x", case.code_digest[:-1]):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            desk.find(code=given)
        assert (caught.value.field, caught.value.code) == ("code", "not_a_code")


def test_what_was_erased_is_found_by_its_code(desk: Desk) -> None:
    """The row keeps the digest of the code, so a citizen who has it still finds the case."""
    case = p.a_case(desk)
    code = str(case.code)
    desk.store.erase(case.id, at=desk.now())
    assert desk.track(code).id == desk.find(code=code).rows[0].case == case.id
    assert not isinstance(desk.track(code).code, str)


@pytest.mark.parametrize("key", ["", "  ", "\u200b", "\n"])
def test_what_shows_nothing_is_no_key(desk: Desk, key: str) -> None:
    """A blank id of a case is an InputError: a form was sent without one."""
    for ask in (
        desk.get,
        desk.history,
        lambda it: desk.note(it, text="x", by=p.OFFICER),
    ):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            ask(key)
        assert (caught.value.field, caught.value.code) == ("case", "blank_id")
    for count, code in ((200, "not_a_code"), (201, "too_long")):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            desk.find(code="x" * count)
        assert (caught.value.field, caught.value.code) == ("code", code)
    with pytest.raises(InputError, match=r"\w \w") as caught:
        desk.get("x" * 201)
    assert caught.value.field == "case"
    for find in (desk.get, desk.track):
        with pytest.raises(NotFoundError, match=r"\w \w"):
            find("x" * 200)


@pytest.mark.parametrize("name", ["get", "allowed", "history", "explain", "erase"])
def test_what_is_no_case_says_what_is(desk: Desk, name: str) -> None:
    """A row, or nothing, in place of a case is refused with how a case is named."""
    p.a_case(desk)
    by = {"by": p.OPERATOR}
    given = {"allowed": by, "erase": {**by, "ground": "Hết hạn"}}.get(name, {})
    for odd in (desk.find().rows[0], None, 5):
        with pytest.raises(InputTypeError, match=r"\w \w") as caught:
            getattr(desk, name)(odd, **given)
        assert (caught.value.field, caught.value.code) == ("case", "not_a_case")
        assert caught.value.facts["value"] == type(odd).__name__
        assert caught.value.way_out == "give a Case, its id (`row.case`) or its tracking code"


def make_three(desk: Desk, hand: p.Hand) -> tuple[Case, Case, Case]:
    """Return a case without a limit, one due later and one due sooner, received in that order.

    The unit of the last two is spelled in two ways.
    """
    plain = p.a_case(desk)
    hand.at += p.HOUR
    later = p.a_case(desk)
    hand.at += p.HOUR
    sooner, officer = p.with_officer(desk), Person(id="OF-1", role="officer", unit="u-1")
    hand.at += p.HOUR
    return plain, desk.escalate(later, to=officer, by=p.OPERATOR), sooner


def find_ids(desk: Desk, **filters: Any) -> list[str]:
    """Return the ids that a list shows."""
    return [row.case for row in desk.find(**filters).rows]


def test_lists_come_in_the_order_asked_for(desk: Desk, hand: p.Hand) -> None:
    """Oldest or newest receipt first, or by due time with what has none at the end."""
    plain, later, sooner = (case.id for case in make_three(desk, hand))
    assert find_ids(desk) == find_ids(desk, order="oldest") == [plain, later, sooner]
    assert find_ids(desk, order="newest") == find_ids(desk, order="due") == [sooner, later, plain]


def test_counts_what_a_list_would_show(desk: Desk, hand: p.Hand) -> None:
    """A count takes the filters of a list, and a tracking code as it is typed."""
    plain, later, _ = make_three(desk, hand)
    for filters, count in (
        ({}, 3), ({"states": ["escalated"], "unit": "u-1"}, 2),
        ({"received_before": later.received_at}, 1), ({"code": str(plain.code).lower()}, 1),
        ({"due_before": hand.at}, 0),
    ):  # fmt: skip
        assert desk.count(**filters) == count, filters


def test_the_longest_overdue_is_the_most_urgent(desk: Desk, hand: p.Hand) -> None:
    """A limit that ran out comes before one that runs, and an answer ends its urgency."""
    plain, later, sooner = make_three(desk, hand)
    hand.at = sooner.due + p.HOUR / 60
    desk.sweep()
    assert find_ids(desk, order="due") == [later.id, plain.id, sooner.id]
    assert find_ids(desk, order="urgent") == [sooner.id, later.id, plain.id]
    (row,) = desk.find(late=True).rows
    assert (row.due, row.missed_due, row.urgent_at) == (None, sooner.due, sooner.due)
    desk.answer(sooner.id, text="Mẫu", by=p.OFFICER)
    assert find_ids(desk, order="urgent") == [later.id, plain.id, sooner.id]
    (row,) = desk.find(late=True).rows
    assert (row.missed_due, row.urgent_at) == (sooner.due, None)
    assert (row.answered_at, row.answered_by, row.answered_unit) == (hand.at, "officer", "U-1")


def test_each_person_finds_what_is_for_them(desk: Desk, hand: p.Hand) -> None:
    """Their own, their role's or their unit's, what they wait for, and what ran out."""
    plain, later, sooner = make_three(desk, hand)
    asked = desk.request_verification(
        sooner, agency="So-1", appointment=hand.at + 99 * p.HOUR, by=p.OFFICER
    )
    people = {
        p.OPERATOR: [plain], p.OFFICER: [later, asked], Person(id="x", role="officer"): [],
        Person(id="x", role="agency", unit="SO-1"): [asked],
        Person(id="x", role="agency_head", unit="u-1"): [later, asked],
    }  # fmt: skip
    for person, cases in people.items():
        assert find_ids(desk, for_=person, order="urgent") == [case.id for case in cases]
        assert desk.count(for_=person) == len(cases)
    assert find_ids(desk, for_=p.OFFICER, holder="agency") == [asked.id]
    assert find_ids(desk, for_=p.OFFICER, is_open=False) == []
    (row,) = desk.find(holder="agency").rows
    assert (row.officer_id, row.officer_unit) == (p.OFFICER.id, p.OFFICER.unit)
    hand.at = asked.due + p.HOUR
    desk.sweep()
    assert find_ids(desk, for_=Person(id="x", role="leadership"), order="urgent") == [
        later.id,
        asked.id,
    ]
    desk.complete(plain, accused=[Accused(id=p.OPERATOR.id, unit="u-9")], by=OTHER)
    for person, cases in ((p.OPERATOR, []), (OTHER, [plain.id])):
        assert find_ids(desk, for_=person) == cases
        assert desk.count(for_=person) == sum(desk.count(by="unit", for_=person).values())
        assert desk.count(for_=person) == len(cases)


def test_counts_by_a_column(desk: Desk, hand: p.Hand) -> None:
    """All figures of a page come in one call, and None is what has no value."""
    make_three(desk, hand)
    for filters, counts in (
        ({"by": "state"}, {"received": 1, "escalated": 2}),
        ({"by": "unit", "is_open": True}, {None: 1, "u-1": 2}),
        ({"by": "unit", "for_": Person(id="HD-1", role="agency_head", unit="U-1")}, {"u-1": 2}),
        ({"by": "late", "for_": p.OFFICER}, {False: 2}),
        ({"by": "kind", "late": True}, {}), ({"for_": p.OFFICER, "limit": 1}, 1),
    ):  # fmt: skip
        assert desk.count(**filters) == counts, filters


@pytest.mark.parametrize(
    ("method", "filters", "field"),
    [
        ("find", {"order": "best"}, "order"),
        ("find", {"for_": p.CITIZEN}, "for_"),
        ("find", {"for_": "op-1"}, "for_"),
        ("count", {"by": "sender"}, "by"),
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
    with pytest.raises(InputError, match=r"\w \w") as caught:
        getattr(desk, method)(**filters)
    assert caught.value.field == field
    assert caught.value.text("vi") != caught.value.text()


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


def test_a_cancelled_call_reads_no_further_page(desk: Desk) -> None:
    """Pages come one by one, and once the call was cancelled the next is an error."""
    cases = [p.a_case(desk).id for _ in range(3)]
    pages = iter_pages(desk.store, Query(limit=1))
    assert sorted(row.case for page in pages for row in page.rows) == sorted(cases)

    def cancel_and_read() -> str | None:
        watch_cancelled(lambda: True)
        with pytest.raises(StoreError, match="cancelled"):
            next(iter_pages(desk.store, Query(limit=1)))
        return desk.recalculate(page_size=1).next

    assert (copy_context().run(cancel_and_read), desk.recalculate().next) == ("late:", None)


def test_histories_are_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """No case of a page is read by itself."""
    desk = Desk()
    case = p.a_case(desk)
    monkeypatch.setattr(desk.store, "load", pytest.fail)
    assert [found.id for found, _ in iter_histories(desk.store, Query())] == [case.id]


def test_a_code_whose_row_is_damaged_says_so(tmp_path: Path) -> None:
    """A citizen with a right code is not told that there is no such case."""
    with open_store(tmp_path / "cases.db") as store:
        desk = Desk(store=store)
        case = p.a_case(desk)
        with closing(sqlite3.connect(tmp_path / "cases.db")) as raw, raw:
            raw.execute("update phananh_case set kind = 'conduct'")
        with pytest.raises(CorruptError) as caught:
            desk.track(str(case.code))
        with pytest.raises(CorruptError) as listed:
            list(iter_histories(store, Query()))
        assert caught.value.case == listed.value.case == case.id
        assert desk.inbox(p.OPERATOR).damaged == (case.id,)
        with pytest.raises(NotFoundError) as hidden:
            desk.get(str(case.code), for_=p.CITIZEN)  # it may be about whoever reads it
        assert isinstance(hidden.value.__cause__, CorruptError)
