"""Which law makes a day a day off: the one in force on that day."""

from datetime import date

import pytest

from phananh.worktime import vietnam_calendar

A = vietnam_calendar("A")


@pytest.mark.parametrize(
    ("day", "source"),
    [
        (date(1994, 9, 2), "quy định trước Bộ luật Lao động 1994"),
        (date(1995, 1, 1), "Bộ luật Lao động 1994, Điều 73"),
        (date(2007, 4, 26), "Bộ luật Lao động 1994, Điều 73 (sửa đổi bởi Luật số 84/2007/QH11)"),
        (date(2012, 9, 3), "Bộ luật Lao động 1994, Điều 73"),
        (date(2013, 4, 30), "Bộ luật Lao động 1994, Điều 73"),
        (date(2013, 5, 1), "Bộ luật Lao động 2012, Điều 115"),
        (date(2016, 4, 18), "Bộ luật Lao động 2012, Điều 115 khoản 3"),
        (date(2020, 9, 2), "Bộ luật Lao động 2012, Điều 115"),
        (date(2021, 1, 1), "Bộ luật Lao động 2019, Điều 112"),
        (date(2021, 5, 3), "Bộ luật Lao động 2019, Điều 111 khoản 3"),
        (date(2026, 11, 24), "NQ 28/2026/QH16"),
        (date(2027, 11, 24), "NQ 28/2026/QH16"),
        (date(2029, 9, 3), "Bộ luật Lao động 2019, Điều 112"),
    ],
)
def test_a_day_off_rests_on_the_law_in_force(day, source):
    """A holiday, and a substitute day, cite the Labour Code in force on that very day."""
    assert A.day(day).source == source


@pytest.mark.parametrize(
    ("worked", "off"),
    [
        (date(2010, 2, 27), date(2010, 2, 19)),
        (date(2014, 12, 27), date(2015, 1, 2)),
        (date(2019, 1, 5), date(2018, 12, 31)),
        (date(2026, 1, 10), date(2026, 1, 2)),
    ],
)
def test_a_worked_saturday_names_the_day_it_stands_for(worked, off):
    """Both days of a swap name each other, across New Year too."""
    assert (A.day(worked).kind, A.day(worked).swapped_with) == ("worked", off)
    assert (A.day(off).kind, A.day(off).swapped_with) == ("off", worked)
