"""What a run leaves in the documentation: docs/assets/scale.json, and what is made of it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.pages import BLOCK, ROOT, table
from benchmarks.picture import Axis, lines, powers, seconds

DATA = ROOT / "docs" / "assets" / "scale.json"
PAGE = "docs/explanation/scale.md"
FLAT, PAGE_MS = 1.5, 5.0
WORDS = {
    "new, 1 writers": "an act on a new case, one writer",
    "old, 1 writers": "an act on an old case by its id, one writer",
    "new, 8 writers": "an act on a new case, eight writers at once",
    "old, 8 writers": "an act on an old case by its id, eight writers at once",
    "load": "load a case",
    "desk.get": "load and fold a case",
    "sweep": "mark a case that is due, of a thousand",
    "found": "find a thousand due cases",
    "deep": "a page of 100 in the middle of all cases",
    "feed": "500 events of the feed",
    "check_calendars": "check which calendars are in use",
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
    """Return the table of costs by size, with the goal of being flat."""
    sizes = _sizes(run)
    rows = []
    for name, numbers in costs(run).items():
        ratio = _ratio(numbers, sizes)
        goal = f"at most {FLAT} times" if name in GOALS else ""
        missed = ": **not met**" if goal and ratio > FLAT else ""
        times = [_time(numbers, size) for size in sizes]
        rows.append([WORDS[name], *times, f"{ratio:.2f}", goal + missed])
    return _said(run) + table(_head(run, "largest over smallest", "goal"), rows)


def lists_block(run: Mapping[str, Any]) -> str:
    """Return the slowest page of each filter by size, and its count."""
    sizes, rows = _sizes(run), []
    for name in dict.fromkeys(each["filter"] for each in run["find"]):
        pages = [each for each in run["find"] if each["filter"] == name]
        worst = {
            size: max(pages, key=lambda each: each["seconds"].get(size, 0.0)) for size in sizes
        }
        times = {size: worst[size]["seconds"][size] for size in sizes}
        over = max(times.values()) * 1e3 > PAGE_MS
        last = worst[sizes[-1]]
        which = f"{last['order']}, {last['page']}" + (": **not met**" if over else "")
        cells = [_time(times, size) for size in sizes]
        rows.append([name, *cells, which, _time(run["count"][name], sizes[-1])])
    head = _head(run, "slowest page", f"count at {int(sizes[-1]):,}")
    return table(head, rows)


def sizes_block(run: Mapping[str, Any]) -> str:
    """Return what the import took, and the bytes of each table."""
    sizes = _sizes(run)
    facts = [run["fill"][size] for size in sizes]
    rows = [
        ["cases imported a second", *(f"{each['imported a second']:,.0f}" for each in facts)],
        [
            "events imported a second",
            *(f"{each['events imported a second']:,.0f}" for each in facts),
        ],
        ["bytes a case", *(f"{each['bytes a case']:,.0f}" for each in facts)],
    ]
    for name in facts[-1]["bytes of tables a case"]:
        amounts = (each["bytes of tables a case"].get(name, 0) for each in facts)
        rows.append([f"- `{name}`", *(f"{amount:,.0f}" for amount in amounts)])
    feed = run["feed, events a second"]
    rows.append(["events of the feed read a second", *(f"{feed[size]:,.0f}" for size in sizes)])
    for what, rates in run["acts"].items():
        kind, _, many = what.partition(", ")
        words = f"acts on {kind} cases a second, {many.replace('1 writers', '1 writer')}"
        rows.append([words, *(f"{rates[size]:,.0f}" for size in sizes)])
    return table(_head(run), rows)


def page(data: Mapping[str, Any]) -> str:
    """Return the page on scale with the blocks of the runs."""
    blocks = {"flat": flat_block, "lists": lists_block, "sizes": sizes_block}
    engines = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    text = (ROOT / PAGE).read_text(encoding="utf-8")

    def fill(match: re.Match[str]) -> str:
        name, _, engine = match[2].partition("_")
        run = data.get(engines[engine])
        return f"{match[1]}{blocks[name](run) if run else ''}{match[3]}"

    return BLOCK.sub(fill, text)


def picture(engine: str, data: Mapping[str, Any]) -> str:
    """Return the picture of an engine: costs by size on logarithmic axes."""
    run = data[engine]
    shown = ("sweep", "old, 1 writers", "deep", "new, 1 writers", "load")
    found = {
        name: [(float(size), numbers[size] * 1e6) for size in _sizes(run)]
        for name, numbers in costs(run).items()
        if name in shown
    }
    names = {
        "sweep": "mark one due", "old, 1 writers": "act by id", "deep": "deep page",
        "new, 1 writers": "act, in hand", "load": "load",
    }  # fmt: skip
    ends = (float(_sizes(run)[0]), float(_sizes(run)[-1]))
    up = Axis(10, 20_000, 350, 60)
    return lines(
        f"{engine}: cost against the number of cases",
        "; ".join(f"{names[n]}: {seconds(p[-1][1])} at {p[-1][0]:,.0f}" for n, p in found.items()),
        {names[name]: found[name] for name in shown},
        across=(Axis(*ends, 80, 680), {n: f"{n:,.0f}" for n in powers(*ends)}),
        up=(up, {n: seconds(n) for n in powers(up.low, up.high)}),
        goal=([(x, PAGE_MS * 1e3) for x in ends], "5 ms: any page of a list"),
    )


def made() -> dict[str, Any]:
    """Return what is made of the runs that were kept, by path."""
    data = measured()
    pictures = {
        f"docs/assets/scale-{engine.lower()}.svg": lambda data, e=engine: picture(e, data)
        for engine in data
    }
    return {PAGE: page, **pictures}


def write() -> None:
    """Make the page and the pictures from the runs that were kept."""
    data = measured()
    for path, make in made().items():
        (ROOT / path).write_text(make(data), encoding="utf-8", newline="\n")
