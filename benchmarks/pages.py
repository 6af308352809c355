"""What `make bench` leaves in the documentation: the tables of one run.

The run is kept as data (docs/assets/performance.json). The tables are made from it and nothing
else, so that they can be made again, and a test sees when they are stale.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.rounds import Row
from benchmarks.telling import counted

ROOT = Path(__file__).parents[1]
DATA = ROOT / "docs" / "assets" / "performance.json"
BLOCK = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def measured() -> dict[str, Any]:
    """Return the last run that was kept."""
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def keep(part: str, told: Mapping[str, Any], rows: Sequence[Row]) -> None:
    """Keep what was measured of a part in place of its last numbers."""
    plain = [
        {
            key: float(f"{value:.4g}") if isinstance(value, float) else value
            for key, value in row.as_dict().items()
        }
        for row in rows
    ]
    data = (measured() if DATA.exists() else {}) | {part: {**told, "rows": plain}}
    DATA.write_text(_written(data), encoding="utf-8", newline="\n")


def _written(data: Mapping[str, Any]) -> str:
    """Return the data as JSON with a row on each line."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return re.sub(r"\n {4,}(?=\S)|\n {3}(?=[\]}])", " ", text) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of a page."""
    return "\n".join(map(_line, [head, ["---"] * len(head), *rows])) + "\n"


def _said(part: Mapping[str, Any]) -> str:
    where = part["where"].replace(";", ",")
    return f"Measured on {part['date']} in one run: {where}.\n\n"


def seconds(value: float) -> str:
    """Return a time given in microseconds in the unit that suits it."""
    for unit, size in (("s", 1e6), ("ms", 1e3), ("µs", 1.0)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value * 1e3:.3g} ns" if value < 0.1 else f"{value:.2g} µs"


# What a reader asks first: the words, then the rows of a part that are ours and beside it.
SUMMARY = (
    ("one deadline of 8 working hours", "peers", "phananh, 8 h", "day loop, 8 h"),
    ("one deadline of 2,000 working hours", "peers", "phananh, 2,000 h", "day loop, 2,000 h"),
    *(
        (f"an act recorded on {engine}, you pass {given}", part, f"{engine}, Desk.do ({how})",
         f"{engine}, the raw driver's loop ({how})")
        for engine, part in (("SQLite", "store"), ("PostgreSQL", "postgres"))
        for given, how in (
            ("the case", "the case in hand"),
            ("its id", "by id, its history read first"),
        )
    ),
    ("a case imported into SQLite", "loading", "SQLite, commit of a case", "SQLite, executemany"),
    ("a case imported into PostgreSQL", "loading", "PostgreSQL, commit of a case",
     "PostgreSQL, COPY"),
    ("the first deadline of a new calendar", "worktime", "first call of a new calendar", ""),
)  # fmt: skip
BESIDE = {"peers": "a loop over days", "loading": "the driver's bulk insert"}


def summary(data: Mapping[str, Any]) -> str:
    """Return the table of what one act and one deadline take, and what stands beside it."""
    rows = [
        [what, _median(data, part, ours), _median(data, part, beside) if beside else "",
         BESIDE.get(part, "the same rows by hand") if beside else ""]
        for what, part, ours, beside in SUMMARY
    ]  # fmt: skip
    return table(["what", "time", "compared with", "which is"], rows)


def _median(data: Mapping[str, Any], part: str, what: str) -> str:
    """Return the time of the one row of a part whose words begin so."""
    (found,) = (row for row in data[part]["rows"] if row["what"].startswith(what))
    return seconds(found["micros"])


def ways(data: Mapping[str, Any]) -> str:
    """Return how many cases each way gets right, and how long it takes."""
    part = data["peers"]
    total = counted([*part["cases"]["verdicts"].values()])
    times = {(row["who"], row["size"]): row["micros"] for row in part["rows"] if row["who"]}
    rows = [["way", "right", "a deadline of 5 h", "of 2,000 h"], ["---"] * 4]
    for who, right in zip(part["cases"]["peers"], total, strict=True):
        named = next(name for name, _ in times if who.startswith(name) and "," not in name)
        rows.append([who, right, *(seconds(times[named, hours]) for hours in (5.0, 2000.0))])
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def cases(data: Mapping[str, Any]) -> str:
    """Return which calendar gets which telling case right."""
    part = data["peers"]
    verdicts = part["cases"]["verdicts"]
    rows = [[what, *cells] for what, cells in verdicts.items() if {*cells} != {"✓"}]
    rows.append(["**right**", *counted([*verdicts.values()])])
    easy = ", ".join(f'"{what}"' for what, cells in verdicts.items() if {*cells} == {"✓"})
    shown = table(["case", *part["cases"]["peers"]], rows)
    return f"{_said(part)}{shown}\nEach gets these right: {easy}.\n"


BLOCKS = {"ways": ways, "cases": cases, "summary": summary}
PAGES = ("docs/explanation/why-not.md", "docs/evidence/peers.md")


def fill(path: str, data: Mapping[str, Any]) -> str:
    """Return a page with the tables of this run."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return BLOCK.sub(lambda m: f"{m[1]}{BLOCKS[m[2]](data)}{m[3]}", text)


MADE = {path: partial(fill, path) for path in PAGES}


def write() -> None:
    """Make the tables of every page from the run that was kept."""
    data = measured()
    for path, make in MADE.items():
        (ROOT / path).write_text(make(data), encoding="utf-8", newline="\n")
