"""The version of every named calendar, one a line: the same whichever release of `holidays`.

`.ci/versions` prints them with the oldest release and with the newest, and compares.
"""

from datetime import date

from phananh.worktime import Timetable, vietnam_calendar
from phananh.worktime.presets import PRESETS


def versions() -> dict[str, str]:
    """Return the versions of the presets, of hours put together, and of a view of the past."""
    meeting = Timetable.weekly("08:00-09:00", days="mon", source="giao ban (mẫu)")
    found = {name: vietnam_calendar(name) for name in sorted(PRESETS)}
    found["A, expected"] = vietnam_calendar("A", expected=True)
    found["A, 2025-12-24"] = vietnam_calendar("A", as_of=date(2025, 12, 24))
    found["A & VP"] = vietnam_calendar("A") & vietnam_calendar("VP")
    found["A - meeting"] = vietnam_calendar("A") - meeting
    return {name: calendar.version for name, calendar in found.items()}


def main() -> None:
    """Print each calendar's name with its version."""
    for name, version in versions().items():
        print(name, version, sep=": ")


if __name__ == "__main__":
    main()
