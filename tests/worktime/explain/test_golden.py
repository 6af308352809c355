"""Telling cases, word for word: what a citizen would be sent, in both languages.

Each file of `golden` opens with the question, then stands the text in Vietnamese and the one in
English. They are written to be read against the Regulation and the calendar, not recorded: a
change of the words is reviewed line by line.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.regulation.deadline import start_limit
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import NoticeDay, Span, Timetable, WorkCalendar
from phananh.worktime.algebra import Spans
from tests.worktime.calendars import DAYS, FRESH, HOUR, VP, A

GOLDEN = Path(__file__).parent / "golden"
HANOI, BERLIN = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Berlin")


def _at(text):
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


EXPECTED = FRESH["A"](expected=True)
HALF_DAY = FRESH["A"](
    overrides=[
        NoticeDay(date(2026, 12, 30), "hours", sessions="07:30-11:30", note="tổng kết năm (mẫu)")
    ],
)
NIGHTS = WorkCalendar(name="ca đêm", timetable=Timetable.weekly("22:00-06:00"), days=DAYS)
DOWN = A - Spans([Span(_at("2026-03-04T10:00"), _at("2026-03-04T14:00"))], note="mất điện (mẫu)")
ALWAYS = WorkCalendar(
    name="Berlin",
    timetable=Timetable.weekly("22:00-06:00", days="mon-sun"),
    zone="Europe/Berlin",
    days=None,
)


@attrs.frozen
class Asked:
    """A question: the calendar, when it was received, and how much time is allowed."""

    calendar: WorkCalendar
    start: str
    budget: timedelta
    moved_to: str | None = None

    @property
    def explanation(self):
        """The explanation, asked on the clock of the office."""
        start = datetime.fromisoformat(self.start).replace(tzinfo=self.calendar.tzinfo)
        return self.calendar.explain(start, self.budget)

    def text(self, lang):
        """Return the text; of a deadline that was rescheduled, with its clause and its new time."""
        if self.moved_to is None:
            return self.explanation.text(lang, precision="exact")
        limit = HOA_BINH_2019.agency_limit
        deadline = start_limit(
            limit, at=_at(self.start), calendar=self.calendar, rules=HOA_BINH_2019
        )
        return deadline.explain(lang, calendar=self.calendar, moved_to=_at(self.moved_to))

    def page(self):
        """Return the file as it should be: question, Vietnamese, English."""
        asked = f"{self.calendar.name}: {self.start} + {self.budget}"
        asked += f", moved to {self.moved_to}" if self.moved_to else ""
        return f"{asked}\n\n{self.text('vi')}\n\n{self.text('en')}\n"


CASES = {
    "tet": Asked(A, "2026-02-13T16:00", 5 * HOUR),
    "received_on_tet": Asked(A, "2026-02-18T09:00", 8 * HOUR),
    "tet_predicted": Asked(A, "2027-02-03T16:00", 5 * HOUR),
    "worked_saturday": Asked(VP, "2026-01-09T15:00", 8 * HOUR),
    "received_on_worked_saturday": Asked(A, "2026-08-22T16:00", 5 * HOUR),
    "swapped_monday": Asked(VP, "2026-08-28T15:00", 8 * HOUR),
    "summer_begins": Asked(VP, "2025-04-15T15:30", 5 * HOUR),
    "winter_begins": Asked(VP, "2025-10-15T16:30", 5 * HOUR),
    "rescheduled_over_a_holiday": Asked(A, "2026-04-29T15:00", 8 * HOUR, "2026-05-05T10:00"),
    "received_at_lunch": Asked(A, "2026-03-04T12:15", 5 * HOUR),
    "received_at_night": Asked(A, "2026-03-04T23:40", 5 * HOUR),
    "received_at_closing": Asked(A, "2026-03-04T17:30", 5 * HOUR),
    "received_before_opening": Asked(A, "2026-03-04T06:45", 8 * HOUR),
    "half_day": Asked(HALF_DAY, "2026-12-29T16:00", 8 * HOUR),
    "night_shift": Asked(NIGHTS, "2026-04-29T23:00", 10 * HOUR),
    "within_a_night": Asked(NIGHTS, "2026-03-07T03:00", 10 * HOUR),
    "beyond_the_notices": Asked(A, "2026-12-31T16:00", 8 * HOUR),
    "across_an_expected_swap": Asked(A, "2026-11-20T16:00", 12 * HOUR),
    "an_expected_swap_applied": Asked(EXPECTED, "2026-11-20T16:00", 28 * HOUR),
    "substitute_day": Asked(A, "2026-04-24T16:00", 8 * HOUR),
    "culture_day": Asked(A, "2026-11-24T09:00", 5 * HOUR),
    "year_end": Asked(VP, "2025-12-31T15:00", 8 * HOUR),
    "nothing_to_work": Asked(A, "2026-03-07T03:00", timedelta()),
    "several_days": Asked(A, "2026-03-05T10:00", 20 * HOUR),
    "microseconds": Asked(A, "2026-03-04T11:29:59.999999", timedelta(microseconds=2)),
    "clocks_change": Asked(ALWAYS, "2026-03-28T22:00", 8 * HOUR),
    "lunch_of_winter": Asked(VP, "2026-03-04T11:45", HOUR / 2),
    "power_cut": Asked(DOWN, "2026-03-04T09:00", 5 * HOUR),
    "older_law": Asked(A, "2016-04-29T16:00", 8 * HOUR),
}


@pytest.mark.parametrize("name", CASES)
def test_the_text_is_word_for_word(name):
    """The question, the Vietnamese and the English are what the file says."""
    assert CASES[name].page() == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_no_file_is_left_over():
    """Every file of the folder is compared."""
    assert {path.stem for path in GOLDEN.iterdir()} == {*CASES}
