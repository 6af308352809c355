"""`phananh doctor`: how old the knowledge is, what lies below, and what needs attention."""

from importlib.metadata import version

import pytest

from phananh.worktime.days.holidays_check import Crosscheck, Difference
from phananh.worktime.days.vietnam import COMPILED_ON
from tests.cli.terminal import rows, run
from tests.stores.files import alter, fill_store

AT = ("--at", f"{COMPILED_ON}T08:00")


SETTLED = """
format = 1
[[notice]]
document = "1/TB"
issued = 2026-11-20
[[notice.day]]
date = 2026-11-23
kind = "worked"
[[notice.day]]
date = 2026-11-28
kind = "off"
"""


@pytest.fixture
def settled(file):
    """Return the options that give a notice by which nothing near the table's day is in doubt."""
    return "--notices", file(SETTLED)


def test_all_is_well_on_the_day_of_the_table(settled):
    """On the day on which the table was made nothing needs attention but what is in doubt."""
    result = run("doctor", *AT, *settled)
    assert result.exit_code == 0
    assert (
        f"days off: as published on {COMPILED_ON}, later notices are not known\n" in result.stdout
    )
    covered = "days from 1976-01-01 to 2100-12-31, checked against notices from 2018-12-31 on\n"
    assert covered in result.stdout
    assert "not settled: 2026-11" not in result.stdout
    assert "not settled: every day after 2026-12-31" in result.stdout
    assert result.stdout.splitlines()[-1] == "all is well"


def test_a_day_in_doubt_needs_attention():
    """A day that is not settled is named, with the way out, until 60 days after it."""
    result = run("doctor", *AT)
    assert result.exit_code == 3
    proposed = "(đề xuất hoán đổi 23/11/2026)"
    assert f"\nnot settled: 2026-11-28, counted as a day off {proposed}\n" in result.stdout
    attention = [line for line in result.stdout.splitlines() if line.startswith("attention: ")]
    assert attention == [
        f"attention: {day} is not settled {proposed}: no notice was published by {COMPILED_ON}, "
        f"so it counts as a {kind}. Once the notice is issued, give it with --notices."
        for day, kind in (("2026-11-23", "working day"), ("2026-11-28", "day off"))
    ]
    spoken = run("doctor", *AT, "--lang", "vi").stdout
    assert (
        f"chưa có văn bản chính thức {proposed}: 23/11/2026 tạm tính là ngày làm việc; khi"
        in spoken
    )
    assert "dữ liệu ngày nghỉ: đã cập nhật các văn bản công bố đến hết ngày" in spoken
    assert "all is well" not in result.stdout


def test_knowledge_that_ran_out_needs_attention(settled):
    """After the last day known, or half a year after the table, the exit code is 3."""
    late = run("doctor", "--at", "2027-01-02T08:00")
    assert late.exit_code == 3
    assert (
        "attention: the days off are known only until 2026-12-31. Look for a newer" in late.stdout
    )
    old = run("doctor", "--at", "2027-05-25T08:00", "--lang", "vi")
    assert (
        old.exit_code,
        "cần xem xét: dữ liệu ngày nghỉ đã 181 ngày chưa được cập nhật" in old.stdout,
    ) == (3, True)
    assert "180 days old. Look" not in run("doctor", "--at", "2027-05-24T08:00").stdout
    assert run("doctor", "--at", "2026-12-31T17:00", *settled).exit_code == 0


def test_news_of_the_package_needs_attention(monkeypatch):
    """A difference that nobody explains, and a correction that is not needed, are told."""
    found = Crosscheck(
        differences=(Difference(date=COMPILED_ON, ours="open", package="off"),),
        needless=(COMPILED_ON,),
    )
    monkeypatch.setattr("phananh.cli.commands.doctor.crosscheck", lambda: found)
    result = run("doctor", *AT)
    assert result.exit_code == 3
    assert (
        f"  {COMPILED_ON}: phananh: open, holidays: off (the reason is not known)" in result.stdout
    )
    release = version("holidays")
    assert f"attention: holidays {release} differs on {COMPILED_ON} and" in result.stdout
    assert f"attention: holidays {release} now has {COMPILED_ON}" in result.stdout


def test_damaged_cases_are_named(tmp_path):
    """With a database the doctor names every case that is damaged, and ends with 3."""
    path = tmp_path / "cases.db"
    fill_store(path)
    well = run("doctor", "--db", str(path), "--at", "2026-12-01T08:00")
    assert "\ndatabase: 3 cases read, none damaged\n" in well.stdout
    assert "damaged:" not in well.stdout
    spoken = run("doctor", "--db", str(path), "--lang", "vi").stdout
    assert "\ncơ sở dữ liệu: đã đọc 3 PAKN, không có gì hỏng" in spoken
    alter(path, "update phananh_event set body = '{}' where case_id != 'HB-2'")
    result = run("doctor", "--db", str(path), "--at", "2026-12-01T08:00")
    assert result.exit_code == 3
    assert [line.split(": ")[2] for line in result.stdout.splitlines() if "damaged:" in line] == [
        "case HB-0, version 1",
        "case HB-1, version 1",
    ]
    assert result.stdout.endswith("\ndatabase: damage found, named above (2)\n")
    assert "hỏng: khi đọc bước đã ghi" in run("doctor", "--db", str(path), "--lang", "vi").stdout
    found = [row["damaged"]["case"] for row in rows(run("doctor", "--json", "--db", str(path)))[1:]]
    assert found == ["HB-0", "HB-1"]


def test_missing_database_is_not_made(tmp_path):
    """The doctor examines what is there, and makes nothing."""
    assert run("doctor", "--db", str(tmp_path / "none.db")).exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("doctor", *AT), ("db", "verify")])
def test_server_that_is_away_is_told_once(command):
    """A database that cannot be reached is not called damaged: one line says what is wrong."""
    address = "postgresql://127.0.0.1:1/x?phananh_timeout=0.1&phananh_retry_for=0"
    result = run(*command, "--db", address)
    assert result.exit_code == 2
    assert "damaged" not in result.output
    assert len(result.stderr.splitlines()) == 1
