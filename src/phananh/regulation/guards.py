"""A guard says why an act may not be done now: it returns facts for a Refusal, or None.

The name of a guard's function says what must be true, and its code says what fails. Guards are
pure, total and independent of order. All of them are asked, so that one answer lists everything
that has to change. A guard on the content of the act has `needs_act`, and is left out if only
"may I?" is asked.

A guard or a row may cite the clause that fits the case. A lapse and a move cite the clause of the
limit (Art. 9.1, 9.2), and an officer's answer after findings 8.1.c1. A close cites the clause of
the answer or refusal (8.1.a, 8.1.b, 8.1.c1, 8.2.b, 7.2). A note cites its author's duty to record
(8.1.c1, 8.2.b, else 10.2.a).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from phananh.articles import Article
from phananh.errors import InputError, InputTypeError, PhanAnhError, Refusal, short_repr
from phananh.regulation.acts import Act
from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_blank
from phananh.regulation.request import Role

if TYPE_CHECKING:
    from phananh.regulation.rules import Rules


def make_kind_check(*kinds: type, form: str) -> Any:
    """Return an attrs validator for a value of one of these kinds. `form` is how to write one."""

    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, kinds):
            raise _make_error(field, value, kinds[0].__name__, form)

    return check


def make_tuple_check(kind: type, *, least: int = 0) -> Any:
    """Return an attrs validator: a tuple of at least `least` values of this kind."""

    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, tuple) or not all(isinstance(each, kind) for each in value):
            raise InputTypeError(field=field.name, code="not_rows", kind=kind.__name__)
        if len(value) < least:
            raise InputError(field=field.name, code="empty_row", kind=kind.__name__)

    return check


def make_set_check(kind: type, *, form: str) -> Any:
    """Return an attrs validator: a frozenset of values of this kind."""

    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, frozenset) or not all(isinstance(each, kind) for each in value):
            raise _make_error(field, value, f"frozenset[{kind.__name__}]", form)

    return check


def check_function(_: object, field: attrs.Attribute[Any], value: object) -> None:
    """Refuse a value that cannot be called."""
    if not callable(value):
        raise _make_error(field, value, "function", "def name(...): ...")


def make_call_check(*names: str) -> Any:
    """Return an attrs validator: a function that takes these arguments, in this order."""

    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        check_function(_, field, value)
        if not _takes(value, len(names)):
            given = getattr(value, "__name__", short_repr(value))
            facts = {"value": given, "names": ", ".join(names)}
            raise InputTypeError(field=field.name, code="not_taking", **facts)

    return check


def _takes(function: Any, count: int) -> bool:
    """Return whether a function can be called with so many arguments, by position."""
    code = getattr(function, "__code__", None)
    if (
        code is not None
        and inspect.isfunction(function)
        and code.co_argcount == count
        and not code.co_kwonlyargcount
    ):
        return True  # most do, and a signature takes long to make
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some functions written in C have none
        return True
    try:
        signature.bind(*[None] * count)
    except TypeError:
        return False
    return True


def _make_error(field: attrs.Attribute[Any], value: object, kind: str, form: str) -> InputTypeError:
    given = short_repr(value)
    return InputTypeError(field=field.name, code="not_of_type", value=given, kind=kind, form=form)


Cite = Callable[[Case], Article | None]
AGENCY_LIMIT = Article("9.2")
_FINDINGS = Article("8.1.c1")
# An officer and an agency keep the record up to date (8.1.c1), a provider its progress (8.2.b).
_NOTES = {Role.OFFICER: _FINDINGS, Role.AGENCY: _FINDINGS, Role.PROVIDER: Article("8.2.b")}
_find_article = lru_cache(Article)  # each is made once


def cite_limit(case: Case) -> Article | None:
    """Return the clause of the limit that runs, or None."""
    if case.clock is None or not case.deadlines:
        return None
    # The last one. A time that was set after its limit had run out (R4) belongs to it too.
    return _find_article(case.deadlines[-1][1].article)


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
    """

    code: str = attrs.field(validator=make_kind_check(str, form='"not_later"'))
    article: Article = attrs.field(validator=make_kind_check(Article, form='Article("9.3")'))
    check: GuardCheck = attrs.field(validator=make_call_check("case", "act", "at", "rules"))
    needs_act: bool = False
    cite: Cite | None = None
    reading: str | None = None

    def article_for(self, case: Case) -> Article:
        """Return the article that the objection cites in this case."""
        return (self.cite(case) if self.cite else None) or self.article

    def make_refusal(self, case: Case, facts: object) -> Refusal:
        """Return the refusal of an act on this case, with the facts that the check found.

        Raises:
            InputTypeError: the check returned something other than facts or None.
        """
        if not isinstance(facts, Mapping):
            value = short_repr(facts)
            raise InputTypeError(field="guards", code="not_facts", guard=self.code, value=value)
        article = self.article_for(case)
        return Refusal(code=self.code, article=article, reading=self.reading, facts=facts)

    def explain_failure(self, error: Exception, act: Act, *, with_payload: bool) -> None:
        """Add to an error of the check which guard of which act it is from.

        Raises:
            InputError: the check reads the content of an act, and only the person is known.
        """
        if not with_payload and isinstance(error, AttributeError) and error.obj is act:
            facts = {"guard": self.code, "name": error.name}
            raise InputError(field="guards", code="guard_reads_act", **facts) from error
        if not isinstance(error, PhanAnhError):
            ways = "it returns facts to object, or None to agree"
            error.add_note(f"in the guard {self.code} of {act.trigger}: {ways}")


def guard(
    code: str,
    article: str,
    *,
    needs_act: bool = False,
    cite: Cite | None = None,
    reading: str | None = None,
) -> Callable[[GuardCheck], Guard]:
    """Turn a check into a guard. The check returns facts to object, or None to agree."""

    def wrap(check: GuardCheck) -> Guard:
        return Guard(
            code=code,
            article=Article(article),
            check=check,
            needs_act=needs_act,
            cite=cite,
            reading=reading,
        )

    return wrap


def not_blank(field: str, article: str, *, cite: Cite | None = None) -> Guard:
    """Return a guard, with this article, that objects to an invisible text in `field`."""

    def check(_case: Case, act: Any, _at: datetime, _rules: Rules) -> Facts | None:
        text = getattr(act, field)
        return {"field": field} if text is not None and is_blank(text) else None

    return Guard(code="blank", article=Article(article), check=check, needs_act=True, cite=cite)
