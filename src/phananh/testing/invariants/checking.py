"""Looks for a history that breaks an invariant: walks rules, counts beside them, compares."""

from collections.abc import Iterable, Mapping

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.regulation.context import CalendarChoice
from phananh.regulation.decide import decide as library_decide
from phananh.regulation.decide import list_allowed as library_list_allowed
from phananh.regulation.request import Kind, KindSlug
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing.arguments import list_given, require_function
from phananh.testing.exploration.canonical import READABLE
from phananh.testing.exploration.explore_rules import MOST_STATES, explore, make_walk
from phananh.testing.exploration.people import choose_start
from phananh.testing.exploration.receipts import EVERY_KIND, parse_kinds, split_kinds
from phananh.testing.exploration.small_walks import list_small_walks
from phananh.testing.exploration.walk import Decide, ListAllowed
from phananh.testing.invariants.checker import EACH, AllFound, Checker
from phananh.testing.invariants.counterexample import Counterexample
from phananh.testing.invariants.desk_checks import MakeDesk, check_desk
from phananh.testing.invariants.expected import Expected, require_expected
from phananh.testing.invariants.typed_table import the_typed_table_agrees
from phananh.testing.invariants.whole import WHOLE


def check(
    rules: Rules = HOA_BINH_2019,
    *,
    expected: Expected | None = None,
    kinds: Iterable[Kind | KindSlug] = EVERY_KIND,
    guards_read: Iterable[str] = READABLE,
    calendar_for: CalendarChoice | None = None,
    decide: Decide = library_decide,
    list_allowed: ListAllowed = library_list_allowed,
    make_desk: MakeDesk | None = None,
    only: Iterable[str] = (),
    skip: Mapping[str, str] | None = None,
) -> tuple[Counterexample, ...]:
    """Return for each invariant that some history breaks the shortest acts that do.

    Every reachable state is visited, and each act is tried in it, well formed and spoilt in each
    known way. Small walks of few acts follow, by fewer people: kinds that are treated like another,
    receipts by mail, in another language or without contact, several accused, and two agencies.

    Args:
        rules: the built-in rules, or your own.
        expected: the numbers of the text, by default those of Decision 2370.
        kinds: the kinds of requests that begin a history. Of those that the Regulation treats
            alike, such as information and proposal, the first has the large walk.
        guards_read: the parts of a case's past that your own guards read, as in `explore`.
        calendar_for: role and unit -> calendar. By default the centre and agencies have different
            hours, so that a limit on the wrong calendar shows.
        decide, list_allowed: your own functions in place of the library's.
        make_desk: rules -> a desk, for the invariants that ask a desk. By default a `Desk` on a
            `MemoryStore`.
        only: names or numbers of the invariants that are asked. Then the walk ends once each of
            them has a counterexample. By default all are asked.
        skip: name or number of an invariant -> why it is not asked of these rules.

    Raises:
        InputTypeError: `skip` is no mapping, or a function cannot be called.
        InputError: `only` or `skip` names no invariant, both name the same one, `skip` gives no
            reason, or no invariant is left to ask. Or there are more states than a walk visits,
            so that the others are unknown.
    """
    only = list_given(only, field="only")
    given = require_expected(expected)
    asked = _choose_asked(only, _parse_skip(skip), given)
    kinds = parse_kinds(list_given(kinds, field="kinds"))
    if make_desk is not None:
        require_function(make_desk, field="make_desk")
    checker = Checker(
        expected=given,
        decide=decide,
        asked=asked,
        stops=bool(only),
        kinds=kinds,
    )
    try:
        walked = explore(
            rules,
            kinds=split_kinds(kinds)[0],
            spoiled=True,
            guards_read=guards_read,
            calendar_for=calendar_for,
            decide=decide,
            list_allowed=list_allowed,
            visit=checker.visit,
        )
        checker.conclude(walked)
        for small in list_small_walks(kinds):
            small.run(
                make_walk(
                    rules, calendar_for, spoiled=False, agencies=1, guards_read=guards_read,
                    decide=decide, list_allowed=list_allowed, visit=checker.visit,
                    limit=MOST_STATES,
                ),
                choose_start(rules),
            )  # fmt: skip
    except AllFound:
        pass
    checker.add_all(check_desk(rules, checker.refused, make_desk, asked=asked))
    return tuple(sorted(checker.found.values(), key=_rank))


def _rank(example: Counterexample) -> tuple[bool, int, bool, int]:
    """Put few acts first, and a wrong due time before its echoes."""
    is_echo = example.invariant.id not in ("V15", "V16", "V21", "V22")
    number = int(example.invariant.id[1:] or 0)
    return not example.acts, len(example.acts), is_echo, number


def _parse_skip(skip: object) -> Mapping[str, str]:
    """Return the invariants that are not asked, each with its reason."""
    if skip is None:
        return {}
    if not isinstance(skip, Mapping):
        raise InputTypeError(field="skip", code="not_reasons", value=short_repr(skip))
    for name, reason in skip.items():
        if not isinstance(reason, str) or not reason.strip():
            raise InputError(field="skip", code="skipped_without_reason", value=short_repr(name))
    return skip


def _choose_asked(
    only: tuple[str, ...], skip: Mapping[str, str], expected: Expected
) -> frozenset[str]:
    """Return the names of the invariants that are asked."""
    every = (*EACH, *WHOLE)
    known = {name for each in every for name in (each.id, each.name)}
    for field, names in (("only", only), ("skip", (*skip,))):
        for name in names:
            if name not in known:
                raise InputError(field=field, code="not_an_invariant", value=short_repr(name))
    chosen = [each for each in every if not only or {each.id, each.name} & {*only}]
    skipped = [each for each in chosen if {each.id, each.name} & skip.keys()]
    if only and skipped:
        raise InputError(field="only", code="only_and_skipped", value=skipped[0].id)
    asked = frozenset(each.name for each in chosen if each not in skipped)
    untyped = {the_typed_table_agrees.name} if expected.outcomes is None else set()
    if not asked - untyped:
        raise InputError(field="only" if only else "skip", code="no_invariant_left")
    return asked
