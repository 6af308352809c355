"""A guard says why an act may not be done now: it returns facts for a Refusal, or None.

The name of a guard's function says what must be true, and its code says what fails. Guards are
pure, total and independent of order. All of them are asked, so that one answer lists everything
that has to change, but for what an accused could learn from it: see `Guard.compares`. A guard on
the content of the act has `needs_act`, and is left out if only "may I?" is asked.

A guard or a row may cite the clause that fits the case. A lapse and a move cite the clause of the
limit (Art. 9.1, 9.2), and an officer's answer after findings 8.1.c1. A close cites the clause of
the answer or refusal (8.1.a, 8.1.b, 8.1.c1, 8.2.b, 7.2). A note cites its author's duty to record
(8.1.c1, 8.2.b, else 10.2.a).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from phananh.articles import Article
from phananh.errors import InputError, InputTypeError, PhanAnhError, Refusal, short_repr
from phananh.plain_data import show_fields
from phananh.regulation.acts import Act
from phananh.regulation.case import Case, find_latest_lapse, find_stored
from phananh.regulation.cleaning import is_blank
from phananh.regulation.request import Role

if TYPE_CHECKING:
    from phananh.regulation.rules import Rules as Rules
else:
    Rules = Any  # rules are made of guards, which name them in annotations only


def make_kind_check(*kinds: Any, form: str) -> Any:
    """Return an attrs validator for a value of one of these kinds. `form` is how to write one."""

    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, kinds):
            raise _make_type_error(field, value, kinds[0], form)

    return check


def make_items_check(container: type[Collection[Any]], kind: type) -> Any:
    """Return an attrs validator: a container, such as a tuple, of values of this kind."""

    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, container) or not all(isinstance(each, kind) for each in value):
            form = f"a {container.__name__} of {kind.__name__} values"
            raise _make_type_error(field, value, container, form)

    return check


def _make_type_error(
    field: attrs.Attribute[Any], value: object, kind: Any, form: str
) -> InputTypeError:
    facts = {"value": short_repr(value), "kind": kind.__name__, "form": form}
    return InputTypeError(field=field.name, code="not_of_type", **facts)


IS_FUNCTION = make_kind_check(Callable, form="def name(...): ...")
Cite = Callable[[Case], Article | None]
_FINDINGS = Article("8.1.c1")
# An officer and an agency keep the record up to date (8.1.c1), a provider its progress (8.2.b),
# and the leadership gives its opinion (8.3).
_NOTES = {
    Role.OFFICER: _FINDINGS,
    Role.AGENCY: _FINDINGS,
    Role.PROVIDER: Article("8.2.b"),
    Role.LEADERSHIP: Article("8.3"),
}
_find_article = lru_cache(Article)  # each is made once


def cite_limit(case: Case) -> Article | None:
    """Return the clause of the limit that runs, or None."""
    # The last one. A time that was set after its limit had run out (R4) belongs to it too.
    return _find_article(case.deadlines[-1][1].article) if case.clock else None


def cite_findings(case: Case) -> Article | None:
    """Return 8.1.c1 once an agency has reported its findings, else None."""
    return _FINDINGS if case.findings else None


def cite_note(author: Role) -> Article | None:
    """Return the clause by which this holder adds to the record, or None for that of the row."""
    return _NOTES.get(author)


def cite_result(case: Case) -> Article | None:
    """Return the clause by which the case was answered or refused, or None while it is open."""
    return _find_article(case.result_article) if case.result_article else None


Facts = dict[str, object]
# case, act, at, rules -> the facts of an objection, or None. Act is Any: each guard knows its own.
GuardCheck = Callable[[Case, Any, datetime, "Rules"], Facts | None]


@attrs.frozen(kw_only=True, eq=False)
class Guard:
    """A named objection: its code, its article, and the check that finds its facts.

    If the clause depends on the case, `cite` finds it. `reading` is the id of the reading it
    rests on, cited beside the nearest clause.

    `compares` means that the check compares a text with data of the sender or the accused. It is
    asked last, only if nothing else objects. `is_private` means that its answer depends on who
    complained, who is accused or who has the case. It is not asked if an accused acts.
    """

    code: str = attrs.field(validator=make_kind_check(str, form='"not_later"'))
    article: Article = attrs.field(validator=make_kind_check(Article, form='Article("9.3")'))
    check: GuardCheck = attrs.field(validator=IS_FUNCTION)
    needs_act: bool = False
    compares: bool = False
    is_private: bool = False
    cite: Cite | None = None
    reading: str | None = None

    __repr__ = show_fields

    def article_for(self, case: Case) -> Article:
        """Return the article that the objection cites in this case."""
        return (self.cite(case) if self.cite else None) or self.article

    def make_refusal(self, case: Case, facts: object) -> Refusal:
        """Return the refusal of an act on this case, with the facts that the check found.

        Raises:
            InputTypeError: the check returned something other than facts or None.
        """
        if type(facts) is not dict and not isinstance(facts, Mapping):
            value = short_repr(facts)
            raise InputTypeError(field="guards", code="not_facts", guard=self.code, value=value)
        return Refusal(
            code=self.code, article=self.article_for(case), reading=self.reading, facts=facts
        )

    def explain_failure(self, error: Exception, act: Act, *, with_payload: bool) -> None:
        """Add to an error of the check which guard of which act it is from.

        Raises:
            InputError: the check reads the content of an act, and only the person is known.
        """
        if not with_payload and getattr(error, "obj", None) is act:
            facts = {"guard": self.code, "name": getattr(error, "name", None)}
            raise InputError(field="guards", code="guard_reads_act", **facts) from error
        if not isinstance(error, PhanAnhError):
            ways = "it returns facts to object, or None to agree"
            error.add_note(f"in the guard {self.code} of {act.trigger}: {ways}")


def guard(
    code: str,
    article: str,
    *,
    needs_act: bool = False,
    compares: bool = False,
    is_private: bool = False,
    cite: Cite | None = None,
    reading: str | None = None,
) -> Callable[[GuardCheck], Guard]:
    """Turn a check into a guard. The check returns facts to object, or None to agree.

    Example:
        >>> @guard("too_far", "9.3", needs_act=True)
        ... def within_three_days(case, act, at, rules):
        ...     return None if act.to <= at + timedelta(days=3) else {"days": 3}
        >>> print(within_three_days.code, within_three_days.article)
        too_far 9.3
    """

    return lambda check: Guard(
        code=code,
        article=Article(article),
        check=check,
        needs_act=needs_act,
        compares=compares,
        is_private=is_private,
        cite=cite,
        reading=reading,
    )


def cite_lapse(case: Case) -> Article | None:
    """Return the clause of the limit of the latest lapse that counts, or None."""
    lapse = find_latest_lapse(case)
    stored = find_stored(case, lapse.opened_by) if lapse else None
    return _find_article(stored.article) if stored else None


def cite_reassignment(case: Case) -> Article | None:
    """Return 11.1.a, by which a unit names who handles a case, unless somebody is accused."""
    return None if case.accused else _find_article("11.1.a")


def not_blank(
    field: str, article: str, *, cite: Cite | None = None, reading: str | None = None
) -> Guard:
    """Return a guard, with this article, that objects to an invisible text in `field`."""

    def check(_case: Case, act: Any, _at: datetime, _rules: Rules) -> Facts | None:
        text = getattr(act, field)
        return {"field": field} if text is not None and is_blank(text) else None

    return guard("blank", article, needs_act=True, cite=cite, reading=reading)(check)
