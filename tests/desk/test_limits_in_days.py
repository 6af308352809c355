"""A regulation that counts in days: other limits, the same acts, stores and recalculation (R17)."""

from datetime import date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phananh import HOA_BINH_2019, Desk, InputError, Rules, Term, vietnam_calendar
from phananh.articles import Article
from phananh.errors import RefusedError
from phananh.regulation.case import find_running
from phananh.regulation.deadline import Limit
from phananh.testing.strategies import instants
from tests.desk import people as p
from tests.worktime.terms.drawn import CALENDARS, terms

SIGNED = date(2019, 10, 30)
OFFICE = vietnam_calendar("A")
BEFORE = OFFICE.as_of(date(2025, 12, 24))


def limit(budget, article="9.1"):
    """Return a limit under a clause."""
    return Limit(budget=budget, article=Article(article), since=SIGNED)


def in_days(officer, agency=None, **more):
    """Return rules that count in days."""
    agency = limit(agency or Term.working_days(5, ends="closing"), "9.2")
    return Rules(name="DAYS", officer_limit=limit(officer), agency_limit=agency, **more)


TWO_DAYS = Term.working_days(2, ends="closing")


@pytest.fixture
def days(store, hand):
    """Return a desk with two working days for the officer and five for the agency."""
    return Desk(store=store, rules=in_days(TWO_DAYS), clock=hand)


def test_a_case_goes_its_way_in_days(days, hand):
    """Two working days, then five; put off once and no more; late after it, and after its answer.

    4 March 2026 is a Wednesday.
    """
    case = p.with_agency(days, hand)
    assert f"{case.due:%a %d/%m %H:%M}" == "Wed 11/03 17:30"
    case = days.reschedule(case, to=hand.at + 10 * 24 * p.HOUR, reason="Chờ hồ sơ", by=p.AGENCY)
    with pytest.raises(RefusedError) as refused:
        days.reschedule(case, to=hand.at + 20 * 24 * p.HOUR, reason="Chờ nữa", by=p.AGENCY)
    assert [r.code for r in refused.value.refusals] == ["rescheduled_before"]
    hand.at = case.due + p.MICROSECOND
    assert [lapse.case for lapse in days.sweep().lapsed] == [case.id]
    case = days.report_findings(case.id, text="Đúng một phần", by=p.AGENCY)
    assert (case.is_late, days.get(case.id).is_late) == (True, True)


@pytest.mark.parametrize(
    ("ends", "due", "in_time"),
    [("closing", "Fri 06/03 17:30", "2026-03-06T17:30"), ("midnight", "Sat 07/03 00:00", None)],
)
def test_the_last_day_ends_as_the_rules_say(store, hand, ends, due, in_time):
    """Due at closing, or at 24:00 of the last day; that instant is in time, the next is late."""
    desk = Desk(store=store, rules=in_days(Term.working_days(2, ends=ends)), clock=hand)
    case = p.with_officer(desk)
    assert f"{case.due:%a %d/%m %H:%M}" == due
    assert case.due.isoformat() == (in_time or "2026-03-07T00:00") + ":00+07:00"
    assert not desk.as_of(case, at=case.due).is_late
    assert desk.as_of(case, at=case.due + p.MICROSECOND).is_late


def test_what_is_stored_comes_back_and_is_counted_again(days):
    """The term is stored with its deadline, is read back equal, and the same is counted again."""
    case = p.with_officer(days)
    stored = days.get(case.id).deadline
    assert stored == case.deadline
    assert stored.budget == TWO_DAYS
    assert [f"{s.start:%d %H:%M}-{s.end:%H:%M}" for s in stored.spans] == [
        "04 08:00-11:30", "04 13:30-17:30",
        "05 07:30-11:30", "05 13:30-17:30",
        "06 07:30-11:30", "06 13:30-17:30",
    ]  # fmt: skip
    assert days.verify(case) == ()
    moved = attrs.evolve(stored, due=stored.due + p.HOUR)
    assert moved.verify(OFFICE, "en") == (
        "due 2026-03-06T18:30:00+07:00 stored, 2026-03-06T17:30:00+07:00 computed",
    )


def test_it_is_explained_in_days(days):
    """The clause is named with the limit of these rules, not with the five hours of Article 9.1."""
    case = p.with_officer(days)
    lines = days.explain(case, lang="en").splitlines()
    assert lines[0].startswith("Art. 9(1) of the Regulation of Decision 2370/QĐ-UBND")
    assert lines[0].endswith(": a limit of its own, 2 working days")
    assert lines[1:4] == [
        "Due: Friday 2026-03-06 17:30, at closing. Term: 2 working days.",
        "1. From Wednesday 2026-03-04 08:00: that day is not counted "
        "(Civil Code 2015, Article 147(3)).",
        "2. 2026-03-05 to 2026-03-06: 2 working days, none left.",
    ]
    assert (
        days.explain(case, lang="vi")
        .splitlines()[0]
        .endswith(": thời hạn đặt riêng 2 ngày làm việc")
    )


def test_other_hours_are_told_as_a_limit_of_their_own(store, hand):
    """Three hours under Article 9.1 are not told as the five hours of that clause."""
    desk = Desk(store=store, rules=in_days(3 * p.HOUR), clock=hand)
    first = desk.explain(p.with_officer(desk), lang="en").splitlines()[0]
    assert first.endswith(": a limit of its own, 3 working hours")
    ours = Desk(clock=hand)
    first = ours.explain(p.with_officer(ours), lang="en").splitlines()[0]
    assert first.endswith("within 5 working hours of receipt from the operator")


@pytest.mark.parametrize(
    ("at", "vi", "en"),
    [
        ("2026-03-04T08:00", "còn 2 ngày làm việc", "2 working days left"),
        ("2026-03-06T17:30", "hết hạn hôm nay", "due today"),
        ("2026-03-10T08:00", "trễ hạn 2 ngày làm việc", "overdue by 2 working days"),
    ],
)
def test_how_it_stands_is_told_in_days(days, at, vi, en):
    """What is left or over is told in days; without the calendar of the promise in hours."""
    deadline = p.with_officer(days).deadline
    now = datetime.fromisoformat(f"{at}+07:00")
    assert deadline.time_left_text(now, "vi", calendar=OFFICE) == vi
    assert deadline.time_left_text(now, "en", calendar=OFFICE) == en
    assert deadline.time_left_text(p.MORNING, "en") == "23 hours 30 minutes of working time left"


@pytest.mark.parametrize(
    ("received", "old", "new", "earlier"),
    [((2025, 12, 31, 15), "02/01", "05/01", "keep"), ((2026, 1, 8, 15), "12/01", "10/01", "apply")],
)
def test_a_notice_moves_it(store, hand, received, old, new, earlier):
    """The swap of 2 and 10 January 2026 moves limits in days as it does those in hours."""
    rules = in_days(TWO_DAYS if earlier == "apply" else Term.working_days(1, ends="closing"))
    desk = Desk(store=store, rules=rules, calendar=BEFORE, clock=hand)
    hand.at = datetime(*received, tzinfo=p.VIETNAM)
    case = p.with_officer(desk)
    assert f"{case.due:%d/%m}" == old
    today = desk.with_calendars(OFFICE)
    [move] = today.recalculate(dry_run=False, earlier=earlier).moves
    assert (move.outcome, f"{move.new:%d/%m %H:%M}") == ("moved", f"{new} 17:30")
    assert move.notices == ("CV 12729/VPCP-KGVX",)
    after = today.get(case.id)
    assert after.deadline == attrs.evolve(
        case.deadline,
        due=after.due,
        late_after=after.due,
        version=OFFICE.version,
        spans=OFFICE.spans(case.deadline.start, after.due),
    )
    assert today.verify(after) == ()
    assert today.recalculate(dry_run=False, earlier=earlier).moves == ()


def test_a_term_runs_out_in_its_last_day(hand):
    """Due at 24:00 of the 5th, closed by a notice in time; a later one on the 6th is no matter."""
    desk = Desk(rules=in_days(Term.working_days(1)), calendar=OFFICE, clock=hand)
    case = p.with_officer(desk)
    assert f"{case.due:%d/%m %H:%M}" == "06/03 00:00"
    storms = (
        p.notice("CV 1", date(2026, 3, 5), issued=date(2026, 3, 4)),
        p.notice("CV 2", date(2026, 3, 6), issued=date(2026, 3, 9)),
    )
    hand.at += 5 * 24 * p.HOUR
    today = desk.with_calendars(attrs.evolve(OFFICE, notices=storms))
    [move] = today.recalculate(dry_run=False).moves
    assert (move.outcome, f"{move.new:%d/%m %H:%M}") == ("moved", "10/03 00:00")
    assert move.notices == ("CV 1", "CV 2")


def test_it_is_in_doubt_where_its_days_are(hand):
    """A term that ends where no notice reaches is provisional; one that ends before is not."""
    desk = Desk(rules=in_days(Term.working_days(20), Term.days(3)), clock=hand)
    hand.at = datetime(2026, 12, 22, 9, tzinfo=p.VIETNAM)
    case = p.with_officer(desk)
    assert find_running(case).is_provisional_on(OFFICE)
    assert not find_running(p.with_agency(desk, hand)).is_provisional_on(OFFICE)


@given(
    start=instants(first=date(2020, 1, 2), last=date(2024, 6, 30)),
    term=terms(),
    name=st.sampled_from(sorted(CALENDARS)),
)
def test_a_limit_is_due_when_its_term_is(start, term, name):
    """Law: whatever the term, its options and the calendar, the desk's due time is the term's."""
    desk = Desk(rules=in_days(term), calendar=CALENDARS[name](), clock=lambda: start)
    deadline = p.with_officer(desk).deadline
    assert deadline.due == term.due(start, on=CALENDARS[name]())
    assert deadline.verify(CALENDARS[name]()) == ()


def test_a_limit_is_working_time_or_a_term():
    """A number or a text is refused with both ways out; only a limit may be in days."""
    for wrong in (5, "5 ngày", None):
        with pytest.raises(InputError, match=r"budget.*Term.working_days\(5\)"):
            limit(wrong)
    with pytest.raises(InputError, match="is not a limit"):
        limit(timedelta())
    with pytest.raises(InputError, match="silent_warning"):
        attrs.evolve(HOA_BINH_2019, silent_warning=TWO_DAYS)
