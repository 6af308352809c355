"""Explanations: the samples word for word, the data behind them, and counting them again."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from phananh.errors import InputError
from tests.worktime.calendars import HOUR, VP, A, in_hanoi


def _gaps(explanation):
    return [step.gap.code if step.gap else None for step in explanation.steps]


def test_the_vietnamese_text_of_a_make_up_saturday():
    """Friday to a Saturday worked in place of 2 January, with the letter that says so."""
    assert VP.explain(in_hanoi(2026, 1, 9, 15), 8 * HOUR).text("vi").splitlines() == [
        "Hạn: 15:00 thứ Bảy 10/01/2026. Thời hạn 8 giờ, chỉ tính giờ làm việc.",
        "1. Nhận lúc 15:00 thứ Sáu 09/01/2026, trong giờ làm việc (07:30-12:00, 13:00-16:30).",
        "2. Thứ Sáu 09/01, 15:00-16:30: 1 giờ 30 phút, còn 6 giờ 30 phút.",
        "3. Thứ Bảy 10/01 làm bù cho thứ Sáu 02/01 (Công văn số 12729/VPCP-KGVX ngày 25/12/2025).",
        "4. Thứ Bảy 10/01, 07:30-12:00: 4 giờ 30 phút, còn 2 giờ.",
        "5. Thứ Bảy 10/01, 13:00-15:00: 2 giờ, đủ 8 giờ.",
        "Lịch nghỉ chính thức đã công bố đến hết 31/12/2026. "
        "Giờ làm việc: theo Quyết định số 873/QĐ-UBND ngày 08/04/2020 (Vĩnh Phúc).",
    ]


def test_the_english_text_of_a_make_up_saturday():
    """The same steps in English."""
    assert VP.explain(in_hanoi(2026, 1, 9, 15), 8 * HOUR).text().splitlines() == [
        "Due: Saturday 2026-01-10 15:00. Time allowed: 8 h, working hours only.",
        "1. Received Friday 2026-01-09 15:00, during working hours (07:30-12:00, 13:00-16:30).",
        "2. Friday 9 Jan 15:00-16:30: 1 h 30 min, 6 h 30 min left.",
        "3. Saturday 10 Jan: worked in place of Friday 2 Jan (CV 12729/VPCP-KGVX of 2025-12-25).",
        "4. Saturday 10 Jan 07:30-12:00: 4 h 30 min, 2 h left.",
        "5. Saturday 10 Jan 13:00-15:00: 2 h, 8 h in all.",
        "Days off are official through 2026-12-31. "
        "Office hours: QĐ 873/QĐ-UBND of 2020-04-08 (Vĩnh Phúc).",
    ]


def test_a_closed_stretch_is_one_line():
    """Nine days of Tết and its weekends are folded into one line that tells them apart."""
    lines = A.explain(in_hanoi(2026, 2, 13, 17, 45), 8 * HOUR).text("vi").splitlines()
    assert lines[1].endswith("tính từ 07:30 thứ Hai 23/02/2026.")
    assert lines[2] == (
        "2. 14/02-22/02/2026: 14/02-15/02 nghỉ hằng tuần; 16/02-20/02 nghỉ Tết Nguyên đán "
        "(Điều 112 Bộ luật Lao động 2019; Thông báo số 9441/TB-BNV ngày 16/10/2025); "
        "21/02-22/02 nghỉ hằng tuần."
    )


def test_a_swapped_day_off_names_its_document():
    """A Friday off by swap is named with the Saturday that makes up for it."""
    text = A.explain(in_hanoi(2025, 12, 31, 16), 8 * HOUR).text()
    assert "2 Jan day off by swap, made up on Saturday 10 Jan (CV 12729/VPCP-KGVX of" in text
    assert "1 Jan New Year's Day (Labour Code 2019, Article 112)" in text


def test_the_data_has_exactly_the_promised_keys():
    """`as_dict` is plain data: whole microseconds, offsets, and the gap before a step."""
    plain = A.explain(in_hanoi(2026, 3, 4, 6), 5 * HOUR).as_dict()
    assert list(plain) == [
        "start", "budget_us", "due", "provisional", "calendar", "version", "steps",
    ]  # fmt: skip
    assert (plain["budget_us"], plain["due"]) == (18_000_000_000, "2026-03-04T14:30:00+07:00")
    first, second = plain["steps"]
    assert first == {
        "from": "2026-03-04T07:30:00+07:00",
        "to": "2026-03-04T11:30:00+07:00",
        "worked_us": 14_400_000_000,
        "left_us": 3_600_000_000,
        "gap": {
            "code": "before_opening",
            "article": "9",
            "vi": "trước giờ làm việc",
            "en": "before opening",
        },
    }
    assert (second["gap"]["code"], second["left_us"]) == ("lunch", 0)


@pytest.mark.parametrize(
    ("start", "codes"),
    [
        ((2026, 3, 4, 9), [None, "lunch", "night"]),
        ((2026, 3, 4, 12), ["lunch", "night"]),
        ((2026, 3, 4, 18), ["after_closing", "lunch"]),
        ((2026, 3, 6, 16), [None, "weekend", "lunch"]),
        ((2026, 4, 29, 16), [None, "holiday", "lunch"]),
        ((2026, 8, 28, 16), [None, "holiday", "lunch"]),
        ((2024, 4, 26, 16), [None, "holiday", "lunch"]),
        ((2026, 11, 24, 9), ["holiday", "lunch"]),
    ],
)
def test_each_gap_has_its_code(start, codes):
    """Pauses, nights, weekends and holidays are told apart."""
    assert _gaps(A.explain(in_hanoi(*start), 8 * HOUR)) == codes


@pytest.mark.parametrize(
    ("start", "vi", "en"),
    [
        ((2026, 11, 20, 16), "ngày 23/11/2026 mới có đề xuất", "2026-11-23 is only proposed"),
        ((2026, 12, 31, 16), "sau 31/12/2026", "due after 2026-12-31"),
    ],
)
def test_a_provisional_deadline_says_why(start, vi, en):
    """The last line tells a proposal that is not settled from a year not announced."""
    explanation = A.explain(in_hanoi(*start), 8 * HOUR)
    assert explanation.provisional
    assert vi in explanation.text("vi").splitlines()[-1]
    assert en in explanation.text().splitlines()[-1]


def test_the_text_shows_the_office_clock_and_the_data_the_callers():
    """Asked in UTC, the steps are in UTC and the words in Vietnamese time."""
    explanation = A.explain(in_hanoi(2026, 3, 4, 9).astimezone(ZoneInfo("UTC")), HOUR)
    assert explanation.as_dict()["due"] == "2026-03-04T03:00:00+00:00"
    assert "Thứ Tư 04/03, 09:00-10:00: 1 giờ, đủ 1 giờ." in explanation.text("vi")


def test_nothing_to_work_needs_no_step():
    """A budget of zero is due at once."""
    explanation = A.explain(in_hanoi(2026, 3, 7, 3), timedelta())
    assert (explanation.steps, explanation.due) == ((), explanation.start)
    assert explanation.text().splitlines()[:2] == [
        "Due: Saturday 2026-03-07 03:00. Time allowed: 0 h, working hours only.",
        "1. Received Saturday 2026-03-07 03:00. No time is allowed, so it is due at once.",
    ]


def test_a_negative_budget_is_refused():
    """A limit runs forward; subtract goes back."""
    with pytest.raises(InputError, match="use subtract"):
        A.explain(in_hanoi(2026, 3, 4, 9), -HOUR)
