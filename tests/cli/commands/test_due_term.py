"""`due` with a term in days: from a date or a moment, to 24:00 or to closing, and why."""

from datetime import date

import pytest

from phananh.worktime import Term, vietnam_calendar
from tests.cli.terminal import rows, run


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (("2026-02-13T16:00", "5wd"), "2026-02-27T24:00:00"),
        (("2026-02-13", "5wd"), "2026-02-27T24:00:00"),
        (("2026-02-13", "5 ngày làm việc"), "2026-02-27T24:00:00"),
        (("2026-01-09", "1 working day"), "2026-01-10T24:00:00"),
        (("2026-02-06", "10d"), "2026-02-23T24:00:00"),
        (("2026-04-16", "2w"), "2026-05-04T24:00:00"),
        (("2026-01-31", "1mo"), "2026-03-02T24:00:00"),
        (("2024-02-29", "1y"), "2025-02-28T24:00:00"),
        (("2026-02-13", "5wd", "--ends", "closing"), "2026-02-27T17:30:00"),
        (("2026-02-13", "5wd", "--ends", "closing", "--hours", "HUE"), "2026-02-27T17:30:00"),
        (("13/02/2026", "5wd"), "2026-02-27T24:00:00"),
        (("16:00 13/02/2026", "5wd"), "2026-02-27T24:00:00"),
        (("2026-02-13T16:00+07:00", "5wd"), "2026-02-28T00:00:00+07:00"),
        (("2026-02-13T09:00Z", "5wd"), "2026-02-27T17:00:00Z"),
        (("2026-02-13T17:00Z", "1wd"), "2026-02-23T17:00:00Z"),  # 14 February in Vietnam
    ],
)
def test_due(words, due):
    """A whole day ends at 24:00 of its own date; with an offset, the instant is given in it."""
    result = run("due", *words)
    assert (result.stdout, result.stderr, result.exit_code) == (f"{due}\n", "", 0)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("2026-02-13", "0d"), "'0d': a term is at least 1"),
        (("2026-02-13", "-5wd"), "a budget is not negative"),
        (("2026-02-13", "5h"), "hours need a start time"),
        (("2026-02-30", "5wd"), "there are 28 days in 02/2026"),
        (("2026-02-13T09:00", "5h", "--ends", "closing"), "--ends is for terms in days"),
        (("2026-02-13T09:00", "5x"), "45m, 90s. Or days: 5wd, 10d, 2w, 3mo, 1y"),
        (("2026-02-13", "999999999y"), "2101-01-01"),
        (("2026-02-13", "5wd", "--ends", "noon"), "--ends"),
        (("--batch", "-", "--ends", "closing"), "--batch takes no START"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_refused(words, message, lang):
    """What cannot be meant is refused in one line, in the language of the run."""
    result = run("due", *words, "--lang", lang)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    if lang == "en":
        assert message in result.stderr


def test_explain():
    """`--explain` prints the calendar's own account, in the language asked for."""
    expiry = Term.working_days(5).expiry(date(2026, 2, 13), on=vietnam_calendar("A"))
    for lang in ("en", "vi"):
        result = run("due", "2026-02-13", "5wd", "--explain", "--lang", lang)
        assert result.stdout == expiry.text(lang) + "\n"
    assert rows(run("due", "2026-02-13", "5wd", "--explain", "--json")) == [expiry.as_dict()]
    short = {key: value for key, value in expiry.as_dict().items() if key != "steps"}
    assert rows(run("due", "2026-02-13", "5wd", "--json")) == [short]


def test_provisional_is_said():
    """An end that a notice may move is given, with a note beside the output."""
    result = run("due", "2026-12-31", "1wd")
    assert result.stdout == "2027-01-04T24:00:00\n"
    assert "provisional" in result.stderr
    assert run("due", "2026-12-30", "1wd").stderr == ""


def test_another_zone(file):
    """A date is of the office's own clock, wherever it hangs."""
    office = file(
        'format = 1\nname = "Mẫu"\nbase = "none"\nzone = "Africa/Cairo"\n'
        '[[schedule]]\ndays = ["sun", "mon-thu"]\nsessions = ["08:00-15:00"]\n',
    )
    hours = ("--hours", office)
    assert run("due", "2026-04-22", "1wd", *hours).stdout == "2026-04-23T24:00:00\n"
    # 24:00 there is the change of clocks, 05:00 in Vietnam
    found = run("due", "2026-04-22T09:00", "1wd", *hours)
    assert found.stdout == "2026-04-24T05:00:00\n"
