"""Set algebra of working time: `|` either is open, `&` both are, `-` the first but not the rest.

Timetables are combined before a country's days apply: each part first decides what its own
sessions on a date are (Rule of precedence in `day_rules`), then the instants are united,
intersected or subtracted. Calendars are combined with their days.

    day | night                  two shifts
    centre & agency              both offices are open
    office - meeting             a weekly meeting is a timetable too
    office - Span(start, end)    a power cut
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from typing import Any, ClassVar, TypeGuard

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.worktime.instants import require_aware
from phananh.worktime.intervals import Intervals, difference, intersection, union
from phananh.worktime.span import Span

OPS = {"union": "|", "intersection": "&", "difference": "-"}


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
        if one.has_own_days or other.has_own_days:
            return NotImplemented
        if isinstance(one, Spans) and isinstance(other, Spans):
            sets = _apply(op, (one.intervals(), other.intervals()))
            note = "; ".join(dict.fromkeys(part.note for part in (one, other) if part.note))
            return Spans([Span(a, b) for a, b in sets], note=note)
        return CombinedTimetable(op, (one, other))


def _spans(given: Iterable[Any] | Span) -> tuple[Span, ...]:
    parts = (given,) if isinstance(given, Span) else tuple(given)
    pairs: list[Any] = []
    for part in parts:
        if not isinstance(part, Span):
            raise InputTypeError(code="not_a_span", field="spans", value=short_repr(part))
        ends = (require_aware(part.start, "start"), require_aware(part.end, "end"))
        pairs.append(tuple(t.astimezone(UTC) for t in ends))
    as_given = dict(zip(pairs, parts, strict=True))
    return tuple(as_given.get(pair, Span(*pair)) for pair in union(pairs))


@attrs.frozen(repr=False)
class Spans(Operand):
    """A set of instants: a power cut, a meeting, an evening of overtime.

    `spans` are in order and apart, with touching ones joined, so two sets of the same instants
    are equal. `note` says in words what they are, and is shown in explanations of deadlines.
    """

    spans: tuple[Span, ...] = attrs.field(default=(), converter=_spans)
    note: str = attrs.field(default="", eq=False)

    def intervals(self) -> Intervals:
        """Return the spans as pairs of instants in UTC."""
        return [(span.start.astimezone(UTC), span.end.astimezone(UTC)) for span in self.spans]

    @property
    def source(self) -> str:
        """What the spans are, in words."""
        return self.note

    @property
    def source_en(self) -> str:
        """What the spans are, in words."""
        return self.note

    @property
    def assumed(self) -> bool:
        """Whether they are assumed, which is always False for single instants."""
        return False

    def key(self) -> tuple[object, ...]:
        """Return what matters for deadlines: the instants."""
        return tuple((a.isoformat(), b.isoformat()) for a, b in self.intervals())

    def __repr__(self) -> str:
        """Return the spans as code."""
        note = f", note={self.note!r}" if self.note else ""
        return f"Spans({self.spans!r}{note})"


def _parts(given: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(_to_operand(part) for part in given)


@attrs.frozen(repr=False, eq=False)
class CombinedTimetable(Operand):
    """Parts under one operation: `union`, `intersection` or `difference` (the first less the rest).

    Two are equal if their parts are, in any order if the operation does not depend on it.
    """

    op: str
    parts: tuple[Any, ...] = attrs.field(converter=_parts)

    def __attrs_post_init__(self) -> None:
        """Merge parts under the same operation, and refuse what cannot be a timetable."""
        if self.op not in OPS:
            value, known = short_repr(self.op), tuple(OPS)
            raise InputError(code="unknown_value", field="op", value=value, known=known)
        if len(self.parts) < 2:
            count = len(self.parts)
            raise InputError(code="too_few_parts", field="parts", op=self.op, count=count)
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
        return "; ".join(dict.fromkeys(part.source for part in self._open() if part.source))

    @property
    def source_en(self) -> str:
        """The decisions that set the parts' hours, in English."""
        return "; ".join(dict.fromkeys(part.source_en for part in self._open() if part.source_en))

    @property
    def assumed(self) -> bool:
        """Whether any of the parts' hours are assumed, except those of what is subtracted."""
        return any(part.assumed for part in self._open())

    def length_of_day(self, *_: date) -> timedelta | None:
        """Return None, because combined parts give days of many lengths."""
        return None

    def _open(self) -> tuple[Any, ...]:
        return self.parts[:1] if self.op == "difference" else self.parts

    def leaves(self) -> Iterator[Any]:
        """Yield the timetables, spans and calendars that this is made of."""
        for part in self.parts:
            yield from part.leaves() if isinstance(part, CombinedTimetable) else (part,)

    def key(self) -> tuple[object, ...]:
        """Return what matters for deadlines: two with equal keys give equal deadlines."""
        keys = [(type(part).__name__, part.key()) for part in self.parts]
        first = keys[:1] if self.op == "difference" else []
        rest = {repr(key): key for key in keys[len(first) :]}
        return (self.op, *first, *(rest[name] for name in sorted(rest)))

    def apply(self, sets: Iterable[Intervals]) -> Intervals:
        """Return the operation on the parts' instants, given in the order of the parts."""
        return _apply(self.op, sets)

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


def _apply(op: str, sets: Iterable[Intervals]) -> Intervals:
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
