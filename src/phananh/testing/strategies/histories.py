"""Hypothesis strategies for act logs that rules let happen, and the cases that they lead to."""

from datetime import date, datetime, timedelta
from typing import Any

import attrs

from phananh.desk.desk import Desk
from phananh.errors import CoverageError, RefusedError, StepNotAllowedError
from phananh.regulation.acts import Act
from phananh.regulation.case import Case
from phananh.regulation.context import CalendarChoice
from phananh.regulation.intake import EXCLUDED
from phananh.regulation.request import Kind
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.memory import MemoryStore
from phananh.testing.arguments import require_kind, require_number
from phananh.testing.drawing import st
from phananh.testing.strategies.acts import draw_act, list_likely
from phananh.testing.strategies.choice import choose
from phananh.testing.strategies.instants import instants
from phananh.testing.strategies.log_lines import case_of, make_line
from phananh.testing.strategies.people import requests
from phananh.testing.strategies.source_code import print_as, to_code

_TICK = timedelta(microseconds=1)
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_STEPS = (_MINUTE, _MINUTE, _HOUR, _HOUR, 8 * _HOUR, 24 * _HOUR)
_GOES_ON = (False, *(True,) * 19)
_TO_DUE = (timedelta(), _TICK)


def histories_of(
    rules: Rules, *, calendar: CalendarChoice | None = None, most_acts: int = 8
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Draw the history of a case as lines of an act log, all of which the rules allow.

    Each line is a dictionary in the format of `phananh replay`. The case is named A. `case_of`
    gives the case. Between two acts passes a minute, an hour, a day, or the time until the limit
    runs out or a microsecond more.

    Args:
        rules: that decide on the acts.
        calendar: the office hours, as a `Desk` takes them, preset A by default.
        most_acts: the most acts after the receipt, 0 for the receipt alone.

    Raises:
        InputTypeError: `rules` is no `Rules`.
        InputError: `most_acts` is no whole number, 0 or more.
    """
    require_kind(rules, Rules, field="rules")
    require_number(most_acts, least=0, field="most_acts")
    begins = instants(first=max(rules.valid_from, date(2019, 1, 2)), last=date(2026, 6, 30))
    return _histories(Desk(rules=rules, calendar=calendar), begins, most_acts)


@st.composite
def _histories(
    draw: st.DrawFn, office: Desk, begins: st.SearchStrategy[datetime], most_acts: int
) -> list[dict[str, Any]]:
    desk = attrs.evolve(office, store=MemoryStore(), randbits=lambda _bits: 0)
    at, act = draw(begins), draw(_RECEIPTS)
    case = desk.do(None, act, at=at)
    lines = [make_line(act, case="A", at=at)]
    for _ in range(2 * most_acts):  # as some are refused
        step = draw(_steps(desk, case, at)) if len(lines) <= most_acts else None
        if step is None:
            break
        at, act, done = step
        if done is not None:
            case = done
            lines.append(make_line(act, case="A", at=at))
    return lines


@st.composite
def _steps(
    draw: st.DrawFn, desk: Desk, case: Case, at: datetime
) -> tuple[datetime, Act, Case | None] | None:
    """Draw the next act, its moment, and the case after it if it is recorded, or an end."""
    if not choose(draw, _GOES_ON):
        return None
    at = _draw_later(draw, case, at)
    seen = desk.as_of(case, at=at)
    act = draw_act(draw, list_likely(seen, desk.rules_of(seen)), seen, at)
    try:
        return at, act, desk.do(case, act, at=at)
    except (RefusedError, StepNotAllowedError, CoverageError):
        return at, act, None


# Most lack nothing, and are of a kind that is handled.
_HANDLED = requests(complete=True, kinds=[kind for kind in Kind if kind not in EXCLUDED])
_RECEIPTS: st.SearchStrategy[Act] = st.one_of(_HANDLED, _HANDLED, requests())


def _draw_later(draw: st.DrawFn, case: Case, at: datetime) -> datetime:
    """Return the moment of the next act: soon, on another day, or where the limit runs out."""
    edges = [case.clock.late_after + tick for tick in _TO_DUE] if case.clock else []
    ahead = [datetime.fromisoformat(edge.isoformat()) for edge in edges if edge >= at]
    return choose(draw, [*(at + step for step in _STEPS), *ahead])


def cases(
    *, rules: Rules = HOA_BINH_2019, calendar: CalendarChoice | None = None, most_acts: int = 8
) -> st.SearchStrategy[Case]:
    """Draw cases that such histories lead to, printed as the call that replays them.

    Args:
        rules: that decide on the acts.
        calendar: the office hours, as a `Desk` takes them, preset A by default.
        most_acts: the most acts after the receipt, 0 for the receipt alone.

    Raises:
        InputTypeError: `rules` is no `Rules`.
        InputError: `most_acts` is no whole number, 0 or more.
    """
    require_kind(rules, Rules, field="rules")
    require_number(most_acts, least=0, field="most_acts")
    return _cases(rules, calendar, most_acts)


@st.composite
def _cases(draw: st.DrawFn, rules: Rules, calendar: CalendarChoice | None, most_acts: int) -> Case:
    lines = draw(histories_of(rules, calendar=calendar, most_acts=most_acts))
    case = case_of(lines, rules=rules, calendar=calendar)
    given = {"rules": rules} if rules != HOA_BINH_2019 else {}
    named = "".join(f", {name}={to_code(value)}" for name, value in given.items())
    print_as(case, lambda: f"case_of({to_code(lines)}{named})")
    return case
