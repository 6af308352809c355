"""Art. 16.1, second paragraph: the head of the unit that handled it proposes to commend.

If no unit handled the case, because an operator answered it, the leadership proposes.
"""

from datetime import datetime

from phananh.regulation.acts import Act
from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.guards import Facts, Rules, guard, not_blank
from phananh.regulation.intake import within_scope
from phananh.regulation.request import Role


@guard("not_handling_unit", "16.1.p2")
def by_head_of_handling_unit(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to the head of a unit that did not handle the case."""
    if act.by.role is not Role.AGENCY_HEAD:
        return None
    return None if any(is_same_id(act.by.unit, unit) for unit in case.handled_by) else {}


@guard("unit_proposes", "16.1.p2")
def no_unit_handled(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to the leadership proposing in place of a unit that handled the case."""
    return {} if act.by.role is Role.LEADERSHIP and case.handled_by else None


COMMENDATION = (
    within_scope,
    by_head_of_handling_unit,
    no_unit_handled,
    not_blank("text", "16.1.p2"),
)
