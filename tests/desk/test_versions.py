"""Which version of a case an act is decided on, at which moment, and that one click is one act."""

from collections.abc import Callable
from datetime import timedelta

import attrs
import pytest

from phananh import Case, ConflictError, Desk, InputError, MemoryStore, State
from phananh.desk import vietnam_now
from phananh.errors import ClockError, CommandReusedError, DuplicateError, StoreError
from phananh.regulation import acts as a
from phananh.regulation.events import Answered, Lapsed
from phananh.stores.base import CommandRecord, Store
from phananh.testing.faulty_store import FaultyStore
from tests.desk import people as p

SECOND = timedelta(seconds=1)
CALL = a.Receive(kind="information", channel="phone", content="mẫu", by=p.OPERATOR)


def answer(desk: Desk, case: Case | str, **more: object) -> Case:
    """Answer as the officer who holds the case."""
    return desk.answer(case, text="Đã giải quyết", by=p.OFFICER, **more)  # type: ignore[arg-type]  # mixed keywords


def late(desk: Desk, hand: p.Hand) -> Case:
    """Return a case whose limit has run out, which nobody recorded yet."""
    case = p.with_officer(desk)
    assert case.due is not None
    hand.at = case.due + p.HOUR
    return case


def test_an_act_on_what_as_of_shows(desk: Desk, hand: p.Hand) -> None:
    """An act on a case as of now records the lapse that it shows, and the act (Art. 9.2)."""
    case = late(desk, hand)
    shown = desk.as_of(case)
    assert (shown.state, shown.version) == (State.OVERDUE, case.version + 1)
    done = answer(desk, shown)
    assert [type(event) for event in desk.history(case)[-2:]] == [Lapsed, Answered]
    assert ((done.version, done.is_late), desk.get(case.id)) == ((case.version + 2, True), done)


def test_no_act_stands_on_a_lapse_that_the_history_lacks(desk: Desk) -> None:
    """A case as of tomorrow shows a lapse; what is recorded of it today is that of today."""
    case = p.with_officer(desk)
    shown = desk.as_of(case, at=p.MORNING + 100 * p.HOUR)
    assert shown.is_late
    other = desk.note(case.id, text="Gọi lại", by=p.OPERATOR)
    assert other.version == shown.version
    with pytest.raises(ConflictError, match=r"\w \w"):
        answer(desk, shown)
    assert not answer(desk, desk.as_of(other, at=p.MORNING + 100 * p.HOUR)).is_late


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
        with pytest.raises(ConflictError, match=r"\w \w") as caught:
            answer(desk, str(case.code) if by_code else case.id, expected=expected)
        error = caught.value
        assert (error.case, error.expected, error.actual) == (case.id, expected, fresh.version)
        assert error.fresh == fresh
    with pytest.raises(ConflictError, match=r"\w \w") as caught:
        desk.withdraw(str(case.code), by=p.CITIZEN, expected=1)
    assert caught.value.fresh == desk.get(case.id) == fresh


def test_a_pending_lapse_counts_as_in_the_version(desk: Desk, hand: p.Hand) -> None:
    """The version of a case as of now, with a lapse nobody recorded yet, may be expected too."""
    one, other = late(desk, hand), late(desk, hand)
    hand.at += 100 * p.HOUR
    assert answer(desk, one.id, expected=desk.as_of(one.id).version).version == one.version + 2
    assert answer(desk, other.id, expected=other.version).version == other.version + 2


def test_a_lapse_that_was_recorded_counts(desk: Desk, hand: p.Hand) -> None:
    """After a sweep the version before it is a conflict, and the version that showed it is not."""
    case = late(desk, hand)
    shown = desk.as_of(case)
    desk.sweep()
    with pytest.raises(ConflictError, match=r"\w \w"):
        answer(desk, case.id, expected=case.version)
    assert answer(desk, case.id, expected=shown.version).is_late


def test_a_repeated_act_is_settled_before_versions(desk: Desk) -> None:
    """A command that was recorded gives its first result, whatever version is expected now."""
    case = p.with_officer(desk)
    form = {"expected": case.version, "command_id": "click-1"}
    first = answer(desk, case.id, **form)
    assert answer(desk, case.id, **form) == first
    assert answer(desk, case.id, expected=99, command_id="click-1") == first
    with pytest.raises(CommandReusedError, match=r"\w \w"):
        desk.answer(case.id, text="Khác", by=p.OFFICER, command_id="click-1", expected=1)
    assert len(desk.history(case)) == first.version


class Doubled(MemoryStore):
    """A store in which the same click arrives twice at once: the twin is recorded first."""

    twin: Callable[[], object] | None = None
    hidden = 0

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Find nothing as often as it is told to, or let the twin do the act then."""
        found = super().find_command(command)
        twin, self.twin = self.twin, None
        if twin is not None:
            twin()
        self.hidden -= 1
        return None if self.hidden >= 0 else found


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
    assert (first.state, first.version, desk.get(case.id)) == (
        State.ANSWERED,
        case.version + 1,
        first,
    )


def test_the_second_of_two_that_record_gets_the_first_outcome(hand: p.Hand) -> None:
    """Whoever is second at recording the same command gets the case as the first one left it."""
    store = Doubled()
    desk = Desk(store=store, clock=hand)
    first = p.a_case(desk, command_id="r-1")
    noted = desk.note(first, text="Đã gọi", by=p.OPERATOR, command_id="n-1")
    hand.at += p.HOUR
    store.hidden = 1
    assert p.a_case(desk, command_id="r-1") == first
    store.hidden = 1
    assert desk.note(first, text="Đã gọi", by=p.OPERATOR, command_id="n-1") == noted
    assert (desk.count(), len(desk.history(first.id))) == (1, 2)
    store.hidden = 2
    with pytest.raises(DuplicateError):  # what the store knows, but does not find
        p.a_case(desk, command_id="r-1")


class Outworn(MemoryStore):
    """A store of cases that were erased, with records of before there were outlines."""

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Find a record that any act fits."""
        found = super().find_command(command)
        return found and attrs.evolve(found, digest="", is_erased=True)


def test_a_record_without_content_is_of_its_case_and_kind() -> None:
    """Whoever names it gets its case for a receipt, or for another act on that very case."""
    desk = Desk(store=Outworn())
    first, other = p.a_case(desk, command_id="r-1"), p.a_case(desk)
    noted = desk.note(first, text="Đã gọi", by=p.OPERATOR, command_id="n-1")
    assert p.a_case(desk, command_id="r-1") == first
    assert desk.note(first.id, text="Khác", by=p.OPERATOR, command_id="n-1") == noted
    for case, name in ((None, "n-1"), (first.id, "r-1"), (other.id, "n-1")):
        with pytest.raises(CommandReusedError, match=name):
            desk.do(case, a.Note(text="Khác", by=p.OPERATOR) if case else CALL, command_id=name)


@pytest.mark.parametrize("expected", ["2", 0, -1, 2.0, True])
def test_what_is_no_version(desk: Desk, expected: object) -> None:
    """A text, a fraction, a truth value and a number below one are no version."""
    case = p.with_officer(desk)
    with pytest.raises(InputError, match=r"\w \w") as caught:
        answer(desk, case.id, expected=expected)
    assert (caught.value.field, caught.value.code) == ("expected", "not_a_version")
    assert caught.value.facts["value"] == repr(expected)


def test_a_case_says_its_version_itself(desk: Desk) -> None:
    """A version beside a case, or of a receipt, is refused: one of them would not be looked at."""
    case = p.with_officer(desk)
    with pytest.raises(InputError, match=r"\w \w") as caught:
        answer(desk, case, expected=case.version)
    assert (caught.value.field, caught.value.code) == ("expected", "version_beside_case")
    with pytest.raises(InputError, match=r"\w \w") as caught:
        desk.do(None, CALL, expected=1)
    assert (caught.value.field, caught.value.code) == ("expected", "version_of_receipt")
    assert len(desk.find().rows) == 1


@pytest.mark.parametrize("persistent", [False, True])
def test_a_retry_after_a_lost_reply_gets_the_first_outcome(
    store: Store, hand: p.Hand, *, persistent: bool
) -> None:
    """Whoever sends the act again gets what it led to, and it stands in the history once."""
    case = p.with_officer(Desk(store=store, clock=hand))
    lossy = FaultyStore(store, fail_at=1, when="after", methods=["commit"], persistent=persistent)
    desk = Desk(store=lossy, clock=hand)
    with pytest.raises(StoreError, match="lost the reply"):
        answer(desk, case, command_id="c-9")
    hand.at += p.HOUR
    assert answer(desk, case.id, command_id="c-9").updated_at == hand.at - p.HOUR
    assert [event.n for event in desk.history(case.id)] == [1, 2, 3]


@pytest.mark.parametrize("back", [p.MICROSECOND, 59 * SECOND])
def test_a_short_step_back(desk: Desk, hand: p.Hand, back: timedelta) -> None:
    """An act on a clock a little behind is judged and recorded at the moment of the last event."""
    case = p.with_officer(desk)
    hand.at -= back
    done = desk.answer(case, text="Đã giải quyết", by=p.OFFICER)
    assert done.updated_at == case.updated_at == p.MORNING
    assert p.a_case(desk).received_at == p.MORNING - back
    assert desk.close(done, by=p.OPERATOR, at=p.MORNING).updated_at == p.MORNING


@pytest.mark.parametrize("back", [60 * SECOND, timedelta(days=1)])
def test_a_long_step_back(desk: Desk, hand: p.Hand, back: timedelta) -> None:
    """A clock that is further behind is an error that says so, and nothing is recorded."""
    case = p.with_officer(desk)
    hand.at -= back
    with pytest.raises(ClockError, match=r"\w \w") as caught:
        answer(desk, case.id, command_id="click-1")
    error = caught.value
    assert (error.case, error.behind, error.allowed) == (case.id, back, 60 * SECOND)
    assert (error.now, error.last) == (hand.at.isoformat(), case.updated_at.isoformat())
    assert desk.get(case.id) == desk.as_of(case.id) == case  # to read it needs no right clock


def test_how_far_is_a_field_of_the_desk(store: Store, hand: p.Hand) -> None:
    """`clock_skew` says how far behind a clock may be; zero allows nothing."""
    desk = Desk(store=store, clock=hand, clock_skew=timedelta(hours=2))
    case = p.with_officer(desk)
    hand.at -= p.HOUR
    assert desk.note(case.id, text="Gọi lại", by=p.OPERATOR).updated_at == p.MORNING
    with pytest.raises(ClockError, match="no difference is allowed"):
        answer(Desk(store=store, clock=hand, clock_skew=timedelta()), case.id)


def test_a_given_moment_is_not_moved(desk: Desk) -> None:
    """A moment that is given, and lies before the last event, is refused however near it is."""
    case, early = p.with_officer(desk), p.MORNING - p.MICROSECOND
    for act, at in (
        (a.Answer(text="Đã rõ", by=p.OFFICER, at=early), None),
        (a.Answer(text="Đã rõ", by=p.OFFICER), early),
    ):
        with pytest.raises(InputError, match="before the last event"):
            desk.do(case, act, at=at)
    assert desk.get(case.id) == case


def test_the_default_clock_gives_whole_seconds() -> None:
    """No letter to a citizen tells a fraction of a second that the desk's own clock gave."""
    assert (vietnam_now().microsecond, p.a_case(Desk()).received_at.microsecond) == (0, 0)


def test_after_a_clock_that_was_ahead(desk: Desk, hand: p.Hand) -> None:
    """A case recorded ahead of time goes on at a given moment not before that."""
    case = p.a_case(desk)
    hand.at += timedelta(days=1)
    case = desk.note(case, text="Gọi lại", by=p.OPERATOR)
    hand.at -= timedelta(days=1)
    act = a.Note(text="Giờ máy đã được chỉnh", by=p.OPERATOR)
    with pytest.raises(ClockError, match="wait until then, or use a desk with a longer"):
        desk.do(case, act)
    with pytest.raises(InputError, match="has not come yet"):
        desk.do(case, act, at=case.updated_at)
    assert (
        attrs.evolve(desk, clock_skew=timedelta(days=2)).do(case, act).updated_at == case.updated_at
    )


def test_an_act_is_ahead_by_the_skew_and_no_more(desk: Desk) -> None:
    """R49: clocks differ a little, so a moment that has nearly come is taken as now."""
    case, at = p.with_officer(desk), p.MORNING + desk.clock_skew
    with pytest.raises(InputError, match=r"^at: .* has not come yet"):
        desk.note(case, text="Gọi lại", by=p.OPERATOR, at=at + p.MICROSECOND)
    assert desk.note(case, text="Gọi lại", by=p.OPERATOR, at=at).updated_at == p.MORNING


def test_nobody_ends_a_limit_before_its_time(desk: Desk, hand: p.Hand) -> None:
    """R49: an act that is said to be after the limit, just before that, makes nobody late."""
    case = p.with_officer(desk)
    hand.at = case.due - p.HOUR / 120
    desk.note(case, text="Gọi lại", by=p.OPERATOR, at=case.due + p.HOUR / 240)
    assert desk.sweep(at=case.due + p.HOUR / 240).lapsed == ()
    hand.at = case.due
    assert not desk.answer(case.id, text="Mẫu", by=p.OFFICER).is_late
