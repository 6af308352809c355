"""What a run leaves in the documentation: docs/assets/scale.json, and what is made of it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.pages import BLOCK, ROOT, measured as performance, seconds, summary, table

DATA = ROOT / "docs" / "assets" / "scale.json"
PAGE = "docs/evidence/performance.md"
FLAT = 1.5
WORDS = {
    "new, 1 writers": "an act on a new case, one writer",
    "old, 1 writers": "an act on an old case by its id, one writer",
    "load": "load a case",
    "sweep": "mark a case that is due, of a thousand",
    "deep": "a page of 100 in the middle of all cases",
    "feed": "500 events of the feed",
}
GOALS = ("new, 1 writers", "old, 1 writers", "load", "sweep", "deep")
Numbers = Mapping[str, float]


def measured() -> dict[str, Any]:
    """Return the runs that were kept, by engine."""
    return json.loads(DATA.read_text(encoding="utf-8")) if DATA.exists() else {}


def keep(engine: str, found: Mapping[str, Any]) -> None:
    """Keep a run of an engine in place of its last one."""
    rounded = json.loads(json.dumps(found), parse_float=lambda text: float(f"{float(text):.4g}"))
    data = dict(sorted((measured() | {engine: rounded}).items(), reverse=True))
    text = json.dumps(data, ensure_ascii=False, indent=1)
    text = re.sub(r"\n {4,}(?=\S)|\n {3}(?=[\]}])", " ", text)
    DATA.write_text(text + "\n", encoding="utf-8", newline="\n")


def costs(run: Mapping[str, Any]) -> dict[str, Numbers]:
    """Return seconds by size for each thing that the tables and pictures show."""
    acts = {what: {n: 1 / rate for n, rate in rates.items()} for what, rates in run["acts"].items()}
    deep = next(
        each["seconds"]
        for each in run["find"]
        if (each["filter"], each["order"], each["page"]) == ("none", "newest", "deep")
    )
    marked = {size: total / 1_000 for size, total in run["sweep"]["a thousand marked"].items()}
    return {
        **acts,
        "load": run["load"],
        "desk.get": run["desk.get"],
        "sweep": marked,
        "deep": deep,
        "found": run["sweep"]["a thousand found"],
        "feed": run["feed, 500 events"],
        "check_calendars": run["check_calendars"],
    }


def _said(run: Mapping[str, Any]) -> str:
    where = run["where"].replace(";", ",")
    return f"Measured on {run['date']}: {where}.\n\n"


def _sizes(run: Mapping[str, Any]) -> list[str]:
    return sorted(run["fill"], key=int)


def _head(run: Mapping[str, Any], *more: str) -> list[str]:
    return ["what", *(f"{int(size):,}" for size in _sizes(run)), *more]


def _time(numbers: Numbers, size: str) -> str:
    return seconds(numbers[size] * 1e6) if size in numbers else ""


def _ratio(numbers: Numbers, sizes: Sequence[str]) -> float:
    known = [numbers[size] for size in sizes if size in numbers]
    return known[-1] / known[0]


def flat_block(run: Mapping[str, Any]) -> str:
    """Return the table of costs by size, which says where they are not flat."""
    sizes = _sizes(run)
    rows = []
    for name, numbers in costs(run).items():
        if name not in WORDS:
            continue
        ratio = _ratio(numbers, sizes)
        missed = f", over {FLAT}" if name in GOALS and ratio > FLAT else ""
        times = [_time(numbers, size) for size in sizes]
        rows.append([WORDS[name], *times, f"{ratio:.2f}{missed}"])
    return table(_head(run, "largest over smallest"), rows)


def page(data: Mapping[str, Any], path: str = PAGE) -> str:
    """Return the page on performance with the tables of the runs, and of `make bench`."""
    engines = {"flat_sqlite": "SQLite", "flat_postgresql": "PostgreSQL"}
    text = (ROOT / path).read_text(encoding="utf-8")
    said = [""]

    def fill(match: re.Match[str]) -> str:
        if match[2] == "summary":
            return f"{match[1]}{summary(performance())}{match[3]}"
        run = data[engines[match[2]]]
        said.append(_said(run))
        where = "" if said[-1] == said[-2] else said[-1]  # once for engines of one run
        return f"{match[1]}{where}{flat_block(run)}{match[3]}"

    return BLOCK.sub(fill, text)


def write() -> None:
    """Make the page from the runs that were kept."""
    (ROOT / PAGE).write_text(page(measured()), encoding="utf-8", newline="\n")
