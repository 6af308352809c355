"""An exploration as a page for the terminal: counts as a table, and findings in words."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from phananh.messages.labels import word
from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.testing.exploration.canonical import StateKey
from phananh.testing.exploration.findings import UnreachableRow
from phananh.testing.exploration.moments import AFTER_DUE
from phananh.testing.exploration.step import Path

if TYPE_CHECKING:
    from phananh.testing.exploration.exploration import Exploration

_MOST = 8
_WIDTH = 100


def write_text(found: "Exploration") -> str:
    """Return counts and findings in English."""
    lines = [*_count(found), "", *_tabulate(found), ""]
    for finding in (_tell_ends, _tell_rows, _tell_nobody, _tell_never, _tell_order, _tell_rest):
        lines += finding(found)
    return "\n".join(lines)


def _count(found: "Exploration") -> Iterator[str]:
    yield f"{found.rules.id}: {len(found.states):,} states, {found.pairs:,} acts tried"
    yield (
        f"{found.recorded:,} recorded, {found.refused:,} refused, {found.not_allowed:,} not allowed"
    )


def _tabulate(found: "Exploration") -> Iterator[str]:
    """Yield a line for each state and holder: how many states, and what is recorded there."""
    counts: dict[str, int] = {}
    acts: dict[str, dict[str, None]] = {}
    for key in found.states:
        where = name_state(key)
        counts[where] = counts.get(where, 0) + 1
        for edge in found.edges[key]:
            if edge.position != AFTER_DUE or edge.trigger in SYSTEM_TRIGGERS:
                acts.setdefault(where, {})[edge.trigger] = None
    width = max(map(len, counts), default=0)
    yield f"{'state'.ljust(width)}  number  what is recorded there"
    for where, count in counts.items():
        said = ", ".join(word("trigger", each, "en") for each in acts.get(where, ())) or "nothing"
        lines = _wrap(said, _WIDTH - width - 10)
        yield f"{where.ljust(width)}  {count:>6,}  {lines[0]}"
        yield from (" " * (width + 10) + line for line in lines[1:])


def _wrap(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(text, width) or [""]


def name_state(key: StateKey) -> str:
    """Return the state and the holder in English."""
    state = word("state", key.state.value, "en")
    return f"{state}, {word('role', key.holder.role.value, 'en')}" if key.holder else state


def _name_where(where: str) -> str:
    state, _, role = where.partition("/")
    said = word("state", state, "en")
    return f"{said}, {word('role', role, 'en')}" if role else said


def name_path(path: Path) -> str:
    """Return the acts of a path by their names."""
    return ", ".join(word("trigger", act.trigger, "en") for act, _ in path)


def _list(head: str, items: Iterable[str]) -> Iterator[str]:
    """Yield a heading and its items, or the first of many, and the number of the others."""
    found = [*items]
    if not found:
        return
    yield f"{head}:"
    yield from (f"  {item}" for item in found[:_MOST])
    if len(found) > _MOST:
        yield f"  and {len(found) - _MOST} more"


def _tell_ends(found: "Exploration") -> Iterator[str]:
    if not found.dead_ends:
        yield "From every open state a case can be answered or rejected."
        return
    yield from _list(
        "Dead ends, from which no case can be answered or rejected",
        (
            f"{name_state(each.state)}{' (it cannot be passed on)' if each.is_stuck else ''}, "
            f"after: {name_path(each.path)}"
            for each in found.dead_ends
        ),
    )


def _tell_rows(found: "Exploration") -> Iterator[str]:
    if not found.unreachable:
        yield "Every row of the lifecycle is taken, from each of its states and by each role."
        return
    yield from _list("Rows that are never taken", map(_tell_row, found.unreachable))


def _tell_row(each: UnreachableRow) -> str:
    act = word("trigger", each.row.trigger, "en")
    if each.row.holders:
        holders = (word("role", role.value, "en") for role in sorted(each.row.holders))
        act = f"{act} (with {' or '.join(holders)})"
    target = f" to {word('role', each.row.target.value, 'en')}" if each.row.target else ""
    if each.source is not None:
        return f"{act}{target}, from the state {word('state', each.source.value, 'en')}"
    if each.role is not None:
        return f"{act}{target}, by the role {word('role', each.role.value, 'en')}"
    sources = ", ".join(word("state", source.value, "en") for source in each.row.sources)
    return f"{act}{target}, from any of its states ({sources})"


def _tell_nobody(found: "Exploration") -> Iterator[str]:
    yield from _list(
        "Acts that have a row and are never possible",
        (f"{_name_where(w)}: {word('trigger', t, 'en')}" for w, t in found.nobody),
    )


def _tell_never(found: "Exploration") -> Iterator[str]:
    if found.spoiled and not found.never:
        yield "Every guard refuses something."
    yield from _list(
        "Guards that refuse nothing",
        (
            f"{code}, of {word('trigger', trigger, 'en') if trigger else 'every act'}"
            for trigger, code in found.never
        ),
    )
    if not found.spoiled:
        yield "No act was spoilt: explore(..., spoiled=True) tells about guards that read the act."


def _tell_order(found: "Exploration") -> Iterator[str]:
    pairs = found.order_matters
    yield (
        f"Of {len(pairs):,} pairs of acts, each in one state and holder, the order matters."
        if pairs
        else "No order of two acts matters."
    )


def _tell_rest(found: "Exploration") -> Iterator[str]:
    yield from _list("What could not be judged", found.failures)
    if found.truncated:
        yield "There are more states than the limit: what is said here is of those that were seen."
