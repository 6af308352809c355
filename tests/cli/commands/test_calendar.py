"""`calendar`: the year as a picture, and where each day comes from."""

import pytest

from tests.cli.terminal import rows, run

SEASON = """
format = 1
name = "season"
[[schedule]]
days = ["mon-fri"]
sessions = ["07:30-11:30"]
from = "03-02"
to = "11-20"
"""
BOTH = """
format = 1
name = "both"
op = "union"
[[part]]
[[part.schedule]]
days = ["mon-fri"]
sessions = ["07:30-11:30"]
from = "03-02"
to = "11-20"
[[part]]
[[part.schedule]]
days = ["sat"]
sessions = ["07:30-11:30"]
from = "03-02"
to = "11-20"
"""


def test_the_year():
    """The picture marks days off, worked Saturdays and days that may change."""
    text = run("calendar", "2026").stdout
    for mark in ("16* 17* 18* 19* 20*", "10+", "22+", "23?", "28?", "249 working days of 365"):
        assert mark in text
    assert "CV 12729/VPCP-KGVX" in text
    assert "Vietnam Culture Day" in text
    assert "Tháng 12" in run("calendar", "2026", "--lang", "vi").stdout


def test_the_month():
    """A month is drawn, and listed a day a line with its sessions."""
    lines = run("calendar", "2026", "2").stdout.splitlines()
    days = [line for line in lines if "2026-02-" in line]
    assert len(days) == 28
    assert "07:30-11:30, 13:30-17:30" in days[1]


def test_json():
    """JSON has an object a day, with what is proposed beside what holds."""
    days = {row["date"]: row for row in rows(run("calendar", "2026", "--json"))}
    assert len(days) == 365
    assert days["2026-01-10"]["swapped_with"] == "2026-01-02"
    assert (days["2026-11-23"]["kind"], days["2026-11-23"]["proposed"]) == ("open", "off")


def test_beyond_the_notices_a_day_off_is_only_expected():
    """A holiday that no notice confirms yet bears a question mark."""
    assert "1*?" in run("calendar", "2027").stdout


def test_days_without_hours_are_marked_and_listed(file):
    """A day that would be worked but has no hours bears an x; a stretch of them is one line."""
    text = run("calendar", "2026", "--hours", file(SEASON), "--lang", "en").stdout
    for shown in ("6x   7x   8x   9x  10x  11", "x no hours are set", "185 working days of 365"):
        assert shown in text
    reasons = [line.split() for line in text.splitlines() if "no hours are set for this" in line]
    told = [" ".join(words[1:4]) for words in reasons]
    assert told[0] == "2026-01-05 to 2026-02-13"  # the made-up Saturday of 10 January is in it
    assert told[-2:] == ["2026-11-23 Monday -", "2026-11-25 to 2026-12-31"]
    assert "2026-02-28" not in text  # a Saturday before the season is only a Saturday
    assert (
        "x chưa nêu giờ" in run("calendar", "2026", "1", "--hours", "HATINH", "--lang", "vi").stdout
    )
    assert "no hours are set" not in run("calendar", "2026", "--hours", "VP").stdout


def test_days_without_hours_in_combined_hours(file):
    """Of hours put together a day is marked where neither part has any."""
    text = run("calendar", "2026", "11", "--hours", file(BOTH), "--lang", "en").stdout
    assert "16   17   18   19   20   21x  22" in text
    assert "25x  26x  27x  28x? 29" in text


@pytest.mark.parametrize("words", [("1900",), ("9999",), ("abc",), ("2026", "13"), ("0",), ()])
def test_no_such_year(words):
    """A year outside the calendar, or none, is refused."""
    result = run("calendar", *words)
    assert result.exit_code == 2
    assert result.stderr.startswith("phananh: ")


def test_svg(tmp_path):
    """`--svg` writes the picture to a file, or says why it cannot."""
    file = tmp_path / "year.svg"
    assert run("calendar", "2026", "--svg", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("<svg")
    assert run("calendar", "2026", "--svg", str(tmp_path / "no" / "x.svg")).exit_code == 2
