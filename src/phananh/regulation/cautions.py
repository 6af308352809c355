"""What deserves a look although no rule is broken: open duties, long waits (R9, R29, R35, R36)."""

from phananh.regulation.case import Case
from phananh.regulation.intake import unmet
from phananh.regulation.recording import Moment
from phananh.regulation.request import Kind
from phananh.regulation.text import VIETNAM, same_id


def cautions(case: Case, moment: Moment) -> tuple[str, ...]:
    """Return the slugs of what to look at in `case` as of the moment, in a fixed order."""
    found = {
        "incomplete": case.is_open and bool(unmet(case, rules=moment.rules)),
        "unit_not_told": _untold(case),
        "appointment_missed": case.is_open and _missed(case, moment),
        "silent": case.is_open and case.clock is None and _silent(case, moment),
        "rules_ended": _ended(case, moment),
    }
    return tuple(slug for slug, holds in found.items() if holds)


def _untold(case: Case) -> bool:
    return case.kind is Kind.CONDUCT and any(
        not any(same_id(accused.unit, told) for told in case.units_told) for accused in case.accused
    )


def _missed(case: Case, moment: Moment) -> bool:
    return case.promised is not None and case.promised < moment.at


def _silent(case: Case, moment: Moment) -> bool:
    if case.holder is None or moment.at < case.since:
        return False
    if case.lapses and case.lapses[-1].due >= case.since:
        return False  # this wait is late already, which says more
    calendar = moment.hours(case.holder.role, case.holder.unit)
    return calendar.between(case.since, moment.at) > moment.rules.silent_warning


def _ended(case: Case, moment: Moment) -> bool:
    until = moment.rules.valid_until
    return until is not None and case.received_at.astimezone(VIETNAM).date() > until
