"""Where the time of cases goes: to the first word, with the officer and the agency, to the answer.

Hours are elapsed ones between the instants of a case, nights and weekends too, because a citizen
waits them all. What counts is what ended in the period (Art. 9, 12.1). Time with an officer or an
agency is that of a limit of Art. 9, and goes on after it ran out, until the case moves.
"""

from array import array
from collections.abc import Iterator
from datetime import datetime
from math import ceil
from typing import Literal

import attrs

from phananh.desk import Desk
from phananh.errors import InputError, short_repr
from phananh.office.report import ENDS, HOUR, clean_period, read_figures
from phananh.plain_value import PlainValue
from phananh.regulation.cleaning import fold_id
from phananh.regulation.figures import to_seconds
from phananh.stores.base import CaseFigures

STAGES = ("first_word", "officer", "agency", "answer")
_WORDS = ("told", "answered", "refused")
# A stage, how many seconds it took, and the unit that it was with.
Stay = tuple[str, int, str | None]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Delay(PlainValue):
    """How long a stage took, in hours: half of the cases took at most `median`, 90 % `p90`.

    `group` is a unit or a kind, None if no unit had the case, and "*" for all together.
    """

    group: str | None
    stage: str
    count: int
    median: float
    p90: float


def measure_delays(
    desk: Desk, *, since: datetime, before: datetime, by: Literal["unit", "kind"] = "unit"
) -> tuple[Delay, ...]:
    """Return how long each stage took of what ended in a period, by group and for all.

    Raises:
        InputError: no period, or an unknown breakdown. Or a row that an earlier version wrote.
    """
    since, before = clean_period(since, before)
    if by not in (known := ("unit", "kind")):
        raise InputError(field="by", code="unknown_value", value=short_repr(by), known=known)
    names, taken = dict[str, str](), dict[tuple[str, str], "array[int]"]()
    first, last = to_seconds(since), to_seconds(before)
    for case in read_figures(desk, since, before):
        for stage, seconds, unit in _list_stays(case, first, last):
            group = case.kind if by == "kind" else unit
            key = fold_id(group) if group else ""
            names.setdefault(key, group or "")
            for place in (key, "*"):
                taken.setdefault((place, stage), array("Q")).append(seconds)
    found = list[Delay]()
    for key, stage in sorted(taken, key=lambda at: (at[0] == "*", at[0], STAGES.index(at[1]))):
        spans = sorted(taken[key, stage])
        median, p90 = (spans[ceil(len(spans) * share) - 1] / HOUR for share in (0.5, 0.9))
        name = "*" if key == "*" else names[key] or None
        found.append(Delay(group=name, stage=stage, count=len(spans), median=median, p90=p90))
    return tuple(found)


def _list_stays(case: CaseFigures, first: int, last: int) -> Iterator[Stay]:
    """Yield the stages of a case that ended in the period."""
    has_word, unit, role, begun = False, None, None, 0
    for slug, at, _, *rest in case.figures or ():
        is_in_period = first <= at < last
        if slug in ENDS and role in ("officer", "agency"):
            if is_in_period:
                yield role, at - begun, unit
            role = None
        if slug == "limit":
            role, unit, begun = rest[0], rest[2], at
        if slug in _WORDS and not has_word:
            has_word = True
            if is_in_period:
                yield "first_word", at - case.received_at, unit
        if slug == "answered" and is_in_period:
            yield "answer", at - case.received_at, rest[2]
