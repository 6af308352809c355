"""The example of a CSV of due times prints what its page says, from a process of its own."""

import csv
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "csv_due"
BY_HAND = {  # on a wall calendar, with 2 January worked before the notice and off after it
    "2025-12-30T09:00": ("2025-12-31T09:00", "2025-12-31T09:00"),
    "2025-12-31T10:00": ("2025-12-31T17:00", "2025-12-31T17:00"),
    "2025-12-31T15:00": ("2026-01-02T15:00", "2026-01-05T15:00"),
    "2026-01-08T16:00": ("2026-01-09T16:00", "2026-01-09T16:00"),
    "2026-01-09T15:00": ("2026-01-12T10:00", "2026-01-10T10:00"),
    "2026-01-12T08:00": ("2026-01-13T08:00", "2026-01-13T08:00"),
}


def read_expected() -> list[dict[str, str]]:
    """Return the rows of the expected output."""
    with (EXAMPLE / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_due():
    """The program prints expected.csv, and nothing else."""
    run = subprocess.run(
        [sys.executable, "-X", "utf8", str(EXAMPLE / "csv_due.py"), str(EXAMPLE / "starts.csv")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.stderr, run.returncode) == ("", 0)
    assert run.stdout == (EXAMPLE / "expected.csv").read_text(encoding="utf-8")


def test_csv_due_by_hand():
    """Each due time, before and after the notice, is the one counted by hand."""
    rows = read_expected()
    assert {row["start"]: (row["due_before"], row["due_after"]) for row in rows} == BY_HAND
    assert all((row["due_before"] != row["due_after"]) == (row["moved"] == "yes") for row in rows)


def test_csv_due_says_why():
    """The reason of each row that moved names the notice, and the page quotes it."""
    page = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    for row in read_expected():
        assert ("Công văn số 12729/VPCP-KGVX ngày 25/12/2025" in row["reason"]) == (
            row["moved"] == "yes"
        )
        if row["moved"] == "yes":
            quoted = next(line for line in page.splitlines() if row["start"][:10] in line)
            assert quoted.split(" | ")[-1].removesuffix(" |") in row["reason"]
            assert row["due_after"].replace("T", " ") in quoted
