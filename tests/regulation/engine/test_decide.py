"""Which steps there are where a case lies, and what is said of those that there are not."""

import attrs

from phananh.regulation import acts as a
from phananh.regulation.decide import list_allowed, list_triggers
from phananh.regulation.guards import guard
from phananh.regulation.request import Assignee, Role
from phananh.regulation.rules import HOA_BINH_2019
from tests.regulation import cast
from tests.regulation.changed_rows import rules_of


def test_only_the_steps_of_whoever_has_the_case_are_listed():
    """An officer may ask an agency, a provider may not, and the leadership gives an opinion."""
    at_officer, at_provider = cast.at_officer(), cast.at_provider()
    at_leadership = cast.at_leadership()
    told = [
        {*list_triggers(case, HOA_BINH_2019)} for case in (at_officer, at_provider, at_leadership)
    ]
    asked = ("request_verification", "advise", "answer")
    assert [[name in each for name in asked] for each in told] == [
        [True, False, True],
        [False, False, True],
        [False, True, False],
    ]
    assert all("report_findings" not in each for each in told)


def test_a_step_that_there_is_not_says_so():
    """Where no step of a name begins, the reason is its own code, with the state and no clause."""
    case = cast.received_case()
    allowed = list_allowed(case, cast.OPERATOR, cast.context(case.updated_at))
    [reason] = allowed["close"]
    assert (reason.code, reason.article, reason.facts) == (
        "no_such_step",
        None,
        {"state": "received"},
    )


def test_with_whom_the_case_lies_and_with_whom_it_had_to():
    """The refusal names the holder, and each role with which the step could be taken, in order."""
    at_provider = cast.at_provider()
    given = a.Reassign(by=cast.LEADERSHIP, to=Assignee(id="CB-2"))
    for case, act, facts in (
        (
            at_provider,
            cast.verification_request(at_provider),
            {"holder": "provider", "needed": "officer"},
        ),
        (
            cast.at_leadership(),
            given,
            {"holder": "leadership", "needed": "agency|officer|provider"},
        ),
    ):
        first = cast.decide_on(case, act).reasons[0]
        assert (first.code, first.facts) == ("wrong_holder", facts)


@guard("never", "9.1")
def never(_case, _act, _at, _rules):
    """Object always."""
    return {}


def test_of_several_rows_the_one_with_the_fewest_objections_is_told():
    """Whom one row of rules of your own refuses for good may still take the step of another."""

    def shut(row):
        is_first = row.trigger == "escalate" and row.target is Role.OFFICER
        return attrs.evolve(row, guards=(*row.guards, never)) if is_first else row

    for lifecycle in (rules_of(shut).lifecycle, rules_of(shut).lifecycle[::-1]):
        rules = cast.read(lifecycle=lifecycle)
        case = cast.received_case(rules=rules)
        allowed = list_allowed(case, cast.OPERATOR, cast.context(case.updated_at, rules))
        assert allowed["escalate"] == ()
