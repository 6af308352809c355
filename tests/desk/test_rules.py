"""A case is decided, to its end, under the rules that it was received under (17.2, reading R47)."""

from datetime import date, timedelta

import attrs
import pytest

from phananh import HOA_BINH_2019, Desk, InputError, NotFoundError, RefusedError, Rules, State
from phananh.errors import UnknownRulesError
from phananh.stores.base import Store
from tests.desk import people as p

NEW_DAY = p.MORNING.date() + timedelta(days=1)
NEWER = attrs.evolve(
    HOA_BINH_2019, name="NEWER", reschedules=2, valid_from=NEW_DAY, valid_until=None
)
BOTH = (NEWER, HOA_BINH_2019)


def test_a_sweep_of_a_newer_desk_changes_no_rules(store: Store, hand: p.Hand) -> None:
    """What a newer desk swept keeps its one reschedule, for its rules are those of its receipt."""
    old = Desk(store=store, rules=BOTH, clock=hand)
    case = p.with_agency(old, hand)
    assert case.due is not None
    case = old.reschedule(case, to=case.due + p.HOUR, reason="chờ hồ sơ", by=p.AGENCY)
    newer = Desk(store=store, rules=BOTH, clock=hand)
    hand.at = case.due + p.MICROSECOND
    assert len(newer.sweep().lapsed) == 1
    case = newer.get(case.id)
    assert (case.state, case.rules) == (State.OVERDUE, HOA_BINH_2019.id)
    hand.at += p.MICROSECOND
    with pytest.raises(RefusedError) as caught:
        newer.reschedule(case, to=hand.at + p.HOUR, reason="chờ nữa", by=p.AGENCY)
    assert "rescheduled_before" in [refusal.code for refusal in caught.value.refusals]
    assert {event.rules for event in newer.history(case)} == {HOA_BINH_2019.id}


def test_the_rules_of_a_history_are_those_of_its_receipt(desk: Desk) -> None:
    """A later event that names other rules, as older histories have, changes those of no case."""
    from phananh.regulation.case import fold

    case = p.with_officer(desk)
    received, escalated = desk.history(case)
    assert fold((received, attrs.evolve(escalated, rules=NEWER.id))).rules == received.rules


def test_a_receipt_gets_the_set_of_its_day(store: Store, hand: p.Hand) -> None:
    """The latest set that had begun by the Vietnamese day of the receipt; before all, the first."""
    desk = Desk(store=store, rules=BOTH, clock=hand)
    midnight = p.MORNING.replace(hour=0) + timedelta(days=1)
    before_all = p.MORNING.replace(year=2018)
    expected = {
        p.MORNING: HOA_BINH_2019,
        midnight - p.MICROSECOND: HOA_BINH_2019,
        midnight: NEWER,
        p.MORNING + timedelta(days=400): NEWER,
        before_all: HOA_BINH_2019,
    }
    for at, rules in expected.items():
        hand.at = at
        assert p.a_case(desk).rules == rules.id


def test_every_question_is_answered_under_the_case_s_own_set(store: Store, hand: p.Hand) -> None:
    """Acts, readings and limits of an old case are those of its set, of a new one those of its."""
    strict = attrs.evolve(NEWER, contact_required={"address"}, overdue_stages=frozenset())
    desk = Desk(store=store, rules=(HOA_BINH_2019, strict), clock=hand)
    old = p.a_case(desk)
    hand.at += timedelta(days=1)
    new = p.a_case(desk)
    assert (desk.rules_of(old), desk.rules_of(new.id)) == (HOA_BINH_2019, strict)
    assert [row.code for row in desk.unmet(old)] == []
    assert [row.code for row in desk.unmet(new)] == ["no_contact"]
    assert "incomplete" not in desk.cautions(old)
    assert "incomplete" in desk.cautions(new)
    late = [
        desk.complete(each, sender=p.SENDER.merge(p.ADDRESS), by=p.OPERATOR) for each in (old, new)
    ]
    late = [desk.escalate(each, to=p.OFFICER, by=p.OPERATOR) for each in late]
    hand.at += timedelta(days=3)
    assert [desk.as_of(each).state for each in late] == [State.OVERDUE, State.ESCALATED]
    desk.sweep()
    assert [desk.get(each.id).state for each in late] == [State.OVERDUE, State.ESCALATED]


def test_a_set_that_was_not_given(store: Store, hand: p.Hand) -> None:
    """A case of another set is read; an act on it is an error that names the set."""
    case = p.with_officer(Desk(store=store, rules=HOA_BINH_2019, clock=hand))
    desk = Desk(store=store, rules=NEWER, clock=hand)
    assert desk.get(case.id) == case
    assert len(desk.history(case)) == 2
    assert [row.case for row in desk.find().rows] == [case.id]
    for ask in (
        lambda: desk.answer(case, text="Đã rõ", by=p.OFFICER),
        lambda: desk.answer(case.id, text="Đã rõ", by=p.OFFICER),
        lambda: desk.allowed(case, by=p.OFFICER),
        lambda: desk.unmet(case),
        lambda: desk.cautions(case),
        lambda: desk.as_of(case),
        lambda: desk.rules_of(case),
    ):
        with pytest.raises(UnknownRulesError) as caught:
            ask()
        error = caught.value
        assert (error.rules, error.case, error.known) == (case.rules, case.id, (NEWER.id,))
        assert case.rules in error.text("vi")
        assert NEWER.id in error.text("en")
    assert len(desk.history(case)) == 2


def test_a_sweep_lists_what_it_cannot_decide(store: Store, hand: p.Hand) -> None:
    """A sweep marks the cases of the sets that it was given, and lists the others as failed."""
    foreign = p.with_officer(Desk(store=store, rules=HOA_BINH_2019, clock=hand))
    hand.at += timedelta(days=1)
    desk = Desk(store=store, rules=NEWER, clock=hand)
    own = p.with_officer(desk)
    hand.at += timedelta(days=10)
    swept = desk.sweep()
    assert [event.case for event in swept.lapsed] == [own.id]
    [failed] = swept.failed
    assert isinstance(failed, UnknownRulesError)
    assert (failed.case, failed.rules) == (foreign.id, HOA_BINH_2019.id)
    assert not desk.get(foreign.id).is_late


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((), "no_rules"),
        ((HOA_BINH_2019, attrs.evolve(HOA_BINH_2019, name="OTHER")), "rules_of_one_day"),
        ((HOA_BINH_2019, HOA_BINH_2019), "rules_of_one_day"),
        ("HB-2019", "not_a_list"),
        (("HB-2019",), "not_of_kind"),
        (5, "not_a_list"),
        (None, "not_a_list"),
    ],
)
def test_sets_that_cannot_be_told_apart_by_day(given: object, code: str) -> None:
    """No set, two sets of one day, and what is no set are refused when the desk is made."""
    with pytest.raises(InputError) as caught:
        Desk(rules=given)  # type: ignore[arg-type]  # wrong on purpose
    assert (caught.value.field, caught.value.code) == ("rules", code)
    assert caught.value.text("vi")
    assert caught.value.text("en")


def test_one_set_or_several_in_any_order() -> None:
    """A desk keeps its sets by the day on which they begin, however they were given."""
    assert Desk().rules == (HOA_BINH_2019,)
    assert Desk(rules=NEWER).rules == (NEWER,)
    assert Desk(rules=BOTH).rules == Desk(rules=list(reversed(BOTH))).rules == BOTH[::-1]


def test_a_set_in_force_on_each_day() -> None:
    """Of many sets, the one of a day is the last that had begun."""
    from phananh.regulation.rules import find_in_force, list_rules

    sets = list_rules(_begin(date(2030 + n, 1, 1)) for n in (2, 0, 1))
    for day, n in ((date(2029, 1, 1), 0), (date(2031, 1, 1), 1), (date(2040, 1, 1), 2)):
        assert find_in_force(sets, day).valid_from == date(2030 + n, 1, 1)


def _begin(day: date) -> Rules:
    return attrs.evolve(HOA_BINH_2019, name=f"R{day.year}", valid_from=day, valid_until=None)


def test_cases_are_found_by_their_rules(store: Store, hand: p.Hand) -> None:
    """A list can be of the cases of one set."""
    desk = Desk(store=store, rules=BOTH, clock=hand)
    old = p.a_case(desk)
    hand.at += timedelta(days=1)
    new = p.a_case(desk)
    for case in (old, new):
        assert [row.case for row in desk.find(rules=case.rules).rows] == [case.id]
    assert desk.find(rules="HB-2019").rows == ()


@pytest.mark.parametrize("prefix", ["PT", "X", "A1", "LONGLONG", "HBX"])
def test_the_rules_say_what_an_id_begins_with(store: Store, hand: p.Hand, prefix: str) -> None:
    """The ids of cases begin as their rules say, and a case is found by such an id."""
    rules = attrs.evolve(HOA_BINH_2019, name="PT", id_prefix=prefix)
    desk = Desk(store=store, rules=rules, clock=hand)
    for _ in range(50):  # some ids of seventeen letters read as a tracking code
        case = p.a_case(desk)
        assert case.id.startswith(f"{prefix}-2603-")
        assert desk.get(case.id) == desk.track(str(case.code)) == case
        with pytest.raises(NotFoundError):
            desk.track(case.id)
    assert p.a_case(Desk(clock=hand)).id.startswith("HB-2603-")


@pytest.mark.parametrize("prefix", ["", "hb", "H B", "HB-", "TOOLONGER", "Đ", "1A", 5, None])
def test_what_no_id_begins_with(prefix: object) -> None:
    """Small letters, blanks, hyphens, and letters that a phone lacks begin no id."""
    with pytest.raises(InputError) as caught:
        attrs.evolve(HOA_BINH_2019, id_prefix=prefix)
    assert (caught.value.field, caught.value.code) == ("id_prefix", "not_a_prefix")
