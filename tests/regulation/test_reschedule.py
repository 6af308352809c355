"""An agency that is asked again goes on with what was left of its limit (Art. 9.2, R41)."""

from datetime import timedelta

import attrs
import pytest

from phananh.articles import Article
from phananh.errors import CoverageError
from phananh.regulation import acts as a
from phananh.regulation.case import Case, find_running, fold
from phananh.regulation.cautions import find_cautions
from phananh.regulation.cleaning import fold_id
from phananh.regulation.deadline import SIGNED_ON, Limit
from phananh.regulation.decide import as_of
from phananh.regulation.request import Person, State
from phananh.regulation.reschedule import is_after_reschedule, is_time_provisional
from phananh.worktime.terms import Term
from tests.regulation import cast
from tests.regulation.cast import AGENCY, HOUR, US

FRESH = cast.read(asked_again="fresh")
LAND_FOCAL = Person(id="dm-tnmt", role="agency", unit=cast.LAND)
OTHERS = attrs.evolve(cast.PUT_OFF, by=LAND_FOCAL)


def report(case: Case, after: timedelta, by: Person = cast.FOCAL, **how) -> Case:
    """Return the case after the agency reported so much later."""
    act = a.ReportFindings(by=by, text="Có chậm trễ")
    return cast.record(case, act, at=case.updated_at + after, **how)


def ask(case: Case, agency: str = cast.HEALTH, **how) -> Case:
    """Return the case after the officer asked the agency a minute later."""
    return cast.record(case, cast.verification_request(case, agency=agency), **how)


def test_the_limit_goes_on_with_what_was_left():
    """Three requests to one agency give it eight hours in all, and not three times eight."""
    case = cast.at_agency()  # Monday 10:31, of 08:00-12:00 and 13:00-16:00
    case = ask(report(case, HOUR))
    assert (cast.given(case), case.due) == (7 * HOUR, AGENCY.add(case.updated_at, 7 * HOUR))
    case = ask(report(case, HOUR - cast.MINUTE))  # from 11:32 on, 28 minutes before noon
    assert (cast.given(case), case.deadline.continues) == (7 * HOUR - 28 * cast.MINUTE, 8 * HOUR)
    late = as_of(case, cast.context(case.due + US))
    assert (late.state, late.is_late) == (State.OVERDUE, True)


def test_another_agency_has_its_own_limit():
    """R22: another agency gets eight hours, and each goes on with its own when asked again."""
    case = ask(report(cast.at_agency(), HOUR), cast.LAND)
    assert (cast.given(case), case.deadline.continues) == (8 * HOUR, None)
    case = ask(report(case, cast.MINUTE, LAND_FOCAL), cast.HEALTH)
    assert cast.given(case) == 7 * HOUR
    case = ask(report(case, HOUR), cast.LAND)
    assert cast.given(case) == 8 * HOUR - cast.MINUTE


def test_of_one_instant_the_last_report_counts():
    """R41: acts of one instant have an order, and what was left last is what goes on."""
    at = cast.at_agency().updated_at
    request = cast.verification_request(cast.at_officer())
    again = cast.record(report(cast.at_agency(), 0 * HOUR), request, at=at)
    case = cast.record(report(cast.record(again, cast.PUT_OFF, at=at), 0 * HOUR), request, at=at)
    assert cast.given(case) == AGENCY.between(at, cast.LATER) > cast.given(again) == 8 * HOUR


def test_a_unit_is_the_same_however_it_is_spelt():
    """Units compare folded: neither capitals nor another spelling give a new limit."""
    case = report(cast.at_agency(), HOUR)
    assert cast.given(ask(case, cast.HEALTH.upper())) == 7 * HOUR
    for unit, other in [("Sở Y tế Hòa Bình", "Sở Y tế Hoà Bình"), ("Xã Kỳ Lí", "XÃ KÌ LÝ")]:
        focal = attrs.evolve(cast.FOCAL, unit=unit)
        request = cast.verification_request(cast.at_officer(), agency=focal.unit)
        case = report(cast.record(cast.at_officer(), request), HOUR, focal)
        assert case.findings[0].agency == fold_id(focal.unit) != focal.unit
        assert cast.given(ask(case, other)) == 7 * HOUR
    (event,) = cast.decide_on(cast.at_agency(), cast.FOUND).events
    assert event.agency == cast.HEALTH


def test_the_latest_report_counts():
    """What was left at the last report counts, not what was left at an earlier one."""
    case = ask(report(ask(report(cast.at_agency(), HOUR)), HOUR - cast.MINUTE))
    assert cast.given(case) == case.findings[-1].left < case.findings[0].left


@pytest.mark.parametrize("after", [timedelta(), US, HOUR], ids=["at the due", "late", "much later"])
def test_nothing_is_left_of_a_limit_that_ran_out(after):
    """Asked again the agency is in time at that very instant, and late from the next one on."""
    case = cast.at_agency()
    case = cast.record(case, cast.FOUND, at=case.due + after)
    lapses = len(case.lapses)
    assert case.findings[-1].left == timedelta()
    case = ask(case)
    assert (cast.given(case), case.due, case.deadline.spans, case.state) == (
        timedelta(), case.updated_at, (), State.PENDING_VERIFICATION,
    )  # fmt: skip
    assert as_of(case, cast.context(case.due)).state is State.PENDING_VERIFICATION
    late = as_of(case, cast.context(case.due + US))
    assert late.state is State.OVERDUE
    assert [each.due for each in late.lapses[lapses:]] == [case.due]
    rules = cast.read(reschedule_after_due=True)
    assert (
        cast.decide_on(case, cast.PUT_OFF, at=case.due + US, rules=rules).events[-1].old == case.due
    )


def test_a_limit_of_nothing_may_not_be_rescheduled():
    """9.3: where nothing is left a reschedule is refused, at that very instant and after it."""
    case = cast.at_agency()
    case = ask(cast.record(case, cast.FOUND, at=case.due))
    assert cast.refuse_citing(case, cast.PUT_OFF, at=case.due) == [("nothing_left", "9.3")]
    (reason,) = cast.decide_on(case, cast.PUT_OFF, at=case.due + US).reasons
    assert (reason.code, reason.article.id) == ("already_late", "9.3")
    assert f"{case.due:%H:%M:%S.%f}" in reason.text()  # not the minute, in which it is tried
    assert reason.facts["at"] == case.due + US
    assert cast.is_recorded(
        case, cast.PUT_OFF, at=case.due, rules=cast.read(reschedule_after_due=True)
    )


def test_a_new_time_is_later_than_the_due_time():
    """9.3, R24: the due time itself, and a time before it, are refused."""
    case = cast.at_agency()
    for to in (case.due, case.due - HOUR):
        assert [
            (each.code, each.facts)
            for each in cast.decide_on(case, attrs.evolve(cast.PUT_OFF, to=to)).reasons
        ] == [("not_later", {"due": case.due, "to": to})]
    assert cast.is_recorded(case, attrs.evolve(cast.PUT_OFF, to=case.due + US))


def test_what_is_left_counts_to_the_rescheduled_time():
    """The due that ran then counts, moved by a reschedule: more than eight hours may be left."""
    case = cast.record(cast.at_agency(), cast.PUT_OFF)
    case = report(case, HOUR)
    left = AGENCY.between(case.updated_at, cast.LATER)
    again = ask(case)
    assert cast.given(again) == left > 8 * HOUR
    told = again.deadline.explain(calendar=AGENCY)
    assert told.startswith("Art. 9(2), Art. 9(3) of the Regulation")
    assert "which was rescheduled, continues with 47 hours 57 minutes of" in told


def test_a_reschedule_that_moves_nothing_leaves_what_was_left():
    """R3: where a reschedule moves no due time, what is left counts to the first one."""
    rules = cast.read(reschedule_moves_due=False)
    case = cast.record(cast.at_agency(rules=rules), cast.PUT_OFF, rules=rules)
    case = ask(report(case, HOUR - cast.MINUTE, rules=rules), rules=rules)
    assert cast.given(case) == 7 * HOUR


def test_fresh_gives_the_whole_limit_again():
    """The other reading gives the agency eight hours with every request."""
    case = report(cast.at_agency(rules=FRESH), HOUR, rules=FRESH)
    case = ask(case, rules=FRESH)
    assert (cast.given(case), case.deadline.continues) == (8 * HOUR, None)


def test_a_limit_in_days_goes_on_as_working_time():
    """Of five working days there is left the working time until they end."""
    limit = Limit(budget=Term.working_days(5), article=Article("9.2"), since=SIGNED_ON)
    rules = cast.read(agency_limit=limit)
    case = report(cast.at_agency(rules=rules), HOUR, rules=rules)
    was = case.deadlines[-1][1]
    again = ask(case, rules=rules)
    assert cast.given(again) == AGENCY.between(case.updated_at, was.due)
    assert again.deadline.continues == limit.budget
    assert "of 5 working days" in again.deadline.explain(calendar=AGENCY)
    assert again.deadline.as_dict()["continues"] == {
        "budget_us": None, "term": limit.budget.as_dict(),
    }  # fmt: skip


@pytest.mark.parametrize("late", [timedelta(), 20 * HOUR], ids=["in time", "late"])
def test_a_history_of_before_is_counted_from_what_it_holds(late):
    """Findings without what was left give it by their moment and the due time that ran then."""
    case = cast.at_agency()
    at = case.due + late if late else case.updated_at + HOUR
    *lapse, event = cast.decide_on(case, cast.FOUND, at=at).events
    old = fold((*lapse, attrs.evolve(event, agency=None, left=None)), onto=case)
    assert old.findings[-1].left == (timedelta() if late else None)
    assert cast.given(ask(old)) == (timedelta() if late else 7 * HOUR)


@pytest.mark.parametrize(
    ("after", "vi", "en"),
    [
        (
            HOUR,
            "thời hạn tiếp tục, còn 7 giờ làm việc trong 8 giờ làm việc (cách hiểu R41)",
            "the limit continues, 7 working hours of 8 working hours left (reading R41)",
        ),
        (
            cast.DAY * 3,
            "thời hạn 8 giờ làm việc tiếp tục, không còn thời gian, đến hạn ngay (cách hiểu R41)",
            "continues, no time is left, so it is due at once (reading R41)",
        ),
    ],
)
def test_the_explanation_says_that_it_goes_on(after, vi, en):
    """The reasons say that the limit continues, and how much of it."""
    case = ask(report(cast.at_agency(), after))
    for lang, words in (("vi", vi), ("en", en)):
        told = case.deadline.explain(lang, calendar=AGENCY)
        assert words in told
        assert "0 giờ" not in told.replace("10 giờ", "")
        assert "0 h" not in told


def test_what_older_findings_left_is_counted_when_it_is_asked_for():
    """Where it was not stored, it is counted to the due time then, and else it is as stored."""
    case = report(cast.at_agency(), HOUR)
    for left, given in ((None, 7 * HOUR), (HOUR, HOUR)):
        assert given == cast.given(
            ask(attrs.evolve(case, findings=(attrs.evolve(case.findings[0], left=left),)))
        )


def test_a_whole_limit_that_goes_on_was_not_rescheduled():
    """Who reports at once has all of the limit left, and nobody put it off for that."""
    case = ask(report(cast.at_agency(), timedelta()))
    assert cast.given(case) == timedelta(hours=8)
    assert "Art. 9(3)" not in case.deadline.explain(calendar=AGENCY)


def test_a_reschedule_after_the_report_is_not_one_before_it():
    """9.3: a limit that goes on, and is put off only then, did not begin as one put off."""

    def is_put_off(case):
        return is_after_reschedule(case, find_running(case))

    case = cast.record(ask(report(cast.at_agency(), HOUR)), cast.PUT_OFF)
    assert not is_put_off(case)
    again = ask(report(cast.record(cast.at_agency(), cast.PUT_OFF), HOUR))
    by_head = attrs.evolve(cast.PUT_OFF, by=cast.HEAD)
    at_once = ask(report(cast.record(cast.at_agency(), by_head), timedelta()))
    assert (is_put_off(again), is_put_off(at_once)) == (True, True)
    assert not is_put_off(cast.record(cast.at_agency(), cast.PUT_OFF))
    assert is_put_off(ask(report(ask(report(again, HOUR), cast.LAND), 2 * HOUR, LAND_FOCAL)))
    put_off = cast.record(cast.at_agency(), cast.PUT_OFF)
    assert is_put_off(ask(cast.record(put_off, a.SendBack(by=cast.FOCAL, text="Nhầm"))))
    other = report(cast.record(ask(cast.at_officer(), cast.LAND), OTHERS), HOUR, LAND_FOCAL)
    assert not is_put_off(ask(report(ask(other), HOUR)))
    put_off = officers = report(put_off, HOUR)
    for act in (a.SendBack(by=cast.OFFICER, text="Nhầm"),
                a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)) * 2:  # fmt: skip
        officers = cast.record(officers, act)
    assert not is_put_off(officers)
    other = report(ask(put_off, cast.LAND), HOUR, LAND_FOCAL)  # which had as much left
    same = tuple(attrs.evolve(each, left=HOUR) for each in other.findings)
    assert is_put_off(ask(attrs.evolve(other, findings=same)))


def test_a_time_on_the_first_day_of_the_notices_is_official():
    """9.3: from its midnight on, though the day before is not."""
    midnight = cast.MONDAY.replace(hour=0, minute=0)
    calendar = attrs.evolve(AGENCY, known_from=midnight.date())
    doubts = [is_time_provisional(at, calendar=calendar) for at in (midnight - HOUR, midnight)]
    assert doubts == [True, False]
    with pytest.raises(CoverageError):
        is_time_provisional(midnight - HOUR, calendar=attrs.evolve(calendar, strict=True))


def test_a_repeated_request_is_a_caution():
    """The new appointment of a repeated request is pointed out as long as an answer is owed."""
    first = report(cast.at_agency(), HOUR)
    other = ask(first, cast.LAND)
    again = ask(first)
    assert list({each.version: each.again for each in again.appointments}.values()) == [False, True]
    assert "appointment_again" in cautions(again)
    assert "appointment_again" not in cautions(other)
    assert "appointment_again" not in cautions(cast.record(report(again, cast.MINUTE), cast.ANSWER))


def cautions(case: Case) -> tuple[str, ...]:
    """Return what is pointed out of a case at the moment of its last event."""
    return find_cautions(case, cast.context(case.updated_at))
