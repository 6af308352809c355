"""`explore`: every act by everybody in every state that rules let a case come to, breadth first.

The shortest path to a state is found first, so each finding is shown by the fewest acts. In each
state acts are tried soon, at the last instant in time and just after it, by the right person of
each role, the accused, a colleague and a stranger. Two who come to the same for a case, because
neither is named in it nor of a unit of it, are one: only the first of them tries. If the rules have
no row for an act, the judge gives everybody the same answer, and is asked once.

The acts are well formed, in other ways, and spoilt. The variant named "good" is tried by everybody,
and the others by the people whom a row of the rules lets act. The machine and the strategies draw
from the same people and variants.

The centre and the agencies have different hours, so that a limit on the wrong ones shows. One of
the unit that holds most cases is accused. Their acts spell the id in capitals, with decomposed
letters and the tone mark in its other place, so that a walk also tries how ids compare.
"""

import json
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

import attrs

from phananh.errors import PhanAnhError
from phananh.regulation.acts import ACTS, SYSTEM, SYSTEM_TRIGGERS, Act, Lapse, MoveDeadline, Receive
from phananh.regulation.case import Case, find_latest_lapse, find_stored, fold
from phananh.regulation.cleaning import fold_id, is_blank, is_same_id
from phananh.regulation.context import CalendarChoice, CalendarLookup, DecisionContext, make_lookup
from phananh.regulation.deadline import Deadline, Recount, compute_due, start_limit
from phananh.regulation.decide import Decision, NotAllowed, Recorded, as_of, decide
from phananh.regulation.events import Event
from phananh.regulation.intake import find_unmet
from phananh.regulation.lifecycle import KINDS_FOR_TARGET, Transition, find_rows, is_match
from phananh.regulation.personal_data import find_emails, find_phones
from phananh.regulation.receipt import make_receipt
from phananh.regulation.recount import recount
from phananh.regulation.request import (
    OPEN_STATES,
    Accused,
    Assignee,
    Holder,
    Kind,
    KindSlug,
    Person,
    Role,
    Sender,
    State,
)
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing.arguments import list_given, list_members, list_names, require_kind
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


def choose_start(rules: Rules, start: datetime = _START) -> datetime:
    """Return a Monday, by default at 10:29, on which the rules are in force.

    Passed on a minute later, an officer's five hours end with the day.
    """
    first, last = rules.valid_from, rules.valid_until or date.max
    if first <= start.date() <= last:
        return start
    monday = first + timedelta(days=-first.weekday() % 7)
    return datetime.combine(monday, start.time(), VIETNAM)


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
    another language, blank, and without a name or a way to reply.
    """
    chosen, others = split_kinds(kinds)
    for kind in others:
        yield make_request(kind)
    yield attrs.evolve(make_request(chosen[0]), language="en")
    yield attrs.evolve(make_request(chosen[0]), content=BLANK)
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
    return Variant(trigger, name, lambda _: tuple(fields.items()))


def _find_completion(found: Situation) -> Fields:
    if found.case.state is State.RECEIVED:
        return (("content", "Bổ sung mẫu"),)
    if found.case.is_open:
        return (("sender", Sender(address="Tổ 5 Mẫu")),)
    return (("accused", (ACCUSED,)),)


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


def _name_who_gets_it_back(found: Situation) -> Fields | None:
    """Name another officer, whom an agency of another unit reports to."""
    holder, officer = found.case.holder, found.case.officer
    if holder is None or holder.role is not Role.AGENCY or officer is None:
        return None
    return (("to", Assignee(id=SUCCESSOR_ID, unit=officer.unit)),)


def accuse_officer(found: Situation) -> Fields | None:
    """Accuse whoever has the case, or gets it back from an agency."""
    who = found.case.officer or found.case.holder
    if who is None or who.id is None:
        return None
    return (("accused", (Accused(id=who.id, unit=who.unit or ""),)),)


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
    notice = Notice(
        document="TB-MAU", issued=day - timedelta(days=30), days=(NoticeDay(day, "off"),)
    )
    return attrs.evolve(calendar, notices=(*calendar.notices, notice))


def _move(
    name: str, change: Callable[[Recount, Situation], Recount] | None = None, **said: bool
) -> Variant:
    def find(found: Situation) -> Fields:
        counted = make_recount(found)
        return (("recount", change(counted, found) if change else counted), *said.items())

    return Variant("move_deadline", name, find)


def _end_at(counted: Recount, due: datetime, cause: str) -> Recount:
    return attrs.evolve(
        counted,
        deadline=attrs.evolve(counted.deadline, due=due, late_after=due, version="sooner"),
        cause=cause,
    )


def _end_sooner(cause: str, by: timedelta = _INSTANT) -> Callable[[Recount, Situation], Recount]:
    def change(counted: Recount, found: Situation) -> Recount:
        return _end_at(counted, (found.case.due or found.case.updated_at) - by, cause)

    return change


def _find_complaint(found: Situation) -> Fields | None:
    """Find a complaint before the hand-over, or while the officer's limit runs (R56)."""
    case = found.case
    is_soon = case.state is State.ESCALATED and case.clock is not None and not case.is_late
    is_soon = is_soon or case.state is State.RECEIVED
    return (("kind", Kind.COMPLAINT),) if is_soon else None


def _find_foreign(found: Situation) -> Fields | None:
    reasons: Fields = (("reasons", ("not_vietnamese",)), ("guidance", _GUIDANCE))
    return reasons if found.case.language != "vi" else None


GOOD_ACTS: tuple[Variant, ...] = (
    Variant("complete", GOOD, _find_completion),
    say("note", text="Ghi chú mẫu"),
    say("reject", reasons=("unclear",), guidance=_GUIDANCE),
    say("answer", text="Trả lời mẫu"),
    Variant("escalate", GOOD, lambda found: (("to", PEOPLE[choose_target(found.case)]),)),
    say("advise", text="Ý kiến mẫu", within_competence=False),
    _ask(GOOD, focal=PEOPLE[Role.AGENCY].id),
    say("report_findings", text="Kết quả mẫu"),
    say("send_back", text="Lý do mẫu"),
    _put_off(GOOD, days=1),
    _move(GOOD),
    say("lapse"),
    say("lift_lapse", text="Lý do mẫu"),
    Variant("reassign", GOOD, _reassign),
    say("notify_unit", unit=UNIT),
    say("report_outcome", text="Kết quả mẫu"),
    say("withdraw"),
    say("close"),
    say("reopen", text="Lý do mẫu"),
    say("publish", text="Kết quả mẫu"),
    say("unpublish", text="Lý do mẫu"),
    say("commend", text="Đề xuất mẫu"),
    say("rate", score=5),
)
OTHER_WAYS: tuple[Variant, ...] = (
    say("complete", "contact", sender=SENDER),
    Variant("complete", "recast", _find_complaint),
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
    Variant("reject", "foreign", _find_foreign),
    say("answer", "with documents", text="Trả lời mẫu", documents=("1/VB-MAU",)),
    say("notify_unit", "with a text", unit=UNIT, text="Thông báo mẫu"),
    *(say("rate", str(score), score=score) for score in (1, 3)),
)  # fmt: skip
"""What leads to the same as the good act, and must be possible too."""
OTHER_AGENCY: tuple[Variant, ...] = (
    _ask("other agency", SECOND_UNIT, PEOPLE[Role.AGENCY].id),
    Variant("reassign", "who gets it back", _name_who_gets_it_back),
    Variant("complete", "accuse who asked", accuse_officer),
    _move("an hour sooner", _end_sooner("worked_day", timedelta(hours=1)), earlier=True),
)
"""What shows only where two units handle a case, or a limit ended sooner than it does today."""
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


SPOILED_ACTS: tuple[Variant, ...] = (
    _leave_blank("complete", "content"),
    Variant(  # before the hand-over it is the good act
        "complete",
        "other content",
        lambda found: None
        if found.case.state is State.RECEIVED
        else (("content", "Nội dung khác"),),
    ),
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
    *map(_leave_blank, ("report_outcome", "unpublish", "commend", "send_back", "lift_lapse")),
    *map(_leave_blank, ("withdraw", "reopen")),
)  # fmt: skip
"""What must be refused, or changes what somebody may take for given."""


Path = tuple[tuple[Act, datetime], ...]


def make_line(act: Act, at: datetime, *, case: str) -> dict[str, Any]:
    """Return an act as a line of an act log, in which the case has the name `case`."""
    if isinstance(act, Lapse):
        return {"act": "sweep", "at": at.isoformat()}
    said: dict[str, Any] = _leave_out_none(act.as_dict(personal=True))
    return {"act": act.trigger, "at": at.isoformat(), "case": case} | said


def _leave_out_none(value: Any) -> Any:
    if isinstance(value, list):
        return [_leave_out_none(each) for each in value]
    if isinstance(value, dict):
        return {name: _leave_out_none(each) for name, each in value.items() if each is not None}
    return value


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


READABLE: Final = ("published", "commended", "units_told", "findings", "appointments", "advised")
"""What of its past only guards of the user's own can ask a case."""


class HeldBy(NamedTuple):
    """With whom a case lies, or to whom it goes back: role, unit, and whether they are accused.

    `is_accused` is None if it lies with a unit, where nobody is named yet.
    """

    role: Role
    unit: str | None
    is_accused: bool | None


class Running(NamedTuple):
    """The running limit: the place of the last act beside it, and how it came about.

    `nothing_left`: it went on with no time left (R41).
    """

    position: str
    rescheduled: bool
    moved: str
    nothing_left: bool


class StateKey(NamedTuple):
    """The parts of a canonical state. A part that no longer matters is None or empty."""

    state: State
    holder: HeldBy | None
    kind: Kind
    accused: tuple[tuple[str | None, str], ...]
    about_unit: str | None
    result: str | None
    late: str
    sender_known: bool = False
    handled_by: tuple[str, ...] = ()
    rated: bool = False
    counts: tuple[bool, ...] = ()
    running: Running | None = None
    handed_on: bool = False
    officer: HeldBy | None = None
    reschedules: int = 0
    told: bool = False
    left: tuple[tuple[str, bool], ...] = ()
    within_competence: bool | None = None
    unmet: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the state and the holder, such as `overdue/agency`."""
        return f"{self.state.value}/{self.holder.role.value}" if self.holder else self.state.value


_BACK = ("send_back", "reopen")


class Canonical:
    """Finds the canonical state of cases under some rules.

    Of a case that came back to the operators, sent back or reopened, it tells only apart what is
    left to an officer. What else was before, of the nearest history stands for all. So it does for
    a case that has what only some rows require: of each place and result it finds one.
    """

    def __init__(
        self, rules: Rules, calendar_for: CalendarLookup, guards_read: Iterable[str] = READABLE
    ) -> None:
        """Find in which states it counts what own guards read of the past, and what opinions."""
        self.rules, self.calendar_for = rules, calendar_for
        self.guards_read = tuple(name for name in READABLE if name in {*guards_read})
        self.counts = _find_counting_states(rules) if self.guards_read else frozenset()
        # An opinion can matter where a case may be rejected, or come to be so without a new one.
        rejects = {s for row in rules.lifecycle if row.trigger == "reject" for s in row.sources}
        moves = [row for row in rules.lifecycle if row.trigger not in ("advise", *_BACK)]
        self.opinion_counts = self.counts | _find_before(rejects, moves)
        self.required = sorted({row.requires for row in rules.lifecycle if row.requires})

    def find(self, case: Case) -> StateKey:
        """Return the canonical state of a case."""
        read = self.guards_read if case.state in self.counts else ()
        counts = tuple(bool(getattr(case, name)) for name in read)
        required = tuple(bool(getattr(case, name)) for name in self.required)
        accused = sorted((fold_id(each.id or ""), fold_id(each.unit)) for each in case.accused)
        key = StateKey(
            case.state,
            _find_holder(case, case.holder),
            case.kind,
            tuple(accused),
            fold_id(case.about_unit) if case.about_unit else None,
            "refused" if case.reasons else case.result_article and "answered",
            self._find_late(case),
        )
        if any(required) and not read:
            return key._replace(accused=(), about_unit=None, late="", counts=required)
        if case.is_withdrawn:
            return key._replace(counts=counts)
        key = key._replace(
            sender_known=isinstance(case.sender_id, str),
            handled_by=tuple(sorted(map(fold_id, case.handled_by))),
            rated=case.rating is not None and not case.is_open,
            counts=counts,
        )
        if not case.is_open:
            return key
        is_told = self.rules.first_appointment_counts or bool(counts)
        is_back = case.holder is not None and case.holder.role is Role.AGENCY
        is_received = case.state is State.RECEIVED
        opinion = case.within_competence if case.state in self.opinion_counts else None
        return key._replace(
            running=self._find_running(case),
            handed_on=is_received and case.officer is not None,
            officer=_find_holder(case, case.officer) if is_back else None,
            reschedules=(
                0 if is_received else min(len(case.reschedules), self.rules.reschedules + 1)
            ),
            told=bool(case.appointments) if is_told else False,
            left=_find_left(case) if opinion is None else (),
            within_competence=opinion,
            unmet=self._list_unmet(case) if case.state in self.opinion_counts else (),
        )

    def _list_unmet(self, case: Case) -> tuple[str, ...]:
        unmet = find_unmet(case, rules=self.rules)
        return (*_list_lacking(case), *(each.code.value for each in unmet))

    def _find_late(self, case: Case) -> str:
        """Return whether a limit ran out, until when it is somebody's lateness, and was lifted.

        Several lapses are as one, and one that was lifted before the last act is as none.
        """
        lapse = find_latest_lapse(case)
        if lapse is None:
            is_new = any(each.ended_at == case.updated_at for each in case.lapses)
            return "lifted" if is_new else ""
        stored, holder = find_stored(case, lapse.opened_by), case.holder
        is_theirs = holder is not None and holder.role is lapse.stage
        if case.clock or holder is None or stored is None or not is_theirs:
            return "late"
        moved, is_now = self._find_move(stored, holder), lapse.ended_at is None
        return f"late{' too soon' * (moved == 'sooner')}{' by now' * is_now}"

    def _find_move(self, deadline: Deadline, holder: Holder) -> str:
        """Return whether the limit ends sooner or later than on the calendar of today."""
        calendar = self.calendar_for(holder.role, holder.unit)
        if deadline.version == calendar.version:
            return ""
        today = compute_due(deadline.budget, deadline.start, calendar)
        return "sooner" if deadline.due < today else "later"

    def _find_running(self, case: Case) -> Running | None:
        limit, deadline, holder, at = case.clock, case.deadline, case.holder, case.updated_at
        if limit is None:
            return None
        passed = "at due" if at in (limit.due, limit.late_after) else "after due"
        nothing_left = (
            deadline is not None and deadline.continues is not None and not deadline.budget
        )
        is_named = case.is_due_rescheduled  # then no calendar moves it any more
        moved = self._find_move(deadline, holder) if deadline and holder and not is_named else ""
        position = "in time" if at < limit.due else passed
        return Running(position, is_named, moved, nothing_left)


def _list_lacking(case: Case) -> tuple[str, ...]:
    """Return what a request lacks, read from its fields: rules may fail to ask for it."""
    sender = case.sender if isinstance(case.sender, Sender) else Sender()
    has = {
        "name": not is_blank(sender.name or ""),
        "address": not is_blank(sender.address or ""),
        "email": bool(find_emails(sender.email) or find_emails(sender.phone)),
        "phone": bool(find_phones(sender.phone) or find_phones(sender.email)),
        "vietnamese": case.language.split("-")[0] == "vi",
        "content": not (isinstance(case.content, str) and is_blank(case.content)),
    }
    return tuple(name for name, is_so in has.items() if not is_so)


def _find_holder(case: Case, holder: Holder | None) -> HeldBy | None:
    if holder is None:
        return None
    is_named = holder.id is not None or holder.role not in (Role.OFFICER, Role.PROVIDER)
    is_accused = any(is_same_id(each.id, holder.id) for each in case.accused)
    unit = fold_id(holder.unit) if holder.unit else None
    return HeldBy(holder.role, unit, is_accused if is_named else None)


def _find_left(case: Case) -> tuple[tuple[str, bool], ...]:
    """Return whether each agency that had the case, but the holder, has time left.

    With the operators it is whether the last who sent it back has, if that is kept.
    """
    if case.state is State.RECEIVED:
        last = case.sent_back[-1:]
        return tuple(("", _has_left(each.left)) for each in last if each.due is not None)
    holder = case.holder
    unit = holder.unit if holder and holder.role is Role.AGENCY else None
    ends = [(each.n, each.agency, each.left) for each in case.findings]
    ends += [(x.n, x.holder, x.left) for x in case.sent_back if x.role is Role.AGENCY and x.due]
    left = {fold_id(who or ""): _has_left(time) for _, who, time in sorted(ends, key=itemgetter(0))}
    return tuple(sorted((who, has) for who, has in left.items() if not is_same_id(who, unit)))


def _has_left(left: timedelta | None) -> bool:
    return left is None or left > timedelta()


def _find_before(states: set[State], moves: Iterable[Transition]) -> frozenset[State]:
    """Return these states, and those from which a case can come to one of them by these rows."""
    found, rows = {*states}, [*moves]
    while more := {s for row in rows if row.dest in found for s in row.sources} - found:
        found |= more
    return frozenset(found)


def _find_counting_states(rules: Rules) -> frozenset[State]:
    """Return the states in which what only guards of the user's own can ask still matters.

    That is where a row has a guard or recorder that is not the library's, and before it.
    """
    always: list[object] = [guard.check for guard in rules.guards]
    always += [each.unmet for each in rules.requirements if each.unmet is not None]
    if not all(map(_is_of_library, always)):
        return frozenset(State)
    own = set[State]()
    for row in rules.lifecycle:
        if not all(map(_is_of_library, [row.make_event, *(guard.check for guard in row.guards)])):
            own |= {*row.sources}
    return _find_before(own, rules.lifecycle)


def _is_of_library(function: object) -> bool:
    return getattr(function, "__module__", "").startswith("phananh.regulation.")


T = TypeVar("T")
Decide = Callable[[Case, Act, DecisionContext], Decision]
MOST_STATES: Final = 20_000
_WELL, _SPOILED = (*GOOD_ACTS, *OTHER_WAYS), (*SAME_WAYS, *SPOILED_ACTS)
SOON = timedelta(minutes=1)
INSIDE, AT_DUE, AFTER_DUE, NO_CLOCK = "inside", "at due", "after due", "no clock"
IDENTITIES: Final = ("right", "accused", "colleague", "stranger")
_TIMED = frozenset({"reschedule", "move_deadline"})
_OF_A_UNIT = frozenset({Role.OFFICER, Role.PROVIDER, Role.AGENCY, Role.AGENCY_HEAD})
# Errors of a guard or recorder that is wrong: they end a walk.
_MISTAKES = frozenset({"not_facts", "guard_reads_act", "no_event_returned"})


@attrs.define
class Step:
    """One act that was tried in one state.

    Args:
        path: the acts that lead to the state with their moments, the receipt first.
        history: their events.
        case: the case that the events add up to.
        act: the act that is tried.
        at: when.
        variant: "good", another way that is well formed, or how the act is spoilt.
        identity: who tries it: "right", "accused", "colleague" or "stranger".
        position: of the clock: "inside", "at due", "after due", or "no clock".
        context: the moment, the rules and the hours by which it was judged.
        decision: the answer of the judge.
        to: the state that it leads to, None if it is not recorded.
    """

    path: Path
    history: tuple[Event, ...]
    case: Case
    act: Act
    at: datetime
    variant: str
    identity: str
    position: str
    context: DecisionContext
    decision: Decision
    to: StateKey | None


class Node(NamedTuple):
    """A state that was reached: the case, its events, and the acts that led there."""

    key: StateKey
    case: Case
    history: tuple[Event, ...]
    path: Path


class DeadEnd(NamedTuple):
    """An open state from which no acts lead to an answer or a rejection (Art. 3.1).

    `path` has the fewest acts that lead there. `is_stuck`: no person can even pass it on.
    """

    state: StateKey
    path: Path
    is_stuck: bool


class UnreachableRow(NamedTuple):
    """A row of the lifecycle that is not taken, from `source` or by `role`, None for any."""

    row: Transition
    source: State | None = None
    role: Role | None = None


@attrs.define(kw_only=True, eq=False, repr=False, slots=False)
class Exploration:
    """A walk over the states of some rules, and everything that it found. You can print it.

    Args:
        recorded, refused, not_allowed: how many of the acts tried came to this.
        edges: the steps that are recorded in each state.
        taken: each row that was taken, with the state and the role.
        failures: what could not be judged, such as a limit beyond the calendar, with a path to it.
        truncated: whether there are more states than the limit.
    """

    rules: Rules
    calendar_for: CalendarLookup
    variants: tuple[Variant, ...]
    canonical: Canonical
    decide: Decide = decide
    visit: Callable[[Step], object] | None = None
    limit: int = MOST_STATES
    depth: int | None = None
    nodes: dict[StateKey, Node] = attrs.Factory(dict)
    edges: dict[StateKey, list[Step]] = attrs.Factory(dict)
    recorded: int = 0
    refused: int = 0
    not_allowed: int = 0
    taken: set[tuple[Transition, State, Role]] = attrs.Factory(set)
    failures: dict[str, Path] = attrs.Factory(dict)
    truncated: bool = False
    _queue: deque[Node] = attrs.Factory(deque)
    # Making an act costs as much as judging it, so each is made once.
    _made: dict[tuple[str, Fields], dict[Person, Act]] = attrs.Factory(dict)

    def walk(
        self, requests: Iterable[Receive], then: Iterable[Act] = (), *, only_right: bool = False
    ) -> None:
        """Walk from these requests until no new state is found, or the limit is met.

        Args:
            requests: what comes in.
            then: what follows each request at once, as far as it is recorded.
            only_right: only the right person of each role tries.
        """
        for request in requests:
            self._begin(request, then)
        while self._queue:
            node = self._queue.popleft()
            if self.depth is not None and len(node.path) >= self.depth:
                continue
            everybody = list_actors(node.case)
            actors = tuple(each for each in everybody if each[1] == "right" or not only_right)
            for position, at in list_moments(node.case):
                try:
                    self._try_all(node, actors, position, at)
                except Exception as error:
                    log = "\n".join(to_act_log(node.path))
                    error.add_note(f"in the walk, at {at.isoformat()}, after the acts\n{log}")
                    raise

    def _begin(self, request: Receive, then: Iterable[Act]) -> None:
        start = choose_start(self.rules)
        acts = [(act, start + n * SOON) for n, act in enumerate(then, 1)]
        path, history, case = follow(
            ((request, start), *acts), self.rules, self.calendar_for, self.decide
        )
        self._enter(case, history, path)

    def _enter(self, case: Case, history: tuple[Event, ...], path: Path) -> Node:
        """Return the state of a case. A new one is walked too."""
        node = Node(self.canonical.find(case), case, history, path)
        if node.key not in self.nodes:
            if len(self.nodes) >= self.limit:
                self.truncated = True
            else:
                self.nodes[node.key] = node
                self._queue.append(node)
        return node

    def _try_all(
        self, node: Node, actors: tuple[tuple[Person, str], ...], position: str, at: datetime
    ) -> None:
        """Try every act in a state at a moment.

        Everybody tries the good act. The ways beside it are for the right person of a role that
        has a row.
        """
        case = node.case
        context = DecisionContext(at=at, rules=self.rules, calendar_for=self.calendar_for)
        # The right citizen names a case that does not know its sender by its tracking code.
        is_known = isinstance(case.sender_id, str)
        by_code = context if is_known else attrs.evolve(context, named_by_code=True)
        now, situation = as_of(case, context), Situation(case, at, self.rules, self.calendar_for)
        for variant in self.variants:
            # At the last instant more than the good acts is tried only of what depends on it.
            if position == AT_DUE and variant.name != GOOD and variant.trigger not in _TIMED:
                continue
            judged = case if variant.trigger in SYSTEM_TRIGGERS else now
            rows = find_rows(judged, variant.trigger, self.rules)
            roles, is_good = {r for row in rows for r in row.roles}, variant.name == GOOD
            fields = None
            if is_good or roles:
                fields = self._attempt(node.path, variant.find, situation)
            if fields is None:
                continue
            answer: Decision | None = None
            for person, identity in actors:
                is_right = identity == "right"
                is_of_row = person.role in roles
                if not (is_right or is_of_row) or not (is_good or (is_right and is_of_row)):
                    continue
                act = self._make(variant.trigger, fields, person)
                chosen = by_code if is_right and person.role is Role.CITIZEN else context
                if answer is None or rows or self.decide is not decide:
                    answer = self._attempt((*node.path, (act, at)), self.decide, case, act, chosen)
                self._count(act, answer)
                if answer is not None and (self.visit or isinstance(answer, Recorded)):
                    step = Step(
                        node.path, node.history, case, act, at, variant.name, identity, position,
                        chosen, answer, None,
                    )  # fmt: skip
                    self._show(step, node, rows, judged)

    def _make(self, trigger: str, fields: Fields, person: Person) -> Act:
        acts = self._made.setdefault((trigger, fields), {})
        act = acts.get(person)
        if act is None:
            act = acts[person] = ACTS[trigger](by=person, **dict(fields))
        return act

    def _count(self, act: Act, answer: Decision | None) -> None:
        if isinstance(answer, Recorded):
            self.recorded += 1
        elif isinstance(answer, NotAllowed):
            self.not_allowed += 1
        elif answer is not None:
            self.refused += 1

    def _attempt(self, path: Path, find: Callable[..., T], *given: object) -> T | None:
        """Return what is found, or None if it cannot be judged: then the path is kept."""
        try:
            return find(*given)
        except PhanAnhError as error:  # such as a limit beyond the days that the calendar knows
            if getattr(error, "code", None) in _MISTAKES:
                raise
            self.failures.setdefault(str(error), path)
            return None

    def _show(self, step: Step, node: Node, rows: tuple[Transition, ...], judged: Case) -> None:
        """Show a step to the visitor, and follow it if it was recorded.

        `judged` is the case as it was when it was judged.
        """
        act, answer = step.act, step.decision
        if isinstance(answer, Recorded):
            history = (*node.history, *answer.events)
            step.to = self._enter(answer.case, history, (*node.path, (act, step.at))).key
            self.edges.setdefault(node.key, []).append(step)
            row = next((each for each in rows if is_match(each, judged, act)), None)
            if row is not None:
                self.taken.add((row, judged.state, act.by.role))
        if self.visit is not None:
            self.visit(step)

    @property
    def states(self) -> Mapping[StateKey, Path]:
        """Each canonical state, with the fewest acts that lead there."""
        return {key: node.path for key, node in self.nodes.items()}

    @property
    def pairs(self) -> int:
        """How many acts were tried, each in one state, at one moment, by one person."""
        return self.recorded + self.refused + self.not_allowed

    def find_stuck(self, *ends: State) -> list[Node]:
        """Return the nodes from which no acts lead to a result in one of these states, by length.

        That a case is withdrawn is none.

        A state beyond the limit of the walk counts as an end, as it was not visited.
        """
        before: dict[StateKey, set[StateKey]] = {}
        for key, steps in self.edges.items():
            for step in steps:
                assert step.to is not None  # it was recorded
                before.setdefault(step.to, set()).add(key)
        found = {key for key in self.nodes if key.state in ends and key.result} | (
            before.keys() - self.nodes.keys()
        )
        waiting = [*found]
        while waiting:
            new = before.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return [node for key, node in self.nodes.items() if key not in found]

    @cached_property
    def dead_ends(self) -> tuple[DeadEnd, ...]:
        """The open states from which no case can be answered or rejected (Art. 3.1)."""
        stuck = self.find_stuck(State.ANSWERED, State.REJECTED)
        return tuple(
            DeadEnd(key, path, not any(_moves(key, e) for e in self.edges.get(key, ())))
            for key, _, _, path in stuck
            if key.state in OPEN_STATES
        )

    @cached_property
    def unreachable(self) -> tuple[UnreachableRow, ...]:
        """The rows that are not taken at all, or not from one of their states or by one role."""
        found = []
        for row in self.rules.lifecycle:
            sources = {source for each, source, _ in self.taken if each is row}
            roles = {role for each, _, role in self.taken if each is row}
            if sources:
                found += [UnreachableRow(row, source=s) for s in row.sources if s not in sources]
                found += [UnreachableRow(row, role=role) for role in sorted(row.roles - roles)]
            else:
                found.append(UnreachableRow(row))
        return tuple(found)

    def __repr__(self) -> str:
        """Return the id of the rules, and how much was seen."""
        return f"{self.rules.id}: {len(self.nodes):,} states, {self.pairs:,} acts tried"

    def __str__(self) -> str:
        """Return counts and findings in English, as a page for the terminal."""
        counts = f"{self.recorded:,} recorded, {self.refused:,} refused, "
        lines = [repr(self), f"{counts}{self.not_allowed:,} not allowed", "", *self._tabulate(), ""]
        if not self.dead_ends:
            lines.append("From every open state a case can be answered or rejected.")
        if not self.unreachable:
            lines.append("Every row is taken, from each of its states and by each role.")
        if self.truncated:
            lines.append("There are more states than the limit, and only those seen are shown.")
        ends = (
            f"{key.text()}{' (it cannot be passed on)' if is_stuck else ''}, after: "
            f"{', '.join(act.trigger for act, _ in path)}"
            for key, path, is_stuck in self.dead_ends
        )
        rows = (
            f"{row.trigger}, from {source or 'any state'}, by {role or 'anybody'}"
            for row, source, role in self.unreachable
        )
        found: dict[str, Iterable[str]] = {
            "Dead ends, from which no case can be answered or rejected":
                ends,
            "Rows that are never taken": rows,
            "What could not be judged": self.failures,
        }  # fmt: skip
        for head, items in found.items():
            listed = [f"  {item}" for item in items]
            lines += [f"{head}:", *listed] if listed else []
        return "\n".join(lines)

    def _tabulate(self) -> Iterator[str]:
        """Yield a line for each state and holder: how many states, and what is recorded there."""
        acts: dict[str, dict[str, None]] = {}
        for key, steps in self.edges.items():
            done = dict.fromkeys(each.act.trigger for each in steps)
            acts.setdefault(key.text(), {}).update(done)
        for where, count in Counter(key.text() for key in self.nodes).items():
            yield f"{where}: {count:,}, with {', '.join(acts.get(where, ())) or 'nothing'}"


def follow(
    acts: Path, rules: Rules, calendar_for: CalendarLookup, decide: Decide = decide
) -> tuple[Path, tuple[Event, ...], Case]:
    """Return those of the acts that are recorded, their events, and the case they add up to."""
    (receipt, at), *rest = acts
    assert isinstance(receipt, Receive)  # a path begins with it
    first = make_receipt(receipt, at=at, case="C1", code=CODE, code_digest="sample", rules=rules)
    path: Path = acts[:1]
    history: tuple[Event, ...] = (first,)
    case = fold(history)
    for act, moment in rest:
        by_code = act.by.role is Role.CITIZEN and not isinstance(case.sender_id, str)
        context = DecisionContext(
            at=moment, rules=rules, calendar_for=calendar_for, named_by_code=by_code
        )
        decision = decide(case, act, context)
        if isinstance(decision, Recorded):
            case, history = decision.case, (*history, *decision.events)
            path = (*path, (act, moment))
    return path, history, case


def list_moments(case: Case) -> Iterator[tuple[str, datetime]]:
    """Yield the positions of the clock, and their moments.

    Under the reading that a limit is late from the next opening on, both instants are tried.
    """
    last, limit = case.updated_at, case.clock
    if limit is None:
        yield NO_CLOCK, last + SOON
        return
    if last < limit.due:  # a minute later, or halfway where that would be the due instant
        soon = last + SOON
        yield INSIDE, soon if soon < limit.due else last + (limit.due - last) / 2
    for instant in sorted({limit.due, limit.late_after}):
        if instant >= last:
            yield AT_DUE, instant
    yield AFTER_DUE, max(limit.late_after, last) + timedelta.resolution


class _Related(NamedTuple):
    """Who and which units are named in a case."""

    held: tuple[tuple[Role, str | None, str | None] | None, ...]
    sender: str | None
    accused: tuple[tuple[str | None, str], ...]
    units: tuple[str | None, ...]


def list_actors(case: Case) -> tuple[tuple[Person, str], ...]:
    """Return who tries acts in this case, and what they are to it, the right people first."""
    # Once a case is done, nothing goes back to its officer any more.
    holders = (case.holder, case.officer if case.is_open else None)
    return _list_actors(
        _Related(
            held=tuple((each.role, each.id, each.unit) if each else None for each in holders),
            sender=case.sender_id if isinstance(case.sender_id, str) else None,
            accused=tuple((each.id, each.unit) for each in case.accused),
            units=(*case.handled_by, case.about_unit),
        )
    )


@lru_cache(maxsize=4096)
def _list_actors(related: _Related) -> tuple[tuple[Person, str], ...]:
    found: dict[object, tuple[Person, str]] = {}
    for person, identity in _list_all(related):
        found.setdefault(_relate(person, related), (person, identity))
    return tuple(sorted(found.values(), key=lambda actor: IDENTITIES.index(actor[1])))


def _list_all(related: _Related) -> Iterator[tuple[Person, str]]:
    """Yield the people of each role. All accused but the first act under another unit."""
    units = [unit for _, unit in related.accused]
    for role, usual in PEOPLE.items():
        right = _find_right(role, usual, related)
        yield right, "right"
        for n, name in enumerate(name for name, _ in related.accused if name):
            spelt = ACCUSED_SPELT if name == ACCUSED.id else name.upper()
            yield Person(id=spelt, role=role, unit=STRANGER_UNIT if n else units[0]), "accused"
        if role is Role.SYSTEM:
            continue
        officer = related.held[1]
        if role is Role.AGENCY_HEAD and officer is not None and officer[2]:
            yield Person(id=f"{usual.id}-2", role=role, unit=officer[2]), "right"
        for unit in [right.unit if role in _OF_A_UNIT else (*units, None)[0], *units[1:]]:
            if unit is not None:
                yield Person(id=COLLEAGUE_ID, role=role, unit=unit), "colleague"
        yield (
            Person(id=STRANGER_ID, role=role, unit=STRANGER_UNIT if right.unit else None),
            "stranger",
        )


def _find_right(role: Role, usual: Person, related: _Related) -> Person:
    """Return the person of a role whom the case names, where it does."""
    if role is Role.CITIZEN and related.sender is not None:
        return Person(id=related.sender, role=role)
    for held in related.held:
        if held is not None and held[0] is role:
            return Person(id=held[1] or usual.id, role=role, unit=held[2] or usual.unit)
    unit = related.held[0] and related.held[0][2]
    if role in (Role.AGENCY, Role.AGENCY_HEAD) and unit:
        return Person(id=usual.id, role=role, unit=unit)
    return usual


def _relate(person: Person, related: _Related) -> object:
    """Return the relation of a person to a case, the same for two people who play equal parts."""
    own, unit = fold_id(person.id), fold_id(person.unit) if person.unit else None
    known = (*(each and each[1] for each in related.held), related.sender)
    known += tuple(name for name, _ in related.accused)
    named = (*related.units, *(unit for _, unit in related.accused))
    named += tuple(each and each[2] for each in related.held)
    units = {fold_id(each) for each in named if each}
    # A citizen whom the case does not know may be the one with its tracking code.
    is_caller = person.role is Role.CITIZEN and related.sender is None
    return (
        person.role,
        tuple(each is not None and fold_id(each) == own for each in known),
        unit if unit in units or unit is None else "elsewhere",
        is_caller and person.id == PEOPLE[Role.CITIZEN].id,
    )


def _moves(key: StateKey, step: Step) -> bool:
    """Return whether somebody of the office passes the case on: a lapse is no person's act."""
    is_elsewhere = step.to and (step.to.state, step.to.holder) != (key.state, key.holder)
    return bool(is_elsewhere) and step.act.trigger not in (*SYSTEM_TRIGGERS, "withdraw")


def make_exploration(
    rules: Rules,
    calendar_for: CalendarChoice | None = None,
    *,
    variants: Iterable[Variant] = _WELL,
    guards_read: Iterable[str] = READABLE,
    **options: Any,
) -> Exploration:
    """Return a walk that has not begun. The arguments are those of `explore`."""
    require_kind(rules, Rules, field="rules")
    hours = make_lookup(make_hours() if calendar_for is None else calendar_for)
    read = list_names(guards_read, known=READABLE, field="guards_read")
    return Exploration(
        rules=rules,
        calendar_for=hours,
        variants=tuple(variants),
        canonical=Canonical(rules, hours, read),
        **options,
    )


def explore(
    rules: Rules = HOA_BINH_2019,
    *,
    kinds: Iterable[Kind | KindSlug] = KINDS,
    spoiled: bool = False,
    guards_read: Iterable[str] = READABLE,
    calendar_for: CalendarChoice | None = None,
    decide: Decide = decide,
    visit: Callable[[Step], object] | None = None,
    limit: int = MOST_STATES,
) -> Exploration:
    """Walk every state that cases can come to under some rules, and return the findings.

    In each state all acts are tried, by the right person of each role, the accused, a colleague and
    a stranger, while the limit runs, at its last instant and just after it. States with the same
    possible future count as one.

    Args:
        rules: the rules, yours or the built-in ones.
        kinds: the kinds of requests, by default one of each that the Regulation treats in its own
            way.
        spoiled: whether each act is also tried spoilt in each known way, by those who may do it.
        guards_read: the parts of a case's past that your own guards read, of `READABLE`. Two states
            that differ only in other parts count as one. If your guards read only the act, give an
            empty list.
        calendar_for: the hours, as the `calendar` of a `Desk`. By default the centre and the
            agencies have different ones.
        decide: a function that judges an act, in place of the library.
        visit: takes each `Step`, one act that was tried in one state.
        limit: the most states. Beyond them the exploration is `truncated`.

    Raises:
        InputTypeError: `rules` is no `Rules`.
        InputError: there is no kind, or a kind or part is unknown.

    Example:
        >>> found = explore(kinds=["complaint"])
        >>> print(str(found).splitlines()[0])
        HB-2019-...: 12 states, 2,705 acts tried
        >>> found.dead_ends
        ()
    """
    begun = list_members(Kind, list_given(kinds, field="kinds"), field="kinds")
    found = make_exploration(
        rules, calendar_for, guards_read=guards_read, decide=decide,
        visit=visit, limit=limit, variants=(*_WELL, *_SPOILED) if spoiled else _WELL,
    )  # fmt: skip
    found.walk(list_requests(begun))
    return found
