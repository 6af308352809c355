"""Set algebra of working time: `|` either is open, `&` both are, `-` the first but not the rest.

Timetables are combined before a country's days apply: each part first decides what its own
sessions on a date are (Rule of precedence in `day_rules`), then the instants are united,
intersected or subtracted. Calendars are combined with their days.

    day | night                  two shifts
    centre & agency              both offices are open
    office - meeting             a weekly meeting is a timetable too
    office - Span(start, end)    a power cut

Sets of instants are lists of half-open intervals in normal form: in order, apart, touching ones
joined, none empty. All ends are in UTC, because datetimes of one zone compare by the wall clock,
which is exact only without clock changes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeGuard

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.worktime.span import Span

OPS = {"union": "|", "intersection": "&", "difference": "-"}
Interval = tuple[datetime, datetime]
Intervals = list[Interval]


def union(*sets: Iterable[Interval]) -> Intervals:
    """Return the instants of any of the sets, which need not be in normal form."""
    merged: Intervals = []
    for start, end in sorted(pair for one in sets for pair in one):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def intersection(one: Sequence[Interval], other: Sequence[Interval]) -> Intervals:
    """Return the instants of both sets, each interval of the first cut by itself."""
    return difference(one, difference(one, other))


def difference(one: Iterable[Interval], other: Sequence[Interval]) -> Intervals:
    """Return the instants of the first set that are not in the second."""
    left: Intervals = []
    begins, stops = [begin for begin, _ in other], [stop for _, stop in other]
    for start, end in one:
        for n in range(bisect_right(stops, start), bisect_left(begins, end)):
            if start < begins[n]:
                left.append((start, begins[n]))
            start = stops[n]
        if start < end:
            left.append((start, end))
    return left


def clip(one: Iterable[Interval], begin: datetime, stop: datetime) -> Intervals:
    """Return the instants of a set from `begin` up to, not including, `stop`."""
    return [
        (max(start, begin), min(end, stop)) for start, end in one if start < stop and end > begin
    ]


class Operand:
    """A value that you can unite, intersect and subtract.

    If one of the two is a calendar, the operator leaves the answer to it, because it has days,
    and its own `_combine`.
    """

    __slots__ = ()
    has_own_days: ClassVar[bool] = False

    def __or__(self, other: Any) -> Any:
        """Return what is open if either is."""
        return self._combine("union", self, other)

    def __ror__(self, other: Any) -> Any:
        """Return what is open if either is."""
        return self._combine("union", other, self)

    def __and__(self, other: Any) -> Any:
        """Return what is open if both are."""
        return self._combine("intersection", self, other)

    def __rand__(self, other: Any) -> Any:
        """Return what is open if both are."""
        return self._combine("intersection", other, self)

    def __sub__(self, other: Any) -> Any:
        """Return what is open if the first is and the other is not."""
        return self._combine("difference", self, other)

    @staticmethod
    def _combine(op: str, one: Any, other: Any) -> Any:
        if not (is_operand(one) and is_operand(other)):
            return NotImplemented
        one, other = _to_operand(one), _to_operand(other)
        if other.has_own_days:
            return NotImplemented
        return CombinedTimetable(op, (one, other))


def _spans(given: Iterable[Any] | Span) -> tuple[Span, ...]:
    as_given: dict[Interval, Span] = {}
    for part in (given,) if isinstance(given, Span) else given:
        if not isinstance(part, Span):
            raise InputTypeError(code="not_a_span", field="spans", value=short_repr(part))
        as_given[part.start.astimezone(UTC), part.end.astimezone(UTC)] = part
    return tuple(as_given.get(pair, Span(*pair)) for pair in union(as_given))


@attrs.frozen
class Spans(Operand):
    """A set of instants: a power cut, a meeting, an evening of overtime.

    `spans` are in order and apart, with touching ones joined, so two sets of the same instants
    are equal. `note` says in words what they are, and is shown in explanations of deadlines.
    """

    assumed: ClassVar[bool] = False
    spans: tuple[Span, ...] = attrs.field(default=(), converter=_spans)
    note: str = attrs.field(default="", eq=False)

    def intervals(self) -> Intervals:
        """Return the spans as pairs of instants in UTC."""
        return [(span.start.astimezone(UTC), span.end.astimezone(UTC)) for span in self.spans]

    def key(self) -> tuple[object, ...]:
        """Return what matters for deadlines: the instants."""
        return tuple((start.isoformat(), end.isoformat()) for start, end in self.intervals())

    def __repr__(self) -> str:
        """Return the spans as code."""
        note = f", note={self.note!r}" if self.note else ""
        return f"Spans({self.spans!r}{note})"


def _parts(given: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(_to_operand(part) for part in given)


def source_of(part: Any, lang: str) -> str:
    """Return the document behind a part's hours, or in words what single instants are."""
    if isinstance(part, Spans):
        return part.note
    found: str = getattr(part, {"vi": "source", "en": "source_en"}[lang])
    return found


@attrs.frozen
class CombinedTimetable(Operand):
    """Parts under one operation: `union`, `intersection` or `difference` (the first less the rest).

    Two are equal if their parts are, in any order if the operation does not depend on it.
    """

    op: str
    parts: tuple[Any, ...] = attrs.field(converter=_parts)

    def __attrs_post_init__(self) -> None:
        """Merge parts under the same operation, and refuse what cannot be a timetable."""
        if self.op not in OPS:
            raise InputError(
                code="unknown_value", field="op", value=short_repr(self.op), known=tuple(OPS)
            )
        if len(self.parts) < 2:
            raise InputError(code="too_few_parts", field="parts", op=self.op, count=len(self.parts))
        object.__setattr__(self, "parts", tuple(self._flat()))
        if all(isinstance(leaf, Spans) for leaf in self.leaves()):
            raise InputError(code="instants_alone", field="parts")

    def _flat(self) -> Iterator[Any]:
        for n, part in enumerate(self.parts):
            same = isinstance(part, CombinedTimetable) and part.op == self.op
            yield from part.parts if same and (self.op != "difference" or n == 0) else (part,)

    @property
    def source(self) -> str:
        """The decisions that set the parts' hours, without those of what is subtracted."""
        return self._join_sources("vi")

    @property
    def source_en(self) -> str:
        """The decisions that set the parts' hours, in English."""
        return self._join_sources("en")

    def _join_sources(self, lang: str) -> str:
        return "; ".join(dict.fromkeys(filter(None, (source_of(p, lang) for p in self._open()))))

    @property
    def assumed(self) -> bool:
        """Whether any of the parts' hours are assumed, except those of what is subtracted."""
        return any(part.assumed for part in self._open())

    def _open(self) -> tuple[Any, ...]:
        return self.parts[:1] if self.op == "difference" else self.parts

    def leaves(self) -> Iterator[Any]:
        """Yield the timetables, spans and calendars that this is made of."""
        for part in self.parts:
            yield from part.leaves() if isinstance(part, CombinedTimetable) else (part,)

    def key(self) -> tuple[object, ...]:
        """Return what matters for deadlines: two with equal keys give equal deadlines."""
        keys = [part.key() for part in self.parts]
        first = keys[:1] if self.op == "difference" else []
        rest = {repr(key): key for key in keys[len(first) :]}
        return (self.op, *first, *(rest[name] for name in sorted(rest)))

    def __eq__(self, other: object) -> bool:
        """Compare the parts."""
        return self.key() == other.key() if isinstance(other, CombinedTimetable) else NotImplemented

    def __hash__(self) -> int:
        """Hash the parts."""
        return hash(repr(self.key()))

    def __repr__(self) -> str:
        """Return the timetable as code: the parts with their operator between them."""
        if any(leaf.has_own_days for leaf in self.leaves()):  # calendars make a calendar
            return f"CombinedTimetable({self.op!r}, {self.parts!r})"
        return "(" + f" {OPS[self.op]} ".join(repr(part) for part in self.parts) + ")"


def list_calendars(timetable: Any) -> list[Any]:
    """Return the calendars that a combined timetable is made of, or an empty list."""
    leaves = timetable.leaves() if isinstance(timetable, CombinedTimetable) else ()
    return [leaf for leaf in leaves if leaf.has_own_days]


def apply_operation(op: str, sets: Iterable[Intervals]) -> Intervals:
    """Return the operation on sets of instants, given in the order of the parts."""
    first, *rest = sets
    if op == "union":
        return union(first, *rest)
    if op == "difference":
        return difference(first, union(*rest))
    for other in rest:
        first = intersection(first, other)
    return first


def _is_spans(value: Any) -> TypeGuard[Span | list[Span] | tuple[Span, ...]]:
    many = isinstance(value, list | tuple) and all(isinstance(one, Span) for one in value)
    return isinstance(value, Span) or many


def _to_operand(value: Any) -> Any:
    if isinstance(value, Operand):
        return value
    if _is_spans(value):
        return Spans(value)
    raise InputTypeError(code="not_working_time", field="parts", value=short_repr(value))


def is_operand(value: Any) -> bool:
    """Return whether a value can be combined with another: an operand, a span or several."""
    return isinstance(value, Operand) or _is_spans(value)
