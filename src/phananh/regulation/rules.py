"""A regulation as one value: its numbers, readings, lifecycle, requirements and clauses.

Numbers are dated and cited, and a reading is an option with its default (docs: open questions).
A second regulation is a second `Rules`, made of the same pieces, and the same code runs it. A case
is decided, to its end, under the rules in force at its receipt (17.2, R47).
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Final, Literal

import attrs

from phananh.articles import DECISION_2370, Article, Document
from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.cleaning import clean_id
from phananh.regulation.conduct import EVERY_ACT
from phananh.regulation.deadline import (
    CLAUSE_BUDGETS,
    LAST_DAY_BEFORE_MERGER,
    SIGNED_ON,
    Limit,
    check_positive,
)
from phananh.regulation.guards import Guard, make_items_check
from phananh.regulation.intake import INTAKE, Requirement
from phananh.regulation.lifecycle import LIFECYCLE, Transition
from phananh.regulation.readings import READINGS, Reading
from phananh.regulation.receipt import RECEIPT_ARTICLE
from phananh.regulation.request import Role, check_type
from phananh.worktime.validators import check_date, check_flag, tuple_of


def _check_last_day(rules: "Rules", field: "attrs.Attribute[Any]", value: date | None) -> None:
    if value is None:
        return
    check_date(rules, field, value)
    if value < rules.valid_from:
        first = rules.valid_from
        raise InputError(field=field.name, code="before_valid_from", first=first, last=value)


def _check_times(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if type(value) is not int or value < 0:
        article, given = Article("9.3"), short_repr(value)
        raise InputError(
            field=field.name, code="not_a_number_of_times", article=article, value=given
        )


_HANDLERS = frozenset({Role.OFFICER, Role.AGENCY, Role.PROVIDER, Role.LEADERSHIP})
_PREFIX = re.compile("[A-Z][A-Z0-9]{0,7}")
_CONTACT = frozenset({"name", "reply", "address", "phone", "email"})


def _set_field(known: frozenset[Any], default: frozenset[Any]) -> Any:
    def check(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        if not isinstance(value, frozenset):
            raise InputTypeError(field=field.name, code="not_a_set", value=short_repr(value))
        if not value <= known:
            unknown, others = (tuple(sorted(map(str, each))) for each in (value - known, known))
            raise InputError(field=field.name, code="unknown_value", value=unknown, known=others)

    return attrs.field(
        default=default,
        converter=lambda value: (
            frozenset(value) if isinstance(value, set | list | tuple) else value
        ),
        validator=check,
    )


def _rows_field(kind: type[Any], default: tuple[Any, ...]) -> Any:
    """Return a field that holds a table: rows of one kind, in order."""
    check = make_items_check(tuple, kind)
    return attrs.field(
        default=default,
        converter=lambda value: tuple(value) if isinstance(value, list) else value,
        validator=check,
        repr=lambda rows: f"<{len(rows)}>",
    )


_IS_LIMIT = check_type(Limit)
_MAY_BE_LIMIT = attrs.validators.optional(_IS_LIMIT)


def _check_name(_: object, field: "attrs.Attribute[str]", value: object) -> None:
    clean_id(value, field=field.name)


def _to_ids(value: object) -> tuple[str, ...]:
    return tuple(clean_id(each, field="former_ids") for each in tuple_of(str, "former_ids", value))


def _check_prefix(_: object, field: "attrs.Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or not _PREFIX.fullmatch(value):
        raise InputError(field=field.name, code="not_a_prefix", value=short_repr(value))


def _choice_field(article: str, *known: str) -> Any:
    """Return a field for one of these words, by default the first."""

    def check(_: object, field: "attrs.Attribute[str]", value: object) -> None:
        if value not in known:
            facts = {"article": Article(article), "value": short_repr(value), "known": known}
            raise InputError(field=field.name, code="unknown_value", **facts)

    return attrs.field(default=known[0], validator=check)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Rules(PlainValue):
    """One regulation's numbers and readings. `id`, its name and version, goes into every event.

    A stored case is decided under the rules that its id names, to its end. So give rules that
    you have changed another version, and keep the former ones on the desk.

    Args:
        name: a name for the rules, written as an id.
        version: the version of the rules under this name, written as an id.
        former_ids: ids under which earlier cases of these same rules are stored.
        officer_limit: the officer's limit (Art. 9.1).
        agency_limit: the agency's limit (Art. 9.2).
        reschedules: how often a case may be rescheduled (Art. 9.3).
        reply_limit: the officer's limit after findings (R8). The text gives no number.
        provider_limit: the provider's limit (R9). The text gives no number.
        leadership_limit: the leadership's limit (R9). The text gives no number.
        overdue_stages: the roles with a lapse that changes the state (R2).
        reschedule_moves_due: whether a reschedule moves the due time (R3).
        reschedule_after_due: whether it is possible after the due instant (R4).
        first_appointment_counts: whether the first appointment counts as a reschedule (R5).
        silent_warning: working time after which a wait without a limit gets a caution (R9).
        reassign_restarts_clock: whether another person gets the whole limit again (R10).
        late_after: "due" or "next_opening", the last instant in time (R14).
        notice_reaches_back: whether a notice moves a limit that ran out before its date (R37).
        contact_required: some of name, address, phone, email and reply, any way to reply (R11).
        contact_gate: whether a case without that contact cannot be handed on (R42).
        asked_again: "continues" or "fresh", the limit of an agency asked again (R41).
        backdating: "keep" or "refuse", a step that is entered later than it happened (R49).
        waiting_warning: working time with the operator after which a case gets a caution (R52).
        valid_from: the first day on which a new case is under these rules (R47).
        valid_until: the last day on which a new case is surely under these rules (R29).
        id_prefix: what the ids of cases begin with: 1 to 8 capital letters and digits.
        document: the register of the clauses that are cited.
        receipt_article: the clause of a receipt, Art. 7.1.
        lifecycle: the steps, each with its states and roles (Art. 7-8).
        guards: what is asked first at every step (8.1.c2).
        requirements: what a request must meet (Art. 4, 6).
        readings: where the text is silent, and how it is read.

    Example:
        >>> import attrs
        >>> rules = attrs.evolve(HOA_BINH_2019, name="MAU", version="1", reschedules=2)
        >>> print(rules, rules.reschedules, rules.limit(Role.OFFICER))
        MAU-1 2 5 working hours (Art. 9(1))
        >>> Desk(rules=rules).rules[0].id
        'MAU-1'
    """

    name: str = attrs.field(validator=_check_name)
    version: str = attrs.field(default="1", validator=_check_name)
    officer_limit: Limit = attrs.field(validator=_IS_LIMIT)
    agency_limit: Limit = attrs.field(validator=_IS_LIMIT)
    reschedules: int = attrs.field(default=1, validator=_check_times)
    reply_limit: Limit | None = attrs.field(default=None, validator=_MAY_BE_LIMIT)
    provider_limit: Limit | None = attrs.field(default=None, validator=_MAY_BE_LIMIT)
    leadership_limit: Limit | None = attrs.field(default=None, validator=_MAY_BE_LIMIT)
    overdue_stages: frozenset[Role] = _set_field(_HANDLERS, _HANDLERS)
    reschedule_moves_due: bool = attrs.field(default=True, validator=check_flag)
    reschedule_after_due: bool = attrs.field(default=False, validator=check_flag)
    first_appointment_counts: bool = attrs.field(default=False, validator=check_flag)
    silent_warning: timedelta = attrs.field(default=timedelta(hours=40), validator=check_positive)
    reassign_restarts_clock: bool = attrs.field(default=False, validator=check_flag)
    notice_reaches_back: bool = attrs.field(default=False, validator=check_flag)
    contact_required: frozenset[str] = _set_field(_CONTACT, frozenset({"name", "reply"}))
    late_after: Literal["due", "next_opening"] = _choice_field("9.2", "due", "next_opening")
    contact_gate: bool = attrs.field(default=True, validator=check_flag)
    asked_again: Literal["continues", "fresh"] = _choice_field("9.2", "continues", "fresh")
    backdating: Literal["keep", "refuse"] = _choice_field("9.1", "keep", "refuse")
    waiting_warning: timedelta = attrs.field(default=timedelta(hours=1), validator=check_positive)
    valid_from: date = attrs.field(default=SIGNED_ON, validator=check_date)
    valid_until: date | None = attrs.field(default=None, validator=_check_last_day)
    id_prefix: str = attrs.field(default="HB", validator=_check_prefix)
    document: Document = attrs.field(default=DECISION_2370, validator=check_type(Document))
    receipt_article: Article = attrs.field(default=RECEIPT_ARTICLE, validator=check_type(Article))
    lifecycle: tuple[Transition, ...] = _rows_field(Transition, LIFECYCLE)
    guards: tuple[Guard, ...] = _rows_field(Guard, EVERY_ACT)
    requirements: tuple[Requirement, ...] = _rows_field(Requirement, INTAKE)
    readings: tuple[Reading, ...] = _rows_field(Reading, READINGS)
    former_ids: tuple[str, ...] = attrs.field(default=(), converter=_to_ids)
    _table: Any = attrs.field(init=False, default=None, eq=False, repr=False)
    id: str = attrs.field(
        init=False,
        default=attrs.Factory(lambda rules: f"{rules.name}-{rules.version}", takes_self=True),
        validator=_check_name,
    )

    def _to_line(self) -> str:
        return self.id

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001  # its protocol
        """Print the repr in IPython and Hypothesis too, which else print every row of a table."""
        printer.text(repr(self))

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return the numbers and options, and the number of the document."""
        return {**fields_to_plain(self, lang, without=_TABLES), "document": self.document.number}

    def limit(self, holder: Role) -> Limit | None:
        """Return the limit that starts when the case comes to `holder` (Art. 9.1, 9.2)."""
        limit: Limit | None = getattr(self, f"{holder._value_}_limit", None)
        return limit


# Fields that `as_dict` leaves out, or has as a number.
_TABLES: Final = ("document", "receipt_article", "lifecycle", "guards", "requirements", "readings")


HOA_BINH_2019 = Rules(
    name="HB-2019",
    version="729997ed",
    officer_limit=Limit(budget=CLAUSE_BUDGETS["9.1"], article=Article("9.1"), since=SIGNED_ON),
    agency_limit=Limit(budget=CLAUSE_BUDGETS["9.2"], article=Article("9.2"), since=SIGNED_ON),
    reschedules=1,
    valid_until=LAST_DAY_BEFORE_MERGER,
)


def list_rules(value: Rules | Iterable[Rules]) -> tuple[Rules, ...]:
    """Return one set of rules, or several, as a tuple in the order of their first days.

    Raises:
        InputError: no set, or two with one id or one first day.
        InputTypeError: a value that is not `Rules`.
    """
    found = (value,) if isinstance(value, Rules) else tuple_of(Rules, "rules", value)
    if not found:
        raise InputError(field="rules", code="no_rules")
    for one, other in combinations(found, 2):
        if one.valid_from == other.valid_from:
            facts = {"sets": (one.id, other.id), "first": one.valid_from}
            raise InputError(field="rules", code="rules_of_one_day", **facts)
        if twice := {one.id, *one.former_ids} & {other.id, *other.former_ids}:
            raise InputError(field="rules", code="rules_of_one_id", value=min(twice))
    return tuple(sorted(found, key=lambda each: each.valid_from))


def find_in_force(sets: tuple[Rules, ...], day: date) -> Rules:
    """Return the set in force on a day (Art. QD.2, 17.2): the last of sets in order that began.

    A day before all of them is under the first.
    """
    return next((each for each in reversed(sets) if each.valid_from <= day), sets[0])
