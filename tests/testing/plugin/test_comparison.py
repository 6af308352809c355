"""What differs between two cases, events or histories, as rows."""

from collections.abc import Sequence

import attrs
import pytest

from phananh import Person
from phananh.regulation.case import fold
from phananh.regulation.events import Escalated, Event
from phananh.regulation.request import Kind
from phananh.testing.cases import a_case, a_desk
from phananh.testing.plugin.comparison import compare
from phananh.testing.sample_events import change, completed, every_event, rated, received

FIRST, SECOND = received("HB-1"), completed("HB-1", 2)


def shown(left: object, right: object) -> list[str]:
    """Return the rows of a comparison, with single blanks."""
    found = compare(left, right)
    assert found is not None
    return [" ".join(line.split()) for line in found.differences]


def test_only_our_values_are_compared() -> None:
    """Two cases, two events or two lists of events are ours; anything else is not."""
    case = fold([FIRST])
    for left, right in ((1, 1), (case, FIRST), ([], []), ([1], [2]), ([FIRST], []), ("a", "b")):
        assert compare(left, right) is None
    assert compare([FIRST], (FIRST,)) is not None


def test_equal_values_differ_nowhere() -> None:
    """Of equal values, such as an event with a hidden part that is equal, nothing is listed."""
    assert shown(FIRST, FIRST) == ["left right", "they differ nowhere"]


def test_parts_are_named_by_their_path() -> None:
    """A part of a part is named by both, an item by its place, a missing one by a dash."""
    other = attrs.evolve(FIRST, kind=Kind.SERVICE, accused=FIRST.accused[:1], n=7)
    assert shown(FIRST, other) == [
        "left right",
        "n 1 7",
        "kind conduct service",
        "accused[1] 'UBND xã' -",
    ]
    assert shown([FIRST], [FIRST, SECOND]) == ["left right", "[1] - Completed HB-1/2"]


def test_ids_of_citizens_are_not_shown() -> None:
    """Two citizens differ without their ids; an officer is shown by theirs."""
    one, other = rated("HB-1", 2), rated("HB-1", 2, by=Person(id="cd-2", role="citizen"))
    assert shown(one, other)[1:] == ["by (personal, not shown) (personal, not shown)"]
    officer = Person(id="CB-1", role="officer", unit="U-1")
    assert shown(one, attrs.evolve(one, by=officer))[1:] == ["by citizen 'CB-1' officer 'U-1'"]


def test_long_values_are_cut() -> None:
    """A row stays on a line, whatever is in it."""
    row = shown(attrs.evolve(FIRST, about_unit="Sở " * 30), attrs.evolve(FIRST, about_unit=None))[1]
    assert row.startswith("about_unit 'Sở Sở")
    assert row.endswith("... -")


def test_a_limit_is_shown_by_its_due_time() -> None:
    """Where one side has a limit more, or no limit, the row says when that one ends."""
    escalated = every_event()[2]
    assert isinstance(escalated, Escalated)
    due = escalated.deadline.due.isoformat(" ")
    assert shown(escalated, attrs.evolve(escalated, deadline=None))[1] == f"deadline due {due} -"
    desk = a_desk()
    case = a_case("pending_verification", desk=desk)
    rows = shown(fold(desk.history(case)[:2]), case)
    assert "deadlines[1] - 3 due 2025-04-22 09:00:00+07:00" in rows


def test_events_of_two_classes_differ_in_their_class() -> None:
    """The classes are named, and then the fields that all events have."""
    other = attrs.evolve(SECOND, by=FIRST.by)
    assert shown(FIRST, other)[:3] == ["left right", "class Received Completed", "n 1 2"]
    assert not [row for row in shown(FIRST, other) if row.startswith(("by", "accused"))]


def test_history_stands_below_with_its_due_times() -> None:
    """With a way to load it the history of each case is a table, that of one case once."""
    desk = a_desk()
    case = a_case("escalated", desk=desk)
    received_case = fold(desk.history(case)[:1])
    found = compare(case, received_case, desk.history)
    assert found is not None
    assert found.whole.count(f"history of {case.id}") == 1
    assert "Escalated" in found.whole
    assert "2025-04-21 16:00:00+07:00" in found.whole.splitlines()[-1]
    other = a_case("answered", desk=desk)
    found = compare(case, other, desk.history)
    assert found is not None
    assert found.whole.count("history of HB-") == 2


@pytest.mark.parametrize(
    "broken",
    [
        [SECOND],
        [FIRST, FIRST],
        [FIRST, completed("HB-1", 3)],
        [attrs.evolve(SECOND, n=1)],
    ],
)
def test_broken_histories_are_shown_too(broken: Sequence[Event]) -> None:
    """What a store under test made up is a table without due times."""
    found = compare(broken, [FIRST, SECOND])
    assert found is not None
    assert "n  at" in found.whole
    assert change(FIRST).row.due is None
