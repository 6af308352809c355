"""A case that was handed to the wrong person comes back, and its limit is not given anew (R53)."""

from datetime import timedelta

import attrs
import pytest

from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.cautions import find_cautions
from phananh.regulation.decide import as_of, decide
from phananh.regulation.request import Assignee, Holder, Person, Role, State
from tests.regulation import cast
from tests.regulation.cast import HOUR, MINUTE

WHY = "Không thuộc lĩnh vực"
BACK = a.SendBack(by=cast.OFFICER, text=WHY)
HAND_ON = a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)
TO_LEADER = attrs.evolve(HAND_ON, to=cast.LEADERSHIP)
SECOND = Person(id="cb-yte-2", role="officer", unit=cast.HEALTH)


def send_back(case: Case, by: Person = cast.OFFICER, after: timedelta = MINUTE) -> Case:
    """Return the case after its holder sent it back so much later."""
    return cast.record(case, attrs.evolve(BACK, by=by), at=case.updated_at + after)


@pytest.mark.parametrize(
    ("make", "by", "state", "holder"),
    [
        (cast.at_officer, cast.OFFICER, State.RECEIVED, Holder(role=Role.OPERATOR)),
        (cast.at_provider, cast.PROVIDER, State.RECEIVED, Holder(role=Role.OPERATOR)),
        (
            cast.at_agency,
            cast.FOCAL,
            State.ESCALATED,
            Holder(role=Role.OFFICER, id=cast.OFFICER.id, unit=cast.HEALTH),
        ),
        (
            cast.at_agency,
            cast.HEAD,
            State.ESCALATED,
            Holder(role=Role.OFFICER, id=cast.OFFICER.id, unit=cast.HEALTH),
        ),
    ],
)
def test_it_goes_where_it_came_from(make, by, state, holder):
    """10.1.b: from officer and provider to the operators, from an agency to who asked."""
    case = make()
    back = send_back(case, by)
    assert (back.state, back.holder, back.due) == (state, holder, None)
    (record,) = back.sent_back
    who = case.holder.unit if case.holder.role is Role.AGENCY else case.holder.id
    assert (record.role, record.holder, record.at) == (case.holder.role, who, back.updated_at)
    assert record.due == case.due
    assert cast.refuse_citing(case, attrs.evolve(BACK, by=by, text=" ")) == [("blank", "10.1.b")]


def test_who_gets_it_again_goes_on_with_what_was_left():
    """R53: the same officer, however spelt, has what was left, and another begins anew."""
    back = send_back(cast.at_officer(), after=2 * HOUR + MINUTE)
    again = cast.record(back, HAND_ON)
    spelt = attrs.evolve(cast.OFFICER, id=cast.OFFICER.id.upper())
    assert cast.given(again) == back.sent_back[0].left == timedelta(hours=4)
    assert again.deadline.continues == timedelta(hours=5)
    fresh = cast.read(asked_again="fresh")  # which is said of agencies alone
    assert cast.given(cast.record(back, HAND_ON, rules=fresh)) == cast.given(again)
    assert "4 working hours of 5 working hours left (reading R53)" in again.deadline.explain(
        "en", calendar=cast.CENTRE
    )
    assert cast.given(cast.record(back, attrs.evolve(HAND_ON, to=spelt))) == cast.given(again)
    other = cast.record(back, attrs.evolve(HAND_ON, to=SECOND))
    assert (cast.given(other), other.deadline.continues) == (timedelta(hours=5), None)
    assert cast.given(cast.record(send_back(other, SECOND), HAND_ON)) == cast.given(again)


def test_each_question_to_the_leadership_has_a_limit_of_its_own():
    """R9: what they were late with before takes nothing from it, sent back or not."""
    rules = cast.read(leadership_limit=cast.limit(4, "8.3"))
    late = cast.lapsed_case(
        cast.record(send_back(cast.at_officer()), TO_LEADER, rules=rules), rules=rules
    )
    again = cast.record(cast.record(late, cast.OPINION, rules=rules), TO_LEADER, rules=rules)
    assert (cast.given(again), again.deadline.continues) == (4 * HOUR, None)


def test_nothing_left_is_late_from_the_next_instant_on():
    """R53: an officer who was late gets the case back with no time, and the lapse stays."""
    late = cast.lapsed_case(cast.at_officer())
    back = send_back(late)
    assert (back.state, back.is_late, back.sent_back[0].left) == (
        State.RECEIVED, True, timedelta(),
    )  # fmt: skip
    assert back.sent_back[0].due == late.lapses[0].due
    again = cast.record(back, HAND_ON)
    assert (cast.given(again), len(again.lapses)) == (timedelta(), 1)
    given = cast.record(late, a.Reassign(by=cast.HEAD, to=Assignee(id=SECOND.id)))
    back = send_back(given, SECOND)
    lifted = cast.record(back, a.LiftLapse(by=cast.LEADERSHIP, text=WHY))
    assert [
        cast.given(cast.record(case, attrs.evolve(HAND_ON, to=SECOND))) for case in (back, lifted)
    ] == [timedelta(), timedelta(hours=5)]
    overdue = as_of(again, cast.context(again.due + cast.DAY))
    assert [lapse.opened_by for lapse in overdue.lapses] == [2, again.version]


def test_after_findings_nothing_is_kept():
    """R53: where no limit ran, and none of theirs ran out, be the agency in time or not."""
    late = cast.lapsed_case(cast.at_officer())  # which the officer was before asking
    late = cast.record(late, cast.verification_request(late))
    for asked, hours in ((late, 0), (cast.at_agency(), 5)):
        for each in (asked, cast.lapsed_case(asked)):
            back = send_back(cast.record(each, cast.FOUND))
            assert (back.sent_back[0].due, back.sent_back[0].left) == (None, timedelta())
            assert cast.given(cast.record(back, HAND_ON)) == timedelta(hours=hours)


def test_what_is_left_is_left_of_the_days_of_the_limit():
    """R15, R53: of the days that it was counted with, whatever the calendar has by then."""
    case = cast.at_officer()
    context = attrs.evolve(cast.context(case.updated_at), calendar_for=lambda *_: cast.CENTRE_SHUT)
    assert decide(case, BACK, context).events[0].left == timedelta(hours=5)


def test_nobody_goes_on_with_what_ran_out_for_another():
    """R50, R53: neither an earlier officer's lapse nor one that was lifted takes a limit away."""

    def late_at_agency(case: Case) -> Case:
        late = cast.lapsed_case(cast.record(case, cast.verification_request(case)))
        return cast.record(late, cast.FOUND)

    own = cast.lapsed_case(cast.at_officer())
    second = cast.record(send_back(own), attrs.evolve(HAND_ON, to=SECOND))
    asking = attrs.evolve(cast.verification_request(second), by=SECOND)
    late = cast.record(cast.lapsed_case(cast.record(second, asking)), cast.FOUND)
    other = cast.record(send_back(late, SECOND), attrs.evolve(HAND_ON, to=SECOND))
    lifted = cast.record(own, a.LiftLapse(by=cast.LEADERSHIP, text=WHY))
    again = cast.record(send_back(late_at_agency(lifted)), HAND_ON)
    assert cast.given(other) == cast.given(again) == timedelta(hours=5)
    both = late_at_agency(own)
    assert cast.given(cast.record(send_back(both), HAND_ON)) == timedelta()
    named = cast.record(both, a.Reassign(by=cast.HEAD, to=Assignee(id=SECOND.id)))
    other = cast.record(send_back(named, SECOND), attrs.evolve(HAND_ON, to=SECOND))
    assert cast.given(other) == timedelta(hours=5)  # no limit ran out with them, nor do they get it
    late = cast.lapsed_case(cast.record(send_back(cast.at_officer()), HAND_ON))
    given = cast.record(late, a.Reassign(by=cast.HEAD, to=Assignee(id=SECOND.id)))
    for back in (
        send_back(late),
        send_back(given, SECOND),
        send_back(cast.lapsed_case(cast.record(late, cast.verification_request(late))), cast.FOCAL),
    ):
        assert back.sent_back[-1].due == back.lapses[-1].due  # the second time too


def test_whoever_had_the_limit_goes_on_with_what_was_left_of_it():
    """R10, R53: a colleague who took over used it up for both, and who had it is no other one."""
    taken = cast.record(cast.at_officer(), a.Reassign(by=cast.HEAD, to=Assignee(id="cb-9")))
    taken = cast.record(taken, a.Reassign(by=cast.HEAD, to=Assignee(id=SECOND.id)))
    back = send_back(taken, SECOND, HOUR)
    first, between, third = (attrs.evolve(HAND_ON, to=attrs.evolve(SECOND, id=name))
                             for name in (cast.OFFICER.id.upper(), "CB-9", "cb-3"))  # fmt: skip
    left, again = back.sent_back[0].left, cast.record(back, third)
    assert (
        timedelta()
        < left
        == cast.given(cast.record(back, first))
        == cast.given(cast.record(back, between))
        < timedelta(hours=5)
    )
    assert (cast.given(again), again.deadline.continues) == (timedelta(hours=5), None)
    # The first had no part in the limit of the third, which a fourth took over.
    reassign = a.Reassign(by=cast.HEAD, to=Assignee(id="cb-4"))
    ended = send_back(cast.record(again, reassign), attrs.evolve(SECOND, id="cb-4"))
    assert [cast.given(cast.record(ended, each)) for each in (first, third)] == [
        left, ended.sent_back[-1].left
    ]  # fmt: skip


def test_a_lift_of_a_later_lapse_leaves_an_earlier_one():
    """R41, R50, R53: whose first lapse stands has nothing left, though the second was lifted."""
    lift = a.LiftLapse(by=cast.LEADERSHIP, text=WHY)
    for late, ends in (
        (cast.lapsed_case(cast.at_officer()), [BACK]),
        (cast.lapsed_case(cast.at_agency()), [cast.FOUND, attrs.evolve(BACK, by=cast.FOCAL)]),
    ):
        hand_on = HAND_ON if len(ends) == 1 else cast.verification_request(late)
        for end in ends:
            second = cast.lapsed_case(cast.record(cast.record(late, end), hand_on))
            lifted = cast.record(second, lift)
            assert cast.given(cast.record(cast.record(lifted, end), hand_on)) == timedelta()
            assert (
                cast.record(cast.record(cast.record(lifted, lift), end), hand_on).deadline.continues
                is None
            )
            again = cast.record(cast.record(late, end), hand_on)  # and ended at that instant
            at_once = cast.record(cast.record(again, end, at=again.updated_at), lift)
            assert cast.record(at_once, hand_on).deadline.continues is None
            # In whatever order it was ended and lifted.
            one_stands = cast.record(cast.record(second, end), lift)
            assert cast.given(cast.record(one_stands, hand_on)) == timedelta()
            assert cast.record(cast.record(one_stands, lift), hand_on).deadline.continues is None


def test_an_agency_goes_on_after_whichever_was_last():
    """R41, R53: what it had left when it reported, or sent the case back, whichever was later."""
    asked = cast.at_agency()
    found = cast.record(asked, cast.FOUND, at=asked.updated_at + HOUR)
    second = cast.record(found, cast.verification_request(found))
    back = send_back(second, cast.FOCAL, HOUR)
    third = cast.record(back, cast.verification_request(back))
    assert (
        cast.given(third) == back.sent_back[0].left < cast.given(second) == found.findings[0].left
    )
    assert [each.again for each in third.appointments] == [False, True, True]
    fresh = cast.read(asked_again="fresh")
    whole = cast.record(back, cast.verification_request(back), rules=fresh)
    assert cast.given(whole) == timedelta(hours=8)
    first = cast.record(send_back(asked, cast.FOCAL), cast.verification_request(asked))
    assert [each.again for each in first.appointments] == [False, True]


def test_it_is_passed_around_from_the_second_time_on():
    """R53: a second way back, or a second opinion, gets a caution while the case is open."""
    once = send_back(cast.at_officer())
    twice = send_back(cast.record(once, HAND_ON))
    for case, expected in [(once, False), (twice, True)]:
        assert ("passed_around" in find_cautions(case, cast.context(case.updated_at))) is expected
    answered = cast.record(twice, a.Answer(by=cast.OPERATOR, text="Đã rõ"))
    assert "passed_around" not in find_cautions(answered, cast.context(answered.updated_at))


def test_only_the_holder_sends_it_back():
    """10.1.b: another officer, the operator and the head of another unit cannot."""
    case, agency = cast.at_officer(), cast.at_agency()
    assert cast.refuse_citing(case, attrs.evolve(BACK, by=SECOND)) == [("not_the_holder", "10.1.b")]
    for by in (cast.OPERATOR, cast.HEAD):
        assert cast.refuse_citing(case, attrs.evolve(BACK, by=by)) == [("wrong_role", "10.1.b")]
    other = attrs.evolve(cast.HEAD, unit=cast.LAND)
    for held, act in (
        (agency, attrs.evolve(BACK, by=other)),
        (agency, attrs.evolve(cast.FOUND, by=other)),
        (cast.at_provider(), attrs.evolve(BACK, by=attrs.evolve(cast.PROVIDER, id="bd-2"))),
    ):
        assert cast.refuse(held, act) == ["not_the_holder"]
    for act in (attrs.evolve(cast.FOUND, by=cast.HEAD), attrs.evolve(cast.PUT_OFF, by=cast.HEAD)):
        assert cast.is_recorded(agency, act)
