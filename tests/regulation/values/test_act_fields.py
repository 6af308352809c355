"""How much an act may hold: lists are read up to their limit and no further (Art. 7.1, 8.1)."""

import json
from itertools import count, repeat
from time import perf_counter
from typing import Any

import pytest

from phananh.act_log.entry import read_entry
from phananh.errors import InputError
from phananh.regulation import acts as a
from phananh.regulation.acts import LONGEST_LIST
from phananh.regulation.conduct import is_accused
from phananh.regulation.request import Accused
from tests.regulation import cast

ONE = Accused(id="CB-1", unit="MC-1")
LISTS: dict[str, Any] = {
    "accused": (lambda given: a.Complete(by=cast.OPERATOR, accused=given), ONE),
    "documents": (lambda given: a.Answer(by=cast.OFFICER, text="x", documents=given), "a.pdf"),
    "reasons": (
        lambda given: a.Reject(by=cast.OPERATOR, reasons=given, guidance="x"),
        "unclear",
    ),
}


@pytest.mark.parametrize("field", LISTS)
def test_a_list_has_a_limit(field):
    """Up to 200 entries are taken; more, or without end, are refused at once by name and limit."""
    make, entry = LISTS[field]
    assert make([entry] * LONGEST_LIST)
    for many in ([entry] * (LONGEST_LIST + 1), [entry] * 50_000, {entry: 1}.keys() | {*range(999)}):
        check_refused_at_once(make, many, field)
    check_refused_at_once(make, repeat(entry), field)
    check_refused_at_once(make, count(), field)
    read: list[int] = []
    check_refused_at_once(make, (read.append(n) or entry for n in count()), field)  # type: ignore[func-returns-value]  # counts what is read
    assert len(read) == LONGEST_LIST + 1


def check_refused_at_once(make: Any, given: Any, field: str) -> None:
    """Fail where a list is taken, or takes its time to be refused."""
    begun = perf_counter()
    with pytest.raises(InputError) as caught:
        make(given)
    assert perf_counter() - begun < 10
    assert (caught.value.field, caught.value.code) == (field, "list_too_long")
    assert "more than 200 entries" in caught.value.text()


@pytest.mark.parametrize("field", LISTS)
def test_a_list_of_a_log_has_the_same_limit(field):
    """In an act log such a line is invalid, by the same limit."""
    entry = {"accused": {"id": "CB-1", "unit": "MC-1"}}.get(field, LISTS[field][1])
    acts = {"accused": "complete", "documents": "answer", "reasons": "reject"}
    line = {
        "act": acts[field], "at": "2026-03-04T09:00:00+07:00", "case": "A",
        "by": {"id": "x", "role": "operator"}, field: [entry] * 20_000,
    }  # fmt: skip
    more = {"answer": {"text": "x"}, "reject": {"guidance": "x"}}.get(acts[field], {})
    begun = perf_counter()
    with pytest.raises(InputError) as caught:
        read_entry(json.loads(json.dumps(line | more)))
    assert perf_counter() - begun < 10
    assert (caught.value.field, caught.value.code) == (field, "list_too_long")


def test_asking_whether_somebody_is_accused_takes_no_time():
    """With as many accused as an act may name, it is still known in a fraction of a millisecond."""
    accused = [Accused(id=f"Cán bộ {n}", unit="MC-1") for n in range(LONGEST_LIST)]
    case = cast.received_case(accused=accused)
    begun = perf_counter()
    for _ in range(100):
        assert is_accused(case, f"CÁN BỘ {LONGEST_LIST - 1}")
        assert not is_accused(case, "Cán bộ khác")
    assert (perf_counter() - begun) / 200 < 0.001
