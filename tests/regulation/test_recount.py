"""What a changed calendar does to a limit that runs, and what it leaves alone (R15, R37, R38)."""

from datetime import date, datetime, timedelta

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from phananh.regulation import acts as a, events as e
from phananh.regulation.case import fold
from phananh.regulation.context import DecisionContext
from phananh.regulation.deadline import start_limit
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.figures import to_seconds
from phananh.regulation.recount import ChangedDay, find_changed_days, is_dated, recount
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import Notice, NoticeDay, Span, Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.timetable import Hours
from tests.regulation import cast

# CV 12729/VPCP-KGVX of 2025-12-25: Friday 2026-01-02 off, Saturday 2026-01-10 worked.
NOW = vietnam_calendar("A")
BEFORE = NOW.as_of(date(2025, 12, 24))
HOURS = timedelta(hours=1)
NEXT_OPENING = attrs.evolve(HOA_BINH_2019, late_after="next_opening")


def at(text: str) -> datetime:
    """Return a moment on the wall in Vietnam."""
    return datetime.fromisoformat(f"{text}+07:00")


def make_deadline(start: str, hours: int, *, rules=HOA_BINH_2019, calendar=BEFORE):
    """Return a deadline as it was told."""
    limit = attrs.evolve(rules.officer_limit, budget=hours * HOURS)
    return start_limit(limit, at=at(start), calendar=calendar, rules=rules)


def recount_on(deadline, *, rules=HOA_BINH_2019, calendar=NOW):
    """Return what a calendar makes of a deadline."""
    return recount(deadline, calendar=calendar, rules=rules)


def with_officer(start: str, *, calendar=BEFORE, rules=HOA_BINH_2019):
    """Return a case passed to the officer at a moment."""
    context = DecisionContext(at=at(start), rules=rules, calendar_for=lambda role, unit: calendar)
    case = cast.received_case("information", at=at(start) - cast.MINUTE, rules=rules)
    return decide(case, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER), context).case


def move(case, when: datetime, *, calendar=NOW, rules=HOA_BINH_2019, **options):
    """Return what the Regulation says to moving a case's deadline."""
    found = recount(case.deadline, calendar=calendar, rules=rules)
    context = DecisionContext(at=when, rules=rules, calendar_for=lambda role, unit: calendar)
    return decide(case, a.MoveDeadline(recount=found, **options), context)


@pytest.mark.parametrize(
    ("start", "hours", "old", "new", "days", "cause"),
    [
        ("2025-12-31T15:00", 5, "2026-01-02T10:00", "2026-01-05T10:00", [2], "day_off"),
        ("2026-01-09T15:00", 8, "2026-01-12T15:00", "2026-01-10T15:00", [10], "worked_day"),
    ],
)
def test_the_late_notice_of_2025(start, hours, old, new, days, cause):
    """The notice of 25 December 2025 moves one due time later and another earlier, and says why."""
    before = make_deadline(start, hours)
    found = recount_on(before)
    assert (before.due, found.deadline.due) == (at(old), at(new))
    assert found.days == tuple(date(2026, 1, day) for day in days)
    assert found.notices == (NOW.day(found.days[0]).source,)
    assert "12729" in found.notices[0]
    assert (found.cause, found.issued, found.known) == (cause, *[date(2025, 12, 25)] * 2)
    assert found.deadline.verify(NOW) == ()
    kept = ("start", "budget", "article")
    assert all(getattr(before, name) == getattr(found.deadline, name) for name in kept)


def test_a_move_is_recorded_with_its_reasons():
    """The case is then due at the new time, for the new reasons, by the same clock (R15)."""
    case = with_officer("2025-12-31T15:00")
    done = move(case, at("2025-12-31T16:00"))
    [event] = done.events
    after = done.case
    assert (type(done), type(event)) == (Recorded, e.DeadlineMoved)
    told = ", because of a day off (2026-01-02), by CV 12729/VPCP-KGVX (Art. 9(1))"
    assert event.as_text().endswith(told)
    assert (event.clock, event.old, event.deadline.due) == (2, case.due, at("2026-01-05T10:00"))
    assert (event.old_version, event.deadline.version) == (BEFORE.version, NOW.version)
    assert (event.by.role.value, event.state, event.holder) == ("system", case.state, case.holder)
    assert (after.due, after.clock.late_after) == (at("2026-01-05T10:00"),) * 2
    assert (after.clock.opened_by, after.since) == (case.clock.opened_by, case.since)
    assert [deadline.due for _, deadline in after.deadlines] == [case.due, after.due]
    assert (after.deadline.verify(NOW), after.is_due_rescheduled) == ((), False)
    [moved] = after.moves
    assert (moved.old, moved.new, moved.notices) == (case.due, after.due, event.notices)
    assert fold(done.events, onto=case) == after
    other = with_officer("2025-12-31T14:00")
    context = cast.context(at("2025-12-31T16:00"))
    act = a.MoveDeadline(recount=recount(case.deadline, calendar=NOW, rules=HOA_BINH_2019))
    [reason] = decide(other, act, context).reasons
    assert reason.code == "nothing_to_move"
    assert after.figures[-1] == ("moved", to_seconds(event.at), 0, 2, to_seconds(after.due))


def test_an_earlier_time_is_asked_for():
    """A worked day takes no promised time away, unless that is asked for."""
    case, when = with_officer("2026-01-09T15:00"), at("2026-01-09T16:00")
    assert cast.refusal_codes(move(case, when)) == ["earlier_kept"]
    assert move(case, when, earlier=True).case.due == at("2026-01-10T10:00")
    assert [
        (reason.code, reason.facts)
        for reason in move(case, at("2026-01-10T10:01"), earlier=True).reasons
    ] == [("moved_into_past", {"due": at("2026-01-10T10:00"), "at": at("2026-01-10T10:01")})]


def test_a_promised_time_stays():
    """R38: the time named to the citizen at a reschedule was not counted, and does not move."""
    context = DecisionContext(
        at=at("2025-12-31T15:30"), rules=HOA_BINH_2019, calendar_for=lambda r, u: BEFORE
    )
    asked = decide(
        with_officer("2025-12-31T15:00"),
        a.RequestVerification(
            by=cast.OFFICER, agency=cast.HEALTH, appointment=at("2026-01-08T09:00")
        ),
        context,
    ).case
    assert not asked.is_due_rescheduled
    put_off = cast.record(
        asked, a.Reschedule(by=cast.FOCAL, to=at("2026-01-08T09:00"), reason="Chờ")
    )
    assert (put_off.is_due_rescheduled, put_off.due) == (True, at("2026-01-08T09:00"))
    assert cast.refusal_codes(move(put_off, at("2025-12-31T16:00"))) == ["promised_time"]


@pytest.mark.parametrize(
    ("issued", "option", "answer"),
    [
        ("2026-01-01", {}, "moves"),
        ("2026-01-02", {}, "moves"),
        ("2026-01-03", {}, ["ran_out_before"]),
        (None, {}, ["ran_out_before"]),
        ("2026-01-03", {"notice_reaches_back": True}, "moves"),
        (None, {"notice_reaches_back": True}, "moves"),
    ],
)
def test_a_limit_that_ran_out(issued, option, answer):
    """R37: run out before the notice was issued it stays so; else, unmarked, it moves."""
    rules = attrs.evolve(HOA_BINH_2019, **option)
    case = with_officer("2025-12-31T15:00", rules=rules)
    found = attrs.evolve(recount_on(case.deadline), issued=issued and date.fromisoformat(issued))
    context = DecisionContext(at=at("2026-01-03T09:00"), rules=rules, calendar_for=lambda r, u: NOW)
    said = decide(case, a.MoveDeadline(recount=found), context)
    if answer == "moves":
        assert [type(event) for event in said.events] == [e.DeadlineMoved]
        assert (said.case.lapses, said.case.due) == ((), at("2026-01-05T10:00"))
    else:
        assert cast.refusal_codes(said) == answer
        assert [reason.text() for reason in said.reasons] == [
            "the limit ran out, 2026-01-02 10:00, and no notice shows that the change had been "
            "issued by then"
        ]


def test_a_lapse_that_stands_is_kept():
    """What was marked late has no clock, and nothing of it moves (9.2)."""
    case = with_officer("2025-12-31T15:00")
    found = recount_on(case.deadline)
    late = cast.record(case, a.Lapse(), at=at("2026-01-03T09:00"))
    said = cast.decide_on(late, a.MoveDeadline(recount=found), at=at("2026-01-03T09:30"))
    assert cast.refusal_codes(said) == ["nothing_to_move"]


def test_only_the_last_instant_moves_under_the_other_reading():
    """R14 read otherwise: due at a closing, late after another opening; that opening is named."""
    before = make_deadline("2025-12-31T15:30", 2, rules=NEXT_OPENING)
    assert (before.due, before.late_after) == (at("2025-12-31T17:30"), at("2026-01-02T07:30"))
    found = recount_on(before, rules=NEXT_OPENING)
    assert (found.deadline.due, found.deadline.late_after) == (before.due, at("2026-01-05T07:30"))
    assert (found.days, found.cause) == ((date(2026, 1, 2),), "day_off")


STARTS = st.datetimes(datetime(2026, 3, 2), datetime(2026, 4, 10)).map(
    lambda t: t.replace(tzinfo=cast.VIETNAM)
)
DAYS = st.sets(st.dates(date(2026, 3, 1), date(2026, 5, 20)), min_size=1, max_size=6)


def changed(days, kind: str):
    """Return preset A with a notice that makes each of the days something."""
    notice = Notice(
        document="TB 1", issued=date(2026, 2, 1), days=tuple(NoticeDay(d, kind) for d in days)
    )
    return attrs.evolve(NOW, notices=(notice,))


@given(STARTS, st.integers(1, 120), DAYS)
def test_a_day_off_never_comes_earlier(start, hours, days):
    """Law 25: whatever days are taken off, no due time comes earlier, and the days are named."""
    before = make_deadline(start.isoformat()[:-6], hours, calendar=NOW)
    found = recount_on(before, calendar=changed(days, "off"))
    if found is not None:
        assert found.deadline.due > before.due
        assert set(found.days) <= days
        assert (found.cause, found.notices) == ("day_off", ("TB 1",))
        assert (found.unexplained, found.known) == ((), date(2026, 2, 1))


@given(STARTS, st.integers(1, 120), DAYS)
def test_a_worked_day_never_comes_later(start, hours, days):
    """Whatever days are worked besides, no due time comes later, and the days are named."""
    before = make_deadline(start.isoformat()[:-6], hours, calendar=NOW)
    found = recount_on(before, calendar=changed(days, "worked"))
    if found is not None:
        assert found.deadline.due < before.due
        assert set(found.days) <= days
        assert (found.cause, found.notices, found.unexplained) == ("worked_day", ("TB 1",), ())


@given(STARTS, st.integers(1, 120), DAYS, st.sampled_from(["off", "worked"]), st.booleans())
def test_a_notice_left_out_explains_nothing(start, hours, days, kind, known):
    """Whatever a notice did, without it all that changed is unexplained, and it may be named."""
    then = changed(days, kind)
    assume(known or not any(is_dated(NOW.day(day)) for day in days))  # a public day is a reason
    before = make_deadline(start.isoformat()[:-6], hours, calendar=then)
    found = recount(
        before, calendar=NOW, rules=HOA_BINH_2019, find_former=lambda: then if known else None
    )
    if found is not None:
        assert (found.cause, found.notices, found.unexplained) == ("unexplained", (), found.days)
        assert set(found.days) <= days
        assert found.missing == (("TB 1",) if known else ())


A = vietnam_calendar("A")
CUT = Span(
    datetime(2026, 4, 1, 8, tzinfo=cast.VIETNAM), datetime(2026, 4, 1, 9, tzinfo=cast.VIETNAM)
)
WORKED, OFF = (
    Notice(document=document, issued=date(2026, 3, 2), days=[NoticeDay(date(2026, 3, day), kind)])
    for document, day, kind in (("CV 3", 7, "worked"), ("CV 1", 5, "off"))
)


def make_afternoon_deadline(calendar, day):
    """Return a limit of five hours that began on an afternoon in March, at 15:00."""
    return make_deadline(f"2026-03-{day:02}T15:00", 5, calendar=calendar)


def recount_former(deadline, calendar, then):
    """Return the recount, with the calendar of the promise at hand."""
    return recount(deadline, calendar=calendar, rules=HOA_BINH_2019, find_former=lambda: then)


def test_the_notices_of_the_parts_are_known():
    """Of hours put together from calendars, the notices of each part count as theirs."""
    evening = WorkCalendar(name="B", timetable=Timetable.weekly("18:00-18:30", days="mon"))
    for put_together in (lambda each: each - CUT, lambda each: each | evening):
        both = (put_together(each) for each in (A.with_notices([WORKED]), A))
        then, today = (attrs.evolve(each, name="A") for each in both)
        lost = recount_former(make_afternoon_deadline(then, 6), today, then)
        assert (lost.cause, lost.missing) == ("unexplained", ("CV 3",))
        found = recount_former(make_afternoon_deadline(today, 6), then, today)
        assert (found.cause, found.notices, found.unexplained) == ("worked_day", ("CV 3",), ())
        assert (found.known, found.missing) == (date(2026, 3, 2), ())


@pytest.mark.parametrize(
    "then",
    [
        attrs.evolve(A, known_through=date(2026, 3, 5), strict=True),
        attrs.evolve(A, days=attrs.evolve(A.days, last_day=date(2026, 3, 5))),
    ],
    ids=["strict", "without such days"],
)
def test_where_the_former_calendar_ends_the_spans_are_asked(then):
    """A calendar that ends before the new time is asked nothing behind it, and stops nothing."""
    found = recount_former(make_afternoon_deadline(then, 4), A.with_notices([OFF]), then)
    assert f"{found.deadline.due:%d/%m %H:%M}" == "06/03 10:00"
    assert (found.days, found.notices) == ((date(2026, 3, 5),), ("CV 1",))


def test_a_notice_of_hours_put_together_is_found_without_the_former_calendar():
    """Where nobody has the calendar of then, a notice since explains a day of two offices too."""
    both = attrs.evolve(A | vietnam_calendar("VP"), name="A")
    days = (date(2026, 3, 5), date(2026, 3, 6))
    storm = Notice("CV 7", date(2026, 3, 5), days=[NoticeDay(day, "off") for day in days])
    found = recount_former(make_afternoon_deadline(both, 4), both.with_notices([storm]), None)
    assert (found.days, found.notices) == (days, ("CV 7",))
    known = attrs.evolve(storm, issued=date(2026, 3, 4), known_on=date(2026, 3, 4))
    same = recount_former(make_afternoon_deadline(both, 4), both.with_notices([known]), None)
    assert same.days == days[:1]  # the later one was off on the day of the promise too
    undated = both.with_notices([attrs.evolve(storm, issued=None, known_on=None)])
    assert recount_former(make_afternoon_deadline(both, 4), undated, None).days == days


def test_a_day_that_another_office_works_besides_is_unexplained():
    """Its hours explain the days that were worked, not a Saturday on which nobody worked then."""
    other = WorkCalendar(name="B", timetable=Timetable.weekly("07:30-11:30", days="mon-sat"))
    deadline = make_afternoon_deadline(A, 6)  # a Friday: five hours end on Monday morning
    found = recount(deadline, calendar=other, rules=HOA_BINH_2019)
    assert found.days == (date(2026, 3, 6), date(2026, 3, 7))
    assert found.unexplained == (date(2026, 3, 7),)
    same = recount(deadline, calendar=attrs.evolve(other, name="A"), rules=HOA_BINH_2019)
    assert same.unexplained == same.days == found.days


def test_a_notice_beyond_the_old_time_came_in_time_or_not():
    """R37 asks for the notice that moved the old due time, not for one of a day behind it."""
    after = Notice(
        document="CV 2", issued=date(2026, 3, 9), days=[NoticeDay(date(2026, 3, 6), "off")]
    )
    found = recount_former(make_afternoon_deadline(A, 4), A.with_notices([OFF, after]), A)
    assert (found.issued, found.known) == (date(2026, 3, 2), date(2026, 3, 9))
    assert found.notices == ("CV 1", "CV 2")
    worked = Notice(document="CV 3", issued=after.issued, days=WORKED.days)
    ends = recount_on(make_afternoon_deadline(A, 4), calendar=A.with_notices([OFF, after, worked]))
    assert [day.day for day in ends.days] == [5, 6, 7]  # up to the day on which it ends now
    days = [NoticeDay(date(2026, 4, day), "off") for day in (29, 30)]  # the second is a holiday
    eve = Notice(document="CV 4", issued=date(2026, 4, 30), days=days)
    old = make_deadline("2026-04-29T07:30", 5, calendar=A)
    assert [day.day for day in recount_on(old, calendar=A.with_notices([eve])).days] == [29]


def test_an_override_explains_a_day_whose_notice_is_gone():
    """The office's own word of a day goes before any notice, so none is missed there."""
    then = A.with_notices([OFF])
    day = NoticeDay(date(2026, 3, 5), "hours", sessions="08:00-09:00")
    today = attrs.evolve(A, overrides=[day])
    found = recount_former(make_afternoon_deadline(then, 4), today, then)
    assert (found.days, found.unexplained, found.missing) == ((date(2026, 3, 5),), (), ())
    lost = recount_former(make_afternoon_deadline(then, 4), A, then)
    assert (lost.unexplained, lost.missing) == ((date(2026, 3, 5),), ("CV 1",))


def test_a_later_notice_of_a_day_goes_before_the_one_that_is_gone():
    """A notice of today explains a day by its own number, and none is missed there."""
    then = A.with_notices([OFF])
    day = NoticeDay(date(2026, 3, 5), "hours", sessions="08:00-09:00")
    new = Notice(document="CV 9", issued=date(2026, 3, 3), days=[day])
    found = recount_former(make_afternoon_deadline(then, 4), A.with_notices([new]), then)
    assert (found.notices, found.missing, found.unexplained) == (("CV 9",), (), ())


def test_a_public_day_is_explained_by_its_law():
    """Where the calendar of then had no public days, today's names the paper of each."""
    then = attrs.evolve(A, days=None)
    old, new = (make_deadline("2026-04-29T15:00", 5, calendar=each) for each in (then, A))
    holiday = find_changed_days(old, new, calendar=A, former=then)[0]
    assert (holiday.day, holiday.kind) == (date(2026, 4, 30), "off")
    assert (holiday.is_explained, holiday.missing) == (True, "")
    assert holiday.document == A.day(holiday.day).source != ""
    shut = Notice(document="CV 8", issued=date(2026, 3, 2), days=[NoticeDay(holiday.day, "worked")])
    lost = find_changed_days(old, new, calendar=A, former=then.with_notices([shut]))[0]
    assert (lost.is_explained, lost.document, lost.missing) == (False, "", "CV 8")


DAY_OFF = NoticeDay(date(2026, 3, 5), "off")
SHORT_DAYS = tuple(NoticeDay(date(2026, 3, day), "hours", sessions="08:00-09:00") for day in (5, 6))
DAYS_WORKED = tuple(NoticeDay(date(2026, 3, day), "worked") for day in (7, 8))


@pytest.mark.parametrize(
    ("days", "cause", "is_earlier"),
    [
        ((DAY_OFF,), "day_off", False),
        ((DAY_OFF, DAYS_WORKED[0], DAYS_WORKED[1]), "worked_day", True),
        (DAYS_WORKED, "worked_day", True),
        ((*SHORT_DAYS, DAYS_WORKED[0]), "other_hours", False),
    ],
)
def test_the_cause_is_the_day_that_moved_it_that_way(days, cause, is_earlier):
    """A day off and two days worked bring an earlier end: the days worked are its cause."""
    old = make_deadline("2026-03-04T15:00", 36, calendar=A)
    told = Notice(document="CV 1", issued=date(2026, 3, 2), days=days)
    found = recount_former(old, A.with_notices([told]), A)
    assert (found.cause, found.deadline.due < old.due) == (cause, is_earlier)
    assert found.days == tuple(day.date for day in days)


def test_a_day_worked_instead_does_not_bring_an_end_forward():
    """R14: a Friday is worked on the Saturday, and both run out on Monday: the day off did it."""
    rules = cast.read(late_after="next_opening")
    old = make_deadline("2026-03-06T07:00", 8, rules=rules, calendar=A)  # a Friday
    days = (NoticeDay(date(2026, 3, 6), "off"), DAYS_WORKED[0])
    told = Notice(document="CV 1", issued=date(2026, 3, 2), days=days)
    found = recount(old, calendar=A.with_notices([told]), rules=rules, find_former=lambda: A)
    assert found.deadline.due == old.due + cast.DAY
    assert (found.deadline.late_after, found.cause) == (old.late_after, "day_off")


def test_hours_that_a_decision_changed_explain_their_days():
    """R15: from its date on, with the former calendar or without; not a day that a notice ruled."""
    usual = Hours(days="mon-fri", sessions="07:30-11:30, 13:30-17:30")
    ended = attrs.evolve(usual, effective_to=date(2026, 3, 4))
    short = attrs.evolve(usual, sessions="09:00-11:00, 14:00-16:00", source="QĐ 5")
    changed = attrs.evolve(short, effective_from=date(2026, 3, 5))
    then = attrs.evolve(A, timetable=Timetable(hours=(usual,)))
    today = attrs.evolve(A, timetable=Timetable(hours=(ended, changed)))
    deadline = make_afternoon_deadline(then, 4)
    for former in (then, None):
        found = recount_former(deadline, today, former)
        assert (found.cause, found.notices, found.unexplained) == ("other_hours", ("QĐ 5",), ())
        assert f"{found.deadline.due:%d/%m %H:%M}" == "05/03 14:30"
    day = NoticeDay(date(2026, 3, 5), "hours", sessions="10:00-11:00")
    ruled = then.with_notices([Notice("TB 9", date(2026, 3, 1), days=[day])])
    lost = recount_former(make_afternoon_deadline(ruled, 4), today, ruled)
    assert (lost.cause, lost.unexplained, lost.missing) == (
        "unexplained", (date(2026, 3, 5),), ("TB 9",),
    )  # fmt: skip
    without = attrs.evolve(A, timetable=Timetable(hours=(short,)))  # since no date
    assert recount_former(deadline, without, then).cause == "unexplained"
    begun = attrs.evolve(short, effective_from=date(2026, 3, 1))
    before = attrs.evolve(usual, effective_to=date(2026, 2, 28))
    since = attrs.evolve(A, timetable=Timetable(hours=(before, begun)))
    causes = [recount_former(deadline, since, each).cause for each in (None, then)]
    assert causes == ["unexplained", "other_hours"]
    hours = (attrs.evolve(usual, effective_to=date(2026, 3, 3)),
             attrs.evolve(short, effective_from=date(2026, 3, 4)))  # fmt: skip
    same = attrs.evolve(A, timetable=Timetable(hours=hours))
    assert recount_former(deadline, same, None).cause == "unexplained"
    new = make_afternoon_deadline(without, 4)
    *_, lost = find_changed_days(deadline, new, calendar=without, former=then)
    assert lost == ChangedDay(day=date(2026, 3, 5), kind="hours", is_explained=False)
    assert (lost.document, lost.issued, lost.known, lost.missing) == ("", None, None, "")
    always = attrs.evolve(usual, effective_from=date(2020, 1, 1), source="QĐ 1")
    saturday = attrs.evolve(always, days="sat")
    weeks = [
        attrs.evolve(A, timetable=Timetable(hours=each)) for each in ((always, saturday), always)
    ]
    friday = make_afternoon_deadline(weeks[0], 6)
    assert recount_former(friday, weeks[1], weeks[0]).unexplained == (date(2026, 3, 7),)
    cut = recount_former(make_afternoon_deadline(A, 31), attrs.evolve(A - CUT, name="A"), A)
    assert (cut.cause, cut.days, cut.unexplained) == ("other_hours", (date(2026, 4, 1),), ())
    closed = WorkCalendar(name="B", timetable=Timetable.weekly("08:00-10:00", days="mon-wed"))
    assert recount_former(deadline, closed, None).unexplained == (date(2026, 3, 5),)
    other = WorkCalendar(name="B", timetable=Timetable.weekly("08:00-10:00", days="mon-fri"))
    for former in (then, None):  # the hours of another office
        found = recount_former(deadline, other, former)
        assert (found.cause, found.notices, found.unexplained) == ("other_hours", (), ())


def test_what_nobody_explains_or_knows_yet_moves_on_request_only():
    """R15: a day without a reason is asked for, and a notice counts from the day it is known."""
    case, when = with_officer("2025-12-31T15:00"), at("2025-12-31T16:00")
    found = recount_on(case.deadline)
    context = DecisionContext(at=when, rules=HOA_BINH_2019, calendar_for=lambda r, u: NOW)
    for change, options, codes in (
        ({"unexplained": found.days}, {}, ["unexplained"]),
        ({"unexplained": found.days}, {"unexplained": True}, None),
        ({"known": when.date()}, {}, None),
        ({"known": when.date() + cast.DAY}, {}, ["not_yet_known"]),
    ):
        act = a.MoveDeadline(recount=attrs.evolve(found, **change), **options)
        said = decide(case, act, context)
        assert (cast.refusal_codes(said) if codes else type(said)) == (codes or Recorded)
