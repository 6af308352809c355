"""`calendar`: the year as a picture, and where each day comes from."""

from tests.cli.terminal import run

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


def test_svg(tmp_path):
    """`--svg` writes the picture to a file, or says why it cannot."""
    file = tmp_path / "year.svg"
    assert run("calendar", "2026", "--svg", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("<svg")
    assert run("calendar", "2026", "--svg", str(tmp_path / "no" / "x.svg")).exit_code == 2
