"""The desk does acts (Art. 7-9): it asks the Regulation, and records the acts it allows.

`do(case, act)` is the one path of people. The methods named after the acts only build the act.

A case given as a value is a version that you saw: if somebody recorded since, the act loses with
ConflictError. A case given by id or tracking code is loaded afresh, and on a conflict loaded and
decided again, a few times.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from functools import partial
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, TypedDict, Unpack, overload

import attrs

from phananh.desk.calendars import (
    CalendarInUse,
    check_uses,
    find_version,
    list_known,
    list_names,
    list_of_holder,
)
from phananh.desk.consume import (
    ConsumeResult,
    ConsumerRun,
    Feed,
    Handler,
    StopSignal,
    check_events,
    check_lease,
)
from phananh.desk.lookup import (
    case_id,
    find_by_code,
    is_busy,
    is_code_of,
    iter_pages,
    load_case,
    load_history,
    make_query,
    retry_on_conflict,
)
from phananh.desk.together import Draft
from phananh.errors import (
    ClockError,
    ConflictError,
    CorruptError,
    DuplicateError,
    InputError,
    InputTypeError,
    NotFoundError,
    Refusal,
    RefusedError,
    StepNotAllowedError,
    StoreError,
    UnknownCalendarError,
    UnknownRulesError,
    check_language,
    short_repr,
)
from phananh.messages.labels import word
from phananh.messages.message import say
from phananh.messages.texts import CASE_EXPLANATION
from phananh.plain_value import PlainValue, Value, make_unchecked
from phananh.regulation import acts as a
from phananh.regulation.access import find_read_refusals, require_reader
from phananh.regulation.case import Case, CaseDeadline, MoveRecord, find_last, fold
from phananh.regulation.cautions import caution_text, find_cautions, is_after_rules, is_before_rules
from phananh.regulation.cleaning import (
    SHORT_TEXT,
    clean_instant,
    clean_text,
    is_blank,
    to_vietnam_time,
)
from phananh.regulation.context import (
    CalendarChoice,
    CalendarLookup,
    DecisionContext,
    list_calendars,
    make_lookup,
)
from phananh.regulation.deadline import Deadline
from phananh.regulation.decide import Recorded, as_of, decide, find_pending_lapse, list_allowed
from phananh.regulation.erasure import find_erasure_refusals
from phananh.regulation.events import Completed, Event, Lapsed, PersonalDataErased, Received
from phananh.regulation.guards import make_kind_check
from phananh.regulation.intake import Requirement, find_unmet
from phananh.regulation.lifecycle import LIFECYCLE, get_table
from phananh.regulation.receipt import find_receipt_refusals, make_receipt
from phananh.regulation.request import (
    Accused,
    Assignee,
    Channel,
    ChannelSlug,
    Holder,
    Kind,
    KindSlug,
    Person,
    Reason,
    ReasonSlug,
    Sender,
    require_person,
)
from phananh.regulation.reschedule import is_after_reschedule
from phananh.regulation.rules import HOA_BINH_2019, Rules, find_in_force, list_rules
from phananh.regulation.tracking_code import BITS, digest_code, make_code, make_id
from phananh.stores.base import (
    COLUMNS,
    Change,
    Column,
    Command,
    Counts,
    Filters,
    IndexRow,
    Order,
    Page,
    PageOptions,
    Query,
    Store,
    check_limit,
)
from phananh.stores.conflicts import damaged_row_error, reused_command_error
from phananh.stores.index_row import count_rows, make_index_row
from phananh.stores.waiting import is_cancelled
from phananh.worktime import WorkCalendar
from phananh.worktime.instants import VIETNAM, cut_to_minute
from phananh.worktime.validators import tuple_of

if TYPE_CHECKING:
    from phananh.desk.inbox import Inbox
    from phananh.desk.recalculation import DeadlineMove, Recalculation
    from phananh.desk.steps import CaseStep
    from phananh.regulation.timeline import Names

__all__ = ["ActOptions", "Desk", "vietnam_now"]

KeepOrApply = Literal["keep", "apply"]


def vietnam_now() -> datetime:
    """Return the present moment in Vietnamese time, in whole seconds."""
    return datetime.now(VIETNAM).replace(microsecond=0)


def random_bits(count: int) -> int:
    """Return `count` unpredictable bits."""
    import secrets  # at its first use, as whatever is slow to load and seldom needed

    return secrets.randbits(count)


def _make_memory_store() -> Store:
    from phananh.stores.memory import MemoryStore  # most portals have another

    return MemoryStore()


def _check_store(_: object, field: Any, value: object) -> None:
    """Refuse a value that is no store, such as a path."""
    if not callable(getattr(value, "commit", None)):
        raise InputTypeError(field=field.name, code="not_a_store", value=short_repr(value))


def _list_former(value: Iterable[WorkCalendar]) -> tuple[WorkCalendar, ...]:
    return tuple_of(WorkCalendar, "former", value)


def _compile_rules(value: Rules | Iterable[Rules]) -> tuple[Rules, ...]:
    """Return the sets of rules in order, and refuse a lifecycle that no table can have.

    The lifecycle of the Decision is compiled at its first act.
    """
    sets = list_rules(value)
    for each in sets:
        if each.lifecycle is not LIFECYCLE:
            get_table(each)
    return sets


class ActOptions(TypedDict, total=False):
    """What every method of an act takes besides the case and what its act says.

    Args:
        command_id: the caller's name for this act, 1 to 300 characters, such as a random value of
            the form. If you send it again, the first result comes back.
        expected: beside an id or code, the `version` that you saw, such as that of the form. If
            another version is stored, ConflictError is raised, whatever was recorded since.
    """

    command_id: str | None
    expected: int | None


class KnownPeople(Protocol):
    """What a desk asks of a directory of bodies and people, such as that of `phananh.office`."""

    def check_act(self, act: a.Act, at: datetime, case: Case | None, /) -> None:
        """Raise InputError if the act names a person or body that is not known at that moment.

        `case` is the one that it is done on, None of a receipt.
        """
        raise NotImplementedError

    def find_head(self, unit: str, at: datetime, /) -> str | None:
        """Return the id of the head of a unit at a moment, or None if none is known.

        With None the leadership can name another person in place of the head (R33).
        """


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class SweepResult(PlainValue):
    """The cases that a sweep marked, in order of due time, and those it could not read or decide.

    A ConflictError among the `failed` is of a case that others kept recording: sweep again.
    """

    lapsed: tuple[Lapsed, ...] = ()
    failed: tuple[StoreError | ConflictError | UnknownRulesError, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Desk(Value):
    """Store, rules, hours and clock, wired: everything a portal needs.

    The methods named after the acts take the fields of the act, and return the case after it.

    Args of each:
        case: a `Case` as you saw it, or an id or tracking code, which is loaded afresh.
        by: the person who acts.
        options: `command_id` and `expected`, see ActOptions.

    Raises, each before anything is recorded:
        NotFoundError: no such case. StepNotAllowedError: no such step from its state.
        RefusedError: not for this person, or not now, with every reason.
        ConflictError: an act was recorded since the `Case`, or the version expected, was seen.
        InputError: a value makes no sense. CommandReusedError: the id names another act.

    And StoreError: perhaps recorded. The same call with the same `command_id` settles it.

    Args:
        store: where histories are stored, a MemoryStore by default.
        rules: the regulation's numbers and readings, several if they changed. A case is decided, to
            its end, under the set in force on the day it was received (R47).
        calendar: a WorkCalendar, a mapping of roles to calendars, or a function of
            (role, unit). Preset A by default. A mapping may name units too: {(role, unit): ...}.
        former: calendars as they were, which stored deadlines may still name.
        clock: returns the present moment, aware.
        randbits: takes a count, returns that many random bits, for tracking codes and ids.
        clock_skew: how far, at most, the clock may be behind the last event of a case, such as
            on another machine, or behind an `at`. Less counts as the moment of that event, more is
            a ClockError, or for an `at` an InputError.
        directory: the bodies and people of `phananh.office.Directory`, or a function without
            arguments that returns them as they are now. It refuses others, and knows heads (R33).

    Example:
        >>> desk = Desk(clock=lambda: friday)  # the clock defaults to now
        >>> case = desk.receive(
        ...     kind="information", channel="phone", content="Mẫu", sender=sender, by=operator
        ... )
        >>> print(desk.escalate(case, to=officer, by=operator))
        HB-2504-... escalated, officer CB-MAU (Một cửa Mẫu), due 2025-04-26 10:00
        >>> print(desk.allowed(case.id, by=operator)["answer"][0])
        the role operator may not do this (Art. 8(1)(b))
    """

    store: Store = attrs.field(factory=_make_memory_store, validator=_check_store)
    rules: tuple[Rules, ...] = attrs.field(default=HOA_BINH_2019, converter=_compile_rules)
    calendar: CalendarLookup = attrs.field(default=None, converter=make_lookup)
    former: tuple[WorkCalendar, ...] = attrs.field(default=(), converter=_list_former)
    clock: Callable[[], datetime] = attrs.field(
        default=vietnam_now,
        validator=make_kind_check(
            Callable, form="a function, such as lambda: datetime.now(VIETNAM)"
        ),
    )
    randbits: Callable[[int], int] = attrs.field(
        default=random_bits,
        validator=make_kind_check(Callable, form="a function such as secrets.randbits"),
    )
    clock_skew: timedelta = attrs.field(
        default=timedelta(seconds=60),
        validator=make_kind_check(timedelta, form="timedelta(seconds=60)"),
    )
    directory: KnownPeople | Callable[[], KnownPeople] | None = None

    def now(self) -> datetime:
        """Return the clock's present moment, checked to be aware."""
        return clean_instant(self.clock(), field="clock")

    def moment(self, at: datetime | None) -> datetime:
        """Return the moment that was given, checked to be aware, or the present one."""
        return self.now() if at is None else clean_instant(at, field="at")

    def rules_of(self, case: Case | str) -> Rules:
        """Return the rules that a case is decided under: those of its receipt (R47).

        Raises:
            UnknownRulesError: the desk was not given that set.
        """
        case = self.case_of(case)
        return self.require_rules(case.rules, case=case.id)

    def require_rules(self, rules: str, *, case: str) -> Rules:
        """Return the set of rules with an id, which that case names.

        Raises:
            UnknownRulesError: the desk was not given that set.
        """
        for each in self.rules:
            if each.id == rules or rules in each.former_ids:
                return each
        raise UnknownRulesError(rules=rules, case=case, known=tuple(each.id for each in self.rules))

    def context_of(
        self, case: Case, at: datetime | None = None, *, by_code: bool = False
    ) -> DecisionContext:
        """Return when an act on a case is decided, at `at` or now, and under which rules and hours.

        A clock of the desk that is behind the case by less than its skew counts as no earlier.
        """
        now = self.now()
        if at is None and now < case.updated_at and case.updated_at - now < self.clock_skew:
            now = case.updated_at
        fields = {
            "at": to_vietnam_time(now if at is None else clean_instant(at, field="at")),
            "rules": self.require_rules(case.rules, case=case.id),
            "calendar_for": self.calendar,
            "named_by_code": by_code,
            "recorded_at": now,
            "head_of": people.find_head
            if self.directory is not None and (people := self._read_directory())
            else None,
        }
        return make_unchecked(DecisionContext, fields)

    def _read_directory(self) -> KnownPeople | None:
        """Return the directory as it is now, or None if the desk has none."""
        return self.directory() if callable(self.directory) else self.directory

    def _check_known(self, act: a.Act, at: datetime, case: Case | None) -> None:
        """Refuse a person or body that the directory does not have, if there is one."""
        if (people := self._read_directory()) is not None and act.trigger not in a.SYSTEM_TRIGGERS:
            people.check_act(act, at, case)

    def _check_ahead(
        self, at: datetime, now: datetime, *, last: datetime | None = None
    ) -> datetime:
        """Return the moment of an act, and refuse one that has not come by the desk's clock (R49).

        One that is ahead by less than the skew is now, or when the `last` event was, or an act
        could end a limit early. Only a replay, which knows no skew, plays what is to come.
        """
        if at - now > self.clock_skew:
            raise InputError(
                field="at", code="ahead_of_clock", value=at.isoformat(), now=now.isoformat()
            )
        return at if self.clock_skew == timedelta.max else min(at, max(now, last or now))

    # Reading.

    def case_of(self, case: Case | str) -> Case:
        """Return a case that is given as a value, or load it by its id or tracking code."""
        return case if isinstance(case, Case) else self.get(case)

    def get(self, key: str, *, for_: Person | None = None) -> Case:
        """Return the case with this id or tracking code, as it is now.

        For a page of citizens use `track`: it takes no id.

        Args:
            key: the id, or the code, which makes a citizen the sender (R48).
            for_: who reads it. Every case that they may not read, or that cannot be read, is then
                one that does not exist. The log of your program finds the reason in `__cause__`.

        Raises:
            NotFoundError: no case answers to it.
        """
        try:
            case = load_case(self.store, case_id(self.store, key))
        except (CorruptError, InputError, NotFoundError) as error:
            if for_ is None:
                raise
            raise NotFoundError(key="...") from error
        if for_ is not None and find_read_refusals(case, for_, by_code=is_code_of(case, key)):
            raise NotFoundError(key="...")
        return case

    def track(self, code: str) -> Case:
        """Return the case with this tracking code, however it is typed.

        Raises:
            NotFoundError: no case has it. An id is no code.
        """
        return load_case(self.store, find_by_code(self.store, code))

    def history(self, case: Case | str) -> tuple[Event, ...]:
        """Return every event of a case, in order."""
        return load_history(self.store, case_id(self.store, case))

    def find(self, **filters: Unpack[PageOptions]) -> Page:
        """Return index rows that meet every filter given, in pages of 100, or of `limit`.

        The filters are those of `phananh.stores.Query`, such as `is_open=True`.
        `order` is "oldest" or "newest" received first, "due", the limit that ends first, or
        "urgent", the limit that ends first or ended. `for_` is a person, who gets the open cases
        that are for them to see to, in full pages without those that they may not read.

        `page.next` is the `after` of the next page, or None.
        `code` is a tracking code, however it is typed, or the digest that rows keep of it.

        Raises:
            InputError: a filter that no case could meet.
        """
        query = make_query(filters)
        if query.for_ is None:
            return self.store.find(query)
        from phananh.desk.inbox import list_readable  # slow to load

        return list_readable(self.store, query, query.for_)[0]

    def inbox(
        self, person: Person, *, lang: str = "en", order: Order = "urgent", limit: int = 20,
        after: str | None = None,
    ) -> "Inbox":  # fmt: skip
        """Return a page of the open cases that are for a person to see to, without hidden ones.

        They are those of `Desk.find(for_=person)`: what lies with them, their role or their unit,
        what they wait for at an agency, what the unit of a head has or waits for, and what is late
        for the leadership.

        Args:
            person: who reads it. `as_dict(lang, personal=True)` has subjects and senders.
            lang: the language of the time left, `vi` or `en`.
            order: as in `find`.
            limit: rows of a page.
            after: the `next` of the page before.

        Raises:
            InputError: a citizen, for example, has no inbox. Or an argument is wrong.
        """
        from phananh.desk.inbox import make_inbox  # slow to load

        require_person(person, "person")
        query = Query(for_=person, order=order, limit=limit, after=after)
        return make_inbox(self, query, person, lang)

    @overload
    def count(self, *, by: None = None, limit: int = ..., **filters: Unpack[Filters]) -> int: ...

    @overload
    def count(self, *, by: Column, **filters: Unpack[Filters]) -> Counts: ...

    def count(
        self, *, by: Column | None = None, limit: int = 1000, **filters: Unpack[Filters]
    ) -> int | Counts:
        """Return how many cases meet every filter given. `limit` means as many or more.

        `by` is "state", "holder", "unit", "kind", "channel" or "late". Then you get the number of
        all cases for each value of it, without a limit. With `for_` the cases of `find` are read to
        be counted, at most `limit` in each way.

        Raises:
            InputError: a filter that no case could meet.
        """
        query = make_query(filters)
        if by is not None and by not in COLUMNS:
            raise InputError(field="by", code="unknown_value", value=short_repr(by), known=COLUMNS)
        if query.for_ is not None:
            rows = self.find(**filters, limit=limit).rows  # without those hidden from this person
            return count_rows(rows, by) if by else len(rows)
        return self.store.count_by(query, by) if by else self.store.count(query, limit=limit)

    def allowed(self, case: Case | str, *, by: Person) -> Mapping[str, tuple[Refusal, ...]]:
        """Return each trigger with the reasons why `by` may not do it now, empty if they may.

        Pass the tracking code if a citizen named it: it makes them the sender (R48).
        """
        found = self.case_of(case)
        return list_allowed(found, by, self.context_of(found, by_code=is_code_of(found, case)))

    def steps(self, case: Case | str | None, by: Person) -> "tuple[CaseStep, ...]":
        """Return the steps that exist for the role of `by` now, with their reasons and their forms.

        Pass the tracking code if a citizen named it: it makes them the sender (R48). Without a
        case, None, you get the receipt of a new one.
        """
        from phananh.desk.steps import list_steps  # slow to load, with the forms

        return list_steps(self, case, by)

    def may_read(self, case: Case | str, by: Person) -> tuple[Refusal, ...]:
        """Return why `by` may not read a case, empty if they may (Art. 3.4, 8.1.c2, 10.1.dd, R40).

        Its readers are any operator, the leadership of the centre, the holder, the officer or
        provider who waits for an agency or had it last, the head of a unit that had it, and the
        sender. An accused never is one. `Case.as_dict(for_=by)` leaves out what is not for them,
        such as the sender for everybody of the accused's unit.

        Pass the tracking code if a citizen named it: it makes them the sender (R48).
        """
        found = self.case_of(case)
        return find_read_refusals(found, by, by_code=is_code_of(found, case))

    def as_of(self, case: Case | str, *, at: datetime | None = None) -> Case:
        """Return the case as it is at a moment, including a lapse that is not recorded yet.

        An act on it counts as one on the stored case: it records the lapse, if one is due when the
        act is done, and the act. If somebody recorded since, it loses with ConflictError.
        """
        case = self.case_of(case)
        return as_of(case, self.context_of(case, at))

    def cautions(self, case: Case | str, *, at: datetime | None = None) -> tuple[str, ...]:
        """Return slugs of what deserves a look: open duties, long waits (R9, R35, R36)."""
        case = self.case_of(case)
        return find_cautions(case, self.context_of(case, at))

    def unmet(self, case: Case | str) -> tuple[Requirement, ...]:
        """Return the unmet requirements of the request, with clause and guidance (Art. 4, 6)."""
        case = self.case_of(case)
        return find_unmet(case, rules=self.rules_of(case))

    def search(self, text: str, *, by: Person, lang: str = "en", limit: int = 20) -> "Inbox":
        """Return the cases with these words that a person may read, the latest months first.

        Each word must stand in the content, or in the sender's name, address or e-mail, as far as
        the person may read them. Vietnamese marks and capitals do not matter. A phone number is
        found however it is written, with +84 or 0.

        Args:
            text: at most 200 characters, one word or more.
            by: who searches.
            lang: the language of the time left.
            limit: rows, at most. There is no next page: more words find fewer cases.

        Raises:
            InputError: no text to search for.
        """
        from phananh.desk.search import search_cases  # many a program does not search

        return search_cases(self, text, by, lang, limit)

    def feed(
        self,
        *,
        after: str | None = None,
        events: Collection[type[Event]] | None = None,
        limit: int = 500,
    ) -> Feed:
        """Return a piece of the feed: recorded events in order, and where the next piece begins.

        Args:
            after: `next` of the piece before, which `consume` stores for you. None is the
                beginning.
            events: the classes of events that you want, such as `[Answered]`. None means all.
            limit: how many entries are read, wanted or not.

        Raises:
            InputError: a position that no feed gave, or a value that is no class of an event.
        """
        wanted = check_events(events)
        try:
            found = self.store.scan(after, limit=limit)
        except CorruptError as error:
            if (position := error.facts.get("position")) is None:
                raise
            return Feed(entries=(), next=str(position), has_more=True, damaged=(error,))
        return Feed(
            entries=tuple(each for each in found if wanted is None or type(each.event) in wanted),
            next=found[-1].position if found else after,
            has_more=bool(found),
        )

    def consume(
        self,
        name: str,
        handler: Handler,
        *,
        events: Collection[type[Event]] | None = None,
        start: str | None = None,
        lease: timedelta = timedelta(minutes=5),
        limit: int = 500,
        stop: StopSignal | None = None,
    ) -> ConsumeResult:
        """Hand each entry that a consumer has not dealt with to `handler`, to the end of the feed.

        Each is recorded when the handler returns, so it is handed over at least once. Its case and
        number identify it. Of several workers one at a time has the consumer.

        Args:
            name: of the consumer, such as "mail". The store keeps its position.
            handler: takes a FeedEntry. If it raises, that entry stays, and the exception goes on.
            events: the classes of events that you want, such as `[Answered]`. None means all.
            start: where a new consumer begins: None at the beginning of the feed, "end" with the
                entries recorded from now on, or `next` of a feed. Ignored once the name is known.
            lease: how long a worker has the consumer, counted anew after each entry. It must
                outlast the longest call of the handler, or another worker takes over meanwhile. If
                a worker was killed, others wait that long. A day at most.
            limit: how many entries are read at a time.
            stop: a `threading.Event`. Once it is set, as on SIGTERM, no further entry is handed
                over, and another worker can have the consumer at once.

        Raises:
            InputError: a blank name, a coroutine function as handler, or a start that no feed gave.
            StoreError: the entry that was handed over last is perhaps not recorded.
        """
        if iscoroutinefunction(handler):  # its result would not be awaited
            raise InputTypeError(field="handler", code="async_handler", value=short_repr(handler))
        check_events(events)
        check_limit(limit)
        check_lease(lease)
        now = self.now()
        try:
            held = self.store.claim(name, now, now + lease, start=start)
        except InputError as error:
            if error.field != "after":
                raise
            raise InputError(field="start", code=error.code, **error.facts) from error
        if held is None:
            return ConsumeResult(is_held=True)
        run = ConsumerRun(self, handler, span=lease, lease=held, position=held.position, stop=stop)
        try:
            while not run.is_stopping and run.deal_with(
                self.feed(after=run.position, events=events, limit=limit)
            ):
                pass
        except BaseException:
            with suppress(StoreError):  # a lease ends by itself; what went wrong first goes on
                self.store.release(run.lease)
            raise
        self.store.release(run.lease)
        return ConsumeResult(handled=run.handled, is_lost=run.is_lost, damaged=tuple(run.damaged))

    # Recording.

    def do(
        self,
        case: Case | str | None,
        act: a.Act,
        *,
        command_id: str | None = None,
        at: datetime | None = None,
        expected: int | None = None,
        by_code: bool = False,
    ) -> Case:
        """Ask the Regulation for `act` on `case`, record it if allowed, and return the new case.

        Args:
            case: a Case as you saw it, or its id or tracking code. For `Receive`, only None.
            act: the act.
            command_id: the caller's name for this act. If done twice, the first result comes back.
            at: when. It defaults to `act.at`, or else to now. Only `act.at` is part of what a
                command id names. It is for imports and replays. The event keeps the clock's moment
                beside it (R49), and it may lie ahead of that by `clock_skew` at most.
            expected: beside an id or code, the version that you saw. If another is stored,
                ConflictError is raised at once. A lapse that was recorded since makes another
                version. That of `as_of`, which shows one before it is recorded, will do.
            by_code: for imports and replays: the person named the case by its tracking code, as a
                citizen without a known id does. A code given as `case` says so itself.

        Raises:
            NotFoundError, StepNotAllowedError, RefusedError, ConflictError, InputError,
            CommandReusedError, ClockError, UnknownRulesError: no act was recorded.
            StoreError: perhaps recorded. The same command_id settles it.
        """
        a.check_act(act)
        if act.trigger in a.SYSTEM_TRIGGERS:
            raise InputError(field="act", code="act_of_system", value=act.trigger)
        return self._do(case, act, command_id, at, expected, by_code=by_code)

    def _do(
        self,
        case: Case | str | None,
        act: a.Act,
        command_id: str | None = None,
        at: datetime | None = None,
        expected: int | None = None,
        *,
        by_code: bool = False,
        log_name: str = "",
    ) -> Case:
        """Do any act, the system's too: sweep, recalculation and replay record those.

        `log_name` is the name of the case in a log, and part of what a command id names.
        """
        at = at or act.at
        if isinstance(act, a.Receive):
            if case is not None:
                raise InputError(field="case", code="receipt_of_a_case")
            if expected is not None:
                raise InputError(field="expected", code="version_of_receipt")
            return self._receive(act, command_id, at, log_name)
        if case is None:
            raise InputError(field="case", code="no_case_given")
        if expected is not None and isinstance(case, Case):
            raise InputError(field="expected", code="version_beside_case")
        if expected is not None and (type(expected) is not int or expected < 1):
            raise InputError(field="expected", code="not_a_version", value=short_repr(expected))
        key = case_id(self.store, case)
        command = _make_command(act, key, command_id, log_name)
        if (done := self._find_first_result(command, key)) is not None:
            return done

        def attempt(found: Case) -> Case:
            named = by_code or is_code_of(found, case)
            return self._decide(found, act, at, expected, command, by_code=named)

        try:
            if isinstance(case, Case):
                stored = case.stored or case
                return self._decide(stored, act, at, expected, command, by_code=by_code)
            found = load_case(self.store, key)
            if expected is not None:
                return attempt(found)
            return retry_on_conflict(self.store, found, attempt)
        except (ConflictError, RefusedError, StepNotAllowedError):
            # The same click may have been recorded since it was looked for.
            if (done := self._find_first_result(command, key)) is not None:
                return done
            raise

    def _decide(
        self,
        case: Case,
        act: a.Act,
        at: datetime | None,
        expected: int | None,
        command: Command | None,
        *,
        by_code: bool,
    ) -> Case:
        """Decide an act on a stored case, and record it."""
        context = self.context_of(case, at, by_code=by_code)
        assert context.recorded_at is not None  # the desk's clock
        if at is not None:
            at = self._check_ahead(context.at, context.recorded_at, last=case.updated_at)
            context = attrs.evolve(context, at=at)
        if self.directory is not None:
            self._check_known(act, context.at, case)
        if at is None and context.at < case.updated_at:
            raise ClockError(
                case=case.id,
                now=context.at.isoformat(),
                last=case.updated_at.astimezone(context.at.tzinfo).isoformat(),
                behind=case.updated_at - context.at,
                allowed=self.clock_skew,
            )
        # A lapse that is due, but not recorded yet, may have been seen or not. Who may not read the
        # case is refused whatever they saw, and does not learn what was done since.
        is_stale = expected not in (None, case.version) and (
            expected != case.version + len(find_pending_lapse(case, context))
        )
        is_shown = is_stale and not find_read_refusals(case, act.by, by_code=by_code)
        decision = None if is_shown else decide(case, act, context)
        if decision is not None and not isinstance(decision, Recorded):
            raise decision.as_error(case.id)
        if is_stale:
            assert expected is not None  # only a version that was seen is stale
            raise ConflictError(
                case=case.id,
                expected=expected,
                actual=case.version,
                fresh=case if is_shown else None,
            )
        assert decision is not None  # as the act is not stale
        try:
            return self._record(decision.events, decision.case, command, before=case)
        except ConflictError as conflict:
            fresh = load_case(self.store, case.id)
            may = not find_read_refusals(fresh, act.by, by_code=by_code)
            conflict.fresh = fresh if may else None
            raise

    def _receive(
        self, act: a.Receive, command_id: str | None, at: datetime | None, log_name: str
    ) -> Case:
        now = self.now()
        at = self._check_ahead(now if at is None else self.moment(at), now)
        local = at.astimezone(VIETNAM)
        rules = find_in_force(self.rules, local.date())
        if refusals := find_receipt_refusals(act, rules=rules, is_backdated=at < now):
            raise RefusedError(
                article=rules.receipt_article, case="(new)", trigger=act.trigger, refusals=refusals
            )
        command = _make_command(act, None, command_id, log_name)
        if (done := self._find_first_result(command, None)) is not None:
            return done
        self._check_known(act, at, None)
        code = make_code(self.randbits(BITS))
        event = make_receipt(
            act,
            at=at,
            case=make_id(
                self.randbits(50), prefix=rules.id_prefix, year=local.year, month=local.month
            ),
            code=code,
            code_digest=digest_code(code),
            rules=rules,
            recorded_at=now,
        )
        return self._record((event,), fold((event,)), command)

    def _record(
        self,
        events: tuple[Event, ...],
        case: Case,
        command: Command | None = None,
        *,
        before: Case | None = None,
    ) -> Case:
        """Record the events that led from the case `before` to `case`.

        An earlier record of the command wins. A new sender is compared with all that the case has.
        """
        said = events[-1]
        if (
            isinstance(said, Received | Completed)
            and (
                (named := case if said.sender else said).procedure
                or named.about_unit
                or named.accused
            )
            and isinstance(said.by, Person)  # and not erased, as it is new
        ):
            from phananh.regulation.personal_data import require_unnamed  # slow to load

            require_unnamed(case, named, by=said.by, before=before)
        fields = {
            "case": case.id,
            "expected": case.version - len(events),
            "events": events,
            "row": make_index_row(case),
            "commands": (attrs.evolve(command, version=case.version),) if command else (),
        }
        change = make_unchecked(Change, fields)
        try:
            self.store.commit([change])
        except DuplicateError:
            if done := self._find_first_result(command, None if case.version == 1 else case.id):
                return done
            raise
        return case

    def _find_first_result(self, command: Command | None, case: str | None) -> Case | None:
        """Return the case as this command left it, or None if it was not recorded.

        `case` is that of the act, None of a receipt. A caller is not given another case, and no
        receipt is taken for another act, even if an erasure left no other difference between two.

        Raises:
            CommandReusedError: the id names another act.
        """
        if command is None or (record := self.store.find_command(command.id)) is None:
            return None
        fits = record.version == 1 if case is None else record.version > 1 and record.case == case
        if not (fits and record.is_same(command)):
            raise reused_command_error(command.id)
        return fold(self.store.load(record.case)[: record.version])

    def sweep(self, *, at: datetime | None = None) -> SweepResult:
        """Mark every case with a limit that has run out by `at` (now), and return them (Art. 9.2).

        The history is right without it, as an act records the lapse first. Safe to repeat.

        Args:
            at: for imports and replays. Leave it out in a portal. It may not lie ahead.
        """
        at = self._check_ahead(self.moment(at), self.now())
        lapsed: list[Lapsed] = []
        failed: list[StoreError | ConflictError | UnknownRulesError] = []
        for page in iter_pages(self.store, Query(is_open=True, due_before=at, limit=500)):
            failed.extend(map(damaged_row_error, page.damaged))
            for row in page.rows:
                try:
                    lapsed.extend(self._mark(row, at))
                except (StoreError, ConflictError, UnknownRulesError) as error:
                    failed.append(error)
                    if is_busy(error):  # the next would wait as long
                        return SweepResult(lapsed=tuple(lapsed), failed=tuple(failed))
        return SweepResult(lapsed=tuple(lapsed), failed=tuple(failed))

    def _mark(self, row: IndexRow, at: datetime) -> tuple[Lapsed, ...]:
        """Record the lapse of a case, if there is one, and return it."""
        self.require_rules(row.rules, case=row.case)  # before its history is read
        try:
            self._do(row.case, a.Lapse(at=at))
        except (RefusedError, StepNotAllowedError, InputError):
            return ()  # somebody acted since the row was read: nothing is late any more
        return tuple(
            event for event in self.store.load(row.case)[row.version :] if isinstance(event, Lapsed)
        )

    @contextmanager
    def together(self) -> Iterator[Self]:
        """Lend a desk for a `with` block that records all its acts at its end, or none.

        Later acts of the block see the earlier ones. Others see none before the end. If anything is
        raised inside, no act is recorded. Acts, `get`, `track`, `history` and `find` by `code`
        alone work inside. Lists, the feed, a sweep, an erasure, a recalculation and another block
        are an InputError. So is an act on a second case, if the store does not offer `lists`.

        Repeat the block with the same command ids after a StoreError: an act that was recorded
        gives its first result.

        Raises:
            ConflictError: at the end, if somebody recorded on one of the cases meanwhile. No retry,
                and no `fresh` case, because several people may have acted.
            DuplicateError: at the end, if the same block was recorded meanwhile. Run it again to
                get the result.
            StoreError: perhaps recorded. The same block with the same command ids settles it.
        """
        if isinstance(self.store, Draft):
            raise InputError(field="together", code="together_nested")
        draft = Draft(self.store)
        try:
            yield attrs.evolve(self, store=draft)
            draft.record()
        finally:
            draft.close()

    def erase(
        self, case: Case | str, *, by: Person, ground: str, at: datetime | None = None
    ) -> None:
        """Erase the personal data of a case that is not open. Its history and statistics stay.

        It is safe to repeat. A case whose history cannot be read is erased too, without an event,
        but by the leadership alone: it may be open, and say that an operator is accused.

        The event is recorded before the data is erased, so no erasure is without one. If the second
        step fails, erase the case again: the event is not recorded twice (R57).

        Args:
            case: a Case, or its id or tracking code.
            by: an operator or the leadership, neither accused nor of an accused's unit.
            ground: why, such as the end of a term or the number of a request. It stays, so it must
                not name the sender. At most 2,000 characters.
            at: when, for imports. Leave it out in a portal. Rules may refuse it (R49).

        Raises:
            NotFoundError: there is no such case, so no data was erased.
            RefusedError: the case is open, or this person may not erase it.
            StoreError: perhaps erased in part. Erase it again.
            CorruptError: the file is damaged, and some personal data may be left.
        """
        if isinstance(self.store, Draft):
            self.store.erase()  # which refuses
        ground = clean_text(ground, field="ground", limit=SHORT_TEXT)
        if is_blank(ground):
            raise InputError(field="ground", code="blank")
        key, now = case_id(self.store, case), self.now()
        moment = self._check_ahead(now if at is None else self.moment(at), now)
        self._check_known(a.Note(text=ground, by=by), moment, None)
        try:
            found = load_case(self.store, key)
        except CorruptError:
            _require_erasable(key, None, by, ground)
        else:
            retry_on_conflict(
                self.store, found, partial(self._record_erasure, by, ground, moment, now)
            )
        self.store.erase(key, at=moment)

    def _record_erasure(
        self, by: Person, ground: str, moment: datetime, now: datetime, case: Case
    ) -> None:
        """Record the event, unless it is the last one of the case."""
        is_backdated = moment < now and self.rules_of(case).backdating == "refuse"
        _require_erasable(case.id, case, by, ground, is_backdated=is_backdated)
        if isinstance(load_history(self.store, case.id)[-1], PersonalDataErased):
            return
        event = PersonalDataErased(
            case=case.id,
            n=case.version + 1,
            at=max(moment, case.updated_at),
            by=by,
            state=case.state,
            holder=case.holder,
            rules=case.rules,
            recorded_at=now,
            ground=ground,
        )
        self._record((event,), fold((event,), onto=case))

    def recalculate(
        self,
        *,
        dry_run: bool = True,
        earlier: KeepOrApply = "keep",
        unexplained: KeepOrApply = "keep",
        days: Collection[date] = (),
        at: datetime | None = None,
        after: str | None = None,
        page_size: int = 500,
        on_move: "Callable[[DeadlineMove], None] | None" = None,
        on_page: "Callable[[Recalculation], None] | None" = None,
    ) -> "Recalculation":
        """Compare each running limit with the calendar of today, and report what moves, or move it.

        A dry run records no move, and a second run finds none. A limit that has lapsed stays, a
        time named to the citizen stays (R38), and so does a limit that ran out before the notice
        was issued (R37). Cases for a person to decide are listed with them.

        Args:
            dry_run: only report what would move.
            earlier: "apply" also takes away time that was promised, where a worked day does.
            unexplained: "apply" also moves what no notice, public day, override or dated change
                of hours in today's calendar explains: a notice was truly withdrawn, not forgotten.
            days: the dates that changed. Cases that cannot touch one are passed over unread.
            at: the moment of the moves, now by default, or of the last event of a case if that is
                later. A notice that became known only after the day of a move does not move it.
            after: `next` of a report, to go on where that one ended.
            page_size: how many cases are read at a time.
            on_move: takes each move. The report then keeps none, and stays small.
            on_page: takes the report so far, after each page. Its `next` resumes there.

        Raises:
            UnknownCalendarError: a limit names a calendar that the desk was not given. Limits moved
                before it stay moved, and none of its page is.
            StoreError: the store failed, or another writes for too long. A single case that cannot
                be done is listed as failed instead.
        """
        from phananh.desk.recalculation import Run  # slow to load, and few programs recalculate

        known = ("keep", "apply")
        for name, value in (("earlier", earlier), ("unexplained", unexplained)):
            if value not in known:
                raise InputError(
                    field=name, code="unknown_value", value=short_repr(value), known=known
                )
        run = Run(
            desk=self,
            dry_run=dry_run,
            earlier=earlier == "apply",
            unexplained=unexplained == "apply",
            at=at,
            started=self.moment(at),
            days=tuple_of(date, "days", days),
            on_move=on_move,
        )
        while True:
            after = run.do_page(after, page_size)
            report = run.report(after)
            if on_page is not None:
                on_page(report)
            if after is None or is_cancelled():
                return report

    # Calendars.

    def calendar_of(self, deadline: Deadline, *, holder: Holder | None = None) -> WorkCalendar:
        """Return the calendar on which a deadline was computed, as it was then.

        Args:
            deadline: as it was stored.
            holder: the holder of the case, needed only if the hours are a function.

        Raises:
            UnknownCalendarError: no calendar of that name and version was given.
        """
        known = list_known(self, holder)
        found = find_version(known, deadline.calendar, deadline.version, [deadline.start])
        if found is None:
            raise UnknownCalendarError(
                calendars=(f"{deadline.calendar} {deadline.version}",),
                cases=(),
                deadlines=1,
                known=list_names(known),
            )
        return found

    def calendar_today(
        self, deadline: Deadline, *, holder: Holder | None = None
    ) -> WorkCalendar | None:
        """Return the calendar of today that has the name a deadline gives, or None."""
        known = (*list_of_holder(self, holder), *list_calendars(self.calendar))
        return next((each for each in known if each.name == deadline.calendar), None)

    def check_calendars(self) -> tuple[CalendarInUse, ...]:
        """Return every calendar that open deadlines name. Call it when a portal starts.

        The store counts them in an index, so neither cases nor their rows are read.

        Raises:
            UnknownCalendarError: the desk has no calendar of a name that is in use.
        """
        return check_uses(self, self.store.list_calendars())

    def with_calendars(
        self, calendar: CalendarChoice, *, former: Iterable[WorkCalendar] = ()
    ) -> Self:
        """Return the desk with other hours, after a check that no deadline loses its calendar.

        A calendar that is replaced by one of the same name becomes a former one.

        Raises:
            UnknownCalendarError: an open deadline names a calendar that neither is among the
                new ones nor in `former`: it was dropped or renamed. The desk is unchanged.
        """
        hours, former = make_lookup(calendar), tuple(former)
        names = {each.name for each in (*list_calendars(hours), *former)}
        replaced = (each for each in list_known(self) if each.name in names)
        kept = tuple(dict.fromkeys((*former, *replaced)))
        changed = attrs.evolve(self, calendar=hours, former=kept)
        changed.check_calendars()
        return changed

    # Explaining.

    def explain(
        self,
        case: Case | str,
        *,
        lang: str = "en",
        deadline: CaseDeadline | None = None,
        precision: Literal["minute", "exact"] = "minute",
    ) -> str:
        """Return in words why a limit of a case ends, or ended, when it does, answered or not.

        Args:
            case: a Case, or its id or tracking code.
            lang: `vi` or `en`.
            deadline: one of its limits, by default the one that runs, else the overdue one, else
                the last one.
            precision: `minute` cuts start and working time to full minutes, so that the due time
                shown is not later than the exact one (R46). `exact` does not cut.

        Raises:
            InputError: the case has had no limit.
            UnknownCalendarError: the calendar of that version is not at hand.
        """
        case = self.case_of(case)
        deadline = deadline or _require_limit(case)
        calendar = self._find_calendar(case, deadline)
        lines = [
            deadline.deadline.explain(
                lang,
                calendar=calendar,
                moved_to=deadline.due,
                after_reschedule=is_after_reschedule(case, deadline),
                precision=precision,
            )
        ]
        # A citizen who is sent the reasons reads these as well.
        cautions = self._list_cautions(case, lang)
        if deadline.is_rescheduled and deadline.is_provisional:
            cautions = [word("caution", "appointment_provisional", lang), *cautions]
        lines += [say(CASE_EXPLANATION["note"], lang, caution=each) for each in cautions]
        moves = (move for move in case.moves if move.opened_by == deadline.opened_by)
        return "\n".join([*lines, *(_describe_move(move, calendar, lang) for move in moves)])

    def timeline(
        self, case: Case | str, *, lang: str = "en", names: "Names | None" = None,
        for_: Person | None = None,
    ) -> tuple[str, ...]:  # fmt: skip
        """Return what happened to a case, a sentence for each event, in order.

        Args:
            case: a Case, or its id or tracking code. If a citizen named it by the code, pass that.
            lang: `vi` or `en`.
            names: the display names of staff and units, by their ids. A function returns None for
                an id that it does not know.
            for_: the person who reads it. Each event has the texts that are for them.

        Raises:
            RefusedError: this person may not read the case.
        """
        from phananh.regulation.timeline import tell_history  # slow to load

        history = self.history(case)
        found = fold(history)
        if for_ is not None:
            require_reader(found, for_, by_code=is_code_of(found, case))
        return tell_history(found, history, check_language(lang), names=names, for_=for_)

    def verify(self, case: Case | str, *, lang: str = "en") -> tuple[str, ...]:
        """Compute again the limit that `explain` explains, and return the differences in `lang`.

        Raises:
            InputError: the case has had no limit.
            UnknownCalendarError: the calendar of that version is not at hand.
        """
        case = self.case_of(case)
        deadline = _require_limit(case)
        return deadline.deadline.verify(self._find_calendar(case, deadline), lang)

    def _list_cautions(self, case: Case, lang: str) -> list[str]:
        """Return the oddities of its rules for this case, if its rules were given."""
        try:
            rules = self.rules_of(case)
        except UnknownRulesError:
            return []  # the limit is explained by what was stored with it
        found = {
            "rules_not_begun": is_before_rules(case, rules),
            "rules_ended": is_after_rules(case, rules),
        }
        return [caution_text(slug, rules, lang) for slug, holds in found.items() if holds]

    def _find_calendar(self, case: Case, deadline: CaseDeadline) -> WorkCalendar:
        """Return the calendar of a limit, of the present holder or of the holder back then."""
        try:
            return self.calendar_of(deadline.deadline, holder=case.holder)
        except UnknownCalendarError as error:
            with suppress(UnknownCalendarError, IndexError):
                event = self.store.load(case.id)[deadline.opened_by - 1]
                return self.calendar_of(deadline.deadline, holder=event.holder)
            error.cases = (case.id,)
            raise

    # The acts by name.

    def receive(
        self, *, kind: Kind | KindSlug, channel: Channel | ChannelSlug, content: str, by: Person,
        sender: Sender | None = None, accused: Iterable[Accused] = (),
        about_unit: str | None = None, language: str = "vi", procedure: str | None = None,
        at: datetime | None = None, command_id: str | None = None,
    ) -> Case:  # fmt: skip
        """Take a question, report or proposal, whatever it says (Art. 3.1, 7.1).

        Args:
            kind: a `Kind`, or its slug such as "information".
            channel: a `Channel`, or its slug such as "phone".
            content: the text of the request, at most 20,000 characters.
            by: an operator, or except by phone the citizen, who can complete and rate the case
                later under the same id.
            sender: name and contact.
            accused: the people that the report on conduct is about (Art. 8.1.c2).
            about_unit: the unit that it is about.
            language: a tag such as "vi".
            procedure: the code of the procedure that it is about.
            at: when it came, for imports. Leave it out in a portal.
            command_id: see ActOptions.
        """
        return self.do(None, a.Receive(
            kind=kind, channel=channel, content=content, by=by,
            sender=Sender() if sender is None else sender,
            accused=accused, about_unit=about_unit, language=language, procedure=procedure, at=at,
        ), command_id=command_id)  # fmt: skip

    def complete(
        self, case: Case | str, *, by: Person, content: str | None = None,
        sender: Sender | None = None, kind: Kind | KindSlug | None = None,
        accused: Iterable[Accused] | None = None, about_unit: str | None = None,
        language: str | None = None, procedure: str | None = None, at: datetime | None = None,
        **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Complete an open case with unclear or missing values, at least one (Art. 10.2.a).

        Args:
            case: see Desk.
            by: an operator, or the citizen who sent it.
            content: the full new text, which replaces the old one. Like `kind`, it can be given
                only until the case is handed on. A `note` adds to it later.
            sender: the name and contact given here replace those known.
            kind, accused, about_unit, language, procedure: corrections, by the operator only. Once
                the case was handed on, `accused` are added to those known (R39).
            at: when, for imports. Leave it out in a portal.
            options: see ActOptions.
        """
        return self.do(case, a.Complete(
            by=by, content=content, sender=sender, kind=kind, accused=accused,
            about_unit=about_unit, language=language, procedure=procedure, at=at,
        ), **options)  # fmt: skip

    def note(
        self, case: Case | str, *, text: str, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Append a new fact or an interim word, which moves no deadline (Art. 10.2.a, 8.2.b).

        By an operator, the sender, the holder of the case, or the leadership, while it is open.
        """
        return self.do(case, a.Note(text=text, by=by), **options)

    def reject(
        self, case: Case | str, *, reasons: Iterable[Reason | ReasonSlug], guidance: str,
        by: Person, **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Refuse at intake, with every reason and where to go instead (Art. 7.2).

        `reasons` are slugs of `Desk.unmet`, such as "unclear". The sender receives `guidance`.
        """
        return self.do(case, a.Reject(reasons=reasons, guidance=guidance, by=by), **options)

    def answer(
        self, case: Case | str, *, text: str, by: Person, documents: Iterable[str] = (),
        **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Answer the citizen (Art. 8.1, 8.2.b).

        `documents` are names, not files.
        """
        return self.do(case, a.Answer(text=text, documents=documents, by=by), **options)

    def escalate(
        self, case: Case | str, *, to: Person, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Pass on to officer, provider or leadership by the role of `to` (Art. 8.1.b, 8.2.a, 8.3).

        What lies within competence is handled so (Art. 7.3). The officer's limit starts (Art. 9.1).
        Refused while the contact that the rules require is missing (Art. 3.5, 6.c, R42).
        """
        return self.do(case, a.Escalate(to=to, by=by), **options)

    def advise(
        self, case: Case | str, *, text: str, within_competence: bool, by: Person,
        **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Give the leadership's opinion, and whether the matter is within competence (Art. 8.3).

        Only after a "no" can the operator refuse it as `out_of_competence` (R43).
        """
        return self.do(
            case, a.Advise(text=text, within_competence=within_competence, by=by), **options
        )

    def request_verification(
        self, case: Case | str, *, agency: str, appointment: datetime, by: Person,
        focal: str | None = None, **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Ask an agency, and tell the citizen a time (Art. 8.1.c1). Its limit starts (Art. 9.2).

        `agency` is a unit, `focal` the id of its focal point, if known. `appointment` is an aware
        datetime, later than now.
        """
        return self.do(case, a.RequestVerification(
            agency=agency, appointment=appointment, focal=focal, by=by
        ), **options)  # fmt: skip

    def report_findings(
        self, case: Case | str, *, text: str, by: Person, documents: Iterable[str] = (),
        **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Report the findings of the agency to the officer (Art. 8.1.c1).

        `documents` are names, not files.
        """
        return self.do(case, a.ReportFindings(text=text, documents=documents, by=by), **options)

    def send_back(
        self, case: Case | str, *, text: str, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Send back a case that is not for this holder, with the reason (Art. 10.1.b, R53).

        From an officer or a provider it goes to the operators, from an agency to the officer who
        asked. What was left of the limit is kept for whoever gets the case again.
        """
        return self.do(case, a.SendBack(text=text, by=by), **options)

    def reschedule(
        self, case: Case | str, *, to: datetime, reason: str, by: Person,
        **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Give the citizen a later time once, before the limit has run out (Art. 9.3).

        `to` is an aware datetime later than the limit. `reason` has at most 2,000 characters.
        """
        return self.do(case, a.Reschedule(to=to, reason=reason, by=by), **options)

    def reassign(
        self, case: Case | str, *, to: Assignee, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Name another person of the unit (Art. 8.1.c2)."""
        return self.do(case, a.Reassign(to=to, by=by), **options)

    def notify_unit(
        self, case: Case | str, *, unit: str, by: Person, text: str | None = None,
        **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Tell the accused's unit, and ask for another person (Art. 8.1.c2).

        `unit` is that of somebody in `accused`, or the `about_unit`. The case is a report on
        conduct, or accuses somebody, and is open, answered or closed. `text` must not name the
        sender (R40).
        """
        return self.do(case, a.NotifyUnit(unit=unit, text=text, by=by), **options)

    def report_outcome(
        self, case: Case | str, *, text: str, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Report what a unit that was notified did about its staff (Art. 8.1.c2).

        By an agency or the head of that unit, as often as needed. Nothing moves.
        """
        return self.do(case, a.ReportOutcome(text=text, by=by), **options)

    def withdraw(
        self, case: Case | str, *, by: Person, text: str | None = None,
        **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Take the request back, which only the sender can do, while it is open (R54)."""
        return self.do(case, a.Withdraw(text=text, by=by), **options)

    def reopen(
        self, case: Case | str, *, text: str, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Take back a refusal that was wrong, which only the leadership can do (Art. 7.2, R55)."""
        return self.do(case, a.Reopen(text=text, by=by), **options)

    def lift_lapse(
        self, case: Case | str, *, text: str, by: Person, documents: Iterable[str] = (),
        **options: Unpack[ActOptions],
    ) -> Case:  # fmt: skip
        """Lift the latest lapse, because its limit was wrong (Art. 9.1, 9.2, R50).

        Only the leadership can do it. `documents` are names. The limit runs again if it ends
        later than now on the desk's calendar.
        """
        return self.do(case, a.LiftLapse(text=text, documents=documents, by=by), **options)

    def close(self, case: Case | str, *, by: Person, **options: Unpack[ActOptions]) -> Case:
        """Close a case that was answered or rejected (Art. 8.1.a, 7.2)."""
        return self.do(case, a.Close(by=by), **options)

    def publish(
        self, case: Case | str, *, text: str, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Make a result public (Art. 2.2, 10.2.b).

        `text` must name neither sender nor accused.
        """
        return self.do(case, a.Publish(text=text, by=by), **options)

    def unpublish(
        self, case: Case | str, *, text: str, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Take back what was published of a case, and say why (Art. 2.2).

        The history keeps what was public, and the result can be published again.
        """
        return self.do(case, a.Unpublish(text=text, by=by), **options)

    def commend(
        self, case: Case | str, *, text: str, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Propose to commend the sender (Art. 16.1, 16.1.p2).

        By the head of a unit that handled the case, or by the leadership if no unit did.
        """
        return self.do(case, a.Commend(text=text, by=by), **options)

    def rate(
        self, case: Case | str, *, score: int, by: Person, **options: Unpack[ActOptions]
    ) -> Case:
        """Record how satisfied the citizen is, a whole `score` from 1 to 5 (Art. 10.2.c)."""
        return self.do(case, a.Rate(score=score, by=by), **options)


def _make_command(
    act: a.Act, case: str | None, command_id: str | None, log_name: str
) -> Command | None:
    """Return the command of an act on the case with this id, or None if it has no name."""
    if command_id is None:
        return None
    name = clean_text(command_id, field="command_id", limit=300)
    if is_blank(name):
        raise InputError(field="command_id", code="blank_option")
    from phananh.stores.codec import is_personal_act, write_act, write_outline  # slow to load

    with_time, is_personal = act.at is not None, is_personal_act(act)
    return Command(
        id=name,
        version=0,
        content=write_act(act, case, with_time=with_time),
        is_personal=is_personal,
        outline=write_outline(act, case, with_time=with_time, name=log_name)
        if is_personal
        else b"",
    )


def _require_limit(case: Case) -> CaseDeadline:
    deadline = find_last(case)
    if deadline is None:
        raise InputError(field="case", code="no_limit_ever", case=case.id)
    return deadline


def _describe_move(move: MoveRecord, calendar: WorkCalendar, lang: str) -> str:
    from phananh.worktime.phrases import (
        cite,
        moment_text,  # loaded when there is a move to tell
    )

    ends = [calendar.local(each) for each in (move.old, move.new)]
    cut = [cut_to_minute(each) for each in ends]
    old, new = (moment_text(each, lang) for each in (cut if cut[0] != cut[1] else ends))
    return say(
        CASE_EXPLANATION["moved_by" if move.notices else "moved"],
        lang,
        old=old,
        new=new,
        notices=tuple(cite(document, None, lang) for document in move.notices),
    )


def _require_erasable(
    key: str, case: Case | None, by: Person, ground: str, *, is_backdated: bool = False
) -> None:
    """Raise RefusedError if there is a reason."""
    if refusals := tuple(find_erasure_refusals(case, by, ground, is_backdated=is_backdated)):
        raise RefusedError(
            article=refusals[0].article, case=key, trigger="erase", refusals=refusals
        )
