"""Due times of a CSV with their reasons: python examples/csv_due/csv_due.py FILE

Each row is counted twice: as it was known on the day before the notice about 2 January 2026, and
as it was known on the day of the notice.
"""

import csv
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from phananh import vietnam_calendar

OFFICE = vietnam_calendar("A")
BEFORE, AFTER = date(2025, 12, 24), date(2025, 12, 25)
HEADER = ["start", "budget_seconds", "due_before", "due_after", "moved", "reason"]


def count(row: dict[str, str]) -> list[str]:
    """Return a row with both due times, and in Vietnamese why the later knowledge says so."""
    start = datetime.fromisoformat(row["start"]).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    budget = timedelta(seconds=int(row["budget_seconds"]))
    before = OFFICE.as_of(BEFORE).add(start, budget)
    after = OFFICE.as_of(AFTER).explain(start, budget)
    steps = [line for line in after.text("vi").splitlines() if line[0].isdigit()]
    moved = "yes" if after.due != before else "no"
    due = (f"{each:%Y-%m-%dT%H:%M}" for each in (before, after.due))
    return [*row.values(), *due, moved, " ".join(steps)]


with open(sys.argv[1], encoding="utf-8", newline="") as file:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEADER)
    out.writerows(map(count, csv.DictReader(file)))
