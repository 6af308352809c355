"""A case in any state, in one line."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

from phananh.desk.desk import Desk, random_bits
from phananh.errors import InputError
from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.context import CalendarChoice
from phananh.regulation.request import (
    Accused,
    Channel,
    ChannelSlug,
    Kind,
    KindSlug,
    Person,
    Role,
    RoleSlug,
    Sender,
    State,
    StateSlug,
    parse_slug,
)
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore
from phananh.testing.cases.desks import a_desk
from phananh.testing.cases.people import SENDER, a_person
from phananh.testing.cases.search import Reached, Wish, find_way
from phananh.testing.clock import ManualClock, parse_duration, parse_instant


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
    """
    office = _choose_desk(desk, store=store, rules=rules, hours=hours)
    person = _parse_holder(holder)
    wish = Wish(
        state=parse_slug(State, state, field="state"),
        holder=person.role if person else None,
        late_by=_parse_span(late_by, "late_by", timedelta.resolution),
        due_in=_parse_span(due_in, "due_in", timedelta()),
        rescheduled=rescheduled,
    )
    if wish.late_by is not None and wish.due_in is not None:
        raise InputError(field="due_in", code="late_and_due")
    receipt = a.Receive(
        kind=_choose_kind(kind, [*accused], wish),
        channel=channel,
        content=content,
        sender=sender,
        accused=accused,
        about_unit=about_unit,
        by=a_person(Role.OPERATOR),
    )
    return _record(office, receipt, wish, person, received_at=received_at)


def _choose_desk(
    desk: Desk | None,
    *,
    store: Store | None,
    rules: Rules | Iterable[Rules] | None,
    hours: CalendarChoice | str | None,
) -> Desk:
    """Return the desk that was given, or a new one."""
    if desk is None:
        return a_desk(store=store, rules=HOA_BINH_2019 if rules is None else rules, hours=hours)
    for field, value in (("store", store), ("rules", rules), ("hours", hours)):
        if value is not None:
            raise InputError(field=field, code="of_another_desk")
    return desk


def _parse_holder(holder: Person | Role | RoleSlug | None) -> Person | None:
    return holder if holder is None or isinstance(holder, Person) else a_person(holder)


def _parse_span(given: timedelta | str | None, field: str, least: timedelta) -> timedelta | None:
    if given is None:
        return None
    span = parse_duration(given, field=field)
    if span < least:
        raise InputError(field=field, code="below_least", value=str(span), least=str(least))
    return span


def _choose_kind(kind: Kind | KindSlug | None, accused: list[Accused], wish: Wish) -> Kind:
    if kind is not None:
        return parse_slug(Kind, kind, field="kind")
    if accused:
        return Kind.CONDUCT
    return Kind.SERVICE if wish.holder is Role.PROVIDER else Kind.INFORMATION


def _record(
    desk: Desk,
    receipt: a.Receive,
    wish: Wish,
    holder: Person | None,
    *,
    received_at: datetime | str | None,
) -> Case:
    """Find the way on a desk of its own, then take it."""
    people = {role: a_person(role) for role in Role} | ({holder.role: holder} if holder else {})
    at = desk.now() if received_at is None else parse_instant(received_at, field="received_at")
    trial = attrs.evolve(desk, store=MemoryStore(), randbits=random_bits)
    start = Reached(case=trial.do(None, receipt, at=at), at=at)
    reached = find_way(trial, start, wish, people)
    end = _find_end(reached, wish)
    clock = desk.clock
    is_later = end > desk.now()
    if is_later and not isinstance(clock, ManualClock):
        raise InputError(field="desk", code="clock_moves_itself", at=end.isoformat())
    case = desk.do(None, receipt, at=at)
    for act, moment in reached.steps:
        case = desk.do(case, act, at=moment)
    if is_later and isinstance(clock, ManualClock):
        clock.set(end)
    return case


def _find_end(reached: Reached, wish: Wish) -> datetime:
    """Return the moment at which the case is as wished: that of the last act, or later."""
    due = reached.case.due
    if wish.due_in is None or due is None:
        return reached.at
    end = due - wish.due_in
    if end < reached.at:
        most = str(due - reached.at)
        raise InputError(field="due_in", code="due_sooner", value=str(wish.due_in), most=most)
    return end
