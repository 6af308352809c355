"""Several acts at once: all are recorded, or none is."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from phananh import Case, ConflictError, Desk, InputError, MemoryStore, RefusedError, State
from phananh.errors import CommandReusedError, DuplicateError
from phananh.stores.base import Capability, Change
from tests.desk import people as p


def take_and_pass_on(desk: Desk, click: str = "click") -> tuple[Case, Case]:
    """Take a call and pass it on in one go; a second case is taken beside it."""
    with desk.together() as d:
        case = p.a_case(d, command_id=f"{click}-1")
        case = d.escalate(case, to=p.OFFICER, by=p.OPERATOR, command_id=f"{click}-2")
        other = p.a_case(d, command_id=f"{click}-3")
    return case, other


def test_nothing_is_stored_before_the_end(desk: Desk) -> None:
    """Others see nothing of a block that runs; later acts in it see the earlier ones."""
    old = p.a_case(desk)
    with desk.together() as d:
        case = p.a_case(d)
        d.escalate(case.id, to=p.OFFICER, by=p.OPERATOR)
        d.escalate(old, to=p.OFFICER, by=p.OPERATOR)
        assert d.get(case.id).state is d.track(str(old.code)).state is State.ESCALATED
        assert d.track(str(case.code)).version == len(d.history(case)) == 2
        assert "answer" in d.allowed(old.id, by=p.OFFICER)
        assert [row.state for row in d.find(code=str(case.code)).rows] == [State.ESCALATED]
        assert (desk.get(old.id), [row.case for row in desk.find().rows]) == (old, [old.id])
    assert desk.get(old.id).state is desk.get(case.id).state is State.ESCALATED


def test_an_exception_records_nothing(desk: Desk) -> None:
    """If one act is refused, or anything else is raised, no act of the block is recorded."""
    old = p.a_case(desk)

    def act() -> None:
        with desk.together() as d:
            p.a_case(d)
            d.escalate(old, to=p.OFFICER, by=p.OPERATOR)
            d.answer(old.id, text=" ", by=p.OFFICER)

    with pytest.raises(RefusedError, match=r"\w \w"):
        act()
    assert ([row.case for row in desk.find().rows], desk.get(old.id)) == ([old.id], old)


def test_acts_on_one_case_are_one_change(hand: p.Hand) -> None:
    """Several acts on a case become one change with all their commands, in one commit."""
    commits: list[list[Change]] = []

    class Listening(MemoryStore):
        """A store that keeps what it was given."""

        def commit(self, changes, /):  # type: ignore[no-untyped-def]  # as of the store
            """Keep, and record."""
            commits.append(list(changes))
            super().commit(changes)

    desk = Desk(store=Listening(), clock=hand)
    case, other = take_and_pass_on(desk)
    [[first, second]] = commits
    assert (first.case, first.expected, len(first.events)) == (case.id, 0, 2)
    assert [(c.id, c.version) for c in first.commands] == [("click-1", 1), ("click-2", 2)]
    assert (second.case, [c.id for c in second.commands]) == (other.id, ["click-3"])
    assert (desk.get(case.id), desk.get(other.id)) == (case, other)
    with desk.together():
        pass
    assert commits == [[first, second], []]


def test_the_same_block_again_gives_the_first_results(desk: Desk) -> None:
    """What was recorded under the same command ids is settled act by act; nothing is doubled."""
    first = take_and_pass_on(desk)
    desk.answer(first[0], text="Đã giải quyết", by=p.OFFICER)
    assert (take_and_pass_on(desk), len(desk.find().rows)) == (first, 2)
    with pytest.raises(CommandReusedError, match=r"\w \w"), desk.together() as d:
        p.a_case(d, content="Khác", command_id="click-1")


def test_one_command_twice_in_a_block(desk: Desk) -> None:
    """A click that comes twice inside one block is one act; with other content it is refused."""
    with desk.together() as d:
        case = p.a_case(d, command_id="click")
        assert p.a_case(d, command_id="click") == case
        with pytest.raises(CommandReusedError, match=r"\w \w"):
            p.a_case(d, content="Khác", command_id="click")
    assert [row.case for row in desk.find().rows] == [case.id]


def pass_both_on(desk: Desk, cases: list[Case], meanwhile: Callable[[], object]) -> None:
    """Pass two cases on in one block, while something else happens."""
    with desk.together() as d:
        for n, case in enumerate(cases):
            d.escalate(case.id, to=p.OFFICER, by=p.OPERATOR, command_id=f"click-{n}")
        meanwhile()
        assert {len(d.history(case)) for case in cases} == {2}


def test_somebody_who_was_first_wins(desk: Desk) -> None:
    """If another recorded on one of the cases meanwhile, nothing is recorded; no retry."""
    cases = [p.a_case(desk), p.a_case(desk)]
    with pytest.raises(ConflictError, match=r"\w \w") as caught:
        pass_both_on(desk, cases, lambda: desk.note(cases[1].id, text="Gọi lại", by=p.OPERATOR))
    assert (caught.value.case, caught.value.fresh) == (cases[1].id, None)
    assert (desk.get(cases[1].id).version, desk.get(cases[0].id)) == (2, cases[0])


def test_a_twin_that_took_the_same_call(desk: Desk) -> None:
    """If the twin took another new case under the same ids, it is said; run again, it is found."""
    first: list[Case] = []

    def take(meanwhile: Callable[[], object]) -> Case:
        with desk.together() as d:
            case = p.a_case(d, command_id="click-1")
            case = d.escalate(case, to=p.OFFICER, by=p.OPERATOR, command_id="click-2")
            meanwhile()
        return case

    with pytest.raises(DuplicateError, match=r"\w \w") as caught:
        take(lambda: first.append(take(lambda: None)))
    assert (caught.value.command_id, caught.value.case) == ("click-1", first[0].id)
    assert (take(lambda: None), len(desk.find().rows)) == (first[0], 1)


def test_an_id_that_another_act_took_meanwhile(desk: Desk) -> None:
    """If something else took one of the ids meanwhile, it is another act, and nothing is done."""
    cases = [p.a_case(desk), p.a_case(desk)]
    with pytest.raises(CommandReusedError, match=r"\w \w"):
        pass_both_on(
            desk,
            cases,
            lambda: desk.note(cases[0], text="Khác", by=p.OPERATOR, command_id="click-1"),
        )
    assert [desk.get(case.id).version for case in cases] == [2, 1]


def test_a_stale_case_inside_the_block(desk: Desk) -> None:
    """A case that the block itself changed since is a conflict inside it, as it is outside."""
    with desk.together() as d:
        case = p.a_case(d)
        d.note(case, text="Gọi lại", by=p.OPERATOR)
        with pytest.raises(ConflictError, match=r"\w \w") as caught:
            d.escalate(case, to=p.OFFICER, by=p.OPERATOR)
        assert (caught.value.expected, caught.value.actual) == (1, 2)
        d.escalate(case.id, to=p.OFFICER, by=p.OPERATOR, expected=2)
    assert desk.get(case.id).version == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sweep", "find"),
        ("erase", "erase"),
        ("recalculate", "find"),
        ("feed", "feed"),
        ("find", "find"),
        ("count", "count"),
        ("consume", "consume"),
        ("search", "search"),
        ("check_calendars", "check_calendars"),
        ("with_calendars", "check_calendars"),
    ],
)
def test_what_is_not_done_together(desk: Desk, name: str, said: str) -> None:
    """A sweep, an erasure, a recalculation and lists have no place inside the block."""
    case = p.a_case(desk)
    given: dict[str, tuple[Any, ...]] = {
        "erase": (case,), "with_calendars": (desk.calendar,), "consume": ("mail", print),
        "search": ("x",),
    }  # fmt: skip
    more = {"erase": {"by": p.OPERATOR, "ground": "Mẫu"}, "search": {"by": p.OPERATOR}}
    with desk.together() as d, pytest.raises(InputError, match=r"\w \w") as caught:
        getattr(d, name)(*given.get(name, ()), **more.get(name, {}))
    assert (caught.value.field, caught.value.code) == ("together", "not_together")
    assert caught.value.problem == f"`{said}` cannot be used among acts done together"
    with desk.together() as d, pytest.raises(InputError, match="`iter_figures`"):
        d.store.iter_figures()
    assert [row.case for row in desk.find().rows] == [case.id]


def test_a_block_in_a_block(desk: Desk) -> None:
    """A block inside another is refused: which of them would record?"""
    with pytest.raises(InputError, match=r"\w \w") as caught, desk.together() as d, d.together():
        pass
    assert (caught.value.field, caught.value.code) == ("together", "together_nested")


def test_the_desk_of_a_block_that_is_over(desk: Desk) -> None:
    """After the block its desk does nothing: whoever kept it is told so."""
    with desk.together() as d:
        case = p.a_case(d)
    for ask in (lambda: p.a_case(d), lambda: d.get(case.id), lambda: d.find(), lambda: d.sweep(),
                lambda: d.track(str(case.code)), lambda: d.count()):  # fmt: skip
        with pytest.raises(InputError, match=r"\w \w") as caught:
            ask()
        assert caught.value.code == "together_over"
    assert desk.get(case.id) == case


def test_a_block_finds_by_code_alone(desk: Desk) -> None:
    """`find` of a code and nothing else works in a block; a list is refused, filtered or not."""
    old = p.a_case(desk)
    code = str(old.code)
    with desk.together() as d:
        assert [row.case for row in d.find(code=code, limit=5).rows] == [old.id]
        d.escalate(old, to=p.OFFICER, by=p.OPERATOR)
        assert [row.state for row in d.find(code=code).rows] == [State.ESCALATED]
        for wrong in ({}, {"code": code, "states": ["received"]}, {"code": code, "late": True}):
            with pytest.raises(InputError, match=r"\w \w") as caught:
                d.find(**wrong)  # type: ignore[arg-type]  # mixed keywords
            assert caught.value.code == "not_together"
    assert desk.get(old.id).state is State.ESCALATED


class OneAtATime(MemoryStore):
    """Takes one change a commit, says so, and of more would record the last."""

    capabilities: frozenset[Capability] = frozenset()

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record the last change."""
        super().commit(changes[-1:])


def test_two_cases_over_a_store_of_one(hand: p.Hand) -> None:
    """Over a store without `lists` a second case in the block is refused, and none is recorded."""
    desk = Desk(store=OneAtATime(), clock=hand)
    with pytest.raises(InputError, match=r"\w \w") as caught:
        take_and_pass_on(desk)
    assert (caught.value.field, caught.value.code) == ("together", "together_one_case")
    assert "one case at a time, so the block has recorded nothing" in caught.value.problem
    assert (desk.find().rows, desk.feed().entries) == ((), ())
    assert desk.store.find_command("click-1") is None
    old, other = p.a_case(desk), p.a_case(desk)
    with desk.together() as d:
        d.escalate(old, to=p.OFFICER, by=p.OPERATOR)
        with pytest.raises(InputError, match=r"\w \w"):
            d.escalate(other, to=p.OFFICER, by=p.OPERATOR)
    assert (desk.get(old.id).version, desk.get(other.id)) == (2, other)
