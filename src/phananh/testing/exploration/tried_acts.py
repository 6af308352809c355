"""Which acts a walk tries: each well formed, and each in every other way that leads elsewhere.

The variant named "good" is tried by everybody, the others by the people whom a row of the rules
lets act. An act is made once and used again, since making one costs as much as judging it.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.context import CalendarLookup
from phananh.regulation.lifecycle import KINDS_FOR_TARGET
from phananh.regulation.request import Assignee, Kind, Person, Role, Sender, State
from phananh.regulation.rules import Rules
from phananh.testing.exploration.people import (
    ACCUSED,
    PEOPLE,
    SECOND_UNIT,
    SENDER,
    SUCCESSOR_ID,
    UNIT,
)
from phananh.testing.exploration.recounts import make_recount

GOOD = "good"
Fields = tuple[tuple[str, Any], ...]
_TARGETS = (Role.OFFICER, Role.PROVIDER, Role.LEADERSHIP)


class Situation(NamedTuple):
    """What an act can depend on, besides who does it."""

    case: Case
    at: datetime
    rules: Rules
    calendar_for: CalendarLookup


class Variant(NamedTuple):
    """A way to do an act: its trigger, its name, and its content in a situation.

    `find` gives None if there is no such act there at all.
    """

    trigger: str
    name: str
    find: Callable[[Situation], Fields | None]


def say(trigger: str, name: str = GOOD, **fields: Any) -> Variant:
    """Return a variant that always says the same."""
    said = tuple(fields.items())
    return Variant(trigger, name, lambda _: said)


class SameActs:
    """One act by different people with the same content. Each is made once."""

    def __init__(self, trigger: str, fields: Fields) -> None:
        """Begin without people."""
        self._kind, self._fields = a.ACTS[trigger], dict(fields)
        self._made: dict[Person, a.Act] = {}

    def make(self, by: Person) -> a.Act:
        """Return the act by this person."""
        act = self._made.get(by)
        if act is None:
            act = self._made[by] = self._kind(by=by, **self._fields)
        return act


class ActFactory:
    """Makes acts, each one once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[str, Fields], SameActs] = {}

    def find(self, trigger: str, fields: Fields) -> SameActs:
        """Return the acts that say so."""
        found = self._found.get((trigger, fields))
        if found is None:
            found = self._found[trigger, fields] = SameActs(trigger, fields)
        return found


def _complete(found: Situation) -> Fields:
    if found.case.state is State.RECEIVED:
        return (("content", "Bổ sung mẫu"),)
    return (("sender", Sender(address="Tổ 5 Mẫu")),)


def choose_target(case: Case) -> Role:
    """Return the first to whom a case of its kind goes."""
    return next((role for role in _TARGETS if case.kind in KINDS_FOR_TARGET[role]), Role.OFFICER)


def _pass_on(found: Situation) -> Fields:
    return (("to", PEOPLE[choose_target(found.case)]),)


def ask_agency(
    agency: str, focal: str | None = PEOPLE[Role.AGENCY].id
) -> Callable[[Situation], Fields]:
    """Return how to ask an agency, with an appointment in two weeks."""
    return lambda found: (
        ("agency", agency), ("focal", focal), ("appointment", later_day(found.at, 14)),
    )  # fmt: skip


def later_day(at: datetime, days: int) -> datetime:
    """Return three in the afternoon, that many days later."""
    return datetime.combine(at.date() + timedelta(days=days), time(15), at.tzinfo)


def find_put_off(found: Situation) -> Fields:
    """Return the content of a reschedule: the next afternoon, as few rules allow less."""
    due = found.case.due
    late = max(found.at, due) if due else found.at
    return (("to", later_day(late, 1)), ("reason", "Lý do mẫu"))


def _move(found: Situation) -> Fields:
    return (("recount", make_recount(found.case, found.rules, found.calendar_for)),)


def _hand_over(found: Situation) -> Fields:
    """Name somebody else of the holder's unit, who does not have the case."""
    holder = found.case.holder
    usual = PEOPLE[holder.role].id if holder else None
    is_taken = holder is not None and holder.id is not None and is_same_id(holder.id, SUCCESSOR_ID)
    who = usual if usual and is_taken else SUCCESSOR_ID
    return (("to", Assignee(id=who, unit=holder.unit if holder else UNIT)),)


GOOD_ACTS: tuple[Variant, ...] = (
    Variant("complete", GOOD, _complete),
    say("note", text="Ghi chú mẫu"),
    say("reject", reasons=("unclear",), guidance="Hướng dẫn mẫu"),
    say("answer", text="Trả lời mẫu"),
    Variant("escalate", GOOD, _pass_on),
    say("advise", text="Ý kiến mẫu", within_competence=False),
    Variant("request_verification", GOOD, ask_agency(UNIT)),
    say("report_findings", text="Kết quả mẫu"),
    Variant("reschedule", GOOD, find_put_off),
    Variant("move_deadline", GOOD, _move),
    say("lapse"),
    Variant("reassign", GOOD, _hand_over),
    say("notify_unit", unit=UNIT),
    say("close"),
    say("publish", text="Kết quả mẫu"),
    say("commend", text="Đề xuất mẫu"),
    say("rate", score=5),
)


def _pass_to(role: Role) -> Variant:
    to: Fields = (("to", PEOPLE[role]),)
    return Variant(
        "escalate",
        f"to {role.value}",
        lambda found: None if choose_target(found.case) is role else to,
    )


OTHER_WAYS: tuple[Variant, ...] = (
    say("complete", "contact", sender=SENDER),
    say("complete", "recast", kind=Kind.COMPLAINT),
    say("complete", "accuse", accused=(ACCUSED,)),
    say("reject", "competence", reasons=("out_of_competence",), guidance="Hướng dẫn mẫu"),
    *map(_pass_to, _TARGETS),
    say("advise", "within", text="Ý kiến mẫu", within_competence=True),
)
"""What leads elsewhere than the good act does, and is well formed too."""
OTHER_AGENCY: tuple[Variant, ...] = (
    Variant("request_verification", "other agency", ask_agency(SECOND_UNIT)),
)
