"""Where the time of cases goes: the first word, with operator, officer and agency, and the answer.

Hours are those that passed between the instants of a case, because a citizen waits them all, and
beside them the working hours of who had it, by their hours of today. What counts is what ended in
the period (Art. 9, 12.1). Time with the operator is that from receipt until the case first moves
(R20). Time with an officer or an agency is that of a limit of Art. 9, and goes
on after it ran out, until the case moves.
"""

import statistics
from array import array
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Literal

import attrs

from phananh.desk import Desk
from phananh.errors import CoverageError, InputError, short_repr
from phananh.office.report import ENDS, HOUR, WORDS, clean_period, read_figures
from phananh.plain_value import PlainValue
from phananh.regulation.cleaning import fold_id
from phananh.regulation.figures import to_seconds
from phananh.regulation.request import Role
from phananh.stores.base import CaseFigures
from phananh.worktime.instants import VIETNAM

STAGES = ("first_word", "operator", "officer", "agency", "answer")
_SECOND = timedelta(seconds=1)
# A stage, the seconds when it began and ended, and the role and unit that had the case.
Stay = tuple[str, int, int, str, str | None]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Delay(PlainValue):
    """How long a stage took, in hours: the median of the cases, and what 90 % took at most, `p90`.

    Of an even number of cases the median is the mean of the middle two. The same of working hours
    is `working_median` and `working_p90`. `group` is a unit, a kind or the code of a procedure,
    None if there is none, and "*" for all together.

    Example:
        >>> desk.clock.advance("2h")
        >>> case = desk.answer(case, text="Trả lời mẫu", by=operator)
        >>> *_, delay = measure_delays(desk, since=friday, before=friday + timedelta(days=1))
        >>> print(delay)
        Delay, group *, stage answer, count 1, median 2.0, p90 2.0, ...
    """

    group: str | None
    stage: str
    count: int
    median: float
    p90: float
    working_median: float
    working_p90: float


def measure_delays(
    desk: Desk,
    *,
    since: datetime,
    before: datetime,
    by: Literal["unit", "kind", "procedure"] = "unit",
) -> tuple[Delay, ...]:
    """Return how long each stage took of what ended in a period, by group and for all.

    Raises:
        InputError: no period, or an unknown breakdown. Or a row that an earlier version wrote, or
            a holder without hours.

    Example:
        >>> desk.clock.advance("2h")
        >>> case = desk.answer(case, text="Trả lời mẫu", by=operator)
        >>> saturday = friday + timedelta(days=1)
        >>> found = measure_delays(desk, since=friday, before=saturday, by="kind")
        >>> [(each.group, each.stage, each.median) for each in found][:2]
        [('information', 'first_word', 2.0), ('information', 'operator', 2.0)]
    """
    since, before = clean_period(since, before)
    if by not in (known := ("unit", "kind", "procedure")):
        raise InputError(field="by", code="unknown_value", value=short_repr(by), known=known)
    names, taken = dict[str, str](), dict[tuple[str, str], tuple[Any, Any]]()
    first, last = to_seconds(since), to_seconds(before)
    for case in read_figures(desk, since, before):
        about = [each[-1] for each in case.figures or () if each[0] == "procedure"]
        groups = {"kind": case.kind, "procedure": about[-1] if about else None}
        for stage, begun, at, role, unit in _list_stays(case, first, last):
            ends = (datetime.fromtimestamp(each, VIETNAM) for each in (begun, at))
            try:
                worked = desk.calendar(Role(role), unit).between(*ends) // _SECOND
            except CoverageError:  # of a time before the calendar
                continue
            key = fold_id(group) if (group := groups.get(by, unit)) else ""
            names.setdefault(key, group or "")
            for place in (key, "\0"):  # a sender may type any other
                spans = taken.setdefault((place, stage), (array("q"), array("q")))
                spans[0].append(at - begun)
                spans[1].append(worked)
    found = list[Delay]()
    for key, stage in sorted(taken, key=lambda at: (at[0] == "\0", at[0], STAGES.index(at[1]))):
        name, spans = "*" if key == "\0" else names[key] or None, taken[key, stage]
        (median, p90), (half, most) = map(_find_percentiles, spans)
        found.append(
            Delay(
                group=name, stage=stage, count=len(spans[0]), median=median, p90=p90,
                working_median=half, working_p90=most,
            )
        )  # fmt: skip
    return tuple(found)


def _find_percentiles(spans: "array[int]") -> tuple[float, float]:
    """Return the median in hours, and the hours that 90 % of the spans do not exceed."""
    return statistics.median(spans) / HOUR, sorted(spans)[ceil(len(spans) * 0.9) - 1] / HOUR


def _list_stays(case: CaseFigures, first: int, last: int) -> Iterator[Stay]:
    """Yield the stages of a case that ended in the period."""
    has_word, is_running = False, True
    role, unit, begun = "operator", None, case.received_at
    for slug, at, _, *rest in case.figures or ():
        is_in_period = first <= at < last
        if slug == "limit" and is_running and (role, unit) == (rest[0], rest[2]):
            continue  # a lapse was lifted, and the limit runs again
        if is_running and (slug in ENDS or (slug == "held" and role == "operator")):
            if is_in_period and role in STAGES:
                yield role, begun, at, role, unit
            is_running = False
        if slug in ("limit", "held"):
            role, unit = rest[0], rest[2]
        if slug == "limit":
            begun, is_running = at, True
        if slug in WORDS and not has_word:
            has_word = True
            if is_in_period:
                yield "first_word", case.received_at, at, role, unit
        if slug == "answered" and is_in_period:
            yield "answer", case.received_at, at, rest[0], rest[2]
