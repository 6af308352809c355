"""What a decision is made under: the instant, the rules, and the calendar of each holder."""

from datetime import datetime

import attrs

from phananh.regulation.calendar_lookup import CalendarLookup
from phananh.regulation.deadline import start_limit
from phananh.regulation.rules import Limit, Rules
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.request import Holder


@attrs.frozen(kw_only=True)
class DecisionContext:
    """When an act is decided, under which rules, and which calendar counts for whom.

    `named_by_code`: whoever acts named the case by its tracking code (R48).
    """

    at: datetime
    rules: Rules
    calendar_for: CalendarLookup
    named_by_code: bool = False

    def start_limit(self, limit: Limit | None, holder: Holder) -> Deadline | None:
        """Return the deadline that starts now for `holder`, or None without a limit."""
        if limit is None:
            return None
        calendar = self.calendar_for(holder.role, holder.unit)
        return start_limit(limit, at=self.at, calendar=calendar, rules=self.rules)
