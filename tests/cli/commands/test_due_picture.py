"""`phananh due --picture` and `--svg`: the days drawn, plain where nobody looks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from phananh.worktime import vietnam_calendar
from tests.cli.terminal import process, run

FRIDAY = ("2026-01-09T15:00", "8h", "--hours", "VP")


def test_a_worked_saturday_drawn():
    """Hours across, a day a line; four letters are an hour, and the reason stands beneath."""
    result = run("due", *FRIDAY, "--picture", "--lang", "vi")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "15:00 thứ Bảy 10/01/2026",
        "",
        "                 07  08  09  10  11  12  13  14  15  16  17",
        "T6 09/01           ░░░░░░░░░░░░░░░░░░    ░░░░░░░░██████    1 giờ 30 phút  nhận 15:00",
        "T7 10/01           ██████████████████    ████████░░░░░░    6 giờ 30 phút  hạn 15:00",
        "                 làm bù cho thứ Sáu 02/01 (Công văn số 12729/VPCP-KGVX ngày 25/12/2025)",
        "                 ██ giờ được tính   ░░ giờ làm việc khác",
    ]


def test_tet_is_folded():
    """Nine closed days are three lines beneath one label."""
    lines = run("due", "2026-02-13T16:00", "5h", "--picture").stdout.splitlines()
    assert lines[4:7] == [
        "14 Feb - 22 Feb  14 Feb to 15 Feb weekly rest",
        "                 16 Feb to 20 Feb Lunar New Year (Tết) (Labour Code 2019, Article 112; "
        "TB 9441/TB-BNV of 2025-10-16)",
        "                 21 Feb to 22 Feb weekly rest",
    ]


def test_received_on_a_day_off():
    """What was received on a holiday is told in the line of the holiday."""
    lines = run("due", "2026-11-24T09:00", "1h", "--picture").stdout.splitlines()
    assert lines[3] == "24 Nov           received Tuesday 2026-11-24 09:00"
    assert lines[5].endswith("1 h  due 08:30")


def test_many_days_are_folded():
    """Of three months the ends are drawn, and the middle is told in numbers."""
    lines = run("due", "2026-01-05T09:00", "600h", "--picture").stdout.splitlines()
    assert "11 Jan - 17 Apr  97 more days, 520 h of them count" in lines
    assert len(lines) < 20


def test_the_shortest_time_is_seen():
    """A microsecond that counts has a letter of its own."""
    lines = run("due", "2026-03-04T09:59:59.9999999", "1s", "--picture").stdout.splitlines()
    assert lines[3].count("█") == 1


def test_night_hours_count_on():
    """Twelve hours and more take half the letters, and the clock goes on past midnight."""
    whole = run("due", "2026-03-04T23:50", "1h", "--picture").stdout.splitlines()
    assert whole[2].split()[:4] == ["07", "09", "11", "13"]
    assert whole[3].endswith("received 23:50")


def test_plain_letters_where_blocks_cannot_be_written():
    """On a terminal of another encoding the picture is drawn in ASCII."""
    done = process("due", *FRIDAY, "--picture", env={"PYTHONIOENCODING": "ascii"})
    text = done.stdout.decode("ascii")
    assert "######" in text
    assert "------" in text
    assert "\\u2588" not in text


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_pipe_gets_no_colours(env):
    """What is piped has no escape in it."""
    done = process("due", *FRIDAY, "--explain", "--picture", env=env)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout


def test_explain_alone_draws_nothing_in_a_pipe():
    """Where nobody looks, `--explain` prints the reasons and no more."""
    assert "█" not in run("due", *FRIDAY, "--explain").stdout


def test_the_svg_is_the_explanations_own(tmp_path):
    """`--svg` writes what `Explanation.svg` returns, beside text or JSON."""
    file = tmp_path / "due.svg"
    result = run("due", *FRIDAY, "--svg", str(file), "--lang", "vi")
    assert result.stdout == "15:00 thứ Bảy 10/01/2026\n"
    start = datetime(2026, 1, 9, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    explanation = vietnam_calendar("VP").explain(start, timedelta(hours=8))
    assert file.read_text(encoding="utf-8") == explanation.svg("vi")
    result = run("due", *FRIDAY, "--svg", str(file), "--json")
    assert result.exit_code == 0
    assert file.read_text(encoding="utf-8") == explanation.svg("en")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*FRIDAY, "--picture", "--json"), "--picture is for people"),
        (("2026-01-09", "5wd", "--picture"), "not for terms in days"),
        (("2026-01-09", "5wd", "--svg", "x.svg"), "not for terms in days"),
        (("--batch", "--picture"), "--batch takes no"),
        ((*FRIDAY, "--svg", "no/such/folder/x.svg"), "cannot write no/such/folder/x.svg"),
    ],
)
def test_what_does_not_go_together_is_refused(words, said):
    """A picture beside JSON, of a term in days, of a batch, or to nowhere, is refused by name."""
    result = run("due", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
