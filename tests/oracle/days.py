"""Days off and worked Saturdays of Vietnamese state bodies, 2018-09-04 to 2026-12-31.

Typed by hand: Labour Code 45/2019 Art. 111.3 and 112 (and its predecessor), Resolution
28/2026/QH16 for 24 November, and the yearly notices for Tết, National Day and the swaps.
There is none between National Day 2018 and 2018-12-31.
Only weekdays are listed as off: a Saturday or Sunday is closed anyhow.
The proposed swap of 2026-11-23 and 2026-11-28 is not here: no notice of it is known.
"""

from datetime import date

FIRST = date(2018, 9, 4)
LAST = date(2026, 12, 31)

_OFF = """
2018 Mon 12-31                                          off for Sat 2019-01-05

2019 Tue 01-01                                          New Year
2019 Mon 02-04, Tue 02-05, Wed 02-06, Thu 02-07, Fri 02-08    Tết, first day 5 Feb
2019 Mon 04-15                                          Hùng Kings on Sun 14 Apr
2019 Mon 04-29                                          off for Sat 2019-05-04
2019 Tue 04-30, Wed 05-01                               Reunification, Labour
2019 Mon 09-02                                          National Day, still one day

2020 Wed 01-01                                          New Year
2020 Thu 01-23, Fri 01-24, Mon 01-27, Tue 01-28, Wed 01-29    Tết, first day Sat 25 Jan
2020 Thu 04-02                                          Hùng Kings
2020 Thu 04-30, Fri 05-01                               Reunification, Labour
2020 Wed 09-02                                          National Day, still one day

2021 Fri 01-01                                          New Year
2021 Wed 02-10, Thu 02-11, Fri 02-12, Mon 02-15, Tue 02-16    Tết, first day Fri 12 Feb
2021 Wed 04-21                                          Hùng Kings
2021 Fri 04-30, Mon 05-03                               Reunification, Labour on Sat 1 May
2021 Thu 09-02, Fri 09-03                               National Day, two days from now on

2022 Mon 01-03                                          New Year on Sat
2022 Mon 01-31, Tue 02-01, Wed 02-02, Thu 02-03, Fri 02-04    Tết, first day Tue 1 Feb
2022 Mon 04-11                                          Hùng Kings on Sun 10 Apr
2022 Mon 05-02, Tue 05-03                               30 Apr on Sat, 1 May on Sun
2022 Thu 09-01, Fri 09-02                               National Day

2023 Mon 01-02                                          New Year on Sun
2023 Fri 01-20, Mon 01-23, Tue 01-24, Wed 01-25, Thu 01-26    Tết, first day Sun 22 Jan
2023 Mon 05-01, Tue 05-02, Wed 05-03                    Hùng Kings on Sat 29, Sun 30 Apr, Labour
2023 Fri 09-01, Mon 09-04                               National Day, 2 Sep on Sat

2024 Mon 01-01                                          New Year
2024 Thu 02-08, Fri 02-09, Mon 02-12, Tue 02-13, Wed 02-14    Tết, first day Sat 10 Feb
2024 Thu 04-18                                          Hùng Kings
2024 Mon 04-29                                          off for Sat 2024-05-04
2024 Tue 04-30, Wed 05-01                               Reunification, Labour
2024 Mon 09-02, Tue 09-03                               National Day

2025 Wed 01-01                                          New Year
2025 Mon 01-27, Tue 01-28, Wed 01-29, Thu 01-30, Fri 01-31    Tết, first day Wed 29 Jan
2025 Mon 04-07                                          Hùng Kings
2025 Wed 04-30, Thu 05-01                               Reunification, Labour
2025 Fri 05-02                                          off for Sat 2025-04-26
2025 Mon 09-01, Tue 09-02                               National Day

2026 Thu 01-01                                          New Year
2026 Fri 01-02                                          off for Sat 2026-01-10
2026 Mon 02-16, Tue 02-17, Wed 02-18, Thu 02-19, Fri 02-20    Tết, first day Tue 17 Feb
2026 Mon 04-27                                          Hùng Kings on Sun 26 Apr
2026 Thu 04-30, Fri 05-01                               Reunification, Labour
2026 Mon 08-31                                          off for Sat 2026-08-22
2026 Tue 09-01, Wed 09-02                               National Day
2026 Tue 11-24                                          Culture Day, Resolution 28/2026/QH16
"""

_WORKED = """
2019 Sat 01-05                                          for Mon 2018-12-31
2019 Sat 05-04                                          for Mon 2019-04-29, letter 6519
2024 Sat 05-04                                          for Mon 2024-04-29, letter 2450
2025 Sat 04-26                                          for Fri 2025-05-02, notice 6150
2026 Sat 01-10                                          for Fri 2026-01-02, letter 12729
2026 Sat 08-22                                          for Mon 2026-08-31, notice 9441
"""


class OutsideTableError(LookupError):
    """A day of which this table says nothing."""


def _typed(table: str) -> dict[date, str]:
    days = {}
    for row in table.strip().splitlines():
        if not row:
            continue
        year, rest = row[:4], row[5:]
        listed, _, reason = rest.partition("    ")
        for entry in listed.split(","):
            weekday, month_day = entry.split()
            day = date.fromisoformat(f"{year}-{month_day}")
            if f"{day:%a}" != weekday or day in days:
                raise ValueError(f"mistyped: {entry} in {row!r}")
            days[day] = reason.strip()
    return days


OFF = _typed(_OFF)
WORKED = _typed(_WORKED)


def is_worked(day: date) -> bool:
    """Say whether offices work on `day`: a weekday not off, or a worked Saturday."""
    if not FIRST <= day <= LAST:
        raise OutsideTableError(day.isoformat())
    if day in WORKED:
        return True
    return day.weekday() < 5 and day not in OFF
