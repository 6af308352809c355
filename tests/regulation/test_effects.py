"""What single events change of a case: who sent it, and every move of its deadline."""

import attrs
import pytest

from phananh.regulation import acts as a
from phananh.regulation.case import fold
from phananh.regulation.request import Erased, Person, Sender
from tests.regulation import cast
from tests.regulation.positions import LIMITED


@pytest.mark.parametrize(
    ("by", "first", "given", "known"),
    [
        (cast.OPERATOR, "CT-1", "CT-2", "CT-2"),  # the portal knew the caller, and was put right
        (cast.OPERATOR, "CT-1", None, "CT-1"),
        (cast.OPERATOR, None, "CT-2", "CT-2"),
        (cast.CITIZEN, None, "CT-2", cast.CITIZEN.id),  # whoever sent it in stays the sender
        (cast.CITIZEN, "CT-1", "CT-2", cast.CITIZEN.id),
    ],
)
def test_who_the_sender_is_after_a_completion(by, first, given, known):
    """R48: another id of a caller counts from then on; whoever sent it in is known already."""
    case = cast.received_case(by=by, sender=Sender(name="Mây", phone="0218383102", id=first))
    more = Sender(address="Số 8", id=given)
    case = cast.record(case, a.Complete(by=cast.OPERATOR, sender=more))
    assert case.sender_id == known


def test_each_move_of_a_deadline_is_kept():
    """R15: moved twice, a limit has two moves, in order, and is due as the last one says."""
    case = cast.at_officer()
    due = case.due
    case = cast.record(case, a.MoveDeadline(recount=cast.make_recount(case)))
    later = case.due
    sooner = cast.make_earlier_recount(case, cast.HOUR)
    case = cast.record(case, a.MoveDeadline(recount=sooner, earlier=True))
    assert [(move.old, move.new) for move in case.moves] == [(due, later), (later, case.due)]
    assert case.due == later - cast.HOUR
    assert {move.opened_by for move in case.moves} == {case.clock.opened_by}


def test_an_erased_completion_leaves_nothing_of_the_sender():
    """Once the sender of a completion is erased, what it replaced is gone as well."""
    case = cast.received_case(by=cast.OPERATOR, sender=Sender(name="Mây", phone="0218383102"))
    act = a.Complete(by=cast.OPERATOR, sender=Sender(phone="0218383103"))
    [completed] = cast.decide_on(case, act).events
    assert fold((completed,), onto=case).former_senders == (case.sender,)
    blank = Erased(length=8, digest="0" * 64)
    case = fold((completed, attrs.evolve(completed, sender=blank, n=3)), onto=case)
    assert (case.sender, case.former_senders) == (blank, ())


def test_a_unit_that_handles_a_case_twice_is_named_once():
    """16.1: the officer and the agency are of one unit, however the agency is written."""
    agency = cast.verification_request(cast.at_officer(), agency=cast.HEALTH.upper())
    assert cast.record(cast.at_officer(), agency).handled_by == (cast.HEALTH,)


def test_one_of_two_agencies_is_asked_again():
    """9.2: the citizen waits once more where any of the agencies that reported is asked again."""
    focal = Person(id="dm-tnmt", role="agency", unit=cast.LAND)
    case = cast.record(cast.at_agency(), cast.FOUND)
    case = cast.record(case, cast.verification_request(case, agency=cast.LAND))
    case = cast.record(case, attrs.evolve(cast.FOUND, by=focal))
    again = cast.record(case, cast.verification_request(case))
    assert [each.again for each in again.appointments] == [False, False, True]


def test_an_opinion_ends_the_limit_of_the_leadership():
    """R9: where the rules give the leadership a limit, none runs once they said what they think."""
    case = cast.at_leadership(rules=LIMITED)
    assert case.clock is not None
    assert cast.record(case, cast.OPINION, rules=LIMITED).clock is None


def test_a_hand_over_to_nobody_adds_no_unit():
    """A history that names no holder leaves the case with nobody, and with no unit more."""
    case = cast.received_case()
    [event] = cast.decide_on(case, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)).events
    assert fold((event,), onto=case).handled_by == (cast.OFFICER.unit,)
    lost = fold((attrs.evolve(event, holder=None),), onto=case)
    assert (lost.holder, lost.officer, lost.handled_by) == (None, None, ())
