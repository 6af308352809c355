"""The parts of every desk, and `do`, the one path of an act (Art. 7-9).

A case given as a value is a version that you saw: if somebody recorded since, the act loses with
ConflictError. A case given by id or tracking code is loaded afresh, and on a conflict loaded and
decided again, a few times.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Unpack

import attrs

from phananh.desk.arguments import (
    check_clock,
    check_receipt,
    check_skew,
    check_store,
    compile_rules,
    list_former,
    require_case,
)
from phananh.desk.commands import find_first_result, make_command, set_version
from phananh.desk.defaults import random_bits, vietnam_now
from phananh.desk.lookup import (
    case_id,
    find_by_code,
    find_id,
    is_code_of,
    load_case,
    load_history,
    make_query,
    retry_on_conflict,
)
from phananh.desk.versions import check_version, make_clock_error
from phananh.errors import (
    ConflictError,
    DuplicateError,
    RefusedError,
    StepNotAllowedError,
    UnknownRulesError,
)
from phananh.regulation import acts as a
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import clean_instant
from phananh.regulation.context import CalendarLookup, DecisionContext, make_lookup
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.events import Event
from phananh.regulation.receipt import find_receipt_refusals, make_receipt
from phananh.regulation.rules import HOA_BINH_2019, Rules, find_in_force
from phananh.regulation.tracking_code import BITS, digest_code, make_code, make_id
from phananh.stores.base import Change, Command, Filters, Page, PageOptions, Store
from phananh.stores.index_row import make_index_row
from phananh.stores.memory import MemoryStore
from phananh.worktime import WorkCalendar
from phananh.worktime.localtime import VIETNAM


@attrs.frozen(kw_only=True)
class DeskCore:
    """The parts of `Desk`, and recording and reading with them. `Desk` describes each field.

    The functions of the other files of `desk` take a core.
    """

    store: Store = attrs.field(factory=MemoryStore, validator=check_store)
    rules: tuple[Rules, ...] = attrs.field(default=HOA_BINH_2019, converter=compile_rules)
    calendar: CalendarLookup = attrs.field(default=None, converter=make_lookup)
    former: tuple[WorkCalendar, ...] = attrs.field(default=(), converter=list_former)
    clock: Callable[[], datetime] = attrs.field(default=vietnam_now, validator=check_clock)
    randbits: Callable[[int], int] = random_bits
    clock_skew: timedelta = attrs.field(default=timedelta(seconds=60), validator=check_skew)

    def now(self) -> datetime:
        """Return the clock's present moment, checked to be aware."""
        return clean_instant(self.clock(), field="clock")

    def rules_of(self, case: Case | str) -> Rules:
        """Return the rules that a case is decided under: those of its receipt (R47).

        Raises:
            UnknownRulesError: the desk was not given that set.
        """
        case = case if isinstance(case, Case) else self.get(case)
        return self.require_rules(case.rules, case=case.id)

    def require_rules(self, rules: str, *, case: str) -> Rules:
        """Return the set of rules with an id, which that case names.

        Raises:
            UnknownRulesError: the desk was not given that set.
        """
        for each in self.rules:
            if each.id == rules or rules in each.former_ids:
                return each
        known = tuple(each.id for each in self.rules)
        raise UnknownRulesError(rules=rules, case=case, known=known)

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
                command id names. It is for imports and replays, and is trusted: if it lies ahead, a
                limit that still runs is marked late for good.
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
        if isinstance(act, a.Receive):
            check_receipt(case, expected)
            return self._receive(act, command_id, at)
        key = case_id(self.store, require_case(case, expected))
        command = make_command(act, key, command_id)
        asked = _Asked(
            act=act, at=at or act.at, case=case, by_code=by_code, command=command, expected=expected
        )
        if (done := find_first_result(self.store, command, case=key)) is not None:
            return done
        try:
            return self._do(key, asked)
        except (ConflictError, RefusedError, StepNotAllowedError):
            # The same click may have been recorded since it was looked for.
            if (done := find_first_result(self.store, command, case=key)) is not None:
                return done
            raise

    def _do(self, key: str, asked: "_Asked") -> Case:
        case = asked.case
        if isinstance(case, Case):
            return self._decide_and_record(case.stored or case, asked)
        fresh = load_case(self.store, key)
        if asked.expected is not None:
            return self._decide_and_record(fresh, asked)
        attempt = partial(self._decide_and_record, asked=asked)
        return retry_on_conflict(self.store, fresh, attempt)

    def _decide_and_record(self, case: Case, asked: "_Asked") -> Case:
        context = decision_context(self, case, asked.at, named=asked.case, by_code=asked.by_code)
        if asked.at is None and context.at < case.updated_at:
            raise make_clock_error(case, context.at, allowed=self.clock_skew)
        check_version(case, asked.expected, context)
        decision = decide(case, asked.act, context)
        if not isinstance(decision, Recorded):
            raise decision.as_error(case.id)
        try:
            return self._record(decision.events, decision.case, asked.command)
        except ConflictError as conflict:
            conflict.fresh = load_case(self.store, case.id)
            raise

    def _receive(self, act: a.Receive, command_id: str | None, at: datetime | None) -> Case:
        at = moment(self, at or act.at)
        local = at.astimezone(VIETNAM)
        rules = find_in_force(self.rules, local.date())
        if refusals := find_receipt_refusals(act, rules=rules):
            article = rules.receipt_article
            raise RefusedError(
                article=article, case="(new)", trigger=act.trigger, refusals=refusals
            )
        command = make_command(act, None, command_id)
        if (done := find_first_result(self.store, command)) is not None:
            return done
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
        )
        return self._record((event,), fold((event,)), command)

    def _record(self, events: tuple[Event, ...], case: Case, command: Command | None) -> Case:
        """Record the events that led to `case`. An earlier record of the command wins."""
        change = Change(
            case=case.id,
            expected=case.version - len(events),
            events=events,
            row=make_index_row(case),
            commands=set_version(command, case),
        )
        try:
            self.store.commit([change])
        except DuplicateError:
            own = None if case.version == 1 else case.id
            return find_first_result(self.store, command, case=own) or case
        return case

    def get(self, key: str) -> Case:
        """Return the case with this id or tracking code, as it is now.

        For a page of citizens use `track`: it takes no id.

        Raises:
            NotFoundError: no case answers to it.
        """
        return load_case(self.store, find_id(self.store, key))

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
        """Return index rows that meet every filter of `Query` given, a page at a time.

        `order` is "oldest" or "newest" received first, or "due", the limit that ends first.

        `page.next` is the `after` of the next page, or None.
        `code` is a tracking code, however it is typed, or the digest that rows keep of it.

        Raises:
            InputError: no such filter, or one that no case could meet.
        """
        return self.store.find(make_query(filters))

    def count(self, *, limit: int = 1000, **filters: Unpack[Filters]) -> int:
        """Return how many cases meet every filter given. `limit` means as many or more.

        Raises:
            InputError: no such filter, or one that no case could meet.
        """
        return self.store.count(make_query(filters), limit=limit)


def moment(desk: DeskCore, at: datetime | None = None) -> datetime:
    """Return the moment that was given, or the present one."""
    return desk.now() if at is None else clean_instant(at, field="at")


def decision_context(
    desk: DeskCore,
    case: Case,
    at: datetime | None = None,
    *,
    named: Case | str | None = None,
    by_code: bool = False,
) -> DecisionContext:
    """Return when a desk decides on a case, at `at` or now, and under which rules and hours.

    A clock of the desk that is behind the case by less than its skew counts as no earlier. `named`
    is the name given for the case. `by_code` says that it was its tracking code.
    """
    given, at = at, moment(desk, at)
    if given is None and at < case.updated_at and case.updated_at - at < desk.clock_skew:
        at = case.updated_at
    if isinstance(named, str):
        by_code = by_code or is_code_of(case, named)
    return DecisionContext(
        at=at,
        rules=desk.require_rules(case.rules, case=case.id),
        calendar_for=desk.calendar,
        named_by_code=by_code,
    )


@attrs.frozen(kw_only=True, slots=False)  # quicker to make
class _Asked:
    """A request to act: the act, its moment, how the case was named, and the version seen."""

    act: a.Act
    at: datetime | None
    case: Case | str | None
    by_code: bool
    command: Command | None
    expected: int | None
