"""Timing in turns: A B C, A B C, ...; what counts is the median over the rounds.

Another process that wakes up slows one round of everything, not one of the things compared;
and what is timed is this process's own CPU time, which does not run while others do.
"""

import statistics
import time
import timeit
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs


@attrs.frozen
class Call:
    """A function and its arguments, to be called without a lambda around it."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()

    def timer(self) -> timeit.Timer:
        """Return a timer of the bare call; the collector is off while it runs."""
        names = [f"a{i}" for i in range(len(self.arguments))]
        known = {"function": self.function, **dict(zip(names, self.arguments, strict=True))}
        call = f"function({', '.join(names)})"
        return timeit.Timer(call, timer=time.process_time, globals=known)


@attrs.frozen
class Times:
    """Seconds a call, one for each round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median round."""
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """Half the distance of the quartiles, as a part of the median."""
        low, _, high = statistics.quantiles(self.seconds, n=4)
        return (high - low) / 2 / self.median

    def each(self, count: int) -> "Times":
        """Return the times of one, where so many were done in a call."""
        return Times(tuple(seconds / count for seconds in self.seconds))

    def ratio(self, floor: "Times") -> float:
        """Return the median of the rounds' ratios: each round has its own floor."""
        pairs = zip(self.seconds, floor.seconds, strict=True)
        return statistics.median(mine / least for mine, least in pairs)


@attrs.define
class Stopwatch:
    """Seconds an act, by the wall and of CPU, one of each for every round."""

    do: Callable[..., object]
    wall: list[float] = attrs.field(factory=list)
    cpu: list[float] = attrs.field(factory=list)

    def time(self, work: Sequence[tuple[Any, ...]]) -> None:
        """Do all of the work, and note what one act took."""
        wall, cpu = time.perf_counter(), time.process_time()
        for arguments in work:
            self.do(*arguments)
        self.wall.append((time.perf_counter() - wall) / len(work))
        self.cpu.append((time.process_time() - cpu) / len(work))

    @property
    def wall_times(self) -> Times:
        """What an act took by the wall."""
        return Times(tuple(self.wall))

    @property
    def cpu_times(self) -> Times:
        """What an act took of this process's CPU."""
        return Times(tuple(self.cpu))


@attrs.frozen(kw_only=True)
class Row:
    """One line of the table: what was timed, what it took, and its goal, if it has one.

    `who` and `size` (hours, or elements) place it in a picture.
    """

    what: str
    micros: float | None = None
    spread: float = 0.0
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None
    who: str = ""
    size: float | None = None

    def judged(self, *, met: bool) -> "Row":
        """Return the row with the answer whether its goal was met, besides what was known."""
        return attrs.evolve(self, met=met and self.met is not False)

    def below(self, micros: float, goal: str) -> "Row":
        """Return the row with one more goal: at most so many microseconds."""
        assert self.micros is not None  # only what was timed has such a goal
        goals = ", ".join(filter(None, (self.goal, goal)))
        return attrs.evolve(self, goal=goals).judged(met=self.micros <= micros)

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain data."""
        return attrs.asdict(self)


def row(what: str, times: Times, floor: Times | None = None, *, most: float | None = None) -> Row:
    """Return a row with its ratio to `floor`, and whether that is at most `most`."""
    ratio = None if floor is None else times.ratio(floor)
    return Row(
        what=what,
        micros=times.median * 1e6,
        spread=times.spread,
        ratio=ratio,
        goal="" if most is None else f"<= {most:g}x",
        met=None if most is None or ratio is None else ratio <= most,
    )


def in_turns(
    calls: Mapping[str, Call], *, rounds: int = 75, slice_ms: float = 2
) -> dict[str, Times]:
    """Time each call in turns, repeated so often in a round that a slice takes about `slice_ms`."""
    timers = {what: call.timer() for what, call in calls.items()}
    often = {what: _often(timer, slice_ms / 1e3) for what, timer in timers.items()}
    found: dict[str, list[float]] = {what: [] for what in calls}
    for _ in range(rounds):
        for what, timer in timers.items():
            found[what].append(timer.timeit(often[what]) / often[what])
    return {what: Times(tuple(seconds)) for what, seconds in found.items()}


def _often(timer: timeit.Timer, seconds: float) -> int:
    timer.timeit(1)  # the first call fills caches
    number = 1
    while (taken := timer.timeit(number)) < seconds / 4:
        number *= 4
    return max(1, round(number * seconds / taken))


def table(rows: Sequence[Row]) -> str:
    """Return the rows as lines of text under a heading."""
    cells = [("what", "us median", "+-", "x floor", "goal", "met")]
    for one in rows:
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        met = {None: "", True: "yes", False: "NO"}[one.met]
        spread = f"{one.spread:.0%}" if one.spread else ""
        micros = "" if one.micros is None else f"{one.micros:,.2f}"
        cells.append((one.what, micros, spread, ratio, one.goal, met))
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = []
    for what, *others in cells:
        rest = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        lines.append(" | ".join([what.ljust(widths[0]), *rest]))
    return "\n".join(lines)
