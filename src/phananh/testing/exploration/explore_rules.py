"""`explore`: the whole walk over some rules, in one call."""

from collections.abc import Iterable

from phananh.errors import InputError, short_repr
from phananh.regulation import decide as judge
from phananh.regulation.context import CalendarChoice, make_lookup
from phananh.regulation.request import Kind, KindSlug, make_type_error
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing.arguments import list_given, require_function
from phananh.testing.exploration.canonical import (
    READABLE,
    Canonical,
    find_counting_states,
    parse_readable,
)
from phananh.testing.exploration.exploration import Exploration
from phananh.testing.exploration.outcomes import Outcomes
from phananh.testing.exploration.people import choose_start, make_hours
from phananh.testing.exploration.receipts import KINDS, check_count, list_receipts, parse_kinds
from phananh.testing.exploration.spoiled_acts import SPOILED_ACTS
from phananh.testing.exploration.tried_acts import GOOD_ACTS, OTHER_AGENCY, OTHER_WAYS
from phananh.testing.exploration.walk import Decide, ListAllowed, Visit, Walk

MOST_STATES = 20_000
_AGENCIES = (1, 2)


def explore(
    rules: Rules = HOA_BINH_2019,
    *,
    kinds: Iterable[Kind | KindSlug] = KINDS,
    spoiled: bool = False,
    agencies: int = 1,
    guards_read: Iterable[str] = READABLE,
    calendar_for: CalendarChoice | None = None,
    decide: Decide = judge.decide,
    list_allowed: ListAllowed = judge.list_allowed,
    visit: Visit | None = None,
    limit: int = MOST_STATES,
) -> Exploration:
    """Walk every state that cases can come to under some rules, and return the findings.

    In each state all acts are tried, by the right person of each role, the accused, a colleague and
    a stranger, while the limit runs, at its last instant and just after it. States with the same
    possible future count as one.

    Args:
        rules: the rules, yours or the built-in ones.
        kinds: the kinds of requests, by default one of each that the Regulation treats in its own
            way.
        spoiled: whether each act is also tried spoilt in each known way, by those who may do it.
        agencies: how many agencies are asked, 1 or 2. The second one makes the walk much longer.
        guards_read: the parts of a case's past that your own guards read, of `READABLE`. Two states
            that differ only in other parts count as one. If your guards read only the act, give an
            empty list.
        calendar_for: the hours, as the `calendar` of a `Desk`. By default the centre and the
            agencies have different ones.
        decide: a function that judges an act, in place of the library.
        list_allowed: a function that lists the acts a person may do, in place of the library.
        visit: takes each `Step`, one act that was tried in one state.
        limit: the most states. Beyond them the exploration is `truncated`.

    Raises:
        InputTypeError: `rules` is no `Rules`, or `decide`, `list_allowed` or `visit` no function.
        InputError: there is no kind, a kind or part is unknown, `agencies` is neither 1 nor 2, or
            the limit is no whole number above 0.
    """
    begun = parse_kinds(list_given(kinds, field="kinds"))
    walk = make_walk(
        rules, calendar_for, spoiled=spoiled, agencies=agencies, guards_read=guards_read,
        decide=decide, list_allowed=list_allowed, visit=visit, limit=limit,
    )  # fmt: skip
    walk.run(list_receipts(begun), choose_start(rules))
    return Exploration(walk=walk, spoiled=spoiled)


def make_walk(
    rules: Rules,
    calendar_for: CalendarChoice | None,
    *,
    spoiled: bool,
    agencies: int,
    guards_read: Iterable[str] = READABLE,
    decide: Decide,
    list_allowed: ListAllowed,
    visit: Visit | None,
    limit: int,
    depth: int | None = None,
) -> Walk:
    """Return a walk that has not begun."""
    if not isinstance(rules, Rules):
        raise make_type_error(rules, Rules, field="rules")
    check_count(limit, field="limit")
    _check_agencies(agencies)
    require_function(decide, field="decide")
    require_function(list_allowed, field="list_allowed")
    if visit is not None:
        require_function(visit, field="visit")
    read = parse_readable(list_given(guards_read, field="guards_read"))
    hours = make_lookup(make_hours() if calendar_for is None else calendar_for)
    return Walk(
        rules=rules,
        calendar_for=hours,
        variants=(
            *GOOD_ACTS,
            *OTHER_WAYS,
            *(OTHER_AGENCY if agencies > 1 else ()),
            *(SPOILED_ACTS if spoiled else ()),
        ),
        canonical=Canonical(
            rules,
            hours,
            counts=find_counting_states(rules) if read else frozenset(),
            guards_read=read,
        ),
        decide=decide,
        list_allowed=list_allowed,
        visit=visit,
        limit=limit,
        depth=depth,
        outcomes=Outcomes(),
    )


def _check_agencies(value: object) -> None:
    """Refuse another number of agencies than a walk has."""
    if type(value) is not int or value not in _AGENCIES:
        raise InputError(
            field="agencies", code="unknown_value", value=short_repr(value), known=_AGENCIES
        )
