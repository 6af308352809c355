"""What explains a day that counts otherwise, where the calendar of the promise is odd (R15)."""

from datetime import date, datetime, timedelta

import attrs

from phananh.regulation.deadline import start_limit
from phananh.regulation.recount import find_changed_days, list_notices, recount
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import (
    Notice,
    NoticeDay,
    Span,
    Timetable,
    WorkCalendar,
    vietnam_calendar,
)
from tests.regulation import cast

A = vietnam_calendar("A")
CUT = Span(
    datetime(2026, 4, 1, 8, tzinfo=cast.VIETNAM), datetime(2026, 4, 1, 9, tzinfo=cast.VIETNAM)
)
WORKED, OFF = (
    Notice(document=document, issued=date(2026, 3, 2), days=[NoticeDay(date(2026, 3, day), kind)])
    for document, day, kind in (("CV 3", 7, "worked"), ("CV 1", 5, "off"))
)


def make_deadline(calendar, day):
    """Return a limit of five hours that began on an afternoon in March, at 15:00."""
    limit = attrs.evolve(HOA_BINH_2019.officer_limit, budget=timedelta(hours=5))
    at = datetime(2026, 3, day, 15, tzinfo=cast.VIETNAM)
    return start_limit(limit, at=at, calendar=calendar, rules=HOA_BINH_2019)


def recount_on(deadline, calendar, then):
    """Return the recount, with the calendar of the promise at hand."""
    found = recount(deadline, calendar=calendar, rules=HOA_BINH_2019, find_former=lambda: then)
    assert found is not None
    return found


def test_the_notices_of_the_parts_are_known():
    """Of hours put together from calendars, the notices of each part count as theirs."""
    then, today = (attrs.evolve(each - CUT, name="A") for each in (A.with_notices([WORKED]), A))
    lost = recount_on(make_deadline(then, 6), today, then)
    assert (lost.cause, lost.missing) == ("unexplained", ("CV 3",))
    found = recount_on(make_deadline(today, 6), then, today)
    assert (found.cause, found.notices, found.unexplained) == ("worked_day", ("CV 3",), ())
    assert (found.known, found.missing) == (date(2026, 3, 2), ())


def test_where_the_former_calendar_ends_the_spans_are_asked():
    """A strict calendar that does not reach to the new time stops nothing."""
    then = attrs.evolve(A, known_through=date(2026, 3, 5), strict=True)
    found = recount_on(make_deadline(then, 4), A.with_notices([OFF]), then)
    assert f"{found.deadline.due:%d/%m %H:%M}" == "06/03 10:00"
    assert (found.days, found.notices) == ((date(2026, 3, 5),), ("CV 1",))


def test_where_the_former_calendar_has_no_such_days_the_spans_are_asked():
    """A calendar that ends before the new time is asked nothing of the days behind it."""
    days = attrs.evolve(A.days, last_day=date(2026, 3, 5))
    then = attrs.evolve(A, days=days)
    found = recount_on(make_deadline(then, 4), A.with_notices([OFF]), then)
    assert f"{found.deadline.due:%d/%m %H:%M}" == "06/03 10:00"
    assert (found.days, found.notices) == ((date(2026, 3, 5),), ("CV 1",))


def test_a_day_that_another_office_works_besides_is_unexplained():
    """Its hours explain the days that were worked, not a Saturday on which nobody worked then."""
    other = WorkCalendar(name="B", timetable=Timetable.weekly("07:30-11:30", days="mon-sat"))
    deadline = make_deadline(A, 6)  # a Friday: five hours end on Monday morning
    found = recount(deadline, calendar=other, rules=HOA_BINH_2019)
    assert date(2026, 3, 7) in found.unexplained
    assert date(2026, 3, 9) not in found.unexplained


def test_a_notice_of_hours_put_together_is_found_without_the_former_calendar():
    """Where nobody has the calendar of then, a notice since explains a day of two offices too."""
    both = attrs.evolve(A | vietnam_calendar("VP"), name="A")
    days = (date(2026, 3, 5), date(2026, 3, 6))
    storm = Notice("CV 7", date(2026, 3, 5), days=[NoticeDay(day, "off") for day in days])
    found = recount(
        make_deadline(both, 4), calendar=both.with_notices([storm]), rules=HOA_BINH_2019
    )
    assert (found.days, found.notices) == (days, ("CV 7",))


def test_a_notice_beyond_the_old_time_came_in_time_or_not():
    """R37 asks for the notice that moved the old due time, not for one of a day behind it."""
    after = Notice(
        document="CV 2", issued=date(2026, 3, 9), days=[NoticeDay(date(2026, 3, 6), "off")]
    )
    found = recount_on(make_deadline(A, 4), A.with_notices([OFF, after]), A)
    assert (found.issued, found.known) == (date(2026, 3, 2), date(2026, 3, 9))
    assert found.notices == ("CV 1", "CV 2")


def test_an_override_explains_a_day_whose_notice_is_gone():
    """The office's own word of a day goes before any notice, so none is missed there."""
    then = A.with_notices([OFF])
    day = NoticeDay(date(2026, 3, 5), "hours", sessions="08:00-09:00")
    today = attrs.evolve(A, overrides=[day])
    found = recount_on(make_deadline(then, 4), today, then)
    assert (found.days, found.unexplained, found.missing) == ((date(2026, 3, 5),), (), ())
    lost = recount_on(make_deadline(then, 4), A, then)
    assert (lost.unexplained, lost.missing) == ((date(2026, 3, 5),), ("CV 1",))


def test_a_day_without_an_explanation_names_no_document():
    """What explains nothing is an empty text, and no document stands among the notices."""
    then = A.with_notices([OFF])
    new = start_limit(
        HOA_BINH_2019.officer_limit, at=make_deadline(then, 4).start, calendar=A,
        rules=HOA_BINH_2019,
    )  # fmt: skip
    [changed] = find_changed_days(make_deadline(then, 4), new, calendar=A, former=then)
    assert (changed.is_explained, changed.document, changed.missing) == (False, "", "CV 1")
    assert (changed.kind, changed.issued, changed.known) == ("hours", None, None)


def test_official_notices_are_known_beside_the_office_s_own():
    """Those of the country, of the calendar itself, and of each of its parts, by their numbers."""
    official = {notice.document for notice in A.days.notices}
    assert official
    assert list_notices(A).keys() == official
    assert list_notices(A.with_notices([OFF])).keys() == official | {"CV 1"}
    joined = A.with_notices([OFF]) & attrs.evolve(A, name="B", notices=(WORKED,))
    assert list_notices(joined).keys() == official | {"CV 1", "CV 3"}


def test_a_later_notice_of_a_day_goes_before_the_one_that_is_gone():
    """A notice of today explains a day by its own number, and none is missed there."""
    then = A.with_notices([OFF])
    day = NoticeDay(date(2026, 3, 5), "hours", sessions="08:00-09:00")
    new = Notice(document="CV 9", issued=date(2026, 3, 3), days=[day])
    found = recount_on(make_deadline(then, 4), A.with_notices([new]), then)
    assert (found.notices, found.missing, found.unexplained) == (("CV 9",), (), ())


def test_a_public_day_is_explained_by_its_law():
    """Where the calendar of then had no public days, today's names the paper of each."""
    then = attrs.evolve(A, days=None)
    start = datetime(2026, 4, 29, 15, tzinfo=cast.VIETNAM)
    old, new = (
        start_limit(
            attrs.evolve(HOA_BINH_2019.officer_limit, budget=timedelta(hours=5)),
            at=start, calendar=each, rules=HOA_BINH_2019,
        )
        for each in (then, A)
    )  # fmt: skip
    changed = find_changed_days(old, new, calendar=A, former=then)
    holiday = changed[0]
    assert (holiday.day, holiday.kind) == (date(2026, 4, 30), "off")
    assert (holiday.is_explained, holiday.missing) == (True, "")
    assert holiday.document == A.day(holiday.day).source != ""


def test_a_cut_of_another_day_explains_nothing():
    """Hours that are shorter without any paper are unexplained, whatever is cut in April."""
    then = attrs.evolve(A, timetable=Timetable.weekly("06:00-20:00"))
    found = recount_on(make_deadline(then, 4), attrs.evolve(A - CUT, name="A"), then)
    assert date(2026, 3, 4) in found.unexplained
    assert found.cause == "unexplained"
