"""How late a limit was, under whose name, once the case has left whoever missed it (Art. 9)."""

import pytest

from tests.cli.log import LAN
from tests.cli.terminal import rows, run
from tests.cli.test_case_texts import FOCAL, HANDED_OVER, LATE, act, cells, shown

ASKED = act("request_verification", "2026-11-25T07:30", LAN, agency="SO-1", focal="hoa",
            appointment="2026-11-27T09:00:00+07:00")  # fmt: skip
FOUND = act("report_findings", "2026-11-26T07:31", FOCAL | {"unit": "SO-1"}, text="Đúng")
ANSWER = act("answer", "2026-12-04T11:00", LAN, text="Rõ")
OFFICER_LATE = f"{LATE.format('đã trễ hạn', ', tạm tính')}: quá 5 giờ 30 phút làm việc"
AGENCY_LATE = (
    "cơ quan, đơn vị (SO-1) đã trễ hạn (hết hạn lúc 17:30 25/11/2026, khoản 2 Điều 9): "
    "quá 1 phút làm việc"
)


@pytest.mark.parametrize(("more", "at"), [([], "2026-12-04T10:00"), ([ANSWER], "2026-12-07T10:00")])
def test_a_missed_limit_grows_no_more_once_the_case_left(keep, more, at):
    """9.2: an agency that reports a minute late is late by a minute, under its own name.

    Days later, and after the answer, nothing has grown for the officer who has the case now.
    """
    db = keep([*HANDED_OVER, ASKED, FOUND, *more])
    found = cells(db, "--at", at)
    assert (found["Hạn"], found["Còn/quá"]) == ("-", "")
    assert found["Trễ hạn"] == f"{OFFICER_LATE}; {AGENCY_LATE}"
    told = shown(db, "--at", at, "--lang", "vi")
    assert f"{OFFICER_LATE}; {AGENCY_LATE}\n" in told
    assert "hết thời hạn 17:30 25/11/2026: cơ quan, đơn vị (SO-1) trễ hạn" in told
    assert "Còn/quá" not in told
    (plain,) = rows(run("list", "--db", db, "--json", "--at", at))
    assert [(each["ended_at"], each["over_us"]) for each in plain["lapses"]] == [
        ("2026-11-25T07:30:00+07:00", 19_800_000_000),
        ("2026-11-26T07:31:00+07:00", 60_000_000),
    ]


def test_a_missed_limit_grows_while_the_case_stays(keep):
    """9.2: until the agency reports, how late it is grows with the working time."""
    db = keep([*HANDED_OVER, ASKED])
    for at, over in (("2026-11-26T07:31", 60_000_000), ("2026-11-26T08:30", 3_600_000_000)):
        (plain,) = rows(run("list", "--db", db, "--json", "--at", at))
        assert (plain["lapses"][1]["ended_at"], plain["lapses"][1]["over_us"]) == (None, over)
    assert cells(db, "--at", "2026-11-26T08:30")["Còn/quá"] == "quá 1 giờ làm việc"


def test_how_late_it_was_is_counted_on_its_own_calendar(keep):
    """R15: where the calendar of the limit is not at hand, lateness is said and not counted."""
    db = keep([*HANDED_OVER, ANSWER])
    assert cells(db, "--hours", "VP")["Trễ hạn"] == LATE.format("đã trễ hạn", ", tạm tính")
    (found,) = rows(run("list", "--db", db, "--json", "--hours", "VP"))
    assert found["lapses"][0]["over_us"] is None
