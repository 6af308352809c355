"""`due` and `between`: one grammar, the right answer, and a clear no."""

import pytest

from phananh.worktime import vietnam_calendar
from tests.cli.terminal import rows, run


@pytest.mark.parametrize(
    ("start", "budget", "due"),
    [
        ("2026-03-04T09:00", "5h", "2026-03-04T16:00:00"),
        ("2026-03-04 09:00", "300m", "2026-03-04T16:00:00"),
        ("2026-03-04T07:30", "4h", "2026-03-04T11:30:00"),
        ("2026-03-04T07:30", "8h", "2026-03-04T17:30:00"),
        ("2026-03-04T17:00", "8h30m", "2026-03-05T17:30:00"),
        ("2026-03-04T09:00:00.1234567", "90s", "2026-03-04T09:01:30.123456"),
        ("2026-03-04T09:00+07:00", "5h", "2026-03-04T16:00:00+07:00"),
        ("2026-03-04T02:00:00Z", "5h", "2026-03-04T09:00:00Z"),
        ("2026-03-04T02:00:00-00:30", "0h", "2026-03-04T02:00:00-00:30"),
        ("2026-03-04T20:00", "0s", "2026-03-04T20:00:00"),
    ],
)
def test_due(start, budget, due):
    """The answer comes in the form of the question: same offset, or none."""
    result = run("due", start, budget)
    assert (result.stdout, result.stderr, result.exit_code) == (f"{due}\n", "", 0)


@pytest.mark.parametrize(
    "budget", ["5", "h", "5h5h", "30m8h", "1.5h", "5 h", "5H", "+5h", "\u0665h", "2x", "", "5h\n"]
)
def test_only_one_grammar(budget):
    """What is not in the grammar is refused, and the grammar shown."""
    result = run("due", "2026-03-04T09:00", budget)
    assert result.exit_code == 2
    assert "5h, 8h30m, 45m, 90s" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("words", [("-5h",), ("--", "-5h"), ("--", "\u22125h")])
def test_no_budget_below_zero(words):
    """A negative budget is refused as such, not taken for an option."""
    result = run("due", "2026-03-04T09:00", *words)
    assert result.exit_code == 2
    assert "not negative" in result.stderr


@pytest.mark.parametrize(
    "start",
    [
        "2026-03-04",
        "09:00",
        "2026-03-04T24:00",
        "2026-03-04T09:00:60",
        "2026-02-30T09:00",
        "2026-03-04T09:00+25:00",
        "2026-03-04T09:00+07:61",
        "1900-01-01T09:00",
        "2150-01-01T09:00",
        "0001-01-01T00:00+14:00",
        "2026-03-04T09:00\x00",
        "2026-03-04T\udcff",
        "\ufeff2026-03-04T09:00",
        "\x1b[31m2026",
    ],
)
def test_no_such_start(start):
    """A start that is no covered moment is refused in one visible line, without a traceback."""
    result = run("due", start, "5h")
    assert result.exit_code == 2
    assert result.stderr.startswith("phananh: ")
    assert len(result.stderr.splitlines()) == 1
    assert "\x1b" not in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("budget", ["999999999h", "999999999h999999999m999999999s"])
def test_absurd_budget(budget):
    """More working time than the calendar has is refused."""
    assert run("due", "2026-03-04T09:00", budget).exit_code == 2


def test_explain_json_is_what_the_calendar_says():
    """`--explain --json` prints exactly the calendar's own explanation."""
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    start = datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    expected = vietnam_calendar("A").explain(start, timedelta(hours=5)).as_dict()
    assert rows(run("due", "2026-03-04T09:00", "5h", "--explain", "--json")) == [expected]
    short = {key: value for key, value in expected.items() if key != "steps"}
    assert rows(run("--json", "due", "2026-03-04T09:00", "5h")) == [short]


def test_explain_speaks_both_languages():
    """`--explain` names the day in the language asked for."""
    assert "Wednesday" in run("due", "2026-03-04T09:00", "5h", "--explain").stdout
    assert "thứ Tư" in run("due", "2026-03-04T09:00", "5h", "--explain", "--lang", "vi").stdout


def test_provisional_is_said():
    """A due time beyond the official notices is given, with a note beside the output."""
    result = run("due", "2027-03-04T09:00", "5h")
    assert result.stdout == "2027-03-04T16:00:00\n"
    assert "provisional" in result.stderr


def test_hours(tmp_path):
    """`--hours` takes a preset or a TOML file, and names what is wrong with anything else."""
    assert run("due", "2026-03-04T09:00", "5h", "--hours", "VP").stdout == "2026-03-04T15:00:00\n"
    missing = run("due", "2026-03-04T09:00", "5h", "--hours", "nowhere.toml")
    assert missing.exit_code == 2
    assert "A, VP" in missing.stderr
    wrong = tmp_path / "latin.toml"
    wrong.write_bytes(b"# ok\n# \xe1\n")
    result = run("due", "2026-03-04T09:00", "5h", "--hours", str(wrong))
    assert result.exit_code == 2
    assert "line 2, byte 3 (0xE1)" in result.stderr
    assert run("due", "2026-03-04T09:00", "5h", "--hours", str(tmp_path)).exit_code == 2
    assert run("due", "2026-03-04T09:00", "5h", "--hours", "a\0b").exit_code == 2


def test_between():
    """Working time between two moments is signed, exact in JSON, and in words else."""
    there = ("2026-03-04T09:00", "2026-03-05T09:00")
    assert run("between", *there).stdout == "8 h\n"
    assert run("between", *reversed(there)).stdout == "-8 h\n"
    assert run("between", *there, "--lang", "vi").stdout == "8 giờ\n"
    assert rows(run("between", *there, "--json"))[0]["worked_us"] == 8 * 3600 * 10**6
    assert run("between", "x", "y").exit_code == 2


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("16:00 20/11/2026", "8h"), "16:00 thứ Hai 23/11/2026"),
        (("2026-02-23T08:00:30", "3h"), "11:00:30 thứ Hai 23/02/2026"),
        (("2025-04-25T15:00", "5h", "--picture"), "10:00 thứ Bảy 26/04/2025"),
        (("25/04/2025", "5wd"), "hết ngày 06/05/2025"),
        (("13/02/2026", "5wd", "--ends", "closing"), "17:30 thứ Sáu 27/02/2026"),
        (("2025-04-25T08:00Z", "5h"), "2025-04-26T03:00:00Z"),
        (("2025-04-25T08:00Z", "5wd"), "2025-05-06T17:00:00Z"),
    ],
)
def test_the_answer_in_vietnamese(words, answer):
    """In Vietnamese the answer is in words, unless the start has an offset; JSON stays ISO 8601."""
    assert run("due", *words, "--lang", "vi").stdout.splitlines()[0] == answer
    assert rows(run("due", *words[:2], "--lang", "vi", "--json"))[0]["due"][10] == "T"
