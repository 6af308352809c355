"""Each act spoilt in each known way: blank texts, times that have passed, the wrong people."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import attrs

from phananh.regulation.deadline import Recount
from phananh.regulation.request import Assignee, Person, Role, State
from phananh.testing.exploration.people import (
    ACCUSED_SPELT,
    CODE,
    PEOPLE,
    SENDER,
    STRANGER_ID,
    STRANGER_UNIT,
    UNIT,
)
from phananh.testing.exploration.recounts import make_recount
from phananh.testing.exploration.tried_acts import (
    Fields,
    Situation,
    Variant,
    find_put_off,
    later_day,
    say,
)

BLANK = "\u200b \n"
"""A text in which nothing can be seen."""
_INSTANT, _MINUTE, _DAY = timedelta.resolution, timedelta(minutes=1), timedelta(days=1)
_GUIDANCE = "Hướng dẫn mẫu"
_TO_ACCUSED = Person(id=ACCUSED_SPELT, role="officer", unit=UNIT)
_OF_SENDER = {
    "name": SENDER.name,
    "address": SENDER.address,
    "mail": SENDER.email,
    "phone": SENDER.phone,
    "code": CODE,
}


def _leave_blank(trigger: str, field: str = "text", **others: Any) -> Variant:
    return say(trigger, "blank", **{field: BLANK, **others})


def _tell_sender(trigger: str, **others: Any) -> tuple[Variant, ...]:
    """Return the act with a text that shows a field of the sender, for each field."""
    return tuple(
        say(trigger, f"with the {field}", text=f"Về {value}", **others)
        for field, value in _OF_SENDER.items()
    )


def _reject(name: str, *reasons: str, guidance: str = _GUIDANCE) -> Variant:
    return say("reject", name, reasons=reasons, guidance=guidance)


def _ask(name: str, find: Callable[[Situation], datetime], focal: str | None = None) -> Variant:
    return Variant(
        "request_verification",
        name,
        lambda found: (("agency", UNIT), ("appointment", find(found)), ("focal", focal)),
    )


def _give(name: str, find: Callable[[Situation], Assignee | None]) -> Variant:
    def find_fields(found: Situation) -> Fields | None:
        to = find(found)
        return None if to is None else (("to", to),)

    return Variant("reassign", name, find_fields)


def _replace_content(found: Situation) -> Fields | None:
    """Return other content after the hand-over. Before it, that is the good act."""
    return None if found.case.state is State.RECEIVED else (("content", "Nội dung khác"),)


def _find_same(found: Situation) -> Assignee | None:
    """Return the holder of the case, if it is a named person."""
    holder = found.case.holder
    return Assignee(id=holder.id) if holder and holder.id else None


def _put_off_no_later(found: Situation) -> Fields:
    due = found.case.due
    return (("to", max(found.at, due) if due else found.at), ("reason", "Lý do mẫu"))


def _put_off_blank(found: Situation) -> Fields:
    return (*find_put_off(found)[:1], ("reason", BLANK))


def _move(name: str, change: Callable[[Recount, Situation], Recount], **said: bool) -> Variant:
    def find(found: Situation) -> Fields:
        counted = make_recount(found.case, found.rules, found.calendar_for)
        return (("recount", change(counted, found)), *said.items())

    return Variant("move_deadline", name, find)


def _end_at(counted: Recount, due: datetime, cause: str) -> Recount:
    deadline = attrs.evolve(counted.deadline, due=due, late_after=due, version="sooner")
    return attrs.evolve(counted, deadline=deadline, cause=cause)


def _end_sooner(cause: str) -> Callable[[Recount, Situation], Recount]:
    return lambda counted, found: _end_at(
        counted, (found.case.due or found.case.updated_at) - _INSTANT, cause
    )


def _end_in_past(counted: Recount, found: Situation) -> Recount:
    return _end_at(counted, found.at - _MINUTE, "worked_day")


def _leave_unexplained(counted: Recount, found: Situation) -> Recount:
    days: tuple[date, ...] = (counted.deadline.start.date(),)
    return attrs.evolve(counted, unexplained=days, cause="unexplained")


def _know_tomorrow(counted: Recount, found: Situation) -> Recount:
    return attrs.evolve(counted, known=found.at.date() + _DAY, notices=("TB-MAU-2",))


def _drop_date(counted: Recount, found: Situation) -> Recount:
    return attrs.evolve(counted, issued=None, notices=("TB-MAU-3",))


SPOILED_ACTS: tuple[Variant, ...] = (
    _leave_blank("complete", "content"),
    Variant("complete", "other content", _replace_content),
    say("complete", "accuse nobody", accused=()),
    _leave_blank("note"),
    _reject("blank", "unclear", guidance=BLANK),
    _reject("no reason"),
    _reject("untrue", "not_vietnamese", "no_contact"),
    _reject("nameless", "no_name"),
    _reject("excluded", "complaint_or_denunciation"),
    _leave_blank("answer"),
    say("escalate", "to accused", to=_TO_ACCUSED),
    _leave_blank("advise", within_competence=True),
    _ask("past", lambda found: found.at),
    _ask("to accused", lambda found: later_day(found.at, 14), ACCUSED_SPELT),
    _leave_blank("report_findings"),
    Variant("reschedule", "no later", _put_off_no_later),
    Variant("reschedule", "blank", _put_off_blank),
    _move("sooner", _end_sooner("worked_day")),
    _move("sooner for a day off", _end_sooner("day_off"), earlier=True),
    _move("into the past", _end_in_past, earlier=True),
    _move("unexplained", _leave_unexplained),
    _move("of tomorrow", _know_tomorrow),
    _move("undated", _drop_date),
    _give("to accused", lambda found: Assignee(id=ACCUSED_SPELT)),
    _give("to the same", _find_same),
    _give("to another unit", lambda found: Assignee(id=STRANGER_ID, unit=STRANGER_UNIT)),
    say("notify_unit", "another unit", unit=PEOPLE[Role.PROVIDER].unit),
    _leave_blank("notify_unit", unit=UNIT),
    *_tell_sender("notify_unit", unit=UNIT),
    _leave_blank("publish"),
    *_tell_sender("publish"),
    say("publish", "names the accused", text=f"Về {ACCUSED_SPELT}"),
    _leave_blank("commend"),
)
"""What must be refused, or changes what somebody may take for given."""
