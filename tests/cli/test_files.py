"""A file beyond its limit is refused by name and limit; nothing behind it is cut silently."""

import pytest

from phananh.cli.input import LARGEST
from tests.cli.terminal import run

NOTICE = '[[notice]]\ndocument = "1/TB"\noffice = "x"\nissued = 2026-01-02\noff = [2026-03-04]\n'
EVENT = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n"
    "DTSTART;VALUE=DATE:20260304\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"
)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("due", "2026-03-04T09:00", "5h", "--notices"),
        ("notices", "check"),
        ("due", "2026-03-04T09:00", "5h", "--hours"),
    ],
)
def test_a_notice_behind_the_limit(file, words, lang):
    """A notice behind ten million bytes is not passed over: the file is refused whole."""
    path = file("#" * (LARGEST - 1) + "\n" + NOTICE)
    result = run(*words, path, "--lang", lang)
    assert (result.exit_code, result.stdout) == (2, "")
    assert path in result.stderr
    assert "10,000,000 byte" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_event_behind_the_limit(file):
    """An iCalendar file is held to the same limit."""
    path = file("\n" * LARGEST + EVENT, "days.ics")
    result = run("due", "2026-03-04T09:00", "5h", "--notices", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path}: larger than 10,000,000 bytes" in result.stderr
