"""The words of a term, line by line, in both languages."""

from datetime import date

import pytest

from phananh.worktime.terms import Term
from tests.worktime.calendars import A


def lines(term: Term, start: date, lang: str) -> list[str]:
    """Return the lines of a term's explanation."""
    return term.expiry(start, on=A).text(lang).splitlines()


def test_six_working_days_over_a_weekend():
    """What is left goes down from run to run, and an event on time is taken for no other day."""
    assert lines(Term.working_days(6), date(2026, 3, 5), "en") == [
        "Due: the end of Friday 2026-03-13 (24:00, Civil Code 2015, Article 148(6)). "
        "Term: 6 working days.",
        "1. From Thursday 2026-03-05: that day is not counted (Civil Code 2015, Article 147(2)).",
        "2. 2026-03-06: 1 working day, 5 left.",
        "3. 2026-03-07 to 2026-03-08 not counted: weekly rest.",
        "4. 2026-03-09 to 2026-03-13: 5 working days, none left.",
        "Days off are official through 2026-12-31.",
    ]


@pytest.mark.parametrize(
    ("term", "start", "line"),
    [
        (
            Term.months(1),
            date(2026, 3, 4),
            "2. 2026-03-05 to 2026-04-04: 1 month, to the corresponding day "
            "(Civil Code 2015, Article 148(3)).",
        ),
        (
            Term.months(1, counts_first_day=True),
            date(2026, 3, 4),
            "2. 2026-03-04 to 2026-04-03: 1 month, to the corresponding day "
            "(Civil Code 2015, Article 148(3)).",
        ),
        (
            Term.months(1, counts_first_day=True),
            date(2026, 4, 1),
            "2. 2026-04-01 to 2026-04-30: 1 month, to the corresponding day "
            "(Civil Code 2015, Article 148(3)).",
        ),
        (
            Term.years(1),
            date(2024, 2, 29),
            "2. 2024-03-01 to 2025-02-28: 1 year. The last month has no day 29, so its last day "
            "(Civil Code 2015, Article 148(4), by analogy with clause 3).",
        ),
        (
            Term.weeks(2),
            date(2026, 3, 4),
            "2. 2026-03-05 to 2026-03-18: 2 weeks, to the corresponding day "
            "(Civil Code 2015, Article 148(2)).",
        ),
        (
            Term.days(3),
            date(2026, 3, 4),
            "2. 2026-03-05 to 2026-03-07: 3 days, days off included "
            "(Civil Code 2015, Article 148(1)).",
        ),
    ],
)
def test_the_clause_that_ends_a_term(term, start, line):
    """Each unit ends by its own clause, and a month that is too short is told as such only then."""
    assert lines(term, start, "en")[2] == line


def test_a_last_day_that_is_a_worked_saturday_says_so():
    """Ten days that end on a make-up Saturday end there, by the notice that opens it."""
    assert lines(Term.days(10), date(2026, 8, 12), "vi")[2] == (
        "2. 13/08-22/08/2026: 10 ngày, kể cả ngày nghỉ (khoản 1 Điều 148 Bộ luật Dân sự 2015); "
        "thứ Bảy 22/08 làm bù cho thứ Hai 31/08 (Thông báo số 9441/TB-BNV ngày 16/10/2025), nên "
        "hạn không chuyển."
    )
    assert "so it ends there" not in lines(Term.days(10, rolls=False), date(2026, 8, 12), "en")[2]


def test_a_term_in_doubt_names_the_day():
    """A working day that a proposal may close is named; so is the last day that is official."""
    assert lines(Term.working_days(2), date(2026, 11, 20), "vi")[-1] == (
        "Tạm tính: ngày 23/11/2026 mới có đề xuất, chưa có văn bản chính thức."
    )
    assert lines(Term.working_days(2), date(2026, 11, 20), "en")[-1] == (
        "Provisional: 2026-11-23 is only proposed, without an official notice."
    )
    beyond = lines(Term.working_days(10), date(2026, 12, 25), "vi")
    assert beyond[-1] == "Tạm tính: hạn rơi vào sau 31/12/2026, chưa có lịch nghỉ chính thức."
    assert any("tạm tính nghỉ Tết Dương lịch (Điều 112 Bộ luật Lao động" in s for s in beyond)


def test_a_term_over_tet_cites_as_a_deadline_does():
    """Law before number, document before date: the same citation as in working time."""
    said = lines(Term.days(10), date(2026, 2, 6), "vi")[3]
    assert "(Điều 112 Bộ luật Lao động 2019; Thông báo số 9441/TB-BNV ngày 16/10/2025)" in said
