"""What went wrong among concurrent clients, found in what they recorded: in the manner of Elle.

Each case is a list that grows at its end, and each event has a token of its own. So from what a
read returned you know which writes it saw, and from the list at the end the order of all writes.
Then each operation stands before or after others: whoever read a version, after its writer and
before the next; whoever was called when another had returned, after it. If that order runs in
a circle, no order of single steps explains what the clients saw. Pure functions: no store here.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Literal

import attrs

Tokens = tuple[str, ...]
Final = Mapping[str, Tokens]  # what the events of each case were at the end


@attrs.frozen
class View:
    """The tokens of a case as a client saw them, and the number of the last event."""

    case: str
    tokens: Tokens
    n: int


@attrs.frozen(kw_only=True)
class Operation:
    """A read, or a write on what was seen before, from its call to its return.

    `seen` is what was read or decided on, `wrote` the token added to each case. `unknown` is a
    write without an answer: it was recorded or not. Times are of one clock for all clients.
    """

    client: str
    called: int
    returned: int
    outcome: Literal["done", "refused", "unknown"]
    seen: tuple[View, ...]
    wrote: tuple[tuple[str, str], ...] = ()


@attrs.frozen(order=True)
class Anomaly:
    """The name of what must not be, and where it was seen."""

    name: str
    detail: str


def find_anomalies(
    operations: Sequence[Operation], final: Final, *, may_deadlock: bool = False
) -> list[Anomaly]:
    """Return everything that the clients could not have seen of a store that keeps its word.

    Where an engine `may_deadlock`, a conflict needs nobody who was first.
    """
    finders = [find_gaps, find_dirty_reads, find_wrong_writes, find_stale_reads]
    if not may_deadlock:
        finders.append(find_false_conflicts)
    found = {each for find in finders for each in find(operations, final)}
    return sorted(found) or sorted(find_cycles(operations, final))


def find_gaps(operations: Iterable[Operation], _: Final) -> Iterator[Anomaly]:
    """Yield the reads in which a version was missing."""
    for each in operations:
        for view in each.seen:
            if view.n != len(view.tokens):
                text = f"{each.client} saw {len(view.tokens)} events up to number {view.n}"
                yield Anomaly("gap", f"{view.case}: {text}")


def find_dirty_reads(operations: Iterable[Operation], final: Final) -> Iterator[Anomaly]:
    """Yield the reads of what was never recorded, or was taken back."""
    for each in operations:
        for view in each.seen:
            if not each.wrote and final[view.case][: len(view.tokens)] != view.tokens:
                yield Anomaly("dirty read", f"{view.case}: {each.client} saw {view.tokens[-1:]}")


def find_wrong_writes(operations: Iterable[Operation], final: Final) -> Iterator[Anomaly]:
    """Yield the writes that are lost, doubled, refused and yet there, or on another version."""
    for each in operations:
        views = {view.case: view.tokens for view in each.seen}
        for case, token in each.wrote:
            name = _judge_write(each, token, views[case], final[case])
            if name is not None:
                yield Anomaly(name, f"{case}: {token} of {each.client}")


def _judge_write(each: Operation, token: str, seen: Tokens, final: Tokens) -> str | None:
    count = final.count(token)
    if each.outcome == "refused":
        return "refused and recorded" if count else None
    if not count:
        return "lost update" if each.outcome == "done" else None
    if count > 1:
        return "doubled update"
    return None if final[: final.index(token)] == seen else "acted on a stale read"


def find_stale_reads(operations: Sequence[Operation], _: Final) -> Iterator[Anomaly]:
    """Yield the reads that show less than what was known before they were called."""
    known: dict[str, list[tuple[int, int]]] = defaultdict(list)  # when, and how many events
    for each in sorted(operations, key=lambda each: each.returned):
        if each.outcome == "done":
            for case, length in _list_lengths(each):
                highest = known[case][-1][1] if known[case] else 0
                known[case].append((each.returned, max(highest, length)))
    for each in operations:
        for view in () if each.wrote else each.seen:
            earlier = bisect_left(known[view.case], (each.called, -1)) - 1
            if earlier >= 0 and known[view.case][earlier][1] > len(view.tokens):
                text = f"{each.client} saw {len(view.tokens)} of {known[view.case][earlier][1]}"
                yield Anomaly("stale read", f"{view.case}: {text}")


def _list_lengths(each: Operation) -> Iterator[tuple[str, int]]:
    added = len(each.wrote) > 0
    return ((view.case, len(view.tokens) + added) for view in each.seen)


def find_false_conflicts(operations: Sequence[Operation], final: Final) -> Iterator[Anomaly]:
    """Yield the writes that were refused although nobody else can have been first."""
    called = {token: each.called for each in operations for _, token in each.wrote}
    for each in operations:
        if each.outcome == "refused" and not any(
            len(final[view.case]) > len(view.tokens)
            and called.get(final[view.case][len(view.tokens)], 0) <= each.returned
            for view in each.seen
        ):
            yield Anomaly("conflict with nobody", f"{each.wrote} of {each.client}")


def find_cycles(operations: Sequence[Operation], final: Final) -> Iterator[Anomaly]:
    """Yield a circle of operations of which each must have come before the next."""
    recorded = {(case, token) for case in final for token in final[case]}
    real = [
        each
        for each in operations
        if each.outcome == "done" or (each.wrote and set(each.wrote) <= recorded)
    ]
    graph: dict[Hashable, set[Hashable]] = defaultdict(set)
    for before, after in (*_order_by_versions(real, final), *_order_by_time(real)):
        graph[after].add(before)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = [real[key] for key in error.args[1] if isinstance(key, int)]
        yield Anomaly("circle", " < ".join(map(_describe, circle)))


def _order_by_versions(
    real: Sequence[Operation], final: Final
) -> Iterator[tuple[Hashable, Hashable]]:
    """Yield pairs of what came before what, by the versions that were read and written."""
    writers = {pair: i for i, each in enumerate(real) for pair in each.wrote}
    for i, each in enumerate(real):
        for view in each.seen:
            tokens, length = final[view.case], len(view.tokens)
            if view.tokens and (writer := writers.get((view.case, view.tokens[-1]))) is not None:
                yield writer, i
            if length < len(tokens):
                following = writers.get((view.case, tokens[length]))
                if following is not None and following != i:
                    yield i, following


def _order_by_time(real: Sequence[Operation]) -> Iterator[tuple[Hashable, Hashable]]:
    """Yield pairs of what came before what by the clock, through the moments between them."""
    answered = sorted((each.returned, i) for i, each in enumerate(real) if each.outcome == "done")
    moments = [returned for returned, _ in answered]
    for rank, (_, i) in enumerate(answered):
        yield i, ("moment", rank)
    for one, two in pairwise(range(len(moments))):
        yield ("moment", one), ("moment", two)
    for i, each in enumerate(real):
        if (earlier := bisect_left(moments, each.called) - 1) >= 0:
            yield ("moment", earlier), i


def _describe(each: Operation) -> str:
    seen = ", ".join(f"{view.case}@{len(view.tokens)}" for view in each.seen)
    return f"{each.client} {'wrote on' if each.wrote else 'read'} {seen}"
