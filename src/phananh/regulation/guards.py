"""A guard says why an act may not be done now: it returns facts for a Refusal, or None.

The name of a guard's function says what must be true, and its code says what fails. Guards are
pure, total and independent of order. All of them are asked, so that one answer lists everything
that has to change. A guard on the content of the act has `needs_act`, and is left out if only
"may I?" is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import attrs

from phananh.articles import Article
from phananh.errors import InputError, InputTypeError, PhanAnhError, Refusal, short_repr
from phananh.regulation.case import Case
from phananh.regulation.citations import Cite
from phananh.regulation.values.acts import Act
from phananh.regulation.values.cleaning import is_blank
from phananh.regulation.values.row_fields import make_call_check, make_kind_check

if TYPE_CHECKING:  # rules are made of these
    from phananh.regulation.rules import Rules

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
