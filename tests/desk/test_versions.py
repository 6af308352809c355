"""Which version of a case an act is decided on: the one that was seen, expected, or the last."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from phananh import Case, ConflictError, Desk, InputError, RefusedError, State
from phananh.errors import CommandReusedError
from phananh.regulation import acts as a
from phananh.regulation.events import Answered, Lapsed
from phananh.stores.memory import MemoryStore
from tests.desk import people as p


def answer(desk: Desk, case: Case | str, **more: object) -> Case:
    """Answer as the officer who holds the case."""
    return desk.answer(case, text="Đã giải quyết", by=p.OFFICER, **more)  # type: ignore[arg-type]  # mixed keywords


def late(desk: Desk, hand: p.Hand) -> Case:
    """Return a case whose limit has run out, which nobody recorded yet."""
    case = p.with_officer(desk)
    assert case.due is not None
    hand.at = case.due + p.HOUR
    return case


# What `as_of` shows stands for the version that was stored.


def test_an_act_on_what_as_of_shows(desk: Desk, hand: p.Hand) -> None:
    """An act on a case as of now records the lapse that it shows, and the act (Art. 9.2)."""
    case = late(desk, hand)
    shown = desk.as_of(case)
    assert (shown.state, shown.version) == (State.OVERDUE, case.version + 1)
    done = answer(desk, shown)
    assert [type(event) for event in desk.history(case)[-2:]] == [Lapsed, Answered]
    assert (done.version, done.is_late) == (case.version + 2, True)
    assert desk.get(case.id) == done


def test_somebody_recorded_since_as_of(desk: Desk, hand: p.Hand) -> None:
    """If somebody recorded in between, an act on what `as_of` showed is a conflict."""
    case = late(desk, hand)
    shown = desk.as_of(case)
    desk.sweep()
    with pytest.raises(ConflictError) as caught:
        answer(desk, shown)
    assert (caught.value.expected, caught.value.actual) == (case.version, case.version + 1)
    assert desk.get(case.id).state is State.OVERDUE


def test_no_act_stands_on_a_lapse_that_the_history_lacks(desk: Desk) -> None:
    """A case as of tomorrow shows a lapse; what is recorded of it today is that of today."""
    case = p.with_officer(desk)
    shown = desk.as_of(case, at=p.MORNING + 100 * p.HOUR)
    assert shown.is_late
    other = desk.note(case.id, text="Gọi lại", by=p.OPERATOR)
    assert other.version == shown.version
    with pytest.raises(ConflictError):
        answer(desk, shown)
    again = desk.as_of(other, at=p.MORNING + 100 * p.HOUR)
    assert not answer(desk, again).is_late


def test_as_of_again_is_asked_of_what_is_stored(desk: Desk, hand: p.Hand) -> None:
    """A case as of a late moment, asked as of an early one, reads as it did then."""
    case = late(desk, hand)
    shown = desk.as_of(case)
    assert desk.as_of(shown) == shown
    assert desk.as_of(shown, at=p.MORNING + p.HOUR) == case
    assert desk.allowed(shown, by=p.OFFICER) == desk.allowed(case, by=p.OFFICER)


# A version that is expected.


def test_the_expected_version_is_recorded(desk: Desk) -> None:
    """An act by id or code on the version that is stored is recorded."""
    case = p.with_officer(desk)
    done = desk.note(case.id, text="Gọi lại", by=p.OPERATOR, expected=case.version)
    assert answer(desk, str(case.code), expected=done.version).version == done.version + 1


@pytest.mark.parametrize("by_code", [True, False])
def test_another_version_is_a_conflict(desk: Desk, by_code: bool) -> None:  # noqa: FBT001 - a case of the test
    """Another version than the stored one is a conflict with the fresh case; nothing is retried."""
    case = p.with_officer(desk)
    fresh = desk.note(case.id, text="Gọi lại", by=p.OPERATOR)
    for expected in (1, case.version, fresh.version + 1, fresh.version + 9):
        with pytest.raises(ConflictError) as caught:
            answer(desk, str(case.code) if by_code else case.id, expected=expected)
        error = caught.value
        assert (error.case, error.expected, error.actual) == (case.id, expected, fresh.version)
        assert error.fresh == fresh
    assert desk.get(case.id) == fresh


def test_of_many_who_expect_one_version_one_records(desk: Desk) -> None:
    """Of eight threads that expect the same version one is recorded, the others are in conflict."""
    case = p.with_officer(desk)

    def press(n: int) -> str:
        try:
            desk.note(case.id, text=f"Ý {n}", by=p.OPERATOR, expected=2, command_id=f"click-{n}")
        except ConflictError as conflict:
            return f"{conflict.expected} {conflict.actual}"
        return "recorded"

    with ThreadPoolExecutor(8) as pool:
        told = sorted(pool.map(press, range(8)))
    assert told == ["2 3"] * 7 + ["recorded"]
    assert desk.get(case.id).version == 3


def test_a_pending_lapse_counts_as_in_the_version(desk: Desk, hand: p.Hand) -> None:
    """The version of a case as of now, with a lapse nobody recorded yet, may be expected too."""
    one, other = late(desk, hand), late(desk, hand)
    hand.at += 100 * p.HOUR
    shown = desk.as_of(one.id)
    assert answer(desk, one.id, expected=shown.version).version == one.version + 2
    assert answer(desk, other.id, expected=other.version).version == other.version + 2


def test_a_lapse_that_was_recorded_counts(desk: Desk, hand: p.Hand) -> None:
    """After a sweep the version before it is a conflict, and the version that showed it is not."""
    case = late(desk, hand)
    shown = desk.as_of(case)
    desk.sweep()
    with pytest.raises(ConflictError):
        answer(desk, case.id, expected=case.version)
    assert answer(desk, case.id, expected=shown.version).is_late


def test_a_repeated_act_is_settled_before_versions(desk: Desk) -> None:
    """A command that was recorded gives its first result, whatever version is expected now."""
    case = p.with_officer(desk)
    form = {"expected": case.version, "command_id": "click-1"}
    first = answer(desk, case.id, **form)
    assert answer(desk, case.id, **form) == first
    assert answer(desk, case.id, expected=99, command_id="click-1") == first
    with pytest.raises(CommandReusedError):
        desk.answer(case.id, text="Khác", by=p.OFFICER, command_id="click-1", expected=1)
    assert len(desk.history(case)) == first.version


class Doubled(MemoryStore):
    """A store in which the same click arrives twice at once: the twin is recorded first."""

    def __init__(self) -> None:
        """Begin without a twin."""
        super().__init__()
        self.twin: Callable[[], object] | None = None

    def find_command(self, command: str, /) -> object:  # type: ignore[override]  # as it came
        """Say that the command is unknown, and let the twin do it."""
        found = super().find_command(command)
        twin, self.twin = self.twin, None
        if twin is not None:
            twin()
        return found


@pytest.mark.parametrize("seen", ["value", "id", "expected"])
def test_two_clicks_at_once_are_one_act(hand: p.Hand, seen: str) -> None:
    """A twin of a click that was recorded meanwhile is settled, not refused or in conflict."""
    store = Doubled()
    desk = Desk(store=store, clock=hand)
    case = p.with_officer(desk)
    given = case if seen == "value" else case.id
    more = {"expected": case.version} if seen == "expected" else {}
    store.twin = lambda: answer(desk, given, command_id="click-1", **more)
    first = answer(desk, given, command_id="click-1", **more)
    assert (first.state, first.version) == (State.ANSWERED, case.version + 1)
    assert desk.get(case.id) == first


def test_a_refusal_stays_one(desk: Desk) -> None:
    """An act with a command id that is refused stays refused, and its id stays free."""
    case = p.with_officer(desk)
    for _ in range(2):
        with pytest.raises(RefusedError):
            desk.answer(case.id, text=" ", by=p.OFFICER, command_id="click-1")
    assert answer(desk, case.id, command_id="click-1").state is State.ANSWERED


@pytest.mark.parametrize("expected", ["2", 0, -1, 2.0, True])
def test_what_is_no_version(desk: Desk, expected: object) -> None:
    """A text, a fraction, a truth value and a number below one are no version."""
    case = p.with_officer(desk)
    with pytest.raises(InputError) as caught:
        answer(desk, case.id, expected=expected)
    assert (caught.value.field, caught.value.code) == ("expected", "not_a_version")
    assert caught.value.facts["value"] == repr(expected)


def test_a_case_says_its_version_itself(desk: Desk) -> None:
    """A version beside a case, or of a receipt, is refused: one of them would not be looked at."""
    case = p.with_officer(desk)
    with pytest.raises(InputError) as caught:
        answer(desk, case, expected=case.version)
    assert (caught.value.field, caught.value.code) == ("expected", "version_beside_case")
    call = a.Receive(kind="information", channel="phone", content="mẫu", by=p.OPERATOR)
    with pytest.raises(InputError) as caught:
        desk.do(None, call, expected=1)
    assert (caught.value.field, caught.value.code) == ("expected", "version_of_receipt")
    assert len(desk.find().rows) == 1
