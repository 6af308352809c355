"""A desk of a test's own, and cases in any state in one line: real ones, by ordinary acts.

A test of a page, a report or a sweep starts with a case that is somewhere. `a_case` finds the
shortest way there under your rules, and takes it. It does not know the lifecycle: an act of each
kind is tried on each case that was reached, the nearest first, and each that the Regulation allows
leads on. So any `Rules` will do.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import attrs

from phananh.desk.desk import Desk, random_bits
from phananh.errors import InputError, PhanAnhError
from phananh.regulation.acts import ACTS, Act, Lapse, Receive
from phananh.regulation.case import Case
from phananh.regulation.context import CalendarChoice
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.intake import EXCLUDED
from phananh.regulation.lifecycle import KINDS_FOR_TARGET, get_table
from phananh.regulation.request import (
    Accused,
    Channel,
    ChannelSlug,
    Kind,
    KindSlug,
    Person,
    Reason,
    Role,
    RoleSlug,
    Sender,
    State,
    StateSlug,
    parse_slug,
)
from phananh.regulation.rules import HOA_BINH_2019, Rules, list_rules
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore
from phananh.testing.clock import ManualClock, parse_duration, parse_instant
from phananh.testing.exploration import Path, choose_start
from phananh.worktime import vietnam_calendar
from phananh.worktime.instants import VIETNAM

AGENCY_UNIT = "Sở Mẫu"
_IDS = {
    Role.CITIZEN: ("CD-MAU", None),
    Role.OPERATOR: ("DTV-MAU", None),
    Role.OFFICER: ("CB-MAU", "Một cửa Mẫu"),
    Role.PROVIDER: ("DV-MAU", "Bưu điện Mẫu"),
    Role.LEADERSHIP: ("LD-MAU", "Trung tâm Mẫu"),
    Role.AGENCY: ("DM-MAU", AGENCY_UNIT),
    Role.AGENCY_HEAD: ("TT-MAU", AGENCY_UNIT),
    Role.OFFICE: ("VP-MAU", "Văn phòng Mẫu"),
    Role.SYSTEM: ("system", None),
}
SENDER = Sender(
    name="Người gửi mẫu", address="Số 1, phường Mẫu", phone="0218 000 0000", email="mau@example.vn"
)
"""A sender with everything that any rules may ask for."""


def a_person(role: Role | RoleSlug, *, id: str | None = None, unit: str | None = None) -> Person:  # noqa: A002  # the field's own name
    """Return the sample person of a role, or another one of that role.

    Args:
        role: a `Role`, or its slug such as "officer".
        id: another id than the sample's.
        unit: another unit than the sample's.

    Raises:
        InputError: no role, or what cannot be an id.

    Example:
        >>> print(a_person("officer"))
        officer CB-MAU (Một cửa Mẫu)
        >>> print(a_person("officer", id="CB-2", unit="MC-2"))
        officer CB-2 (MC-2)
    """
    found = parse_slug(Role, role, field="role")
    own_id, own_unit = _IDS[found]
    return Person(id=id or own_id, role=found, unit=unit or own_unit)


START = datetime(2025, 4, 21, 9, 0, tzinfo=VIETNAM)
"""A Monday morning of an ordinary week, on which the rules of Hòa Bình are in force."""


def a_desk(
    *,
    at: datetime | str | None = None,
    clock: ManualClock | None = None,
    rules: Rules | Iterable[Rules] = HOA_BINH_2019,
    hours: CalendarChoice | str | None = None,
    store: Store | None = None,
) -> Desk:
    """Return a desk with a clock that stops until you move it.

    Args:
        at: when its clock begins, such as "2025-04-21 09:00". By default that Monday, or the first
            Monday on which the latest of the rules are in force.
        clock: your own clock. It is set to `at` if you give both.
        rules: as of a `Desk`.
        hours: as the `calendar` of a `Desk`, or the name of a preset, such as "VP".
        store: a new `MemoryStore` by default.

    Raises:
        InputError: a naive `at`, or a value that no desk takes.

    Example:
        >>> desk = a_desk(at="2025-04-21 09:00", hours="VP")
        >>> print(desk.now())
        2025-04-21 09:00:00+07:00
    """
    sets = list_rules(rules)
    if clock is None:
        clock = ManualClock(choose_start(sets[-1], START) if at is None else at)
    elif at is not None:
        clock.set(at)
    return Desk(
        store=MemoryStore() if store is None else store,
        rules=sets,
        calendar=vietnam_calendar(hours) if isinstance(hours, str) else hours,
        clock=clock,
    )


_APPOINTMENT = timedelta(days=14)
_PUT_OFF = timedelta(days=1)  # as little as rules of your own may allow
_BRIEF = timedelta(minutes=1)
People = Mapping[Role, Person]


@attrs.frozen(kw_only=True)
class Wish:
    """The case that is wanted: its state, its holder, how late, how long before it is due."""

    state: State
    holder: Role | None = None
    late_by: timedelta | None = None
    due_in: timedelta | None = None
    rescheduled: bool = False

    def is_met(self, case: Case) -> bool:
        """Return whether a case is there."""
        return (
            case.state is self.state
            and (self.holder is None or _role_of(case) is self.holder)
            and (self.late_by is None or case.is_late)
            and (self.due_in is None or case.due is not None)
            and (not self.rescheduled or bool(case.reschedules))
        )


class Reached(NamedTuple):
    """A case that was reached, and the acts that led there with their moments."""

    case: Case
    path: Path


def find_way(desk: Desk, start: Reached, wish: Wish, people: People) -> Reached:
    """Return the nearest case that is as wished.

    Raises:
        InputError: there is no such case. The message lists those there are.
    """
    queue, seen = deque([start]), {_key_of(start.case): start.case}
    failure: PhanAnhError | None = None
    while queue:
        case, path = reached = queue.popleft()
        if wish.is_met(case):
            return reached
        for act, at in _list_acts(desk, reached, wish, people):
            try:
                decision = decide(case, act, desk.context_of(case, at))
            except PhanAnhError as error:  # such as a limit beyond the days that the calendar knows
                failure = failure or error
                continue
            if isinstance(decision, Recorded) and _key_of(decision.case) not in seen:
                seen[_key_of(decision.case)] = decision.case
                queue.append(Reached(decision.case, (*path, (act, at))))
    raise _make_error(wish, [*seen.values()]) from failure


def _list_acts(
    desk: Desk, reached: Reached, wish: Wish, people: People
) -> Iterator[tuple[Act, datetime]]:
    """Yield an act of each kind that can move a case, with when it is done.

    Each role that has a row tries, the holder first.
    """
    case, at, agency = reached.case, reached.path[-1][1], people[Role.AGENCY]
    rows = get_table(desk.context_of(case, at).rules)[case.state]
    # The most likely reason first. Under other rules others may be valid.
    likely = Reason.COMPLAINT_OR_DENUNCIATION if case.kind in EXCLUDED else Reason.UNCLEAR
    reasons = sorted(Reason, key=lambda each: each is not likely)
    asked = {"agency": agency.unit, "focal": agency.id, "appointment": at + _APPOINTMENT}
    put_off = {"to": (case.due or at) + _PUT_OFF, "reason": "Lý do mẫu"}
    ways: list[tuple[str, dict[str, Any]]] = [
        ("answer", {"text": "Trả lời mẫu"}),
        *(("escalate", {"to": people[role]}) for role in KINDS_FOR_TARGET),
        ("request_verification", asked),
        *([("reschedule", put_off)] if wish.rescheduled else []),
        ("report_findings", {"text": "Kết quả xác minh mẫu"}),
        *(("reject", {"reasons": [each], "guidance": "Hướng dẫn mẫu"}) for each in reasons),
        ("close", {}),
        ("advise", {"text": "Ý kiến mẫu", "within_competence": True}),
    ]
    for trigger, fields in ways:
        roles = {role for row in rows.get(trigger, ()) for role in row.roles}
        for role in dict.fromkeys([_role_of(case), *people]):
            if role in roles:
                yield ACTS[trigger](by=people[role], **fields), at
    if case.clock is not None:
        yield Lapse(), max(at, case.clock.late_after + (wish.late_by or _BRIEF))


def _role_of(case: Case) -> Role | None:
    return case.holder.role if case.holder else None


def _key_of(case: Case) -> tuple[object, ...]:
    """Return the differences between cases that matter to a wish and the way on."""
    holder, officer = _role_of(case), case.officer is None
    return case.state, holder, bool(case.reschedules), case.is_late, case.due is None, officer


def _make_error(wish: Wish, found: list[Case]) -> InputError:
    """Return the error that names the wish, and the possible places: of its state, else all."""
    flags = {"late": wish.late_by, "due": wish.due_in, "rescheduled": wish.rescheduled or None}
    named = [name for name, value in flags.items() if value is not None]
    near = [case for case in found if case.state is wish.state] or found
    return InputError(
        field="state",
        code="case_unreachable",
        asked="/".join([_describe(wish.state, wish.holder), *named]),
        kind=found[0].kind,
        rules=found[0].rules,
        known=tuple(dict.fromkeys(_describe(case.state, _role_of(case)) for case in near)),
    )


def _describe(state: State, holder: Role | None) -> str:
    """Return a place in slugs, such as `overdue/agency`."""
    return "/".join([state, *([holder] if holder else [])])


def a_case(
    state: State | StateSlug = State.RECEIVED,
    *,
    holder: Person | Role | RoleSlug | None = None,
    late_by: timedelta | str | None = None,
    due_in: timedelta | str | None = None,
    rescheduled: bool = False,
    kind: Kind | KindSlug | None = None,
    accused: Iterable[Accused] = (),
    content: str = "Nội dung mẫu",
    sender: Sender = SENDER,
    channel: Channel | ChannelSlug = Channel.PHONE,
    about_unit: str | None = None,
    received_at: datetime | str | None = None,
    desk: Desk | None = None,
    store: Store | None = None,
    rules: Rules | Iterable[Rules] | None = None,
    hours: CalendarChoice | str | None = None,
) -> Case:
    """Record the fewest acts that lead to a state, and return the case.

    All acts happen at the clock's moment, except after a limit that runs out. The clock is moved on
    if `late_by` or `due_in`, or the state itself, need a later moment.

    Args:
        state: a `State`, or its slug such as "overdue".
        holder: who has it: a `Person`, or a role, the nearest one by default.
        late_by: how long ago a limit of it ran out, in elapsed time such as "1h30m". A minute if
            only the state says that one did.
        due_in: how long it is until its running limit ends, in elapsed time such as "2h".
        rescheduled: whether the citizen was given a later time, by a day.
        kind: by default one that fits: conduct with accused, service with a provider, or else
            information.
        accused: the people that a report on conduct is about.
        content: the text of the request.
        sender: name and contact, a sample by default.
        channel: how it came in.
        about_unit: the unit that it is about.
        received_at: when it came in, the clock's moment by default.
        desk: the desk that records it, a new one by default, as `a_desk` makes it.
        store: the store of a new desk.
        rules: the rules of a new desk.
        hours: the hours of a new desk.

    Raises:
        InputError: no way leads there under these rules. The message says what is possible. Or
            `desk` comes with arguments of a new one, or its clock cannot be moved. No act was
            recorded.

    Example:
        >>> case = a_case("pending_verification", desk=desk, due_in="2h")
        >>> case.holder.role.value, str(case.due - desk.now())
        ('agency', '2:00:00')
    """
    for field, value in (("store", store), ("rules", rules), ("hours", hours)):
        if desk is not None and value is not None:
            raise InputError(field=field, code="of_another_desk")
    if desk is None:
        desk = a_desk(store=store, rules=HOA_BINH_2019 if rules is None else rules, hours=hours)
    person = holder if holder is None or isinstance(holder, Person) else a_person(holder)
    wish = Wish(
        state=parse_slug(State, state, field="state"),
        holder=person.role if person else None,
        late_by=_parse_span(late_by, "late_by", timedelta.resolution),
        due_in=_parse_span(due_in, "due_in", timedelta()),
        rescheduled=rescheduled,
    )
    if wish.late_by is not None and wish.due_in is not None:
        raise InputError(field="due_in", code="late_and_due")
    accused = [*accused]
    fitting = Kind.SERVICE if wish.holder is Role.PROVIDER else Kind.INFORMATION
    fitting = Kind.CONDUCT if accused else fitting
    receipt = Receive(
        kind=fitting if kind is None else kind,
        channel=channel,
        content=content,
        sender=sender,
        accused=accused,
        about_unit=about_unit,
        by=a_person(Role.OPERATOR),
    )
    return _record(desk, receipt, wish, person, received_at=received_at)


def _parse_span(given: timedelta | str | None, field: str, least: timedelta) -> timedelta | None:
    if given is None:
        return None
    span = parse_duration(given, field=field)
    if span < least:
        raise InputError(field=field, code="below_least", value=str(span), least=str(least))
    return span


def _record(
    desk: Desk,
    receipt: Receive,
    wish: Wish,
    holder: Person | None,
    *,
    received_at: datetime | str | None,
) -> Case:
    """Find the way on a desk of its own, then take it."""
    people = {role: a_person(role) for role in Role} | ({holder.role: holder} if holder else {})
    agency = people[Role.AGENCY]  # it is asked as a unit
    people[Role.AGENCY] = attrs.evolve(agency, unit=agency.unit or AGENCY_UNIT)
    at = desk.now() if received_at is None else parse_instant(received_at, field="received_at")
    trial = attrs.evolve(desk, store=MemoryStore(), randbits=random_bits)
    start = Reached(trial.do(None, receipt, at=at), ((receipt, at),))
    reached, path = find_way(trial, start, wish, people)
    end, due = path[-1][1], reached.due
    if wish.due_in is not None and due is not None:
        most, end = due - end, due - wish.due_in
        if most < wish.due_in:
            raise InputError(
                field="due_in", code="due_sooner", value=str(wish.due_in), most=str(most)
            )
    if end > desk.now():
        if not isinstance(desk.clock, ManualClock):
            raise InputError(field="desk", code="clock_moves_itself", at=end.isoformat())
        desk.clock.set(end)
    case = desk.do(None, receipt, at=at)
    for act, moment in path[1:]:
        if isinstance(act, Lapse):
            desk.sweep(at=moment)
            case = desk.get(case.id)
        else:
            case = desk.do(case, act, at=moment)
    return case
