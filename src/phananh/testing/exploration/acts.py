"""The people of a walk, and the acts that they try: well formed, in other ways, and spoilt.

A walk tries the variant named "good" as everybody, and the others as the people whom a row of the
rules lets act. The machine and the strategies draw from the same people and variants.

The centre and the agencies have different hours, so that a limit on the wrong ones shows. One of
the unit that holds most cases is accused. Their acts spell the id in capitals, with decomposed
letters and the tone mark in its other place, so that a walk also tries how ids compare.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import attrs

from phananh.regulation.acts import SYSTEM, Act, Lapse, MoveDeadline, Receive
from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.context import CalendarLookup
from phananh.regulation.deadline import Recount, compute_due, start_limit
from phananh.regulation.lifecycle import KINDS_FOR_TARGET
from phananh.regulation.recount import recount
from phananh.regulation.request import Accused, Assignee, Kind, Person, Role, Sender, State
from phananh.regulation.rules import Rules
from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.instants import VIETNAM
from phananh.worktime.timetable import Hours

UNIT, SECOND_UNIT = "so-mau", "so-mau-hai"
"""The unit of the officer, of the accused and of the agency asked first; and a second agency."""
POST, CENTRE, STRANGER_UNIT = "buu-dien-mau", "trung-tam-mau", "don-vi-khac"
COLLEAGUE_ID, STRANGER_ID, SUCCESSOR_ID = "dong-nghiep", "nguoi-la", "nguoi-moi"

ACCUSED = Accused(id="nguyễn-tòa-01", unit=UNIT)
ACCUSED_SPELT = unicodedata.normalize("NFD", "NGUYỄN-TOÀ-01")
ACCUSED_WITHOUT_ID = Accused(unit=SECOND_UNIT)
SECOND_ACCUSED = Accused(id="can-bo-02", unit=CENTRE)
SECOND_ACCUSED_SPELT = "CAN-BO-02"
SENDER = Sender(
    name="Người Gửi Mẫu", address="12 Đường Mẫu", phone="0218 000 0000", email="mau@vidu.vn"
)
CODE = "MAU-7K3M"
"""The tracking code of each case of a walk."""
PEOPLE: Final[Mapping[Role, Person]] = MappingProxyType(
    {
        Role.CITIZEN: Person(id="cd-mau", role="citizen"),
        Role.OPERATOR: Person(id="dtv-mau", role="operator"),
        Role.OFFICER: Person(id="cb-mau", role="officer", unit=UNIT),
        Role.PROVIDER: Person(id="bd-mau", role="provider", unit=POST),
        Role.LEADERSHIP: Person(id="ld-mau", role="leadership", unit=CENTRE),
        Role.AGENCY: Person(id="dm-mau", role="agency", unit=UNIT),
        Role.AGENCY_HEAD: Person(id="tt-mau", role="agency_head", unit=UNIT),
        Role.OFFICE: Person(id="vp-mau", role="office"),
        Role.SYSTEM: SYSTEM,
    }
)
KINDS: Final = (Kind.INFORMATION, Kind.CONDUCT, Kind.SERVICE, Kind.COMPLAINT)
"""One of each kind that the Regulation treats in its own way."""
EVERY_KIND: Final = tuple(Kind)
_TREATED_AS = {
    Kind.REGULATION: Kind.INFORMATION,
    Kind.PROPOSAL: Kind.INFORMATION,
    Kind.DENUNCIATION: Kind.COMPLAINT,
}
_START = datetime(2025, 3, 3, 10, 29, tzinfo=VIETNAM)


def make_hours() -> dict[Role, WorkCalendar]:
    """Return the hours of a walk: eight a day for the centre, seven for the agencies."""
    centre = vietnam_calendar("A")
    week = Timetable(hours=Hours(days="mon-fri", sessions="08:00-12:00, 13:00-16:00"))
    agency = WorkCalendar(name="agency", timetable=week)
    return {role: agency if role is Role.AGENCY else centre for role in Role}


def choose_start(rules: Rules) -> datetime:
    """Return a Monday, 10:29, on which the rules are in force.

    Passed on a minute later, an officer's five hours end with the day.
    """
    first, last = rules.valid_from, rules.valid_until
    if first <= _START.date() and (last is None or _START.date() <= last):
        return _START
    monday = first + timedelta(days=-first.weekday() % 7)
    return datetime.combine(monday, time(10, 29), VIETNAM)


def split_kinds(kinds: Iterable[Kind]) -> tuple[tuple[Kind, ...], tuple[Kind, ...]]:
    """Return the first of each kinds that the Regulation treats alike, and the others."""
    first: dict[Kind, Kind] = {}
    given = tuple(kinds)
    for kind in given:
        first.setdefault(_TREATED_AS.get(kind, kind), kind)
    chosen = tuple(first.values())
    return chosen, tuple(kind for kind in given if kind not in chosen)


def make_request(kind: Kind, sender: Sender = SENDER) -> Receive:
    """Return a request. A conduct report names the accused.

    A request for a service names a unit that it is about, and comes by phone.
    """
    by_phone = kind is Kind.SERVICE
    return Receive(
        by=PEOPLE[Role.OPERATOR if by_phone else Role.CITIZEN],
        kind=kind,
        channel="phone" if by_phone else "portal",
        content="Nội dung mẫu",
        sender=sender,
        accused=(ACCUSED,) if kind is Kind.CONDUCT else (),
        about_unit=UNIT if kind is Kind.SERVICE else None,
    )


def list_requests(kinds: Iterable[Kind]) -> Iterator[Receive]:
    """Yield a request of each kind, and of the first also one without a name or a way to reply."""
    for n, kind in enumerate(kinds):
        yield make_request(kind)
        if n == 0:
            yield from _list_incomplete(kind)


def list_other_requests(kinds: Iterable[Kind]) -> Iterator[Receive]:
    """Yield what `list_requests` has of no kind, or of the first only.

    That is a request of each further kind that is treated like another, and requests by mail, in
    another language, and without a name or a way to reply.
    """
    chosen, others = split_kinds(kinds)
    for kind in others:
        yield make_request(kind)
    yield attrs.evolve(make_request(chosen[0]), language="en")
    yield attrs.evolve(make_request(chosen[0]), by=PEOPLE[Role.CITIZEN], channel="email")
    for kind in chosen[1:]:
        yield from _list_incomplete(kind)


def _list_incomplete(kind: Kind) -> Iterator[Receive]:
    yield make_request(kind, Sender(name=SENDER.name))
    yield make_request(kind, attrs.evolve(SENDER, name=None))


GOOD = "good"
BLANK = "\u200b \n"
"""A text in which nothing can be seen."""
Fields = tuple[tuple[str, Any], ...]
_TARGETS = (Role.OFFICER, Role.PROVIDER, Role.LEADERSHIP)
_INSTANT, _DAY = timedelta.resolution, timedelta(days=1)
_GUIDANCE = "Hướng dẫn mẫu"


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


def _find_completion(found: Situation) -> Fields:
    if found.case.state is State.RECEIVED:
        return (("content", "Bổ sung mẫu"),)
    return (("sender", Sender(address="Tổ 5 Mẫu")),)


def choose_target(case: Case) -> Role:
    """Return the first to whom a case of its kind goes."""
    return next((role for role in _TARGETS if case.kind in KINDS_FOR_TARGET[role]), Role.OFFICER)


def _ask(name: str, agency: str = UNIT, focal: str | None = None, days: int = 14) -> Variant:
    """Return how to ask an agency, with an appointment that many days later, or at once."""

    def find(found: Situation) -> Fields:
        appointment = later_day(found.at, days) if days else found.at
        return (("agency", agency), ("focal", focal), ("appointment", appointment))

    return Variant("request_verification", name, find)


def later_day(at: datetime, days: int) -> datetime:
    """Return three in the afternoon, that many days later."""
    return datetime.combine(at.date() + timedelta(days=days), time(15), at.tzinfo)


def _put_off(name: str, days: int, reason: str = "Lý do mẫu") -> Variant:
    """Return a reschedule to the afternoon that many days after the limit, or to its end."""

    def find(found: Situation) -> Fields:
        last = max(found.at, found.case.due or found.at)
        return (("to", later_day(last, days) if days else last), ("reason", reason))

    return Variant("reschedule", name, find)


def _reassign(found: Situation) -> Fields:
    """Name somebody else of the holder's unit, who does not have the case."""
    holder = found.case.holder
    usual = PEOPLE[holder.role].id if holder else None
    is_taken = holder is not None and holder.id is not None and is_same_id(holder.id, SUCCESSOR_ID)
    who = usual if usual and is_taken else SUCCESSOR_ID
    return (("to", Assignee(id=who, unit=holder.unit if holder else UNIT)),)


def _reassign_without_unit(found: Situation) -> Fields:
    ((_, to),) = _reassign(found)
    return (("to", attrs.evolve(to, unit=None)),)


def _pass_to(role: Role) -> Variant:
    to: Fields = (("to", PEOPLE[role]),)
    return Variant(
        "escalate",
        f"to {role.value}",
        lambda found: None if choose_target(found.case) is role else to,
    )


def make_recount(found: Situation) -> Recount:
    """Return the running limit computed again with its last day off, or a sample if none runs.

    A limit that was moved already gives the same again, without a move.
    """
    old, holder, rules = found.case.deadline, found.case.holder, found.rules
    if old is None or holder is None:
        calendar, at = found.calendar_for(Role.OFFICER, UNIT), found.case.updated_at
        old = start_limit(rules.officer_limit, at=at, calendar=calendar, rules=rules)
    else:
        calendar = found.calendar_for(holder.role, holder.unit)
    last = compute_due(old.budget, old.start, calendar) - _INSTANT
    shut = _close(calendar, calendar.local(last).date())
    same = Recount(deadline=old, days=(), notices=(), issued=None, cause="other_hours")
    return recount(old, calendar=shut, rules=rules, find_former=lambda: calendar) or same


@lru_cache(maxsize=256)
def _close(calendar: WorkCalendar, day: date) -> WorkCalendar:
    issued = day - timedelta(days=30)
    notice = Notice(document="TB-MAU", issued=issued, days=(NoticeDay(day, "off"),))
    return attrs.evolve(calendar, notices=(*calendar.notices, notice))


def _move(
    name: str, change: Callable[[Recount, Situation], Recount] | None = None, **said: bool
) -> Variant:
    def find(found: Situation) -> Fields:
        counted = make_recount(found)
        return (("recount", change(counted, found) if change else counted), *said.items())

    return Variant("move_deadline", name, find)


def _end_at(counted: Recount, due: datetime, cause: str) -> Recount:
    deadline = attrs.evolve(counted.deadline, due=due, late_after=due, version="sooner")
    return attrs.evolve(counted, deadline=deadline, cause=cause)


def _end_sooner(cause: str) -> Callable[[Recount, Situation], Recount]:
    def change(counted: Recount, found: Situation) -> Recount:
        return _end_at(counted, (found.case.due or found.case.updated_at) - _INSTANT, cause)

    return change


GOOD_ACTS: tuple[Variant, ...] = (
    Variant("complete", GOOD, _find_completion),
    say("note", text="Ghi chú mẫu"),
    say("reject", reasons=("unclear",), guidance=_GUIDANCE),
    say("answer", text="Trả lời mẫu"),
    Variant("escalate", GOOD, lambda found: (("to", PEOPLE[choose_target(found.case)]),)),
    say("advise", text="Ý kiến mẫu", within_competence=False),
    _ask(GOOD, focal=PEOPLE[Role.AGENCY].id),
    say("report_findings", text="Kết quả mẫu"),
    _put_off(GOOD, days=1),
    _move(GOOD),
    say("lapse"),
    Variant("reassign", GOOD, _reassign),
    say("notify_unit", unit=UNIT),
    say("close"),
    say("publish", text="Kết quả mẫu"),
    say("commend", text="Đề xuất mẫu"),
    say("rate", score=5),
)
OTHER_WAYS: tuple[Variant, ...] = (
    say("complete", "contact", sender=SENDER),
    say("complete", "recast", kind=Kind.COMPLAINT),
    say("complete", "accuse", accused=(ACCUSED,)),
    say("reject", "competence", reasons=("out_of_competence",), guidance=_GUIDANCE),
    *map(_pass_to, _TARGETS),
    say("advise", "within", text="Ý kiến mẫu", within_competence=True),
)
"""What leads elsewhere than the good act does, and is well formed too."""
SAME_WAYS: tuple[Variant, ...] = (
    _put_off("far", days=60),
    Variant("reschedule", "an hour", lambda found: (
        ("to", max(found.at, found.case.due or found.at) + timedelta(hours=1)),
        ("reason", "Lý do mẫu"),
    )),
    _ask("far", focal=PEOPLE[Role.AGENCY].id, days=90),
    _ask("nobody named", days=1),
    Variant("reassign", "no unit", _reassign_without_unit),
    say("reject", "two reasons", reasons=("unclear", "outside_article_4"), guidance=_GUIDANCE),
    say("reject", "foreign", reasons=("not_vietnamese",), guidance=_GUIDANCE),
    say("answer", "with documents", text="Trả lời mẫu", documents=("1/VB-MAU",)),
    say("notify_unit", "with a text", unit=UNIT, text="Thông báo mẫu"),
    *(say("rate", str(score), score=score) for score in (1, 3)),
)  # fmt: skip
"""What leads to the same as the good act, and must be possible too."""
OTHER_AGENCY: tuple[Variant, ...] = (_ask("other agency", SECOND_UNIT, PEOPLE[Role.AGENCY].id),)
_TO_SECOND = Person(id=SECOND_ACCUSED_SPELT, role="officer", unit=UNIT)
AMONG_ACCUSED: tuple[Variant, ...] = (
    say("escalate", "to the second accused", to=_TO_SECOND),
    _ask("to the second accused", focal=_TO_SECOND.id),
    say("reassign", "to the second accused", to=Assignee(id=_TO_SECOND.id)),
    say("publish", "with a former phone", text=f"Gọi {SENDER.phone}"),
    say("notify_unit", "with a former phone", unit=UNIT, text=f"Gọi {SENDER.phone}"),
)


def _leave_blank(trigger: str, field: str = "text", **others: Any) -> Variant:
    return say(trigger, "blank", **{field: BLANK, **others})


def _name_sender(trigger: str, **others: Any) -> tuple[Variant, ...]:
    """Return the act with a text that shows a field of the sender, for each field."""
    fields = {"mail": SENDER.email, "code": CODE}
    fields |= {name: getattr(SENDER, name) for name in ("name", "address", "phone")}
    return tuple(
        say(trigger, f"with the {field}", text=f"Về {value}", **others)
        for field, value in fields.items()
    )


def _reject(name: str, *reasons: str, guidance: str = _GUIDANCE) -> Variant:
    return say("reject", name, reasons=reasons, guidance=guidance)


def _reassign_to_same(found: Situation) -> Fields | None:
    holder = found.case.holder
    return (("to", Assignee(id=holder.id)),) if holder and holder.id else None


def _replace_content(found: Situation) -> Fields | None:
    """Return other content after the hand-over. Before it, that is the good act."""
    return None if found.case.state is State.RECEIVED else (("content", "Nội dung khác"),)


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
    say("escalate", "to accused", to=Person(id=ACCUSED_SPELT, role="officer", unit=UNIT)),
    _leave_blank("advise", within_competence=True),
    _ask("past", days=0),
    _ask("to accused", focal=ACCUSED_SPELT),
    _leave_blank("report_findings"),
    _put_off("no later", days=0),
    _put_off("blank", days=1, reason=BLANK),
    _move("sooner", _end_sooner("worked_day")),
    _move("sooner for a day off", _end_sooner("day_off"), earlier=True),
    _move("into the past", lambda counted, found: _end_at(
        counted, found.at - timedelta(minutes=1), "worked_day"), earlier=True),
    _move("unexplained", lambda counted, _: attrs.evolve(
        counted, unexplained=(counted.deadline.start.date(),), cause="unexplained")),
    _move("of tomorrow", lambda counted, found: attrs.evolve(
        counted, known=found.at.date() + _DAY, notices=("TB-MAU-2",))),
    _move("undated", lambda counted, _: attrs.evolve(
        counted, issued=None, notices=("TB-MAU-3",))),
    say("reassign", "to accused", to=Assignee(id=ACCUSED_SPELT)),
    Variant("reassign", "to the same", _reassign_to_same),
    say("reassign", "to another unit", to=Assignee(id=STRANGER_ID, unit=STRANGER_UNIT)),
    say("notify_unit", "another unit", unit=PEOPLE[Role.PROVIDER].unit),
    _leave_blank("notify_unit", unit=UNIT),
    *_name_sender("notify_unit", unit=UNIT),
    _leave_blank("publish"),
    *_name_sender("publish"),
    say("publish", "names the accused", text=f"Về {ACCUSED_SPELT}"),
    _leave_blank("commend"),
)  # fmt: skip
"""What must be refused, or changes what somebody may take for given."""


Path = tuple[tuple[Act, datetime], ...]


def make_line(act: Act, at: datetime, *, case: str) -> dict[str, Any]:
    """Return an act as a line of an act log, in which the case has the name `case`."""
    if isinstance(act, Lapse):
        return {"act": "sweep", "at": at.isoformat()}
    said = {f.name: getattr(act, f.name) for f in attrs.fields(type(act)) if f.name != "at"}
    return {"act": act.trigger, "at": at.isoformat(), "case": case} | {
        name: _to_plain(value) for name, value in said.items() if value is not None
    }


def to_act_log(path: Iterable[tuple[Act, datetime]], *, case: str = "C1") -> list[str]:
    """Return the acts of a path as lines of an act log, without line ends.

    Args:
        path: the acts with their moments, the receipt first.
        case: the name of the case in the log.
    """
    lines = []
    for act, at in path:
        if isinstance(act, MoveDeadline):
            due = act.recount.deadline.due.isoformat()
            text = f"{at.isoformat()}: the calendar changed, and the limit of {case} ends at {due}"
            lines.append(f"# {text}")
        else:
            lines.append(json.dumps(make_line(act, at, case=case), ensure_ascii=False))
    return lines


def _to_plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_to_plain(each) for each in value]
    kind: type[Any] = type(value)
    if attrs.has(kind):
        fields = ((f.name, getattr(value, f.name)) for f in attrs.fields(kind))
        return {name: _to_plain(each) for name, each in fields if each is not None}
    return value
