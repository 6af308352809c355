"""What `make bench` leaves in the documentation: numbers, tables and pictures of one run.

The run is kept as data (docs/assets/performance.json); pages and pictures are made from it and
nothing else, so that they can be made again, and a test sees when they are stale.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.picture import Axis, dots, lines, powers, seconds
from benchmarks.rounds import Row
from benchmarks.telling import BEYOND, CASES, counted

ROOT = Path(__file__).parents[1]
DATA = ROOT / "docs" / "assets" / "performance.json"
PAGE = "docs/reference/performance.md"
PEERS_PAGE = "docs/explanation/peers.md"
BLOCK = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
PARTS = ("worktime", "store", "postgres", "async", "loading")  # a table of all rows of each
Rows = Sequence[Mapping[str, Any]]


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


def _goal(row: Mapping[str, Any]) -> str:
    if not row["goal"]:
        return ""
    words = row["goal"].replace("<=", "at most").replace(">=", "at least").replace("x", " times")
    return words if row["met"] else f"{words}: **not met**"


def _said(part: Mapping[str, Any]) -> str:
    where = part["where"].replace(";", ",")
    return f"Measured on {part['date']} in one run: {where}.\n\n"


def _cells(row: Mapping[str, Any]) -> list[str]:
    time = "" if row["micros"] is None else seconds(row["micros"])
    spread = f"{row['spread']:.0%}" if row["spread"] else ""
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    return [row["what"], time, spread, ratio, _goal(row)]


def part_block(data: Mapping[str, Any], name: str) -> str:
    """Return the table of a part's rows; none before it was ever measured."""
    if name not in data:
        return ""
    part = data[name]
    head = ["what", "median", "spread", "of the floor", "goal"]
    return _said(part) + table(head, [_cells(row) for row in part["rows"]])


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


def summary_block(data: Mapping[str, Any]) -> str:
    """Return the table of what one act and one deadline take, and what stands beside it."""
    rows = [
        [what, _median(data, part, ours), _median(data, part, beside) if beside else "",
         BESIDE.get(part, "the same SQL by hand") if beside else ""]
        for what, part, ours, beside in SUMMARY
    ]  # fmt: skip
    return table(["what", "time", "compared with", "which is"], rows)


def _median(data: Mapping[str, Any], part: str, what: str) -> str:
    """Return the time of the one row of a part whose words begin so."""
    (found,) = (row for row in data[part]["rows"] if row["what"].startswith(what))
    return seconds(found["micros"])


def _by_peer(rows: Rows) -> dict[str, dict[float, Mapping[str, Any]]]:
    found: dict[str, dict[float, Mapping[str, Any]]] = {}
    for row in rows:
        if row["who"] and row["size"] and not row["what"].startswith("arrays"):
            found.setdefault(row["who"], {})[row["size"]] = row
    return found


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.1f}"


def peers_block(data: Mapping[str, Any]) -> str:
    """Return the table of peers by budget, the goals, and who is absent."""
    part = data["peers"]
    by_peer = _by_peer(part["rows"])
    ours = by_peer["phananh"]
    rows = []
    for who, sizes in by_peer.items():
        cells = [
            f"{seconds(row['micros'])} ({_times(row['micros'] / ours[hours]['micros'])})"
            for hours, row in sizes.items()
        ]
        rows.append([who, *cells])
    head = ["calendar", *(f"{hours:,.0f} h" for hours in ours)]
    plain = [row for row in part["rows"] if not row["who"]]
    goals = [[*_cells(row)[::3], _goal(row)] for row in plain if row["goal"]]
    said = [row["what"] for row in plain if not row["goal"]]  # who is absent
    said += [row["what"] for row in part["rows"] if "(answers" in row["what"]]
    told = _said(part) + table(head, rows) + "\n" + table(["what", "times ours", "goal"], goals)
    return told + "".join(f"\n- {what}" for what in said) + ("\n" if said else "")


def _arrays(rows: Rows) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if row["what"].startswith("arrays") and row["who"]:
            found.setdefault(row["who"], []).append((row["size"], row["micros"] * 1e3))
    return found


def arrays_block(data: Mapping[str, Any]) -> str:
    """Return nanoseconds an element by the size of the array."""
    found = _arrays(data["peers"]["rows"])
    sizes = [size for size, _ in found["add_many"]]
    rows = [
        [who, *(f"{dict(points)[n]:,.0f}" if n in dict(points) else "" for n in sizes)]
        for who, points in found.items()
    ]
    return table(["ns an element", *(f"{size:,.0f}" for size in sizes)], rows)


def performance(data: Mapping[str, Any]) -> str:
    """Return the page on performance with the blocks of this run."""
    blocks = {name: partial(part_block, name=name) for name in PARTS}
    blocks |= {"summary": summary_block, "peers": peers_block, "arrays": arrays_block}
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    return BLOCK.sub(lambda m: f"{m[1]}{blocks[m[2]](data)}{m[3]}", text)


def peers(data: Mapping[str, Any]) -> str:
    """Return the page that says which calendar gets which telling case right."""
    part = data["peers"]
    text = (ROOT / PEERS_PAGE).read_text(encoding="utf-8")
    cases = part["cases"]
    rows = [[what, *cells] for what, cells in cases["verdicts"].items()]
    rows.append(["**right**", *counted([row[1:] for row in rows])])
    verdicts = table(["case", *cases["peers"]], rows)
    asked = [
        [c.what, f"{c.start} UTC+7", _budget(c.budget.total_seconds()), c.due or "open", c.preset]
        for c in (*CASES, BEYOND)
    ]
    blocks = {
        "cases": _said(part) + verdicts,
        "asked": table(["case", "from", "budget", "due", "hours"], asked),
        "worked": table(["calendar", "worked Saturdays by"], cases["worked"]),
    }
    return BLOCK.sub(lambda m: f"{m[1]}{blocks[m[2]]}{m[3]}", text)


def _budget(amount: float) -> str:
    return f"{amount * 1e6:.0f} µs" if 0 < amount < 1 else f"{amount / 3600:g} h"


def peers_picture(data: Mapping[str, Any]) -> str:
    """Return the picture of the peers by budget."""
    rows = data["peers"]["rows"]
    found = {
        who: {f"{hours:,.0f} hours": row["micros"] for hours, row in sizes.items()}
        for who, sizes in _by_peer(rows).items()
    }
    floor = next(row["micros"] for row in rows if row["who"] == "floor")
    return dots(
        "Time of one deadline, by calendar and budget",
        "; ".join(f"{who}: {_listed(values)}" for who, values in found.items()),
        found, marked=floor, mark="floor",
    )  # fmt: skip


def _listed(values: Mapping[str, float]) -> str:
    return ", ".join(f"{what} {seconds(value)}" for what, value in values.items())


SPANS = {1: "1 h", 8: "1 day", 40: "1 week", 200: "200 h", 2000: "1 year", 20_000: "10 years"}


def flat_picture(data: Mapping[str, Any]) -> str:
    """Return the picture of `add` from one hour to ten years."""
    rows = data["worktime"]["rows"]
    ours = [(r["size"], r["micros"]) for r in rows if r["who"] == "phananh"]
    floor = next(r["micros"] for r in rows if r["who"] == "floor")
    ends = (ours[0][0], ours[-1][0])
    top = max(3.2 * floor, 1.15 * max(value for _, value in ours))
    return lines(
        "One deadline, from an hour to ten years of working time",
        ", ".join(f"{size:,.0f} h: {seconds(value)}" for size, value in ours),
        {"add": ours, "floor": [(x, floor) for x in ends]},
        across=(Axis(*ends, 80, 700), SPANS),
        up=(
            Axis(0, top, 350, 60, log=False),
            {n / 10: f"{n / 10:.1f} µs" for n in range(int(top * 10) + 1)},
        ),
        goal=([(x, 3 * floor) for x in ends], "three floors: the goal"),
    )  # fmt: skip


def arrays_picture(data: Mapping[str, Any]) -> str:
    """Return the picture of arrays by their size."""
    found = _arrays(data["peers"]["rows"])
    highest = max(value for points in found.values() for _, value in points)
    sizes = [size for size, _ in found["add_many"]]
    ends = (sizes[0], sizes[-1])
    up = Axis(10, 1.3 * highest, 350, 60)
    return lines(
        "Deadlines of an array: time an element, by the number of elements",
        "; ".join(f"{w}: {p[-1][1]:.0f} ns at {p[-1][0]:,.0f}" for w, p in found.items()),
        found,
        across=(Axis(*ends, 80, 640), {n: f"{n:,.0f}" for n in powers(*ends)}),
        up=(up, {n: seconds(n / 1e3) for n in powers(up.low, up.high)}),
        goal=([(x, 25) for x in ends], "25 ns"),
    )  # fmt: skip


MADE = {
    PAGE: performance,
    PEERS_PAGE: peers,
    "docs/assets/peers.svg": peers_picture,
    "docs/assets/flat.svg": flat_picture,
    "docs/assets/arrays.svg": arrays_picture,
}


def write() -> None:
    """Make every page and picture from the run that was kept."""
    data = measured()
    for path, make in MADE.items():
        (ROOT / path).write_text(make(data), encoding="utf-8", newline="\n")
