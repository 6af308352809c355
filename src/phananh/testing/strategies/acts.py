"""Hypothesis strategies for acts, for act logs that rules let happen, and the cases they lead to.

An act is one of the variants that a walk tries, by one of the people who try it there. So most of
those for a case are recorded, and an act with something wrong is wrong in one way.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from phananh.act_log.replay import replay
from phananh.desk.desk import Desk
from phananh.errors import CoverageError, InputError, RefusedError
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS, Act
from phananh.regulation.case import Case
from phananh.regulation.context import CalendarChoice, DecisionContext, make_lookup
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.intake import EXCLUDED
from phananh.regulation.request import Kind, Person, Sender
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.base import Query
from phananh.testing.arguments import list_names, require_kind, require_number
from phananh.testing.drawing import st
from phananh.testing.exploration.act_log import make_line
from phananh.testing.exploration.acts import (
    GOOD_ACTS,
    OTHER_WAYS,
    SAME_WAYS,
    SPOILED_ACTS,
    Situation,
)
from phananh.testing.exploration.cast import make_hours
from phananh.testing.exploration.exploration import histories, list_actors
from phananh.testing.strategies.calendars import calendars, notices, timetables
from phananh.testing.strategies.instants import instants
from phananh.testing.strategies.people import actors, build_again, requests, senders
from phananh.testing.strategies.regulations import rules as draw_rules
from phananh.testing.strategies.regulations import terms
from phananh.worktime import Notice, Term, Timetable, WorkCalendar

TRIGGERS = tuple(trigger for trigger in ACTS if trigger not in SYSTEM_TRIGGERS)
"""What people may ask for, a receipt first."""
_TICK, _HOUR = timedelta(microseconds=1), timedelta(hours=1)
_STEPS = (timedelta(minutes=1), timedelta(minutes=1), _HOUR, _HOUR, 8 * _HOUR, 24 * _HOUR)
# What leads deep into the table. A case that was answered at once has little to tell.
_WEIGHTS = {"escalate": 6, "request_verification": 6, "reschedule": 8, "advise": 6, "rate": 6}
Line = Mapping[str, Any]
T = TypeVar("T")


def acts(
    *,
    case: Case | None = None,
    by: Person | None = None,
    well_formed: bool = True,
    triggers: Iterable[str] | None = None,
    at: datetime | None = None,
    rules: Rules = HOA_BINH_2019,
) -> st.SearchStrategy[Act]:
    """Draw acts for `desk.do(case, act)`, or for `desk.do(None, act)` if one is a receipt.

    An act is well formed if the rules record it: it has the content that such an act needs, and
    comes from the holder of the case, or from another who may ask.

    Args:
        case: the case that the acts fit in state, holder, units and due time. Without one they are
            receipts, or acts on sample cases.
        by: the person who asks.
        well_formed: False spoils an act in one way: it comes from a person who may not ask, or its
            text is blank, its time gone by, or it names the wrong person.
        triggers: only these, such as `["reschedule"]`, by default all that the case's state has.
            A text is one of them.
        at: the moment at which they are asked, by default that of the case's last event.
        rules: with the table of steps that the case's state has.

    Raises:
        InputError: an unknown trigger. InputTypeError: `case`, `by` or `rules` is of another kind.
    """
    for field, value, kind in (("case", case, Case), ("by", by, Person)):
        if value is not None:
            require_kind(value, kind, field=field)
    require_kind(rules, Rules, field="rules")
    chosen = list_names(triggers or (), known=TRIGGERS, field="triggers")
    if case is None and {*chosen} <= {"receive"}:
        return requests(by=by)
    found = [
        act
        for each in (_make_samples() if case is None else (case,))
        for act in list_acts(each, rules, at or each.updated_at, by=by, recorded=well_formed)
        if not chosen or act.trigger in chosen
    ]
    likely = [act for act in found for _ in range(_WEIGHTS.get(act.trigger, 1))]
    return build_again(st.sampled_from(likely)) if likely else st.nothing()


@cache
def _make_samples() -> tuple[Case, ...]:
    """Return cases that between them have every act."""
    found = (each.case for each in histories(depth=4, kinds=[Kind.CONDUCT, Kind.PROPOSAL]))
    return tuple({(each.state, each.holder, each.handled_by): each for each in found}.values())


def list_acts(
    case: Case, rules: Rules, at: datetime, *, by: Person | None = None, recorded: bool = True
) -> list[Act]:
    """Return the acts on a case that the rules record, or those with one thing wrong."""
    hours, found = make_lookup(make_hours()), list[Act]()
    context = DecisionContext(at=at, rules=rules, calendar_for=hours, named_by_code=True)
    well = (*GOOD_ACTS, *OTHER_WAYS, *SAME_WAYS)
    people = [(by, "right")] if by else list_actors(case)
    for variant in well if recorded else (*GOOD_ACTS, *SPOILED_ACTS):
        fields = (
            None
            if variant.trigger in SYSTEM_TRIGGERS
            else variant.find(Situation(case, at, rules, hours))
        )
        for person, identity in people if fields is not None else ():
            if identity == "right" or not (recorded or variant in SPOILED_ACTS):
                act = ACTS[variant.trigger](by=person, **dict(fields or ()))
                if isinstance(decide(case, act, context), Recorded) is recorded:
                    found.append(act)
    return found


def case_of(
    lines: Sequence[Line], *, rules: Rules = HOA_BINH_2019, calendar: CalendarChoice | None = None
) -> Case:
    """Return the case that the lines of an act log lead to, by replaying them in memory.

    Args:
        lines: of one case, such as `histories_of` draws. Each is recorded.
        rules: with the limits and readings to apply.
        calendar: the office hours, as a `Desk` takes them.

    Raises:
        InputError: a line that is not recorded, or lines of no case or of several.
    """
    desk = Desk(rules=rules, calendar=calendar)
    raw = [json.dumps(line).encode() for line in lines]
    for outcome in replay(raw, desk=desk, name="lines"):
        if outcome.outcome != "recorded":
            why = ", ".join(reason.code for reason in outcome.reasons)
            raise InputError(
                field="lines", code="line_not_recorded", number=outcome.line, detail=why
            )
    rows = desk.store.find(Query(limit=2)).rows
    if len(rows) != 1:
        raise InputError(field="lines", code="lines_of_one_case", count=len(rows))
    return desk.get(rows[0].case)


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

    @st.composite
    def lines_of_case(draw: st.DrawFn) -> list[dict[str, Any]]:
        desk = Desk(rules=rules, calendar=calendar, randbits=lambda _bits: 0)
        at, act = draw(begins), draw(_RECEIPTS)
        case = desk.do(None, act, at=at)
        lines = [make_line(act, at, case="A")]
        for _ in range(draw(st.integers(0, most_acts))):
            edges = [case.clock.late_after] * 2 if case.clock else []
            later = [*(at + step for step in _STEPS), *(edge for edge in edges if edge >= at)]
            at = draw(st.sampled_from(later)) + draw(st.sampled_from((0, 0, 1))) * _TICK
            at = datetime.fromisoformat(at.isoformat())
            seen = desk.as_of(case, at=at)
            try:
                act = draw(acts(case=seen, rules=rules, at=at))
                case = desk.do(case, act, at=at)
            except (CoverageError, RefusedError):
                continue  # the hours of the desk may differ from those of a walk
            lines.append(make_line(act, at, case="A"))
        return lines

    return lines_of_case()


# Most lack nothing, and are of a kind that is handled.
_HANDLED = requests(complete=True, kinds=[kind for kind in Kind if kind not in EXCLUDED])
_RECEIPTS: st.SearchStrategy[Act] = st.one_of(_HANDLED, _HANDLED, requests())


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
    lines = histories_of(rules, calendar=calendar, most_acts=most_acts)
    given = {"rules": rules} if rules != HOA_BINH_2019 else {}
    given |= {"calendar": calendar} if calendar is not None else {}
    return st.builds(case_of, lines, **{name: st.just(value) for name, value in given.items()})


def register() -> None:
    """Let `from_type` draw persons, senders, requests, acts, cases, rules, terms and calendars.

    Call it once, such as in a conftest. No other type is touched: what is a `datetime` to other
    tests stays what it was.
    """
    known: dict[type, st.SearchStrategy[Any]] = {
        Person: actors(), Sender: senders(), Case: cases(), Rules: draw_rules(), Term: terms(),
        Timetable: timetables(), Notice: notices(), WorkCalendar: calendars(), Act: acts(),
        ACTS["receive"]: requests(),
    }  # fmt: skip
    known |= {ACTS[each]: acts(triggers=[each]) for each in TRIGGERS[1:]}
    for kind, strategy in known.items():
        st.register_type_strategy(kind, strategy)
