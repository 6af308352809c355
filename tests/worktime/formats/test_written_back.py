"""What a text cannot hold is refused when it is written; nothing is lost on the way back."""

from datetime import date

import pytest

from phananh.errors import InputError
from phananh.worktime import (
    Notice,
    NoticeDay,
    calendar_from_toml,
    calendar_to_toml,
    notices_from_toml,
    vietnam_calendar,
)

OFF = NoticeDay(date(2026, 5, 5), "off")
ISSUED = date(2026, 3, 2)
HEAD = "format = 1\n"


UNDATED = [
    (Notice("1/TB", None, days=[OFF]), "1/TB is official and has no date of issue"),
    (
        Notice("1/TB", ISSUED, days=[OFF], known_on=None),
        "1/TB has a date of issue, but not the day when it became known",
    ),
]


@pytest.mark.parametrize(("notice", "problem"), UNDATED)
def test_a_notice_that_no_file_can_hold_is_not_written(notice, problem):
    """It would be refused when it is read, or be known on another day."""
    with pytest.raises(InputError) as caught:
        calendar_to_toml(vietnam_calendar("A", notices=[notice]))
    assert (
        str(caught.value)
        == f"notices: {problem}, which TOML cannot express; change it, or keep it in code"
    )


def test_an_expected_notice_without_a_date_is_written():
    """Days that are expected need no date of issue, and come back as they were."""
    expected = Notice("dự kiến", None, "expected", days=[OFF])
    calendar = vietnam_calendar("A", notices=[expected])
    assert calendar_from_toml(calendar_to_toml(calendar)).notices == (expected,)


def test_a_notice_that_moves_nothing_reads_back():
    """It may stand there for its number alone."""
    calendar = vietnam_calendar("A", notices=[Notice("1/TB", ISSUED)])
    assert calendar_from_toml(calendar_to_toml(calendar)).notices == calendar.notices
    assert notices_from_toml(
        f'{HEAD}[[notice]]\ndocument = "1/TB"\nissued = 2026-03-02\nday = []'
    ) == (Notice("1/TB", ISSUED),)
