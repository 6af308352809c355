"""The names that a machine reached, and those that a run has to reach at least once."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from phananh.errors import RefusedError
from phananh.regulation.acts import SYSTEM_TRIGGERS, Answer
from phananh.regulation.rules import Rules
from phananh.testing.machine.clerk import Clerk
from phananh.testing.machine.office import Asked

_ALWAYS = ("receive", "sweep", "repeat", "refused", "accused_refused", "late_answer")


def count_asked(asked: Asked, clerk: Clerk, lapses: int, at: datetime) -> Iterator[str]:
    """Yield the names under which an asked act counts. `lapses` are those known before."""
    yield "steps"
    if asked.case is None:
        yield "refused"
        yield from _count_refusal(asked, clerk, at)
        return
    yield asked.act.trigger
    yield from (f"{role}_lapse" for role, _ in clerk.lapses[lapses:])
    if isinstance(asked.act, Answer) and clerk.lapses:
        yield "late_answer"


def _count_refusal(asked: Asked, clerk: Clerk, at: datetime) -> Iterator[str]:
    if not isinstance(asked.error, RefusedError):
        return
    codes = {refusal.code for refusal in asked.error.refusals}
    if "accused" in codes:
        yield "accused_refused"
    is_in_time = clerk.late_after is not None and at <= clerk.late_after
    if "rescheduled_before" in codes and is_in_time:
        yield "second_reschedule_refused"


def list_required(rules: Rules) -> Mapping[str, int]:
    """Return the names that a run under these rules reaches: acts, lapses, and refusals."""
    triggers = {row.trigger for row in rules.lifecycle} - SYSTEM_TRIGGERS
    names = [*_ALWAYS, *sorted(triggers), "officer_lapse", "agency_lapse"]
    if rules.reschedules:
        names.append("second_reschedule_refused")
    else:
        names.remove("reschedule")
    return dict.fromkeys(names, 1)
