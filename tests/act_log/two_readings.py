"""A log read twice: by the library on a desk, and by the reading that does not know it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from random import Random
from typing import Any

import attrs

from phananh import Desk, MemoryStore
from phananh.act_log.replay import replay
from phananh.regulation.rules import HOA_BINH_2019
from phananh.stores.base import Store
from phananh.worktime import vietnam_calendar
from tests.oracle.acts.reading import Reading
from tests.oracle.logs import Log, draw

Answer = dict[str, Any]

NAME = "day.jsonl"
# A test of defects puts other rules here.
RULES = HOA_BINH_2019
SEEDS = range(80)
RERUN_SEEDS = range(130, 146)
log_of = cache(draw)
COMPARED = (
    "line",
    "act",
    "case",
    "outcome",
    "state",
    "holder",
    "holder_id",
    "unit",
    "due",
    "late",
    "lapses",
    "lapsed",
    "allowed",
    "reasons",
)


@attrs.frozen(kw_only=True)
class Answers:
    """What the two say of one line."""

    seed: int
    line: str
    reading: Answer
    library: Answer

    @property
    def differ(self) -> bool:
        """Whether they say something else."""
        return self.reading != self.library

    def __str__(self) -> str:
        """Return seed, line and both answers, of those the keys that differ."""
        keys = [key for key in COMPARED if self.reading.get(key) != self.library.get(key)]
        lines = [f"seed {self.seed}, line {self.reading.get('line')}: {self.line}"]
        for name, answer in (("reading", self.reading), ("library", self.library)):
            lines.append(f"  {name}: " + ", ".join(f"{key} {answer.get(key)!r}" for key in keys))
        return "\n".join(lines)


def replay_lines(lines: Sequence[str], *, hours: str, store: Store) -> list[Answer]:
    """Return what the library prints of lines, done on a store."""
    desk = Desk(store=store, rules=RULES, calendar=vietnam_calendar(hours))
    raw = [line.encode() + b"\n" for line in lines]
    return [outcome.as_dict() for outcome in replay(raw, desk=desk, name=NAME)]


def make_comparable(answer: Answer) -> Answer:
    """Return what is compared: reasons by code and clause, possible acts in any order."""
    found: Answer = {key: answer.get(key) for key in COMPARED}
    if "allowed" in answer:
        found["allowed"] = sorted(answer["allowed"])
    if isinstance(answer["reasons"], list):
        found["reasons"] = {(reason["code"], reason["article"]) for reason in answer["reasons"]}
    return found


def read_both(log: Log) -> Iterator[Answers]:
    """Yield for each act line what the reading says and what the library prints."""
    reading = map(make_comparable, Reading(log.hours).lines(log.lines))
    library = map(make_comparable, replay_lines(log.lines, hours=log.hours, store=MemoryStore()))
    for one, other in zip(reading, library, strict=True):
        line = log.lines[one["line"] - 1]
        yield Answers(seed=log.seed, line=line, reading=one, library=other)


def find_difference(seeds: Iterable[int] = SEEDS) -> Answers | None:
    """Return the first line of these seeds' logs of which the two say something else."""
    return next(
        (found for seed in seeds for found in read_both(log_of(seed)) if found.differ), None
    )


def replay_again(log: Log, store: Store) -> Iterator[tuple[list[Answer], list[Answer]]]:
    """Replay a part of a log on a store, then the whole twice.

    Yields for each run what it prints, and what a fresh store prints of the same lines.
    """
    fresh = replay_lines(log.lines, hours=log.hours, store=MemoryStore())
    part = Random(log.seed).randint(1, len(log.lines))
    begun = replay_lines(log.lines[:part], hours=log.hours, store=store)
    yield begun, fresh[: len(begun)]
    for _ in range(2):
        yield replay_lines(log.lines, hours=log.hours, store=store), fresh
