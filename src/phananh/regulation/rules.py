"""The numbers of Article 9 and the readings of what the text leaves open, as values.

Numbers are dated and cited; a reading is an option with its default (docs: open questions).
A second regulation is a second `Rules`: the same code runs it.
"""

import hashlib
import re
from datetime import date, timedelta
from typing import Any, Final, Literal

import attrs

from phananh.articles import Article
from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.values.budget import CLAUSE_BUDGETS, Budget, budget_to_plain
from phananh.regulation.values.cleaning import clean_id
from phananh.regulation.values.request import Role, check_type
from phananh.worktime.instants import require_timedelta
from phananh.worktime.terms import Term
from phananh.worktime.validators import check_date, check_flag


def _check_positive(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if require_timedelta(value, field.name) <= timedelta():
        article = Article("9.1")
        raise InputError(field=field.name, code="not_a_limit", article=article, value=str(value))


def _check_budget(limit: "Limit", field: "attrs.Attribute[Any]", value: object) -> None:
    if isinstance(value, Term):
        return
    if not isinstance(value, timedelta):
        raise InputTypeError(field=field.name, code="not_a_budget", value=short_repr(value))
    _check_positive(limit, field, value)


def _check_last_day(rules: "Rules", field: "attrs.Attribute[Any]", value: date | None) -> None:
    if value is None:
        return
    check_date(rules, field, value)
    if value < rules.valid_from:
        first = rules.valid_from
        raise InputError(field=field.name, code="before_valid_from", first=first, last=value)


@attrs.frozen(kw_only=True)
class Limit(PlainValue):
    """How long somebody has; by which clause, since when.

    Args:
        budget: working time above zero, such as `timedelta(hours=5)`; or a `Term`, such as
            `Term.working_days(5)`. `timedelta(days=5)` is 120 working hours, three weeks of
            work, and not five days.
        article: a clause of the Regulation; a limit that is another than this clause's is
            shown as one of its own.
        since: from when the number holds, a date that is kept with it and is part of the id of
            the rules. It is not compared with anything: who decides when these rules begin
            gives them to a desk then.

    Raises:
        InputError: no time above zero. InputTypeError: a value of another type.
    """

    budget: Budget = attrs.field(validator=_check_budget)
    article: Article = attrs.field(validator=check_type(Article))
    since: date = attrs.field(validator=check_date)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `budget_us`, in microseconds, or `term`; `article` and `since`."""
        rest = fields_to_plain(self, lang, without=("budget",))
        return {**budget_to_plain(self.budget, lang), **rest}


def _check_times(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if type(value) is not int or value < 0:
        article, given = Article("9.3"), short_repr(value)
        raise InputError(
            field=field.name, code="not_a_number_of_times", article=article, value=given
        )


_HANDLERS = frozenset({Role.OFFICER, Role.AGENCY, Role.PROVIDER, Role.LEADERSHIP})
_PREFIX = re.compile("[A-Z][A-Z0-9]{0,7}")
_CONTACT = frozenset({"name", "reply", "address", "phone", "email"})


def _make_subset_check(known: frozenset[Any]) -> Any:
    def check(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        if not isinstance(value, frozenset):
            raise InputTypeError(field=field.name, code="not_a_set", value=short_repr(value))
        if not value <= known:
            unknown, others = (tuple(sorted(map(str, each))) for each in (value - known, known))
            raise InputError(field=field.name, code="unknown_value", value=unknown, known=others)

    return check


def _to_frozenset(value: object) -> object:
    return frozenset(value) if isinstance(value, set | list | tuple) else value


def _set_field(known: frozenset[Any], default: frozenset[Any]) -> Any:
    return attrs.field(
        default=default, converter=_to_frozenset, validator=_make_subset_check(known)
    )


def _flag_field(*, default: bool) -> Any:
    return attrs.field(default=default, validator=check_flag)


_IS_LIMIT = check_type(Limit)
_MAY_BE_LIMIT = attrs.validators.optional(_IS_LIMIT)


def _check_name(_: object, field: "attrs.Attribute[str]", value: object) -> None:
    clean_id(value, field=field.name)


def _check_prefix(_: object, field: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or not _PREFIX.fullmatch(value):
        raise InputError(field=field.name, code="not_a_prefix", value=short_repr(value))


def _make_choice_check(article: str, *known: str) -> Any:
    def check(_: object, field: "attrs.Attribute[str]", value: object) -> None:
        if value not in known:
            clause, given = Article(article), short_repr(value)
            raise InputError(
                field=field.name, code="unknown_value", article=clause, value=given, known=known
            )

    return check


@attrs.frozen(kw_only=True)
class Rules(PlainValue):
    """One regulation's numbers and readings; `id` tells any two of them apart.

    officer_limit, agency_limit: Art. 9.1 and 9.2.  reschedules: Art. 9.3.
    reply_limit (R8), provider_limit and leadership_limit (R9): the text gives no number.
    overdue_stages: whose lapse is a state, not only a fact (R2).
    reschedule_moves_due (R3), reschedule_after_due (R4), first_appointment_counts (R5).
    silent_warning: working time after which a wait without a limit is pointed out (R9).
    reassign_restarts_clock (R10).  late_after: "due" or "next_opening" (R14).
    notice_reaches_back: whether a notice moves a limit that ran out before its date (R37).
    contact_required (R11): of name, address, phone, email; `reply` is one way to reply.
    contact_gate: whether only what has that contact is handed on (R42).
    asked_again: "continues" or "fresh", the limit of an agency asked again (R41).
    valid_until: the last day on which a new case is surely under these rules (R29).
    id_prefix: what the ids of cases begin with: 1 to 8 capital letters and digits.
    """

    name: str = attrs.field(validator=_check_name)
    officer_limit: Limit = attrs.field(validator=_IS_LIMIT)
    agency_limit: Limit = attrs.field(validator=_IS_LIMIT)
    reschedules: int = attrs.field(default=1, validator=_check_times)
    reply_limit: Limit | None = attrs.field(default=None, validator=_MAY_BE_LIMIT)
    provider_limit: Limit | None = attrs.field(default=None, validator=_MAY_BE_LIMIT)
    leadership_limit: Limit | None = attrs.field(default=None, validator=_MAY_BE_LIMIT)
    overdue_stages: frozenset[Role] = _set_field(_HANDLERS, _HANDLERS)
    reschedule_moves_due: bool = _flag_field(default=True)
    reschedule_after_due: bool = _flag_field(default=False)
    first_appointment_counts: bool = _flag_field(default=False)
    silent_warning: timedelta = attrs.field(default=timedelta(hours=40), validator=_check_positive)
    reassign_restarts_clock: bool = _flag_field(default=False)
    notice_reaches_back: bool = _flag_field(default=False)
    contact_required: frozenset[str] = _set_field(_CONTACT, frozenset({"name", "reply"}))
    late_after: Literal["due", "next_opening"] = attrs.field(
        default="due", validator=_make_choice_check("9.2", "due", "next_opening")
    )
    contact_gate: bool = _flag_field(default=True)
    asked_again: Literal["continues", "fresh"] = attrs.field(
        default="continues", validator=_make_choice_check("9.2", "continues", "fresh")
    )
    valid_from: date = attrs.field(default=date(2019, 10, 30), validator=check_date)
    valid_until: date | None = attrs.field(default=None, validator=_check_last_day)
    id_prefix: str = attrs.field(default="HB", validator=_check_prefix)
    id: str = attrs.field(
        init=False, default=attrs.Factory(lambda rules: _make_id(rules), takes_self=True)
    )

    def limit(self, holder: Role) -> Limit | None:
        """Return the limit that starts when the case comes to `holder` (Art. 9.1, 9.2)."""
        if holder is Role.OFFICER:
            return self.officer_limit
        if holder is Role.AGENCY:
            return self.agency_limit
        return self.provider_limit if holder is Role.PROVIDER else self.leadership_limit


# What each option was by default in the release that brought it. Never change a line: an option
# that is as it was then is no part of an id, so that a new one gives no rules a new id.
FIRST_DEFAULTS: Final[dict[str, str]] = {
    "reschedules": "1",
    "reply_limit": "None",
    "provider_limit": "None",
    "leadership_limit": "None",
    "overdue_stages": "agency,leadership,officer,provider",
    "reschedule_moves_due": "True",
    "reschedule_after_due": "False",
    "first_appointment_counts": "False",
    "silent_warning": "144000.0s",
    "reassign_restarts_clock": "False",
    "notice_reaches_back": "False",
    "contact_required": "name,reply",
    "late_after": "due",
    "contact_gate": "True",
    "asked_again": "continues",
    "valid_from": "2019-10-30",
    "valid_until": "None",
    "id_prefix": "HB",
}


def _make_id(rules: Rules) -> str:
    """Return the name and a digest of what sets these rules apart: which table allowed this."""
    names = (field.name for field in attrs.fields(type(rules)) if field.name != "id")
    texts = {name: _to_text(getattr(rules, name)) for name in names}
    parts = [f"{name}={text}" for name, text in texts.items() if FIRST_DEFAULTS.get(name) != text]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"{rules.name}-{digest[:8]}"


def _to_text(value: object) -> str:
    if isinstance(value, frozenset):
        return ",".join(sorted(str(item) for item in value))
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
        is_whole = timedelta(seconds=seconds) == value  # ids of before say seconds
        return f"{seconds}s" if is_whole else f"{value // timedelta.resolution}us"
    if isinstance(value, Limit):
        return f"{_to_text(value.budget)} {value.article.id} {value.since}"
    return str(value)


SIGNED_ON = date(2019, 10, 30)  # QD.2: in force on signing
# R29: from 2025-07-01 Hòa Bình is part of Phú Thọ; a case opened later is pointed out.
LAST_DAY_BEFORE_MERGER = date(2025, 6, 30)


def _signed_limit(clause: str) -> Limit:
    return Limit(budget=CLAUSE_BUDGETS[clause], article=Article(clause), since=SIGNED_ON)


HOA_BINH_2019 = Rules(
    name="HB-2019",
    officer_limit=_signed_limit("9.1"),
    agency_limit=_signed_limit("9.2"),
    reschedules=1,
    valid_from=SIGNED_ON,
    valid_until=LAST_DAY_BEFORE_MERGER,
)
