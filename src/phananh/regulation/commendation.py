"""Art. 16.1, second paragraph: the head of the unit that handled it proposes to commend."""

from datetime import datetime

from phananh.regulation.case import Case
from phananh.regulation.guards import Facts, guard, not_blank
from phananh.regulation.rules import Rules
from phananh.regulation.values.acts import Act
from phananh.regulation.values.cleaning import is_same_id


@guard("not_handling_unit", "16.1.p2")
def by_head_of_handling_unit(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to the head of a unit that did not handle the case."""
    return None if any(is_same_id(act.by.unit, unit) for unit in case.handled_by) else {}


COMMENDATION = (by_head_of_handling_unit, not_blank("text", "16.1.p2"))
