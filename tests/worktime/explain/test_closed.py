"""Why an office is closed at an instant."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from phananh.errors import CoverageError, InputError
from phananh.testing.strategies import instants
from phananh.worktime import NoticeDay, Span, vietnam_calendar
from phananh.worktime.algebra import Spans
from tests.oracle import walk
from tests.oracle.compare import naive
from tests.oracle.days import OFF, is_worked
from tests.oracle.hours import SESSIONS

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
A = vietnam_calendar("A")
HALF = NoticeDay(date(2026, 12, 30), "hours", sessions="07:30-11:30", note="tổng kết (mẫu)")
CUT = Spans(
    Span(datetime(2026, 3, 4, 10, tzinfo=HANOI), datetime(2026, 3, 4, 14, tzinfo=HANOI)),
    note="mất điện (mẫu)",
)


LUNCH = ("nghỉ giữa hai buổi làm việc", "break between sessions")


def at(text):
    """Return a Vietnamese time."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("calendar", "when", "code", "vi", "en"),
    [
        (A, "2026-03-04T12:00", "lunch", *LUNCH),
        (A, "2026-03-04T06:59", "before_opening", "trước giờ làm việc", "before opening"),
        (A, "2026-03-04T17:30", "after_closing", "sau giờ làm việc", "after closing"),
        (A, "2026-03-07T09:00", "weekend", "nghỉ hằng tuần", "weekly rest"),
        (
            A, "2026-02-17T09:00", "holiday",
            "nghỉ Tết Nguyên đán (Điều 112 Bộ luật Lao động 2019; "
            "Thông báo số 9441/TB-BNV ngày 16/10/2025)",
            "Lunar New Year (Tết) (Labour Code 2019, Article 112; TB 9441/TB-BNV of 2025-10-16)",
        ),
        (
            A, "2026-01-02T09:00", "swap",
            "nghỉ hoán đổi, làm bù vào thứ Bảy 10/01 (Công văn số 12729/VPCP-KGVX ngày 25/12/2025)",
            "day off by swap, made up on Saturday 10 Jan (CV 12729/VPCP-KGVX of 2025-12-25)",
        ),
        (
            vietnam_calendar("A", overrides=[HALF]), "2026-12-30T14:00", "override",
            "tổng kết (mẫu)", "tổng kết (mẫu)",
        ),
        (
            vietnam_calendar("A", overrides=[HALF]), "2026-12-30T20:00", "after_closing",
            "sau giờ làm việc", "after closing",
        ),
        (A - CUT, "2026-03-04T10:30", "override", "mất điện (mẫu)", "mất điện (mẫu)"),
        (A - CUT, "2026-03-04T12:30", "lunch", *LUNCH),
    ],
)  # fmt: skip
def test_the_reason_is_the_day_or_the_hour(calendar, when, code, vi, en):
    """A day off is told with its law or document, a pause by its name."""
    found = calendar.why_closed(at(when))
    assert (found.code, found.vi, found.en) == (code, vi, en)
    assert found.as_dict()["code"] == code


def test_a_notice_and_a_law_are_named_apart():
    """What rests on a document names it as `notice`, what rests on a law as `article`."""
    swap, tet = A.why_closed(at("2026-01-02T09:00")), A.why_closed(at("2026-02-17T09:00"))
    assert (swap.notice, swap.article) == ("CV 12729/VPCP-KGVX", "")
    assert (tet.notice, tet.article) == ("", "Bộ luật Lao động 2019, Điều 112")
    assert [day.date for day in tet.days] == [date(2026, 2, 17)]


@pytest.mark.parametrize("name", SESSIONS)
@settings(max_examples=200, deadline=None)
@given(t=instants(first=date(2019, 1, 1), last=date(2026, 11, 1)))
def test_it_is_none_exactly_when_open(name, t):
    """The oracle says whether there is a reason, and whether it is the day or the hour."""
    found, local = vietnam_calendar(name).why_closed(t), naive(t)
    assert (found is None) is walk.is_open(SESSIONS[name], local)
    if found:
        pause = found.code in ("lunch", "before_opening", "after_closing")
        assert pause is is_worked(local.date())
        assert (found.code == "weekend") is (
            not pause and local.date() not in OFF and found.days[0].reason_code == "weekend"
        )


def test_times_that_cannot_be_judged_are_refused():
    """No offset, and days that are not covered."""
    with pytest.raises(InputError):
        A.why_closed(datetime(2026, 3, 4, 9))
    with pytest.raises(CoverageError):
        A.why_closed(at("1975-03-04T09:00"))
