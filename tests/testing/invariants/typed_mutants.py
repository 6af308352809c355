"""Mistakes in rules that the typed table and the witnesses find: clauses, and what never comes."""

from typing import Any

import attrs

from phananh.articles import Article
from phananh.regulation import recorders as right
from phananh.regulation.lifecycle import Transition
from phananh.regulation.request import Kind, Role
from phananh.regulation.rules import HOA_BINH_2019
from tests.regulation.changed_rows import Change, on, rules_of, wider
from tests.testing.invariants.mutant import Mutant

TABLE = "the_typed_table_agrees"
REACHED = "what_must_be_possible_happens"


def _row(name: str, found_by: str, change: Change, *kinds: str) -> Mutant:
    given = {"rules": rules_of(change), "guards_read": (), "kinds": kinds}
    return Mutant(name=name, found_by=found_by, given=given)


def _rules(name: str, **changes: Any) -> Mutant:
    rules = attrs.evolve(HOA_BINH_2019, **changes)
    return Mutant(name=name, found_by=TABLE, given={"rules": rules, "kinds": ["conduct"]})


def _no_provider(row: Transition) -> Transition | None:
    return None if row.target is Role.PROVIDER else row


def _only_services(case, act, _at, _rules):
    return None if case.kind is Kind.SERVICE else {"role": act.to.role.value}


def _leadership_for_services(row: Transition) -> Transition:
    if row.target is not Role.LEADERSHIP:
        return row
    fits = [attrs.evolve(g, check=_only_services) for g in row.guards if g.code == "unfit_target"]
    others = [guard for guard in row.guards if guard.code != "unfit_target"]
    return attrs.evolve(row, guards=(*others, *fits))


def _always_competent(case, act, head, context):
    return attrs.evolve(right.advise(case, act, head, context), within_competence=True)


def _officer_by_the_providers_clause(row: Transition) -> Transition:
    if row.trigger != "answer" or row.holders != {Role.OFFICER}:
        return row
    return attrs.evolve(row, article=Article("8.2.b"), others=(), cite=None)


def _citing(clause: str, of: Any) -> Any:
    return attrs.evolve(of, article=Article(clause))


_CLAUSES = {
    "a reschedule cites 9.2": on("reschedule", article=Article("9.2")),
    "closing cites 7.2": on("close", "answered", article=Article("7.2"), others=(), cite=None),
    "an officer answers by 8.2.b": _officer_by_the_providers_clause,
}
TYPED_MUTANTS: tuple[Mutant, ...] = (
    _row("M40 a lapse by an operator", TABLE, wider("lapse", who="operator"), "conduct"),
    _row("M70 no provider", TABLE, _no_provider, "service"),
    _row("M71 the leadership hears of services only", REACHED, _leadership_for_services,
         "conduct"),
    _row("M72 always competent", REACHED, on("advise", make_event=_always_competent), "conduct"),
    *(_row(f"M73 {name}", TABLE, change, "conduct") for name, change in _CLAUSES.items()),
    _rules("M73 a receipt cites 7.2", receipt_article=Article("7.2")),
    _rules("M73 the limits cite each other's clause",
           officer_limit=_citing("9.2", HOA_BINH_2019.officer_limit),
           agency_limit=_citing("9.1", HOA_BINH_2019.agency_limit)),
)  # fmt: skip
