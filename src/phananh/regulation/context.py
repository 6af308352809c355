"""The context of a decision: the instant, the rules, and the calendar of each holder."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import attrs

from phananh.regulation.calendar_lookup import CalendarLookup
from phananh.regulation.deadline import lay_limit, start_limit
from phananh.regulation.limit import Limit
from phananh.regulation.values.budget import Budget
from phananh.regulation.values.cleaning import to_vietnam_time
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.request import Holder
from phananh.worktime.instants import require_aware
from phananh.worktime.localtime import VIETNAM

if TYPE_CHECKING:  # rules are made of these
    from phananh.regulation.rules import Rules


def _on_one_clock(at: datetime) -> datetime:
    """Return the instant on the clock in Vietnam, because clock changes of a zone may mislead."""
    if type(at) is datetime and at.tzinfo is VIETNAM:
        return at
    return to_vietnam_time(require_aware(at, "at"))


@attrs.frozen(kw_only=True, slots=False)  # quicker to make
class DecisionContext:
    """When an act is decided, under which rules, and which calendar counts for which holder.

    `named_by_code`: the person who acts named the case by its tracking code (R48).
    """

    at: datetime = attrs.field(converter=_on_one_clock)
    rules: Rules
    calendar_for: CalendarLookup
    named_by_code: bool = False

    def start_limit(self, limit: Limit | None, holder: Holder) -> Deadline | None:
        """Return the deadline that starts now for `holder`, or None without a limit."""
        if limit is None:
            return None
        calendar = self.calendar_for(holder.role, holder.unit)
        return start_limit(limit, at=self.at, calendar=calendar, rules=self.rules)

    def continue_limit(self, limit: Limit, left: timedelta, holder: Holder) -> Deadline:
        """Return the deadline of a limit that `holder` continues now with what was left (R41)."""
        return self._lay_limit(left, limit.article.id, limit.budget, holder)

    def restart_limit(self, old: Deadline | None, holder: Holder) -> Deadline | None:
        """Return a deadline that starts now for `holder`, with the budget of the old one (R10)."""
        return old and self._lay_limit(old.budget, old.article, old.continues, holder)

    def _lay_limit(
        self, budget: Budget, article: str, continues: Budget | None, holder: Holder
    ) -> Deadline:
        calendar = self.calendar_for(holder.role, holder.unit)
        return lay_limit(
            budget,
            article=article,
            at=self.at,
            calendar=calendar,
            rules=self.rules,
            continues=continues,
        )
