"""How long a holder has, by which clause, since when (Art. 9.1, 9.2)."""

from datetime import date, timedelta
from typing import Any

import attrs

from phananh.articles import Article
from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.values.budget import CLAUSE_BUDGETS, Budget, budget_to_plain
from phananh.regulation.values.request import check_type
from phananh.worktime.instants import require_timedelta
from phananh.worktime.terms import Term
from phananh.worktime.validators import check_date

SIGNED_ON = date(2019, 10, 30)  # QD.2: in force on signing
# R29: from 2025-07-01 Hòa Bình is part of Phú Thọ, so a case opened later gets a caution.
LAST_DAY_BEFORE_MERGER = date(2025, 6, 30)


def check_positive(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    """Refuse an amount of working time that is not above zero."""
    if require_timedelta(value, field.name) <= timedelta():
        article = Article("9.1")
        raise InputError(field=field.name, code="not_a_limit", article=article, value=str(value))


def check_budget(limit: object, field: "attrs.Attribute[Any]", value: object) -> None:
    """Refuse what is neither working time above zero nor a term in days."""
    if isinstance(value, Term):
        return
    if not isinstance(value, timedelta):
        raise InputTypeError(field=field.name, code="not_a_budget", value=short_repr(value))
    check_positive(limit, field, value)


@attrs.frozen(kw_only=True)
class Limit(PlainValue):
    """How long a holder has, by which clause, and since when.

    Args:
        budget: working time above zero, such as `timedelta(hours=5)`, or a `Term`, such as
            `Term.working_days(5)`. `timedelta(days=5)` is 120 working hours, three weeks of
            work, and not five days.
        article: a clause of the Regulation. If the budget is not that of the clause, texts show
            the budget too.
        since: the date from which the number applies. It is part of the id of the rules, and is
            not compared with other dates. To begin these rules, give them to a desk.

    Raises:
        InputError: the budget is zero or less.
        InputTypeError: a value of another type.
    """

    budget: Budget = attrs.field(validator=check_budget)
    article: Article = attrs.field(validator=check_type(Article))
    since: date = attrs.field(validator=check_date)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `budget_us`, in microseconds, or `term`, then `article` and `since`."""
        rest = fields_to_plain(self, lang, without=("budget",))
        return {**budget_to_plain(self.budget, lang), **rest}


def sign_limit(clause: str) -> Limit:
    """Return the limit that a clause of the Decision sets, since the day of signing."""
    return Limit(budget=CLAUSE_BUDGETS[clause], article=Article(clause), since=SIGNED_ON)
