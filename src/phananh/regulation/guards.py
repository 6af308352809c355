"""A guard says why an act may not be done now: a Refusal with its article, or nothing.

The name of a guard's function says what must hold; its code says what fails.
Guards are pure, total and independent of order; all are asked, so that one answer tells
everything that has to change. A guard that needs the act's payload says `needs_act`, and
is left out when only "may I?" is asked.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from phananh.articles import Article
from phananh.regulation.case import Case
from phananh.regulation.rules import Rules
from phananh.regulation.values.cleaning import is_blank

Facts = dict[str, object]
# case, act, at, rules -> the facts of an objection, or None. Act is Any: each guard knows its own.
GuardCheck = Callable[[Case, Any, datetime, Rules], Facts | None]


@attrs.frozen(kw_only=True, eq=False)
class Guard:
    """A named objection: its code, its article, and the check that finds its facts.

    `of_limit`: where a limit runs, its own clause is cited (9.1 an officer's, 9.2 an agency's).
    """

    code: str
    article: Article
    check: GuardCheck
    needs_act: bool = False
    of_limit: bool = False

    def article_for(self, case: Case) -> Article:
        """Return the article that the objection cites of this case."""
        deadline = case.deadline if self.of_limit else None
        return Article(deadline.article) if deadline else self.article


def guard(
    code: str, article: str, *, needs_act: bool = False, of_limit: bool = False
) -> Callable[[GuardCheck], Guard]:
    """Turn a check into a guard; the check returns facts to object, None to agree."""

    def wrap(check: GuardCheck) -> Guard:
        return Guard(
            code=code,
            article=Article(article),
            check=check,
            needs_act=needs_act,
            of_limit=of_limit,
        )

    return wrap


def not_blank(field: str, article: str) -> Guard:
    """Return the guard that the act's text `field`, where given, can be seen (own article)."""

    def check(_case: Case, act: Any, _at: datetime, _rules: Rules) -> Facts | None:
        text = getattr(act, field)
        return {"field": field} if text is not None and is_blank(text) else None

    return Guard(code="blank", article=Article(article), check=check, needs_act=True)
