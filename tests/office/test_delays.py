"""Where time goes is read from the instants of cases (Art. 9, 12.1)."""

import pytest

from phananh import Desk, InputError, Person, Role, vietnam_calendar
from phananh.office import Delay, measure_delays
from tests.desk import people as p

PROVIDER = Person(id="PR-1", role="provider", unit="P-1")
MARCH = p.MORNING.replace(day=1, hour=0)
APRIL = MARCH.replace(month=4)


def pick(found: tuple[Delay, ...]) -> dict[tuple[str | None, str], tuple[int, float, float]]:
    """Return count, median and 90th percentile by group and stage."""
    return {(each.group, each.stage): (each.count, each.median, each.p90) for each in found}


def test_each_stage_counts_with_whom_it_was() -> None:
    """The agency's time goes on after its limit ran out, and the answer is the answerer's."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    case = p.with_officer(desk)
    hand.at += p.HOUR
    desk.request_verification(case, agency="U-2", appointment=hand.at + 50 * p.HOUR, by=p.OFFICER)
    hand.at += 30 * p.HOUR
    desk.sweep()
    desk.report_findings(case.id, text="x", by=p.AGENCY)
    desk.answer(case.id, text="x", by=p.OFFICER)
    desk.reject(p.a_case(desk), reasons=["unclear"], guidance="x", by=p.OPERATOR)
    desk.escalate(
        p.a_case(desk, kind="service", at=hand.at - 2 * p.HOUR), to=PROVIDER, by=p.OPERATOR
    )
    found = pick(measure_delays(desk, since=MARCH, before=APRIL))
    assert found == {
        ("U-1", "first_word"): (1, 1, 1), ("U-1", "officer"): (1, 1, 1),
        ("U-2", "agency"): (1, 30, 30), ("U-1", "answer"): (1, 31, 31),
        (None, "first_word"): (1, 0, 0), ("*", "first_word"): (2, 0.5, 1),
        (None, "operator"): (3, 0, 2), ("*", "operator"): (3, 0, 2),
        ("*", "officer"): (1, 1, 1), ("*", "agency"): (1, 30, 30), ("*", "answer"): (1, 31, 31),
    }  # fmt: skip
    by_kind = pick(measure_delays(desk, since=MARCH, before=APRIL, by="kind"))
    assert by_kind["regulation", "agency"] == (1, 30, 30)
    assert ("U-1", "officer") not in pick(
        measure_delays(desk, since=hand.at - p.HOUR, before=APRIL)
    )
    assert measure_delays(desk, since=APRIL, before=APRIL + p.HOUR) == ()


def test_working_hours_are_those_of_who_had_it() -> None:
    """Of 33 hours with an agency 15.5 are working hours of its own, and 15 of others."""
    hand = p.Hand()
    hours = dict.fromkeys(Role, vietnam_calendar("A")) | {Role.AGENCY: vietnam_calendar("VP")}
    desk = Desk(clock=hand, calendar=hours)
    case = p.with_officer(desk)
    desk.request_verification(case, agency="U-2", appointment=hand.at + 50 * p.HOUR, by=p.OFFICER)
    hand.at += 33 * p.HOUR
    desk.report_findings(case.id, text="x", by=p.AGENCY)
    found = measure_delays(desk, since=MARCH, before=APRIL)
    spent = {(each.group, each.stage): (each.median, each.working_median) for each in found}
    assert (spent["U-2", "agency"], spent["U-1", "officer"]) == ((33, 15.5), (0, 0))
    asked = p.a_case(desk, kind="service")
    desk.escalate(asked, to=PROVIDER, by=p.OPERATOR)
    desk.answer(asked.id, text="x", by=PROVIDER)
    found = measure_delays(desk, since=MARCH, before=APRIL)
    assert [each.count for each in found if (each.group, each.stage) == ("P-1", "first_word")] == [
        1
    ]


def test_a_stage_from_before_the_calendar_is_left_out() -> None:
    """A mistyped year in a log leaves the delays of the others readable."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    desk.answer(p.a_case(desk, at=hand.at.replace(year=1970)), text="x", by=p.OPERATOR)
    assert measure_delays(desk, since=MARCH, before=APRIL) == ()


def test_percentiles_are_of_whole_cases() -> None:
    """Of ten answers after 1 to 10 hours the middle two took 5 and 6, and nine took at most 9."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    for case in [p.a_case(desk) for _ in range(10)]:
        hand.at += p.HOUR
        desk.answer(case, text="x", by=p.OPERATOR)
    found = pick(measure_delays(desk, since=MARCH, before=APRIL))
    assert found[None, "answer"] == found["*", "answer"] == (10, 5.5, 9)


def test_a_procedure_is_the_one_that_was_said_last() -> None:
    """A case counts for the procedure that a completion put right, and else for none."""
    desk = Desk(clock=p.Hand())
    about = p.a_case(desk, procedure="1.000")
    desk.complete(about, procedure="2.000", by=p.OPERATOR)
    for case in (about.id, p.a_case(desk), p.a_case(desk, procedure="*")):
        desk.answer(case, text="x", by=p.OPERATOR)
    found = measure_delays(desk, since=MARCH, before=APRIL, by="procedure")
    assert [(each.group, each.count) for each in found if each.stage == "answer"] == [
        (None, 1), ("*", 1), ("2.000", 1), ("*", 3),
    ]  # fmt: skip


def test_what_is_no_period_or_group_is_refused() -> None:
    """A period ends after it begins, and time is grouped by unit, kind or procedure."""
    for wrong, field in (({"before": MARCH}, "before"), ({"by": "officer"}, "by")):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            measure_delays(Desk(), **{"since": MARCH, "before": APRIL, **wrong})
        assert caught.value.field == field
