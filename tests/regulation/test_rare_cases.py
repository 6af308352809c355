"""What seldom happens: half a minute left, far years, clocks that go back, rows of your own."""

from datetime import timedelta

import attrs

from phananh.regulation.cautions import find_cautions
from phananh.regulation.request import Role
from phananh.regulation.rules import HOA_BINH_2019
from tests.regulation import cast
from tests.regulation.changed_rows import on, rules_of
from tests.regulation.test_asked_again import ask, report
from tests.regulation.test_own_rules import OWN, RECEIPT, desk_of


def test_less_than_a_minute_left_is_said_as_such():
    """To the minute it is "less than a minute". The exact words have the seconds."""
    case = ask(report(cast.at_agency(), timedelta()))
    used = 8 * cast.HOUR - timedelta(seconds=30)
    case = ask(report(case, cast.AGENCY.add(case.updated_at, used) - case.updated_at))
    told = {
        precision: case.deadline.explain("en", calendar=cast.AGENCY, precision=precision)
        for precision in ("minute", "exact")
    }
    assert "continues, less than a minute of 8 working hours" in told["minute"]
    assert "continues, 30 seconds of " in told["exact"]


def test_beyond_the_days_of_a_calendar_nothing_is_known_to_be_left():
    """Of a time promised for a year that nobody knows, no number of hours is left."""
    far = attrs.evolve(cast.PUT_OFF, to=cast.LATER.replace(year=2150))
    case = report(cast.record(cast.at_agency(), far), cast.HOUR)
    assert [each.left for each in case.findings] == [None]


def test_before_its_last_event_a_case_is_not_silent():
    """A clock that goes back finds no wait that is too long."""
    case = cast.received_case("information")
    rules = attrs.evolve(HOA_BINH_2019, valid_until=None)
    late, early = case.since + 60 * cast.DAY, case.since - cast.MINUTE
    assert find_cautions(case, cast.context(late, rules)) == ("silent",)
    assert find_cautions(case, cast.context(early, rules)) == ()


def test_a_case_that_lies_with_nobody_names_nobody():
    """A row of your own may ask for the holder where there is none."""
    desk = desk_of(rules_of(on("close", by_holder=frozenset({Role.OPERATOR}))))
    case = desk.receive(**RECEIPT)
    case = desk.answer(case, text="Mẫu", by=cast.OPERATOR)
    (reason,) = desk.allowed(case, by=cast.OPERATOR)["close"]
    assert (reason.code, dict(reason.facts)) == ("not_the_holder", {})


def test_a_time_that_others_move_cites_no_clause_of_the_decision():
    """A limit of another document says where it was moved to, and not by Article 9.3."""
    deadline = cast.at_officer(rules=OWN).deadline
    to = deadline.due + cast.DAY
    told = deadline.explain("en", calendar=cast.CENTRE, moved_to=to).splitlines()[-1]
    assert "9.3" not in told
    assert f"{to:%H:%M}" in told
