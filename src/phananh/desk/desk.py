"""The Desk: where acts happen (Art. 7-9). It asks the Regulation, and records what it allows.

`do(case, act)` is the one path; the methods named after the acts only build the act. A case
given as a value is a version that was seen: if somebody recorded since, the act loses with
ConflictError. A case given by id or tracking code is loaded afresh, and on a conflict loaded
and decided again, a few times.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Unpack
from zoneinfo import ZoneInfo

import attrs

from phananh.desk.act_methods import NamedActs
from phananh.desk.arguments import former_calendars, is_act, is_clock, is_store
from phananh.desk.calendars import Promises
from phananh.desk.recalculate.run import Recalculating
from phananh.desk.sweep import Upkeep
from phananh.errors import (
    CommandReusedError,
    ConflictError,
    DuplicateError,
    InputError,
    NotFoundError,
    Refusal,
    RefusedError,
)
from phananh.regulation.calendar_lookup import CalendarLookup, make_lookup
from phananh.regulation.case import Case, fold
from phananh.regulation.cautions import find_cautions
from phananh.regulation.context import DecisionContext
from phananh.regulation.engine.decide import Recorded, as_of, decide, list_allowed
from phananh.regulation.intake import Requirement, find_unmet
from phananh.regulation.receipt import RECEIPT, make_receipt, receipt_refusals
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.regulation.tracking import BITS, digest_code, make_code, make_id, read_code
from phananh.regulation.values import acts as a
from phananh.regulation.values.cleaning import clean_instant, clean_text, is_blank
from phananh.regulation.values.events import Event
from phananh.regulation.values.request import Person, check_type
from phananh.stores.base import Change, Command, CommandRecord, Filters, Page, Query, Store
from phananh.stores.index_row import index_row
from phananh.stores.memory import MemoryStore
from phananh.worktime import WorkCalendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TRIES = 5


def vietnam_now() -> datetime:
    """Return the present moment in Vietnamese time."""
    return datetime.now(VIETNAM)


def random_bits(count: int) -> int:
    """Return so many bits that nobody can foresee."""
    import secrets  # at its first use, as whatever is slow to load and seldom needed

    return secrets.randbits(count)


@attrs.frozen(kw_only=True)
class Desk(NamedActs, Recalculating, Promises, Upkeep):
    """Store, rules, hours and clock, wired; everything a portal needs.

    Args:
        store: where histories are kept; a MemoryStore by default.
        rules: the regulation's numbers and readings.
        calendar: a WorkCalendar, a mapping of roles to calendars, or a function of
            (role, unit); preset A by default. A mapping may name units too: {(role, unit): ...}.
        former: calendars as they were, which stored deadlines may still name.
        clock: returns the present moment, aware.
        randbits: returns so many random bits; for tracking codes and ids.
    """

    store: Store = attrs.field(factory=MemoryStore, validator=is_store)
    rules: Rules = attrs.field(default=HOA_BINH_2019, validator=check_type(Rules))
    calendar: CalendarLookup = attrs.field(default=None, converter=make_lookup)
    former: tuple[WorkCalendar, ...] = attrs.field(default=(), converter=former_calendars)
    clock: Callable[[], datetime] = attrs.field(default=vietnam_now, validator=is_clock)
    randbits: Callable[[int], int] = random_bits

    def now(self) -> datetime:
        """Return the clock's present moment, checked to be aware."""
        return clean_instant(self.clock(), field="clock")

    def _moment(self, at: datetime | None = None) -> DecisionContext:
        at = self.now() if at is None else clean_instant(at, field="at")
        return DecisionContext(at=at, rules=self.rules, hours=self.calendar)

    def do(
        self,
        case: Case | str | None,
        act: a.Act,
        *,
        command_id: str | None = None,
        at: datetime | None = None,
    ) -> Case:
        """Ask the Regulation for `act` on `case`, record what it allows, return the new case.

        Args:
            case: a Case as it was seen, or its id or tracking code; only None for `Receive`.
            act: the act.
            command_id: the caller's name for this act. Done twice, the first result comes back.
            at: when; `act.at`, or else the clock's moment by default. Only `act.at` is part of
                what a command id names. It is for imports and replays, and is trusted: with one
                that lies ahead, what has not run out yet is marked late for good.

        Raises:
            NotFoundError, StepNotAllowedError, RefusedError, ConflictError, InputError,
            CommandReusedError: nothing was recorded.
            StoreError: perhaps recorded; the same command_id settles it.
        """
        is_act(act)
        if isinstance(act, a.Receive):
            if case is not None:
                raise InputError(
                    field="case", problem="a receipt makes a case", way_out="leave it out"
                )
            return self._receive(act, command_id, at)
        if case is None:
            raise InputError(
                field="case", problem="None", way_out="give a Case, an id or a tracking code"
            )
        key = case.id if isinstance(case, Case) else self._find_id(case)
        command = self._command(act, key, command_id)
        if command is not None and (done := self._recalled(command)) is not None:
            return done
        if isinstance(case, Case):
            return self._decide_and_record(case, act, command, at)
        for _ in range(TRIES - 1):
            try:
                return self._decide_and_record(self._load(key), act, command, at)
            except ConflictError:
                continue
        return self._decide_and_record(self._load(key), act, command, at)

    def _command(self, act: a.Act, case: str | None, command_id: str | None) -> Command | None:
        if command_id is None:
            return None
        name = clean_text(command_id, field="command_id", limit=300)
        if is_blank(name):
            raise InputError(field="command_id", problem="is blank", way_out="leave it out")
        from phananh.stores.codec import act_digest

        digest = act_digest(act, case, with_time=act.at is not None)
        return Command(id=name, digest=digest)

    def _recalled(self, command: Command) -> Case | None:
        """Return the case as this command left it, or None where it was never recorded."""
        receipt = self.store.find_command(command.id)
        return None if receipt is None else self._result(command, receipt)

    def _result(self, command: Command, receipt: CommandRecord) -> Case:
        if receipt.digest != command.digest:
            raise CommandReusedError(
                field="command_id",
                problem=f"{command.id!r} was used for another act, on case {receipt.case}",
                way_out="give every act an id of its own",
            )
        return fold(self.store.load(receipt.case)[: receipt.version])

    def _decide_and_record(
        self, case: Case, act: a.Act, command: Command | None, at: datetime | None
    ) -> Case:
        decision = decide(case, act, self._moment(at or act.at))
        if not isinstance(decision, Recorded):
            raise decision.as_error(case.id)
        after = decision.case
        change = Change(
            case=case.id,
            expected=case.version,
            events=decision.events,
            row=index_row(after),
            command=command,
        )
        try:
            self.store.commit([change])
        except ConflictError as conflict:
            conflict.fresh = self._load(case.id)
            raise
        except DuplicateError:
            assert command is not None  # only a command can be a duplicate
            return self._recalled(command) or after
        return after

    def _receive(self, act: a.Receive, command_id: str | None, at: datetime | None) -> Case:
        refusals = receipt_refusals(act)
        if refusals:
            raise RefusedError(
                article=RECEIPT, case="(new)", trigger=act.trigger, refusals=refusals
            )
        command = self._command(act, None, command_id)
        if command is not None and (done := self._recalled(command)) is not None:
            return done
        at = self._moment(at or act.at).at
        local = at.astimezone(VIETNAM)
        code = make_code(self.randbits(BITS))
        event = make_receipt(
            act,
            at=at,
            case=make_id(self.randbits(50), year=local.year, month=local.month),
            code=code,
            code_digest=digest_code(code),
            rules=self.rules,
        )
        return self._record_first(event, command)

    def _record_first(self, event: Event, command: Command | None) -> Case:
        case = fold((event,))
        change = Change(
            case=case.id, expected=0, events=(event,), row=index_row(case), command=command
        )
        try:
            self.store.commit([change])
        except DuplicateError:
            assert command is not None  # only a command can be a duplicate
            return self._recalled(command) or case
        return case

    # Reading.

    def _find_id(self, key: str) -> str:
        text = clean_text(key, field="case", limit=200)
        code = read_code(text)
        if code is None:
            return text
        rows = self.store.find(Query(code=digest_code(code), limit=1)).rows
        if not rows:
            raise NotFoundError(key=key)
        return rows[0].case

    def _load(self, case: str) -> Case:
        history = self.store.load(case)
        if not history:
            raise NotFoundError(key=case)
        return fold(history)

    def get(self, key: str) -> Case:
        """Return the case with this id or tracking code, as it is now."""
        return self._load(self._find_id(key))

    def history(self, case: Case | str) -> tuple[Event, ...]:
        """Return every event of a case, in order."""
        key = case.id if isinstance(case, Case) else self._find_id(case)
        events = self.store.load(key)
        if not events:
            raise NotFoundError(key=key)
        return events

    def find(self, **filters: Unpack[Filters]) -> Page:
        """Return index rows that meet every filter of `Query` given, a page at a time.

        `page.next` is the `after` of the next page, or None; the instants of a row may be in UTC.

        Raises:
            InputError: no such filter, or one that no case could meet.
        """
        known = [field.name for field in attrs.fields(Query)]
        for name in filters:
            if name not in known:
                raise InputError(
                    field=name, problem="no such filter", way_out=f"one of {', '.join(known)}"
                )
        return self.store.find(Query(**filters))

    def allowed(self, case: Case | str, *, by: Person) -> Mapping[str, tuple[Refusal, ...]]:
        """Return each trigger with the reasons why `by` may not do it now; empty means may."""
        return list_allowed(self._seen(case), by, self._moment())

    def _seen(self, case: Case | str) -> Case:
        return case if isinstance(case, Case) else self.get(case)

    def as_of(self, case: Case | str, *, at: datetime | None = None) -> Case:
        """Return the case as it reads at a moment, a lapse nobody recorded yet included.

        For reading only: an act on it loses with ConflictError, as its version is not stored.
        """
        return as_of(self._seen(case), self._moment(at))

    def cautions(self, case: Case | str, *, at: datetime | None = None) -> tuple[str, ...]:
        """Return slugs of what deserves a look: open duties, long waits (R9, R35, R36)."""
        return find_cautions(self._seen(case), self._moment(at))

    def unmet(self, case: Case | str) -> tuple[Requirement, ...]:
        """Return what the request does not meet, each with clause and guidance (Art. 4, 6)."""
        return find_unmet(self._seen(case), rules=self.rules)
