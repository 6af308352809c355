"""One engine, all sizes: what each question takes, in turns over the sizes."""

import statistics
import sys
import time
import timeit
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.scale.acting import Writer, acts_a_second
from benchmarks.scale.asking import DAYS, FILTERS, ORDERS, Subject, read_feed
from benchmarks.scale.filling import Filled, draw_due, fill
from benchmarks.scale.places import Place
from phananh.samples import UNTIL
from phananh.stores.base import Query

WRITERS = (1, 8)
DUE = 1_000
Numbers = dict[int, float]


def run(places: Sequence[Place]) -> dict[str, Any]:
    """Return the numbers of one engine, by size: seconds a call, unless the name says otherwise."""
    return ask_all(fill_all(places))


def fill_all(places: Sequence[Place]) -> list[Filled]:
    """Fill every place."""
    filled = []
    for place in places:
        tell(f"{place.engine}: filling {place.size:,}")
        filled.append(fill(place))
    return filled


def ask_all(filled: Sequence[Filled]) -> dict[str, Any]:
    """Ask every place, in turns."""
    subjects = {each.place.size: Subject(each, each.place.open()) for each in filled}
    found: dict[str, Any] = {"fill": {each.place.size: _facts(each) for each in filled}}
    try:
        found |= _ask(subjects)
        found["sweep"] = _sweep(subjects)
    finally:
        for subject in subjects.values():
            subject.store.close()
    return found | {"acts": _act(filled)}


def tell(what: str) -> None:
    """Say on standard error how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def _facts(filled: Filled) -> dict[str, Any]:
    size = filled.place.size
    return {
        "events": filled.events,
        "drawn a second": size / filled.drawing,
        "imported a second": size / filled.importing,
        "events imported a second": filled.events / filled.importing,
        "bytes a case": filled.bytes_a_case,
        "bytes of tables a case": {
            name: amount / size for name, amount in filled.bytes_of_tables.items()
        },
    }


def in_turns(calls: Mapping[int, Callable[[], object]], *, rounds: int = 15) -> Numbers:
    """Return the median seconds a call for each size; a slice of a round takes about 10 ms."""
    timers = {size: timeit.Timer(call) for size, call in calls.items()}
    often = {}
    for size, timer in timers.items():
        timer.timeit(1)
        often[size] = max(1, min(100, round(0.01 / timer.timeit(1))))
    took: dict[int, list[float]] = {size: [] for size in calls}
    for _ in range(rounds):
        for size, timer in timers.items():
            took[size].append(timer.timeit(often[size]) / often[size])
            if took[size][-1] > 1:  # too slow to ask again and again
                timers = {other: t for other, t in timers.items() if other != size}
    return {size: statistics.median(seconds) for size, seconds in took.items()}


def _ask(subjects: Mapping[int, Subject]) -> dict[str, Any]:
    tell("reading cases and the feed")
    found: dict[str, Any] = {
        "load": in_turns({size: s.load for size, s in subjects.items()}, rounds=41),
        "desk.get": in_turns({size: s.get for size, s in subjects.items()}, rounds=41),
        **_feed(subjects),
        "check_calendars": in_turns({size: s.desk.check_calendars for size, s in subjects.items()}),
    }
    tell("lists")
    found["find"] = [
        {
            "filter": name,
            "order": order,
            "page": page,
            "seconds": _find(subjects, name, order, page),
        }
        for name in FILTERS
        for order in ORDERS
        for page in ("first", "deep")
    ]
    tell("counts")
    found["count"] = {
        name: in_turns({n: s.count(s.query(name, "oldest")) for n, s in subjects.items()})
        for name in FILTERS
    }
    return found


def _find(subjects: Mapping[int, Subject], name: str, order: str, page: str) -> Numbers:
    deep = page == "deep"
    return in_turns({n: s.find(s.query(name, order, deep=deep)) for n, s in subjects.items()})


def _feed(subjects: Mapping[int, Subject]) -> dict[str, Any]:
    rates, deep = {}, {}
    for size, subject in subjects.items():
        begun = time.perf_counter()
        count, deep[size] = read_feed(subject.store)
        rates[size] = count / (time.perf_counter() - begun)
    return {
        "feed, events a second": rates,
        "feed, 500 events": in_turns({size: s.scan(deep[size]) for size, s in subjects.items()}),
    }


def _sweep(subjects: Mapping[int, Subject]) -> dict[str, Numbers]:
    """Return what it takes to mark a thousand due cases, and to find them."""
    took: dict[int, list[float]] = {size: [] for size in subjects}
    found: dict[int, list[float]] = {size: [] for size in subjects}
    end = UNTIL + 3 * DAYS
    for subject in subjects.values():
        subject.clock = end
        subject.desk.sweep()  # what the samples left running
    for number in range(5):
        tell(f"sweep {number + 1} of 5")
        for size, subject in subjects.items():
            subject.store.commit(list(draw_due(DUE, time.time_ns())))
            begun = time.perf_counter()
            subject.store.find(Query(is_open=True, due_before=end, limit=DUE))
            middle = time.perf_counter()
            swept = subject.desk.sweep()
            found[size].append(middle - begun)
            took[size].append(time.perf_counter() - middle)
            assert len(swept.lapsed) == DUE
            assert not swept.failed
    return {
        "a thousand marked": {n: statistics.median(each) for n, each in took.items()},
        "a thousand found": {n: statistics.median(each) for n, each in found.items()},
    }


def _act(filled: Sequence[Filled], *, rounds: int = 8) -> dict[str, Numbers]:
    """Return durable acts a second by kind and number of writers, in turns over the sizes.

    On old cases few acts are done, and one writer after another does them: a case that is acted
    on again and again is no longer like the others.
    """
    tell("acts")
    writers = [Writer(number, filled) for number in range(max(WRITERS))]
    rates: dict[str, dict[int, list[float]]] = {}
    for number in range(rounds):
        for kind, count in (("new", 1_000), ("old", 400)):
            for many in WRITERS:
                group = writers if many > 1 else [writers[number % len(writers)]]
                sizes = rates.setdefault(f"{kind}, {many} writers", {})
                for place, each in enumerate(filled):
                    rate = acts_a_second(group, place, kind, count // min(many, 4))
                    sizes.setdefault(each.place.size, []).append(rate)
    for writer in writers:
        writer.stop()
    return {
        what: {size: statistics.median(each) for size, each in sizes.items()}
        for what, sizes in rates.items()
    }
