"""The 400 known deadlines, by every way there is to ask: each comes out to the microsecond.

The scalar path and the oracle are asked row by row in `tests/worktime/calendar/test_cases.py`.
"""

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from phananh.worktime import vietnam_calendar
from tests.cli.terminal import run

TABLE = Path(__file__).parent / "data" / "deadlines.csv"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
with TABLE.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
SCHEDULES = {name: [row for row in ROWS if row["schedule"] == name] for name in ("A", "VP")}
EACH = pytest.mark.parametrize("schedule", SCHEDULES)


def _case(row):
    start, due = (datetime.fromisoformat(row[key]) for key in ("start", "due"))
    budget = timedelta(seconds=int(row["budget_seconds"]))
    return start.replace(tzinfo=VIETNAM), budget, due.replace(tzinfo=VIETNAM)


@EACH
def test_all_at_once(schedule):
    """The bulk path gives all due times of a schedule in one call."""
    np = pytest.importorskip("numpy")
    from phananh.worktime.bulk import add_many

    cases = [*map(_case, SCHEDULES[schedule])]
    starts, dues = (
        np.array([case[i].astimezone(ZoneInfo("UTC")).replace(tzinfo=None) for case in cases])
        .astype("M8[us]") for i in (0, 2)
    )  # fmt: skip
    budgets = np.array([case[1] for case in cases], "m8[us]")
    assert [*add_many(vietnam_calendar(schedule), starts, budgets)] == [*dues]


@EACH
def test_as_a_batch_on_the_command_line(schedule):
    """`due --batch` writes the rows back with the due times of the table."""
    given = ["start,budget_seconds", *(f"{r['start']},{r['budget_seconds']}"
                                       for r in SCHEDULES[schedule])]  # fmt: skip
    result = run("due", "--batch", "--hours", schedule, given="\n".join(given) + "\n")
    assert (result.exit_code, result.stderr) == (0, "")
    told = [*csv.DictReader(io.StringIO(result.stdout))]
    assert [(r["start"], r["budget_seconds"]) for r in told] == [
        (r["start"], r["budget_seconds"]) for r in SCHEDULES[schedule]
    ]
    assert [datetime.fromisoformat(r["due"]) for r in told] == [
        datetime.fromisoformat(r["due"]) for r in SCHEDULES[schedule]
    ]


@EACH
def test_with_the_reasons(schedule):
    """Each explanation ends at the due time, uses the budget up, and counts right again."""
    calendar = vietnam_calendar(schedule)
    for start, budget, due in map(_case, SCHEDULES[schedule]):
        explanation = calendar.explain(start, budget)
        assert (explanation.due, sum((step.worked for step in explanation.steps), timedelta())) == (
            due,
            budget,
        )
        if budget:
            assert (explanation.steps[-1].end, explanation.steps[-1].left) == (due, timedelta())
        else:
            assert explanation.steps == ()


@EACH
def test_with_the_reasons_on_the_command_line(schedule):
    """`due --explain --json` prints the due time, and steps of which the last ends there."""
    for row in SCHEDULES[schedule][::10]:
        budget, due = _case(row)[1:]
        words = ("due", row["start"], f"{row['budget_seconds']}s", "--hours", schedule)
        told = json.loads(run(*words, "--explain", "--json").stdout)
        assert datetime.fromisoformat(told["due"]) == due
        assert told["budget_us"] == budget // timedelta(microseconds=1)
        assert sum(step["worked_us"] for step in told["steps"]) == told["budget_us"]
        assert [step["to"] for step in told["steps"]][-1:] == [told["due"]] * bool(budget)
