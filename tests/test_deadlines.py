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
from phananh.worktime.explain.explanation import verify
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


def test_the_table_was_read_whole():
    """There are 400 rows, of two schedules."""
    assert len(ROWS) == sum(map(len, SCHEDULES.values())) == 400
    assert all(SCHEDULES.values())


@EACH
def test_one_by_one(schedule):
    """The calendar's own answer, forth, and from the due time back to the next opening."""
    calendar = vietnam_calendar(schedule)
    for start, budget, due in map(_case, SCHEDULES[schedule]):
        assert calendar.add(start, budget) == due
        if budget:
            assert calendar.subtract(due, budget) == calendar.next_opening(start)


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
    found = add_many(vietnam_calendar(schedule), starts, budgets)
    assert [*found] == [*dues]


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
def test_one_by_one_on_the_command_line(schedule):
    """`due START BUDGET --json` prints each due time."""
    for row in SCHEDULES[schedule]:
        told = run("due", row["start"], f"{row['budget_seconds']}s", "--hours", schedule, "--json")
        assert told.exit_code == 0
        assert datetime.fromisoformat(json.loads(told.stdout)["due"]) == _case(row)[2]


@EACH
def test_with_the_reasons(schedule):
    """Each explanation ends at the due time, uses the budget up, and counts right again."""
    calendar = vietnam_calendar(schedule)
    for start, budget, due in map(_case, SCHEDULES[schedule]):
        explanation = calendar.explain(start, budget)
        assert explanation.due == due
        assert verify(explanation) == []
        assert sum((step.worked for step in explanation.steps), timedelta()) == budget
        if budget:
            assert explanation.steps[-1].end == due
            assert explanation.steps[-1].left == timedelta()
        else:
            assert explanation.steps == ()


@EACH
def test_with_the_reasons_on_the_command_line(schedule):
    """`due --explain --json` prints the same steps, the last of them to the due time."""
    for row in SCHEDULES[schedule]:
        budget, due = _case(row)[1:]
        words = ("due", row["start"], f"{row['budget_seconds']}s", "--hours", schedule)
        told = json.loads(run(*words, "--explain", "--json").stdout)
        assert datetime.fromisoformat(told["due"]) == due
        assert told["budget_us"] == budget // timedelta(microseconds=1)
        assert sum(step["worked_us"] for step in told["steps"]) == told["budget_us"]
        assert [step["to"] for step in told["steps"]][-1:] == [told["due"]] * bool(budget)
