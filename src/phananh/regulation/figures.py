"""What a report counts of a case, in the order of its events (Art. 12.1, 14, 15).

A figure is a tuple: what happened, at which second, how many seconds later that was entered (R49),
and what a report needs of it. So a report reads the row of a case, and no history. Instants are
whole seconds since 1970. No figure names a citizen, or says who is accused.

    limit        role, id, unit, version that opened it, end    they have it, in time until the end
    held         role, id, unit                                 who has it from then on, or the
                                                                unit alone, if they are accused
    moved        version that opened it, end                    it ends at another time (9.3, R15)
    late         version that opened it, role, id, unit         it ran out (9.2), at its end
    lifted       version that opened it                         it counts no more (R50)
    told         time                                           an appointment (8.1.c1)
    rescheduled  time, time before                              (9.3)
    answered     role, id, unit                                 (8.1)
    refused      each reason                                    (7.2)
    rated        score                                          (10.2.c)
    sent_back    role, id, unit                                 by whom (10.1.b)
    notified     unit                                           of its accused (8.1.c2)
    procedure    code                                           that it is about (12.2)
    kind         kind before                                    another was found (R56)
    about        unit before                                    another was named after a hand-over
    found, advised, withdrawn, reopened, published, unpublished, commended
    received                                                    only if it was entered later
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from phananh.regulation import events as e
from phananh.regulation.access import leave_out_accused
from phananh.regulation.request import Holder
from phananh.worktime.instants import VIETNAM

if TYPE_CHECKING:
    from phananh.regulation.case import RunningLimit

Figure = tuple[Any, ...]


_START = datetime(1976, 1, 1, tzinfo=VIETNAM)  # the clock in Vietnam has not changed since 1975
_BEFORE = int(_START.timestamp())


def to_seconds(at: datetime) -> int:
    """Return an instant in whole seconds since 1970."""
    # An offset takes long to ask for, and to divide.
    if (since := at - _START).days >= 0:
        return since.days * 86_400 + since.seconds + _BEFORE
    return int(at.timestamp())


def _name(person: Any) -> Figure:
    """Return role, id and unit of a person or holder, the id None if it was erased."""
    return person.role._value_, getattr(person, "id", None), person.unit


COUNTED: dict[type[e.Event], tuple[str, Callable[[Any], Figure]] | None] = {
    e.Received: None,  # by what is in them
    e.Completed: None,
    e.Rejected: ("refused", lambda event: event.reasons),
    e.Answered: ("answered", lambda event: _name(event.by)),
    e.VerificationRequested: ("told", lambda event: (to_seconds(event.appointment),)),
    e.Rescheduled: ("rescheduled", lambda event: (to_seconds(event.to), to_seconds(event.old))),
    e.FindingsReported: ("found", lambda _: ()),
    e.Advised: ("advised", lambda _: ()),
    e.SentBack: ("sent_back", lambda event: _name(event.by_whom)),
    e.Lapsed: ("late", lambda event: (event.clock, *_name(event.late))),
    e.LapseLifted: ("lifted", lambda event: (event.clock,)),
    e.UnitNotified: ("notified", lambda event: (event.unit,)),
    e.Withdrawn: ("withdrawn", lambda _: ()),
    e.Reopened: ("reopened", lambda _: ()),
    e.Published: ("published", lambda _: ()),
    e.PublicationWithdrawn: ("unpublished", lambda _: ()),
    e.Commended: ("commended", lambda _: ()),
    e.Rated: ("rated", lambda event: (event.score,)),
}


def list_figures(
    event: e.Event,
    before: "RunningLimit | None",
    after: "RunningLimit | None",
    moved_to: Holder | None,
    was: tuple[Any, str | None] | None,
    accused: tuple[Any, ...],
) -> list[Figure]:
    """Return what a report counts of an event, with the limits that ran before and after it.

    `moved_to` is another holder, who has the case from then on. `was` is what a completion may
    change: the kind, and the unit that a case that was handed on is about.
    `accused` are those of the case: they may not act, so their unit has the limit (R51).
    """
    at, entered, holder = to_seconds(event.at), event.recorded_at, event.holder
    later = max(0, to_seconds(entered) - at) if entered and entered is not event.at else 0
    head, said = (at, later), COUNTED.get(type(event))
    found: list[Figure] = []
    if said is not None:
        found.append((said[0], at, later, *said[1](event)))
    elif isinstance(event, e.Received | e.Completed):
        if later and was is None:
            found.append(("received", *head))
        if event.procedure:
            found.append(("procedure", *head, event.procedure))
        if was and was[1] and event.about_unit:
            found.append(("about", *head, was[1]))
        if was and event.kind:
            found.append(("kind", *head, was[0]._value_))
    late = leave_out_accused(holder, accused) if holder and accused else holder
    who = _name(late) if late else (None, None, None)
    if late is not holder and isinstance(event, e.Received | e.Completed) and event.accused:
        found.append(("held", *head, *who))
    is_new = after is not None and (before is None or before.opened_by != after.opened_by)
    if moved_to and event.n > 1 and not is_new:
        found.append(("held", *head, *who))
    if after is not None and after is not before:
        limit = after.opened_by, to_seconds(after.late_after)
        found.append(("limit", *head, *who, *limit) if is_new else ("moved", *head, *limit))
    return found
