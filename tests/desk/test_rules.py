"""A case is decided, to its end, under the rules that it was received under (17.2, reading R47)."""

from datetime import date, timedelta

import attrs
import pytest

from phananh import (
    HOA_BINH_2019,
    Desk,
    InputError,
    RefusedError,
    Rules,
    State,
    Term,
)
from phananh.articles import Article
from phananh.errors import UnknownRulesError
from phananh.regulation.deadline import Limit
from phananh.stores.base import Store
from tests.desk import people as p

NEWER = attrs.evolve(
    HOA_BINH_2019,
    name="NEWER",
    reschedules=2,
    valid_from=p.MORNING.date() + timedelta(days=1),
    valid_until=None,
)
BOTH = (NEWER, HOA_BINH_2019)


def test_a_desk_has_rules() -> None:
    """No set of rules at all is refused when the desk is made."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        Desk(rules=())
    assert (caught.value.field, caught.value.code) == ("rules", "no_rules")


def test_a_receipt_gets_the_set_of_its_day(store: Store, hand: p.Hand) -> None:
    """17.2: the latest set that had begun by the day of the receipt; before all, the first."""
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
    assert [row.text() for row in desk.unmet(new)] == ["a usable address is missing"]
    assert [row.guidance() for row in desk.unmet(new)] == ["give the address"]
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
    assert (desk.get(case.id), len(desk.history(case))) == (case, 2)
    assert desk.explain(case) == desk.explain(case.id) != ""
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
        with pytest.raises(UnknownRulesError, match=r"\w \w") as caught:
            ask()
        error = caught.value
        assert (error.rules, error.case, error.known) == (case.rules, case.id, (NEWER.id,))
        assert case.rules in error.text("vi")
        assert NEWER.id in error.text()
    assert len(desk.history(case)) == 2


SIGNED = date(2019, 10, 30)


def limit(budget, article="9.1"):
    """Return a limit under a clause."""
    return Limit(budget=budget, article=Article(article), since=SIGNED)


def in_days(officer, agency=None, **more):
    """Return rules that count in days."""
    agency = limit(agency or Term.working_days(5, ends="closing"), "9.2")
    return Rules(name="DAYS", officer_limit=limit(officer), agency_limit=agency, **more)


@pytest.fixture
def days(store, hand):
    """Return a desk with two working days for the officer and five for the agency."""
    return Desk(store=store, rules=in_days(Term.working_days(2, ends="closing")), clock=hand)


def test_a_case_goes_its_way_in_days(days, hand):
    """Two working days, then five; put off once and no more; late after it, and after its answer.

    4 March 2026 is a Wednesday.
    """
    case = p.with_agency(days, hand)
    assert f"{case.due:%a %d/%m %H:%M}" == "Wed 11/03 17:30"
    assert [row.left for row in days.inbox(p.AGENCY).rows] == ["5 working days left"]
    case = days.reschedule(case, to=hand.at + 10 * 24 * p.HOUR, reason="Chờ hồ sơ", by=p.AGENCY)
    with pytest.raises(RefusedError, match=r"\w \w") as refused:
        days.reschedule(case, to=hand.at + 20 * 24 * p.HOUR, reason="Chờ nữa", by=p.AGENCY)
    assert [r.code for r in refused.value.refusals] == ["rescheduled_before"]
    hand.at = case.due + p.MICROSECOND
    assert [lapse.case for lapse in days.sweep().lapsed] == [case.id]
    case = days.report_findings(case.id, text="Đúng một phần", by=p.AGENCY)
    assert (case.is_late, days.get(case.id).is_late) == (True, True)
