"""One sample case as it grows: time passes, an act is decided, and its events are added."""

from datetime import datetime, timedelta
from random import Random

import attrs

from phananh.regulation.acts import Act, Receive
from phananh.regulation.case import Case, fold
from phananh.regulation.context import DecisionContext
from phananh.regulation.decide import Recorded, decide, find_pending_lapse
from phananh.regulation.events import Event
from phananh.regulation.receipt import make_receipt
from phananh.regulation.tracking_code import BITS, digest_code, make_code, make_id
from phananh.worktime import WorkCalendar


@attrs.define
class History:
    """A case that was received, with all its events, and the moment of the next act.

    `by_code`: the next person names the case by its tracking code, as a citizen does.
    """

    chance: Random
    context: DecisionContext
    case: Case
    events: list[Event]
    at: datetime
    by_code: bool = False

    @classmethod
    def begin(cls, act: Receive, chance: Random, context: DecisionContext) -> "History":
        """Receive a case, with a drawn id and tracking code."""
        at, rules = context.at, context.rules
        code = make_code(chance.getrandbits(BITS))
        case = make_id(chance.getrandbits(50), prefix=rules.id_prefix, year=at.year, month=at.month)
        event = make_receipt(
            act, at=at, case=case, code=code, code_digest=digest_code(code), rules=rules
        )
        return cls(chance, context, fold((event,)), [event], at)

    def wait(self, least: float, most: float) -> None:
        """Let minutes pass."""
        minutes = least + (most - least) * self.chance.random()
        self.at += timedelta(seconds=int(60 * minutes))

    def wait_part(self, least: float, end: datetime) -> None:
        """Let some of the time until `end` pass, at least such a part of it."""
        part = least + (1 - least) * self.chance.random()
        self.at += timedelta(seconds=int(part * (end - self.at).total_seconds()))

    def work(self, least: float, most: float) -> None:
        """Let working hours pass, as the holder of the case counts them."""
        hours = least + (most - least) * self.chance.random()
        self.at = self._calendar.add(self.at, timedelta(seconds=int(3600 * hours)))

    @property
    def _calendar(self) -> WorkCalendar:
        holder = self.case.holder
        assert holder is not None  # somebody works on it
        return self.context.calendar_for(holder.role, holder.unit)

    def do(self, act: Act) -> None:
        """Let an act happen now, after marking limits that ran out before it.

        Raises:
            RefusedError, StepNotAllowedError: the Regulation does not allow it.
        """
        decision = decide(self.case, act, self._at(self.at))
        if not isinstance(decision, Recorded):
            raise decision.as_error(self.case.id)
        self._keep(decision.events, decision.case)

    def sweep(self, at: datetime) -> None:
        """Mark a limit that has run out by then (Art. 9.2)."""
        events = find_pending_lapse(self.case, self._at(at))
        if events:
            self._keep(events, fold(events, onto=self.case))

    def _at(self, at: datetime) -> DecisionContext:
        rules, calendar_for = self.context.rules, self.context.calendar_for
        return DecisionContext(
            at=at, rules=rules, calendar_for=calendar_for, named_by_code=self.by_code
        )

    def _keep(self, events: tuple[Event, ...], case: Case) -> None:
        self.events.extend(events)
        self.case = case
