"""The table of official notices: dated, sourced, pasted back, and in line with the days."""

import datetime
from datetime import date

import pytest

from phananh.errors import InputError, InputTypeError
from phananh.worktime import Notice, calendar_from_toml, notices_from_toml
from phananh.worktime.days.vietnam import (
    COMPILED_ON,
    OFFICIAL_NOTICES,
)

BY_NAME = pytest.mark.parametrize("notice", OFFICIAL_NOTICES, ids=lambda n: n.document)


@BY_NAME
def test_each_notice_says_who_when_and_where(notice):
    """Each has an office, a source, a date of issue, and was known by the day of the table."""
    assert notice.office
    assert notice.source
    assert notice.issued <= COMPILED_ON
    assert date(2018, 1, 1) < notice.known_on <= notice.issued


def test_two_papers_of_one_swap_stand_together():
    """The letter behind a ministry's notice is found with it."""
    notice = next(n for n in OFFICIAL_NOTICES if n.document == "TB 9441/TB-BNV")
    assert notice.documents == ("TB 9441/TB-BNV", "CV 9859/VPCP-KGVX")
    assert Notice("1/TB", date(2026, 1, 1), also=["2/CV"]).documents == ("1/TB", "2/CV")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"document": " "}, InputError),
        ({"document": 5}, InputTypeError),
        ({"office": None}, InputTypeError),
        ({"also": [5]}, InputTypeError),
        ({"known_on": "2026-01-01"}, InputTypeError),
        ({"known_through": datetime.datetime(2026, 1, 1)}, InputTypeError),
    ],
)
def test_a_notice_of_wrong_parts_is_refused(given, error):
    """A blank number, or a field of the wrong type, is refused by its name."""
    with pytest.raises(error) as caught:
        Notice(**{"document": "1/TB", "issued": date(2026, 1, 1), **given})
    assert caught.value.field == next(iter(given))


TOML = """format = 1
hours = "A"
[[notice]]
document = "10065/VPCP-KGVX"
issued = 2026-10-02
office = "Văn phòng Chính phủ"
known_on = 2026-10-03
known_through = 2027-12-31
also = ["1/TB-BNV"]
source = "bản giấy tại văn thư"
note = "Tết 04-10/02/2027"
"""


def test_a_file_of_notices_has_nothing_else():
    """Notices alone are read without hours; hours beside them are refused by name."""
    assert notices_from_toml(TOML.replace('hours = "A"\n', "")) == calendar_from_toml(TOML).notices
    with pytest.raises(InputError, match=r"x.toml: hours: 'A': no such key; use format, notice"):
        notices_from_toml(TOML, where="x.toml")
    with pytest.raises(InputError, match=r"x.toml: format: 2 is unknown"):
        notices_from_toml("format = 2", where="x.toml")
