"""When an answer is due, and why: the deadline as it was told, edge by edge (Art. 3.2, 9.1-9.3)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.articles import Article
from phananh.errors import CoverageError, InputError
from phananh.regulation import acts as a
from phananh.regulation.context import DecisionContext
from phananh.regulation.deadline import SIGNED_ON, Limit, compute_due, is_late, is_provisional
from phananh.regulation.decide import decide
from phananh.regulation.events import due_text
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import Term, vietnam_calendar
from tests.regulation import cast
from tests.regulation.test_reschedule import report
from tests.regulation.test_rules import OWN


def handed_over(at: str):
    """Return a case that was handed to the officer at this Vietnamese time."""
    return cast.at_officer(at=datetime.fromisoformat(f"{at}+07:00") - cast.MINUTE)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-02T07:30", "2026-03-02T14:30"),
        ("2026-03-02T11:29:59.999999", "2026-03-03T08:29:59.999999"),
        ("2026-03-02T11:30", "2026-03-03T08:30"),
        ("2026-03-02T12:45", "2026-03-03T08:30"),
        ("2026-03-02T12:30", "2026-03-03T08:30"),
        ("2026-03-02T10:30", "2026-03-02T17:30"),
        ("2026-03-02T17:30", "2026-03-03T14:30"),
        ("2026-03-06T17:30", "2026-03-09T14:30"),
        ("2026-03-07T09:00", "2026-03-09T14:30"),
    ],
)
def test_the_hand_over_at_an_edge(at, due):
    """A microsecond before closing counts, the closing instant counts nothing."""
    case = handed_over(at)
    assert (case.due, case.deadline.verify(cast.CENTRE)) == (
        datetime.fromisoformat(f"{due}+07:00"),
        (),
    )
    with pytest.raises(InputError, match=r"^lang: "):
        case.deadline.verify(cast.CENTRE, "fr")


def test_the_spans_are_the_evidence():
    """9.1: the spans are in order, lie in office hours, end at the due and add up to five hours."""
    deadline = handed_over("2026-03-06T16:00").deadline
    assert sum((span.length for span in deadline.spans), timedelta()) == timedelta(hours=5)
    assert deadline.spans[-1].end == deadline.due
    assert all(cast.CENTRE.is_open(span.start) for span in deadline.spans)
    assert [f"{s.start:%d %H:%M}-{s.end:%H:%M}" for s in deadline.spans] == [
        "06 16:00-17:30",
        "09 07:30-11:00",
    ]


@pytest.mark.parametrize(("lang", "words"), [("vi", "khoản 1 Điều 9"), ("en", "Art. 9(1)")])
def test_a_deadline_explains_itself(lang, words):
    """9.1: a deadline says in both languages by which clause it is due, and names nobody."""
    text = cast.at_officer().deadline.explain(lang, calendar=cast.CENTRE)
    assert words in text
    assert "17:30" in text
    assert cast.CULPRIT.id not in text


def test_a_rescheduled_time_is_told_on_the_office_clock():
    """9.3: the time after a reschedule is told in Vietnamese time, however far away it is."""
    deadline = cast.at_agency().deadline
    calendar = vietnam_calendar("A")
    deadline = attrs.evolve(deadline, version=calendar.version)
    to = datetime.fromisoformat("2150-01-01T01:00+00:00")
    said = deadline.explain("vi", calendar=calendar, moved_to=to).splitlines()[-1]
    assert said == "Đã hẹn lại đến 08:00 thứ Năm 01/01/2150 (khoản 3 Điều 9 Quy chế)."
    said = deadline.explain(calendar=calendar, moved_to=to).splitlines()[-1]
    assert said == "Moved to Thursday 2150-01-01 08:00 (Art. 9(3))."
    same = deadline.explain(calendar=calendar, moved_to=deadline.due)
    assert same == deadline.explain(calendar=calendar)


def test_a_deadline_says_what_is_left():
    """9.1: what is left and what is over, of the due time or of the rescheduled one."""
    deadline = handed_over("2026-03-02T10:30").deadline
    noon = deadline.start.replace(hour=12)
    assert deadline.remaining(noon, calendar=cast.CENTRE) == timedelta(hours=4)
    assert deadline.time_left_text(noon, "vi", calendar=cast.CENTRE) == "còn 4 giờ làm việc"
    later = deadline.due + cast.DAY
    assert deadline.remaining(noon, calendar=cast.CENTRE, moved_to=later) == timedelta(hours=12)
    assert deadline.time_left_text(later, calendar=cast.CENTRE) == ("8 working hours over")
    assert deadline.time_left_text(later, calendar=cast.CENTRE, moved_to=later) == "due now"


def test_what_is_left_stands_in_the_spans():
    """R15: until it is due no calendar is asked; each span counts from where `now` cuts it."""
    deadline = handed_over("2026-03-02T16:30").deadline  # one hour, then four in the morning
    hours = [timedelta(hours=n) for n in (5, 4.5, 4, 4, 2.5, 0, 0)]
    moments = ["02T16:00", "02T17:00", "02T17:30", "03T07:30", "03T09:00", "03T11:30", "03T15:00"]
    nows = [datetime.fromisoformat(f"2026-03-{moment}+07:00") for moment in moments]
    assert [deadline.remaining(now) for now in nows] == hours
    other = vietnam_calendar("VP")
    assert deadline.remaining(nows[4], calendar=other) == timedelta(hours=2.5)
    assert deadline.time_left_text(nows[4], "vi") == "còn 2 giờ 30 phút làm việc"
    assert deadline.time_left_text(nows[4], calendar=other) == (
        "2 hours 30 minutes of working time left"
    )
    assert deadline.time_left_text(nows[5]) == "due now"
    early = deadline.start - cast.HOUR
    assert deadline.time_left_text(early, calendar=cast.CENTRE) == "5 working hours left"


def test_what_is_over_is_counted_on_no_other_calendar():
    """R15: after the due time, and up to a rescheduled one, another version is refused."""
    deadline = handed_over("2026-03-02T10:30").deadline
    later, other = deadline.due + cast.DAY, vietnam_calendar("VP")
    for wrong, code in (
        (lambda: deadline.time_left_text(later), "no"),
        (lambda: deadline.time_left_text(later, calendar=other), "other"),
        (lambda: deadline.remaining(deadline.start, calendar=other, moved_to=later), "other"),
        (lambda: deadline.remaining(deadline.start, moved_to=later), "no"),
    ):
        said = f"the deadline was set on {deadline.version}"
        with pytest.raises(InputError, match=said) as caught:
            wrong()
        assert caught.value.code == f"{code}_calendar_version"
    with pytest.raises(InputError, match=r"^now: .*2026-03-02T12:00:00"):
        deadline.remaining(datetime(2026, 3, 2, 12))


def test_a_limit_in_days_ends_with_its_last_day():
    """R17: a term has its own words, its time left in days, its doubt, and ends at 24:00."""
    limit = Limit(budget=Term.working_days(2), article=Article("9.1"), since=SIGNED_ON)
    deadline = cast.at_officer(rules=cast.read(officer_limit=limit)).deadline
    assert deadline.due.isoformat() == "2026-03-05T00:00:00+07:00"
    in_hours, in_a_zone = (
        attrs.evolve(deadline, **change)
        for change in ({"budget": cast.HOUR}, {"due": deadline.due + cast.HOUR})
    )
    for told, lang, in_cell, said in (
        (deadline, "en", False, "2026-03-04 24:00"),
        (deadline, "vi", False, "24 giờ 00 phút ngày 04/3/2026"),
        (deadline, "vi", True, "24:00 04/03/2026"),
        (in_hours, "en", False, "2026-03-05 00:00"),
        (in_hours, "vi", True, "00:00 05/03/2026"),
        (in_a_zone, "en", False, "2026-03-05 01:00"),  # west of here it is the same day
    ):
        assert due_text(told, told.due, lang, in_cell=in_cell) == said
    assert due_text(deadline, deadline.due + cast.HOUR, "vi") == "01 giờ 00 phút ngày 05/3/2026"
    lines = deadline.explain(calendar=cast.CENTRE).splitlines()
    assert lines[0].endswith("a limit of its own, 2 working days")
    assert lines[1].startswith("Due: the end of Wednesday 2026-03-04 (24:00")
    start = deadline.start
    assert deadline.time_left_text(start, calendar=cast.CENTRE) == "2 working days left"
    assert deadline.time_left_text(start + cast.US) == "20 hours 59 minutes of working time left"
    assert (deadline.as_dict()["budget_us"], deadline.as_dict()["term"]["count"]) == (None, 2)
    assert [len(span) for span in deadline.as_dict()["spans"]] == [2] * 6
    assert deadline.verify(cast.CENTRE) == ()
    later = attrs.evolve(deadline, due=deadline.due + cast.DAY)
    assert later.verify(cast.CENTRE)[0].startswith("due 2026-03-06T00:00:00+07:00 stored")
    for year, doubt in ((2026, False), (2030, True)):
        assert (
            is_provisional(limit.budget, start.replace(year=year), deadline.due, cast.CENTRE)
            is doubt
        )


def test_a_deadline_as_data():
    """A deadline is plain data too: instants in ISO 8601, the budget in microseconds."""
    data = cast.at_agency().deadline.as_dict()
    assert (data["article"], data["budget_us"]) == ("9.2", 8 * 3_600_000_000)
    assert (data["start"], data["provisional"]) == ("2026-03-02T10:31:00+07:00", False)
    assert (data["calendar"], data["version"]) == (cast.AGENCY.name, cast.AGENCY.version)
    assert all(datetime.fromisoformat(t).tzinfo for span in data["spans"] for t in span)


@pytest.mark.parametrize(
    "change",
    [
        {"due": cast.MONDAY + 9 * cast.DAY},
        {"spans": ()},
        {"budget": timedelta(hours=4)},
        {"version": "000000000000"},
    ],
)
def test_a_wrong_deadline_is_found(change):
    """R15: a stored deadline that the calendar does not give is told apart, point by point."""
    assert attrs.evolve(cast.at_officer().deadline, **change).verify(cast.CENTRE)


def test_beyond_the_notices():
    """A deadline beyond the notices is provisional; a strict calendar refuses it."""
    far = datetime(2027, 3, 2, 8, 0, tzinfo=cast.VIETNAM)
    case, act = cast.received_case(at=far), a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)
    assert cast.record(case, act).deadline.provisional
    assert not cast.at_officer().deadline.provisional
    strict = vietnam_calendar("A", strict=True)
    with pytest.raises(CoverageError, match=r"\w \w"):
        decide(
            case,
            act,
            DecisionContext(at=far, rules=HOA_BINH_2019, calendar_for=lambda role, unit: strict),
        )


def test_a_limit_as_data_has_its_budget_once():
    """The budget stands as microseconds, and in words where a language is asked for."""
    limit = HOA_BINH_2019.officer_limit
    assert limit.as_dict() == {"budget_us": 18_000_000_000, "article": "9.1", "since": "2019-10-30"}
    assert limit.as_dict("en")["budget_text"] == "5 working hours"
    assert "budget" not in limit.as_dict("vi")


@pytest.mark.parametrize("budget", [timedelta(), timedelta(hours=-1)])
def test_a_limit_of_nothing_is_refused(budget):
    """9.1: working time that is not above zero is no limit, and the error says what was given."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        attrs.evolve(HOA_BINH_2019.officer_limit, budget=budget)
    error = caught.value
    assert (error.field, error.code, error.facts["value"]) == (
        "budget", "not_a_limit", str(budget),
    )  # fmt: skip


def test_a_limit_of_other_values_is_refused():
    """A number of hours, the id of a clause and a date in words are no limit."""
    for field, wrong in (("budget", 5), ("article", "9.1"), ("since", "2019-10-30")):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            attrs.evolve(HOA_BINH_2019.officer_limit, **{field: wrong})
        assert caught.value.field == field
        assert field != "budget" or caught.value.code == "not_a_budget"  # which may be days too


HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
FIVE, DAYS = 5 * HOUR, Term.working_days(2)
MOVED = "the limit of 5 working hours, which was rescheduled, continues with"
CLAUSES = [
    (0 * HOUR, FIVE, {}, "the limit of 5 working hours continues, no time is left, so it is due at "
     "once (reading R41)"),
    (59 * SECOND, FIVE, {}, "the limit continues, less than a minute of 5 working hours left "
     "(reading R41)"),
    (30 * SECOND, FIVE, {"precision": "exact"}, "the limit continues, 30 seconds of working time "
     "of 5 working hours left (reading R41)"),
    (60 * SECOND, FIVE, {"precision": "exact"}, "the limit continues, 1 minute of working time of "
     "5 working hours left (reading R41)"),
    (60 * SECOND, FIVE, {}, "the limit continues, 1 minute of working time of 5 working hours left "
     "(reading R41)"),
    (HOUR + 30 * SECOND, FIVE, {}, "the limit continues, 1 working hour of 5 working hours left "
     "(reading R41)"),
    (FIVE, FIVE, {}, "the limit continues, 5 working hours of 5 working hours left (reading R41)"),
    (6 * HOUR, FIVE, {}, f"{MOVED} 6 working hours left when the case went back (reading R41)"),
    (4 * HOUR, FIVE, {"after_reschedule": True},
     f"{MOVED} 4 working hours left when the case went back (reading R41)"),
    (30 * HOUR, DAYS, {}, "the limit continues, 30 working hours of 2 working days left (reading "
     "R41)"),
    (8 * HOUR, None, {}, "Agencies handle and answer within 8 working hours of receipt from the "
     "officer. Work that is not done by then is overdue"),
    (6 * HOUR, None, {}, "a limit of its own, 6 working hours"),
    (DAYS, None, {}, "a limit of its own, 2 working days"),
]  # fmt: skip


def test_a_clause_says_whose_limit_it_is_and_what_is_left_of_it():
    """9.2, R41: the whole limit of the Decision or of other rules, or the rest of one."""
    base = attrs.evolve(handed_over("2026-03-02T10:30").deadline, article="9.2")
    for budget, whole, how, said in CLAUSES:
        deadline = attrs.evolve(base, budget=budget, continues=whole)
        clause = deadline.explain(calendar=cast.CENTRE, **how).splitlines()[0]
        assert (clause.split(": ", 1)[1], "Art. 9(3)" in clause) == (said, "rescheduled" in said)
        assert clause.startswith("Art. 9(2)")
    spent = attrs.evolve(base, budget=0 * HOUR, continues=FIVE)
    told = spent.explain(calendar=cast.CENTRE, moved_to=base.due + HOUR).splitlines()[1:]
    assert told == ["First due: Monday 2026-03-02 17:30.",
                    "Moved to Monday 2026-03-02 18:30 (Art. 9(3))."]  # fmt: skip
    for precision, shown in (("minute", "18:30 ("), ("exact", "18:30:01 (")):
        how = {"moved_to": base.due + HOUR + SECOND, "precision": precision}
        assert shown in spent.explain(calendar=cast.CENTRE, **how)


def test_beyond_the_days_of_a_calendar_nothing_is_known_to_be_left():
    """Of a time promised for a year that nobody knows, no number of hours is left."""
    far = attrs.evolve(cast.PUT_OFF, to=cast.LATER.replace(year=2150))
    assert [
        each.left for each in report(cast.record(cast.at_agency(), far), cast.HOUR).findings
    ] == [None]


def test_a_time_that_others_move_cites_no_clause_of_the_decision():
    """A limit of another document says where it was moved to, and not by Article 9.3."""
    deadline = cast.at_officer(rules=OWN).deadline
    to = deadline.due + cast.DAY
    told = deadline.explain(calendar=cast.CENTRE, moved_to=to).splitlines()[-1]
    assert "9.3" not in told
    assert f"{to:%H:%M}" in told


def test_lateness_is_of_the_instant_and_not_of_its_clock():
    """R14: at the last instant an act is in time, after it late, in whatever zone each is told."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    again, at = first.replace(fold=1), first.astimezone(cast.VIETNAM)
    for one, other in ((first, first), (at, first), (first, at), (at, at)):
        assert not is_late(one, late_after=other)
        assert is_late(one + cast.US, late_after=other)
    assert is_late(again, late_after=first)
    assert not is_late(first, late_after=again)


def test_a_budget_in_days_is_counted_in_days():
    """9.1: five hours end within working time, two working days at the end of the second."""
    start = cast.MONDAY
    assert compute_due(timedelta(hours=5), start, cast.CENTRE) == cast.CENTRE.add(
        start, 5 * cast.HOUR
    )
    ends = compute_due(Term.working_days(2), start, cast.CENTRE)
    assert ends == Term.working_days(2).due(start, on=cast.CENTRE) > start + 2 * cast.DAY
