"""What becomes of a result: it is published, and its sender commended (Art. 2.2, 10.2.b, 16.1).

What the public may read of a case was redacted by hand (R16, R45). The head of the unit that
handled it proposes to commend (second paragraph of 16.1). If no unit handled the case, because an
operator answered it, the leadership proposes.
"""

from datetime import datetime

from phananh.regulation.acts import Act, Publish
from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.guards import Facts, Guard, Rules, guard, not_blank
from phananh.regulation.intake import within_scope
from phananh.regulation.request import Role


@guard("names_sender", "2.2", needs_act=True, compares=True, reading="R45")
def sender_redacted(case: Case, act: Publish, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a text that still identifies the sender, or shows the tracking code."""
    from phananh.regulation.personal_data import find_shown  # slow to load

    return {} if find_shown(case, act.text) else None


@guard("names_accused", "2.2", needs_act=True, compares=True, reading="R45")
def accused_redacted(case: Case, act: Publish, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a text that shows the id of an accused: their unit looks into it first."""
    from phananh.regulation.personal_data import is_any_shown  # slow to load

    return {} if is_any_shown({x.id for x in case.accused if x.id}, act.text) else None


def _make_answer_guard(article: str) -> Guard:
    """Return a guard that objects if the case has no answer: refused, or withdrawn (R54)."""

    @guard("not_answered", article)
    def was_answered(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
        return None if case.result_article and not case.reasons else {}

    return was_answered


PUBLICATION = (
    _make_answer_guard("10.2.b"),
    not_blank("text", "10.2.b"),
    sender_redacted,
    accused_redacted,
)


@guard("not_handling_unit", "16.1.p2")
def by_head_of_handling_unit(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to the head of a unit that did not handle the case (Art. 16.1)."""
    is_own = any(is_same_id(act.by.unit, unit) for unit in case.handled_by)
    return {} if act.by.role is Role.AGENCY_HEAD and not is_own else None


@guard("unit_proposes", "16.1.p2")
def no_unit_handled(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to the leadership proposing in place of a unit that handled the case."""
    return {} if act.by.role is Role.LEADERSHIP and case.handled_by else None


COMMENDATION = (
    by_head_of_handling_unit,
    no_unit_handled,
    within_scope,
    _make_answer_guard("16.1.p2"),
    not_blank("text", "16.1.p2"),
)
