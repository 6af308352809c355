"""The record of an act says what its person said (Art. 7-10)."""

import attrs

from phananh.regulation import acts as a
from phananh.regulation.request import Accused
from phananh.testing.invariants.clerk import fold_spelling
from phananh.testing.invariants.invariant import Record, invariant

# An event holds these in its own way: they are compared apart, or by V35.
_OTHERWISE = frozenset({"by", "at", "to", "accused", "reasons", "recount", "earlier"})


# Act -> the fields that its event has by the same name.
_SAME = {
    kind: tuple(f.name for f in attrs.fields(kind) if f.name not in _OTHERWISE)
    for kind in a.ACTS.values()
}


def _fold(accused: tuple[Accused, ...]) -> set[tuple[str | None, str | None]]:
    return {(fold_spelling(each.id), fold_spelling(each.unit)) for each in accused}


def _has_parts(record: Record) -> bool:
    """Return whether the parts of an act are kept that an event holds in its own way."""
    act, event = record.act, record.event
    match act:
        case a.Complete(accused=tuple() as accused):
            return _fold(accused) <= _fold(record.case.accused)
        case a.Reject(reasons=reasons):
            return {*reasons} <= {*getattr(event, "reasons", ())}
        case a.Reschedule(to=to):
            return getattr(event, "to", None) == to
        case a.Escalate(to=to):
            holder = event.holder
            got = holder and (holder.role, holder.id, holder.unit)
            return got == (to.role, to.id, to.unit)
        case a.Reassign(to=to):
            return event.holder is not None and event.holder.id == to.id
    return True


@invariant(
    "V45", "7.2, 8.1-8.3, 9.3, 10.2", "M62 the opinion is lost", "M62 the opinion turned round",
    "M62 the reason of a reschedule is lost", "M62 the accused are lost",
)  # fmt: skip
def what_was_said_is_recorded(record: Record) -> bool:
    """What a person says is recorded: text, opinion, reasons, time, unit, accused, person named."""
    act, event = record.act, record.event
    if isinstance(act, a.MoveDeadline):
        return True  # its event says it in other fields: V35
    same = (getattr(event, name, None) == getattr(act, name) for name in _SAME[type(act)])
    return event.by == act.by and all(same) and _has_parts(record)


ASKED = (what_was_said_is_recorded,)
