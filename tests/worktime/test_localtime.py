"""Zones: what a system without time zone data can do, and what it says of the rest."""

import os
import subprocess
import sys

# tzdata is hidden, and the system's own data lies nowhere.
_HIDE = "import sys; sys.modules['tzdata'] = None\n"
_ASK = (
    _HIDE
    + """
from datetime import datetime, timezone
from phananh.worktime.instants import VIETNAM
from phananh.errors import PhanAnhError
from phananh.worktime import vietnam_calendar
print(datetime(2026, 3, 4, 2, tzinfo=timezone.utc).astimezone(VIETNAM).isoformat())
try:
    vietnam_calendar("A")
except PhanAnhError as error:
    print(error)
    print(error.text("vi"))
"""
)


def _run(code, *args):
    env = {**os.environ, "PYTHONTZPATH": "", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code, *args], env=env, capture_output=True, encoding="utf-8"
    )
    return done.returncode, done.stdout, done.stderr


def test_without_time_zone_data_a_calendar_is_refused_by_a_sentence():
    """Vietnamese times can still be shown; a calendar is refused with what to install."""
    status, out, err = _run(_ASK)
    assert (status, err) == (0, "")
    shown, en, vi = out.splitlines()
    assert shown == "2026-03-04T09:00:00+07:00"
    assert en == (
        "zone: this system has no time zone data: 'Asia/Ho_Chi_Minh' is not found; "
        "install the package tzdata: `pip install tzdata`"
    )
    assert "cài gói tzdata" in vi
