"""Acts asked of a desk, each compared with the rules and with the notes of a clerk.

What is recorded has to be allowed by the rules and be found again as it was recorded: history,
row and feed. What is refused leaves no trace.
"""

from typing import Any

import attrs

from phananh.desk.desk import Desk
from phananh.errors import RefusedError, StepNotAllowedError
from phananh.regulation.acts import Act
from phananh.regulation.case import Case, fold
from phananh.regulation.context import CalendarLookup, DecisionContext
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.events import Event
from phananh.regulation.request import Role
from phananh.regulation.rules import Rules
from phananh.stores.base import IndexRow, Query
from phananh.stores.index_row import make_index_row
from phananh.testing.machine.clerk import Clerk
from phananh.testing.machine.errors import check
from phananh.testing.strategies.log_lines import make_line


@attrs.frozen(kw_only=True)
class Asked:
    """An act that was asked, and its outcome: the case, or the error that refused it."""

    act: Act
    command: str
    key: str | None
    case: Case | None
    error: RefusedError | StepNotAllowedError | None = None


@attrs.define(kw_only=True)
class Office:
    """A desk under test, a clerk for each of its cases, and the acts that were done so far."""

    desk: Desk
    rules: Rules
    calendar_for: CalendarLookup
    clerks: dict[str, Clerk] = attrs.Factory(dict)
    lines: list[dict[str, Any]] = attrs.Factory(list)
    position: str | None = None
    asked: int = 0

    def receive(self, act: Act) -> Case:
        """Record a request, which must not be turned away (Art. 3.1)."""
        at, command = self.desk.now(), self._next_command()
        self.lines.append(make_line(act, case=f"case {len(self.clerks) + 1}", at=at))
        case = self.desk.do(None, act, command_id=command)
        self.clerks[case.id] = Clerk(rules=self.rules, calendar_for=self.calendar_for)
        self._check_recorded(case, (), act)
        return case

    def ask(self, case: str, act: Act) -> Asked:
        """Ask for an act, and check its outcome. A citizen names the case by its code."""
        at, command, before = self.desk.now(), self._next_command(), self._look_up(case)
        history, is_citizen = before[0], act.by.role is Role.CITIZEN
        key = str(fold(history).code) if is_citizen else case
        is_allowed = self._is_allowed(fold(history), act, by_code=is_citizen)
        self.lines.append(make_line(act, case=self._name(case), at=at))
        try:
            found = self.desk.do(key, act, command_id=command)
        except (RefusedError, StepNotAllowedError) as error:
            self.check(not is_allowed, f"{act.trigger} was refused, and the rules let it happen")
            self._check_no_trace(case, command, before)
            return Asked(act=act, command=command, key=key, case=None, error=error)
        objection = self.clerks[case].find_objection(act, at)
        self.check(objection is None, f"{act.trigger} was recorded. {objection}")
        self.check(is_allowed, f"{act.trigger} was recorded, and the rules refuse it")
        self._check_recorded(found, history, act)
        return Asked(act=act, command=command, key=key, case=found)

    def repeat(self, asked: Asked) -> None:
        """Ask once more under the same command id: the first result comes back, without an act."""
        assert asked.case is not None  # only what was recorded is asked once more
        before = self._look_up(asked.case.id)
        try:
            again = self.desk.do(asked.key, asked.act, command_id=asked.command)
        except (RefusedError, StepNotAllowedError) as error:
            self.check(False, f"{asked.act.trigger} under its id was refused: {error}")  # noqa: FBT003
            return
        self.check(again == asked.case, f"{asked.act.trigger} under its id gave another result")
        is_same = self._look_up(asked.case.id) == before and not self._read_feed()
        self.check(is_same, f"{asked.act.trigger} was recorded twice under one id")

    def sweep(self) -> list[Role]:
        """Mark limits that ran out, and return the holder of each, as the clerks know it."""
        at = self.desk.now()
        before = {case: len(clerk.lapses) for case, clerk in self.clerks.items()}
        for clerk in self.clerks.values():
            clerk.pass_time(at)
        late = [case for case, clerk in self.clerks.items() if len(clerk.lapses) > before[case]]
        self.lines.append({"act": "sweep", "at": at.isoformat()})
        lapsed = [event.case for event in self.desk.sweep().lapsed]
        self.check(sorted(lapsed) == sorted(late), f"the sweep marked {lapsed} and not {late}")
        for case in self.clerks:
            self._check_case(self.desk.get(case))
        self._read_feed()
        return [self.clerks[case].lapses[-1][0] for case in late]

    def check_now(self) -> None:
        """Check each case as it is at this moment, with a lapse that is not recorded yet."""
        for case, clerk in self.clerks.items():
            seen, then = self.desk.as_of(case), attrs.evolve(clerk, lapses=[*clerk.lapses])
            then.pass_time(self.desk.now())
            for difference in then.list_differences(seen):
                self.check(False, f"{self._name(case)} as of now: {difference}")  # noqa: FBT003

    def check(self, ok: object, message: str) -> None:
        """Raise `DeskError` unless `ok`, with the acts that were done."""
        check(ok, message, self.lines)

    def _next_command(self) -> str:
        self.asked += 1
        return f"command {self.asked}"

    def _name(self, case: str) -> str:
        return f"case {[*self.clerks].index(case) + 1}"

    def _look_up(self, case: str) -> tuple[tuple[Event, ...], tuple[IndexRow, ...]]:
        """Return the history of a case, and all rows."""
        return self.desk.store.load(case), self.desk.store.find(Query(limit=1000)).rows

    def _is_allowed(self, case: Case, act: Act, *, by_code: bool) -> bool:
        context = DecisionContext(
            at=self.desk.now(),
            rules=self.rules,
            calendar_for=self.calendar_for,
            named_by_code=by_code,
        )
        return isinstance(decide(case, act, context), Recorded)

    def _check_no_trace(self, case: str, command: str, before: object) -> None:
        self.check(self._look_up(case) == before, "a refused act changed the history or a row")
        self.check(not self._read_feed(), "a refused act came into the feed")
        known = self.desk.store.find_command(command)
        self.check(known is None, "the command id of a refused act was recorded")
        self.lines.pop()

    def _check_recorded(self, case: Case, before: tuple[Event, ...], act: Act) -> None:
        """Check that the returned case is stored, follows the one before, and is in the feed."""
        history, rows = self._look_up(case.id)
        new = history[len(before) :]
        self.check(history[: len(before)] == before, "what was recorded before is no more so")
        self.check(new and new[-1].by == act.by, f"{act.trigger} was recorded as somebody else's")
        self.check(self._read_feed() == new, "the feed has other events than the history")
        self.check(make_index_row(case) in rows, "no row says what the case is")
        self.clerks[case.id].follow(act, self.desk.now())
        self._check_case(case)

    def _check_case(self, case: Case) -> None:
        """Check the stored case: history and clerk say the same of it."""
        history = self.desk.store.load(case.id)
        self.check(fold(history) == case, "the history adds up to another case")
        versions = [event.n for event in history]
        self.check(versions == [*range(1, len(history) + 1)], f"the versions are {versions}")
        moments = [event.at for event in history]
        self.check(moments == sorted(moments), "the events are not in the order of time")
        for difference in self.clerks[case.id].list_differences(case):
            self.check(False, f"{self._name(case.id)}: {difference}")  # noqa: FBT003

    def _read_feed(self) -> tuple[Event, ...]:
        """Return the entries of the feed since it was last read."""
        found = self.desk.store.scan(self.position, limit=1000)
        if found:
            self.position = found[-1].position
        return tuple(entry.event for entry in found)
