"""The steps of a case for one role, each with the reasons against it and the form that it takes.

A form offers what the Regulation takes now: each choice, and each field that may be left out, is
tried with sample values for the rest, and left out if the act would be refused. A step that the
person may not do has no form, so it tells them no more than `Desk.allowed` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from phananh.articles import Article
from phananh.desk.forms import Choice, Field, list_fields, make_act, make_schema
from phananh.desk.lookup import is_code_of
from phananh.errors import InputError, Refusal, check_language
from phananh.messages.labels import word
from phananh.plain_value import PlainValue
from phananh.regulation.acts import ACTS, NotifyUnit, Receive
from phananh.regulation.case import Case
from phananh.regulation.context import DecisionContext
from phananh.regulation.decide import as_of, list_of_role, would_refuse
from phananh.regulation.receipt import find_receipt_refusals
from phananh.regulation.request import Person, require_person
from phananh.regulation.rules import Rules, find_in_force
from phananh.worktime.instants import VIETNAM

if TYPE_CHECKING:
    from phananh.desk.desk import Desk

May = Callable[[Any], bool]


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class CaseStep(PlainValue):
    """A step that the role of a person has in the state of a case.

    `reasons` are why this person may not take it now, empty if they may. `fields` are those of its
    form, empty if they may not. `article` is its clause.
    """

    trigger: str
    article: Article
    reasons: tuple[Refusal, ...]
    fields: tuple[Field, ...]

    def schema(self, lang: str = "en") -> dict[str, Any]:
        """Return the JSON Schema of what `make_act` takes, with titles in `vi` or `en`."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": word("trigger", self.trigger, check_language(lang)),
            **make_schema(self.fields, lang),
        }


def list_steps(desk: Desk, case: Case | str | None, by: Person) -> tuple[CaseStep, ...]:
    """Return what `Desk.steps` does."""
    require_person(by)
    if case is None:
        rules = find_in_force(desk.rules, desk.now().astimezone(VIETNAM).date())
        return tuple(_list_receipts(rules, by))
    stored = desk.case_of(case)
    context = desk.context_of(stored, by_code=is_code_of(stored, case))
    found = as_of(stored, context)
    return tuple(
        CaseStep(
            trigger=row.trigger,
            article=row.article if reasons else row.article_for(found),
            reasons=reasons,
            fields=() if reasons else tuple(_list_open(row.trigger, found, by, context)),
        )
        for row, reasons in list_of_role(found, by, context)
    )


def _list_receipts(rules: Rules, by: Person) -> Iterator[CaseStep]:
    fields = list_fields(Receive)

    def may(channel: Any) -> bool:
        act = make_act(Receive.trigger, _fill_in(fields, by) | {"channel": channel}, by=by)
        assert isinstance(act, Receive)
        return not find_receipt_refusals(act, rules=rules)

    offered = tuple(_keep_choices(e, may) if e.name == "channel" else e for e in fields)
    if all(each.choices for each in offered if each.name == "channel"):
        yield CaseStep(
            trigger=Receive.trigger, article=rules.receipt_article, reasons=(), fields=offered
        )


def _list_open(trigger: str, case: Case, by: Person, context: DecisionContext) -> Iterator[Field]:
    """Yield the fields of an act that is allowed, as far as they can be filled in now."""
    kind: Any = ACTS[trigger]
    fields = list_fields(kind)
    if trigger == NotifyUnit.trigger:
        named = filter(None, (*(each.unit for each in case.accused), case.about_unit))
        units = tuple(Choice(value=each, vi=each, en=each) for each in dict.fromkeys(named))
        fields = tuple(
            attrs.evolve(each, choices=units) if each.name == "unit" else each for each in fields
        )

    def may(name: str, value: Any) -> bool:
        try:
            act = make_act(trigger, _fill_in(fields, by) | {name: value}, by=by)
        except InputError:
            return False
        return not would_refuse(case, act, context)

    for field in fields:
        yield from _offer(field, _make_sample(field, by), partial(may, field.name))


def _offer(field: Field, sample: Any, may: May) -> Iterator[Field]:
    """Yield a field with the choices that may be made, or nothing if it may not be filled in."""
    if field.choices:
        kept = _keep_choices(field, may)
        if kept.choices or field.required:
            yield kept
    elif field.required or may(sample):
        own = (_keep_choices(e, partial(_may_in, may, sample, e.name)) for e in field.fields)
        yield attrs.evolve(field, fields=tuple(own))


def _may_in(may: May, sample: dict[str, Any], name: str, value: Any) -> bool:
    return may(sample | {name: value})


def _keep_choices(field: Field, may: May) -> Field:
    """Return a field with the choices that may be made, or as it is if it has none."""
    return attrs.evolve(field, choices=tuple(each for each in field.choices if may(each.value)))


def _fill_in(fields: Iterable[Field], by: Person) -> dict[str, Any]:
    """Return sample values of the required fields."""
    return {e.name: _make_sample(e, by) for e in fields if e.required or e.required_in_group}


def _make_sample(field: Field, by: Person) -> Any:
    """Return a value that is as good as any other. `by`, who may act, is nobody accused."""
    if field.choices:
        return next(iter(field.choices)).value
    if field.fields:
        found = _fill_in(field.fields, by) or {e.name: _make_sample(e, by) for e in field.fields}
        return found | ({"id": by.id} if "id" in found else {})
    return "2199-12-31T00:00:00+07:00" if field.type == "instant" else "..."
