"""Which steps there are where a case lies, and what is said of those that there are not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from benchmarks.floor import move, plain_case, stepper
from benchmarks.office import steps
from phananh.articles import Article
from phananh.errors import InputError, Refusal
from phananh.regulation import acts as a
from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.regulation.cleaning import _clean_id, fold_id, list_foldings
from phananh.regulation.decide import (
    Recorded,
    Refused,
    _drop_waived,
    decide,
    list_allowed,
    list_triggers,
)
from phananh.regulation.events import Answered
from phananh.regulation.guards import guard
from phananh.regulation.lifecycle import get_table
from phananh.regulation.request import Assignee, Role, State
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


def test_only_the_rows_of_the_holder_are_asked():
    """An officer is told their role, not that they are not the provider who holds the case."""
    for case, person in ((cast.at_provider(), cast.OFFICER), (cast.at_officer(), cast.PROVIDER)):
        found = list_allowed(case, person, cast.context(case.updated_at))["answer"]
        assert [each.code for each in found] == ["wrong_role"]


def test_a_step_that_there_is_not_says_so():
    """Where no step of a name begins, the reason is its own code, with the state and no clause."""
    case = cast.received_case()
    allowed = list_allowed(case, cast.OPERATOR, cast.context(case.updated_at))
    assert allowed.keys() == a.ACTS.keys() - SYSTEM_TRIGGERS - {"receive"}
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
        assert (
            list_allowed(case, cast.OPERATOR, cast.context(case.updated_at, rules))["escalate"]
            == ()
        )


def test_what_is_kept_for_later_acts_is_bounded():
    """Whoever sends ids without end fills no memory, and equal steps are compiled once."""
    for kept, most in (
        (_clean_id, 4096), (fold_id, 4096), (list_foldings, 4096), (_drop_waived, 1024),
    ):  # fmt: skip
        assert kept.cache_info().maxsize == most
    assert get_table(cast.read(name="OWN")) is get_table(HOA_BINH_2019)


ZONES = {
    "America/New_York": datetime(2026, 11, 1, 6, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 4, 4, 15, tzinfo=UTC),
}
TICK = timedelta(minutes=10)


@pytest.fixture(params=ZONES)
def around(request):
    """Return an instant just before clocks go back, and one just after that reads earlier."""
    zone, change = ZoneInfo(request.param), ZONES[request.param]
    before, after = (t.astimezone(zone) for t in (change - TICK, change + TICK))
    assert after < before  # by the wall
    return before, after


def test_an_act_after_the_clocks_went_back_is_later(around):
    """A second act that reads earlier than the first is recorded; one before it is refused."""
    before, after = around
    case = cast.received_case("information", at=before)
    act = a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)
    assert isinstance(cast.decide_on(case, act, at=after), Recorded)
    with pytest.raises(InputError, match=r"^at: .*before"):
        cast.decide_on(cast.received_case("information", at=after), act, at=before)


def test_an_act_at_a_naive_time_is_refused():
    """A time without an offset is never taken for that of the machine."""
    with pytest.raises(InputError, match="has no offset"):
        cast.context(datetime(2026, 3, 4, 9))


def test_an_error_cites_the_first_clause_of_its_reasons():
    """A guard of an office may rest on no clause, and then the next reason says which."""
    reasons = [Refusal(code="own", article=None), Refusal(code="blank", article=Article("9.3"))]
    assert Refused(trigger="note", reasons=tuple(reasons)).as_error("HB-1").article.id == "9.3"


def test_the_floor_of_the_bench_takes_the_same_step():
    """What `decide` is measured against makes an event of as many fields."""
    asked = steps()["answer"]
    moves = move("answer", State.RECEIVED, State.ANSWERED, Role.OPERATOR, Answered)
    event, case = stepper(moves)(
        plain_case(asked.case), asked.act, asked.moment.at, asked.act.text, ()
    )
    (wanted,) = decide(asked.case, asked.act, asked.moment).events
    for name in ("case", "n", "by", "state", "text", "documents"):
        assert getattr(event, name) == getattr(wanted, name)
    assert case.state is State.ANSWERED
