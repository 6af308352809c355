"""The directory of bodies and people (danh bạ): who is who, and where, on which day.

It has the departments, the central bodies, the providers and the centre itself (Art. 1.2), what
each of them handles (Art. 3.4), and their people with an account and a role (Art. 10.1.b-d): heads,
focal points (Art. 11.1.a), one-stop officers, operators. A post has a first and a last day, so that
a step of last year is judged by the people of last year.

A desk that is given one refuses a person or body that is not in it, and knows who heads a unit
(R33). Without one each id counts as it is given.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any, NoReturn, Self

import attrs

from phananh.errors import InputError, short_repr
from phananh.office.tables import (
    Source,
    is_valid_on,
    parsed_field,
    read_day,
    read_table,
    split_list,
)
from phananh.plain_value import Value
from phananh.regulation import cleaning as clean
from phananh.regulation.access import find_read_refusals, is_unit_accused
from phananh.regulation.acts import Act, Escalate, NotifyUnit, Reassign, RequestVerification
from phananh.regulation.case import Case
from phananh.regulation.cleaning import fold_id, fold_marks, is_same_id, to_vietnam_time
from phananh.regulation.conduct import accused_are_replaced, find_replaced
from phananh.regulation.context import CalendarsByActor
from phananh.regulation.request import Accused, Assignee, Kind, Person, Role, check_type, parse_slug
from phananh.worktime import WorkCalendar
from phananh.worktime.instants import VIETNAM
from phananh.worktime.validators import tuple_of

_NOT_OF_OFFICES = (Role.CITIZEN, Role.SYSTEM)
_YES = ("x", "1", "true", "yes", "co")


class UnitKind(StrEnum):
    """What a unit is (Art. 1.2.a, 1.2.b, 1.2.c, 10.1, 12)."""

    DEPARTMENT = "department"
    CENTRAL = "central"
    ONE_STOP = "one_stop"
    PROVIDER = "provider"
    CENTRE = "centre"
    COMMUNE = "commune"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Unit(Value):
    """A body that takes part, or a part of it with hours or duties of its own (Art. 1.2).

    Args:
        id: by the rules of a `Person`'s unit.
        name: as letters and reports name it.
        kind: a `UnitKind` or its slug.
        kinds: the kinds of requests that it handles, as slugs.
        procedures: the ids of the procedures that it handles.
        hours: the name of its working hours, see `Directory.hours`.
        since, until: its first and its last day, if it has one.
    """

    id: str = attrs.field(converter=clean.person_id)
    name: str = attrs.field(converter=clean.name)
    kind: UnitKind = parsed_field(lambda value: parse_slug(UnitKind, value, field="kind"))
    kinds: tuple[Kind, ...] = parsed_field(
        default=(),
        parse=lambda value: tuple(
            parse_slug(Kind, each, field="kinds") for each in split_list(value, "kinds")
        ),
    )
    procedures: tuple[str, ...] = parsed_field(
        lambda value: split_list(value, "procedures"), default=()
    )
    hours: str | None = attrs.field(
        default=None, validator=attrs.validators.optional(check_type(str))
    )
    since: date | None = parsed_field(lambda value: read_day(value, "since"), default=None)
    until: date | None = parsed_field(lambda value: read_day(value, "until"), default=None)

    @property
    def is_central(self) -> bool:
        """Whether it is a central body (Art. 1.2.b), which reports show apart (R30)."""
        return self.kind is UnitKind.CENTRAL


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Official(Value):
    """A post of a person: the role in which they act, where, and from when to when.

    Who has two posts, one after the other or at once, is in the directory twice. Whoever comes
    after them needs an id of their own, because reports and the accused name people by it.

    Args:
        id: by the rules of a `Person`.
        name: as letters and reports name them.
        role: a `Role` or its slug. The head of a unit is its `agency_head`.
        unit: the id of their unit, if any. They sign in with it.
        focal: whether they are the focal point of their unit (Art. 11.1.a).
        since, until: the first and the last day, if known.
    """

    id: str = attrs.field(converter=clean.person_id)
    name: str = attrs.field(converter=clean.name)
    role: Role = parsed_field(lambda value: parse_slug(Role, value, field="role"))
    unit: str | None = attrs.field(default=None, converter=attrs.converters.optional(clean.unit))
    focal: bool = parsed_field(
        default=False,
        parse=lambda value: (
            value == 1 or (isinstance(value, str) and fold_marks(value[:100]) in _YES)
        ),
    )
    since: date | None = parsed_field(lambda value: read_day(value, "since"), default=None)
    until: date | None = parsed_field(lambda value: read_day(value, "until"), default=None)


def _group(values: Iterable[Any], by: str = "id") -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each in values:
        found.setdefault(fold_id(getattr(each, by)), []).append(each)
    return found


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Directory(Value):
    """Units and people by their ids, which compare as those of cases do.

    Raises:
        InputError: a person of a unit that is not in it, two heads of a unit at a time, two ids
            that compare as one, or rows of one unit with different hours.

    Example:
        >>> directory = Directory.read(
        ...     units=[{"id": "MC-1", "name": "Một cửa mẫu", "kind": "one_stop"}],
        ...     people=[
        ...         {"id": "TT-1", "name": "Người mẫu", "role": "agency_head", "unit": "MC-1"}
        ...     ],
        ... )
        >>> directory.name_of("MC-1"), directory.find_head("MC-1", friday)
        ('Một cửa mẫu', 'TT-1')
    """

    units: tuple[Unit, ...] = parsed_field(lambda value: tuple_of(Unit, "units", value))
    people: tuple[Official, ...] = parsed_field(
        lambda value: tuple_of(Official, "people", value), default=()
    )
    _units: Mapping[str, list[Unit]] = attrs.field(
        init=False, default=attrs.Factory(lambda own: _group(own.units), takes_self=True)
    )
    _people: Mapping[str, list[Official]] = attrs.field(
        init=False, default=attrs.Factory(lambda own: _group(own.people), takes_self=True)
    )

    def __attrs_post_init__(self) -> None:
        """Look up the unit of each person, and refuse rows that contradict each other."""
        for unit, of in ((each.unit, each.id) for each in self.people if each.unit is not None):
            self.require_unit(unit, field=f"people: {of}")
        for rows, (name, code) in product(
            chain[list[Any]](self._units.values(), self._people.values()),
            (("id", "ids_alike"), ("hours", "hours_differ")),
        ):
            first, *others = dict.fromkeys(getattr(each, name, None) or "-" for each in rows)
            if others:
                raise InputError(
                    field=name, code=code, id=rows[0].id, first=first, second=others[0]
                )
        heads = sorted(
            (each for each in self.people if each.role is Role.AGENCY_HEAD and each.unit),
            key=lambda head: head.since or date.min,
        )
        for one, other in chain.from_iterable(
            combinations(of_unit, 2) for of_unit in _group(heads, "unit").values()
        ):  # of whom either may be the accused (R33)
            if one.id != other.id and is_valid_on(one, other.since or date.min):
                raise InputError(
                    field="people", code="two_heads",
                    unit=other.unit, first=one.id, second=other.id,
                )  # fmt: skip

    @classmethod
    def read(cls, units: Source, people: Source | None = None) -> Self:
        """Return the directory of files, or of rows that your application has.

        A TOML file, a JSON file or a workbook has both tables, `units` and `people`. Of CSV each
        is a file.

        Raises:
            InputError: a cell or column that cannot be read. It names file, row and column.
        """
        if people is None:
            people = units if isinstance(units, str | Path) else ()
        return cls(
            units=read_table(Unit, units, "units"), people=read_table(Official, people, "people")
        )

    def find_unit(self, key: str, *, on: date | None = None) -> Unit | None:
        """Return a unit by its id, on a day or at any time, or None."""
        return next(
            (x for x in reversed(self._units.get(fold_id(key), ())) if is_valid_on(x, on)), None
        )

    def list_posts(self, key: str, *, on: date | None = None) -> tuple[Official, ...]:
        """Return the posts of a person, on a day or at any time."""
        return tuple(each for each in self._people.get(fold_id(key), ()) if is_valid_on(each, on))

    def name_of(self, key: str, *, on: date | None = None) -> str | None:
        """Return the name of a person or unit on a day, by default today, or None.

        It is made for `names` of letters and of a timeline. Without a row of that day the name is
        that of the last row.
        """
        rows = (*self._units.get(fold_id(key), ()), *self._people.get(fold_id(key), ()))
        return next(
            (
                x.name
                for day in (on or datetime.now(VIETNAM).date(), None)
                for x in reversed(rows)
                if is_valid_on(x, day)
            ),
            None,
        )

    def find_head(self, unit: str, at: datetime) -> str | None:
        """Return the id of the head of a unit at a moment, or None if none is known."""
        return next(
            (
                each.id
                for each in self.people
                if each.role is Role.AGENCY_HEAD
                and is_same_id(each.unit, unit)
                and is_valid_on(each, to_vietnam_time(at).date())
            ),
            None,
        )

    def list_handling(
        self, *, kind: str | None = None, procedure: str | None = None, on: date | None = None
    ) -> tuple[Unit, ...]:
        """Return the units that handle a kind of request, a procedure, or both (Art. 3.4)."""
        return tuple(
            each
            for each in self.units
            if is_valid_on(each, on)
            and (kind is None or kind in each.kinds)
            and (procedure is None or any(is_same_id(procedure, one) for one in each.procedures))
        )

    def list_unmanned(self, *, on: date) -> tuple[tuple[Unit, str], ...]:
        """Return each unit without a head, or without a focal point, on a day (Art. 11.1.a).

        The second value is "head" or "focal".
        """
        manned = {
            (fold_id(each.unit or ""), what)
            for each in self.people
            for what, is_one in (("head", each.role is Role.AGENCY_HEAD), ("focal", each.focal))
            if is_one and is_valid_on(each, on)
        }
        return tuple(
            (unit, what)
            for unit, what in product(self.units, ("head", "focal"))
            if is_valid_on(unit, on) and (fold_id(unit.id), what) not in manned
        )

    def hours(
        self, calendars: Mapping[str, WorkCalendar], default: WorkCalendar
    ) -> CalendarsByActor:
        """Return the `calendar` of a desk: each unit's by the name of its hours, else `default`.

        Raises:
            InputError: a unit names hours that are not among `calendars`.
        """
        named = {unit.id: unit.hours for unit in self.units if unit.hours}
        for key in (each for each in named if named[each] not in calendars):
            raise InputError(
                field=f"units: {key}",
                code="unknown_value",
                value=short_repr(named[key]),
                known=tuple(calendars),
            )
        return CalendarsByActor(
            dict.fromkeys(Role, default),
            {(role, fold_id(key)): calendars[named[key]] for key in named for role in Role},
        )

    # What a desk asks.

    def check_act(self, act: Act, at: datetime, case: Case | None = None) -> None:
        """Refuse an act that names a person or body of an office that is not known on that day.

        Citizens are in no directory. Whoever is accused may have left, but has to be known, because
        another spelling would let them act, and so would another unit let their colleagues read.
        So at a hand-over they are named as of each unit where they have a post. What a citizen
        says is not checked, but that it is put right before. A unit may be notified after its end,
        as it may have been complained of before, and one that a citizen named of a case that was
        not handed on, as the notice would stay to be given for good.

        Raises:
            InputError: it names the closest ones that are known, but nobody beside an accused.
        """
        day, by = to_vietnam_time(at).date(), act.by
        if by.role in _NOT_OF_OFFICES:
            return
        self._check_post(by, by.role, by.unit, day, field="by")
        if case and find_read_refusals(case, by):
            return  # they are refused, and learn nothing of the case
        given = getattr(act, "accused", None) or ()
        known = frozenset(
            each
            for each in (case.accused if case else ())
            if case  # it has them
            and (
                not accused_are_replaced(case)
                or all(x in given for x in case.accused if is_same_id(x.id, each.id))
            )
        )
        self._check_said(act, day, known)
        if case and (
            isinstance(act, Escalate | RequestVerification)
            or (case.officer and getattr(act, "accused", None))
        ):
            self._check_handed_on(case, act, day)
        match act:
            case Escalate():
                self._check_post(act.to, act.to.role, act.to.unit, day, field="to")
            case Reassign() if case and (replaced := find_replaced(case, act)):
                of_role = (x for x in self.list_posts(act.to.id, on=day) if x.role is replaced.role)
                self._check_post(
                    act.to,
                    replaced.role,
                    act.to.unit or replaced.unit or next((each.unit for each in of_role), None),
                    day,
                    field="to",
                )
            case RequestVerification():
                self.require_unit(act.agency, day, field="agency")
                if act.focal is not None:
                    self._check_post(
                        Person(id=act.focal, role=Role.AGENCY, unit=act.agency),
                        Role.AGENCY, act.agency, day, field="focal",
                    )  # fmt: skip
            case NotifyUnit() if self.list_posts(act.unit) or not (
                case and is_unit_accused(case, act.unit)
            ):
                self.require_unit(act.unit, field="unit")  # whoever follows it reads its mail

    def _check_said(self, said: Any, day: date | None, known: Collection[Accused] = ()) -> None:
        """Refuse an accused, or a unit of theirs, that is not known, of what an act or case says.

        Those `known` to the case before are left as they are.
        """
        if (about := getattr(said, "about_unit", None)) is not None:
            self.require_unit(about, field="about_unit")
        for each in (x for x in getattr(said, "accused", None) or () if x not in known):
            self.require_unit(each.unit, field="accused")
            posts = self.list_posts(each.id or "", on=day) or self.list_posts(each.id or "")
            if each.id and not (
                any(
                    x.unit is None or is_same_id(x.unit, other.unit)
                    for x, other in product(posts, (*said.accused, *known))
                    if is_same_id(other.id, each.id)
                )
                and any(  # beside today's, one that they had when it happened
                    is_same_id(x.unit, each.unit) or (x.unit is None and x in posts)
                    for x in self.list_posts(each.id)
                    if day is None or (x.since or day) <= day
                )
            ):
                raise InputError(
                    field="accused",
                    code="accused_in_another_unit" if posts else "accused_not_in_directory",
                    known=tuple(dict.fromkeys(post.unit for post in posts)),
                )

    def _check_handed_on(self, case: Case, act: Any, day: date) -> None:
        """Refuse a case in other hands in which an accused is not named as of each unit.

        An agency is asked unless it is one of these: an officer cannot name it.
        """
        if case.officer is None:
            self._check_said(case, None)  # who may have moved since
        named = {
            (fold_id(each.id or ""), fold_id(each.unit))
            for each in (*case.accused, *(getattr(act, "accused", None) or ()))
        }
        agency = getattr(act, "agency", None)
        if others := {
            post.unit
            for key, _ in named
            for post in self.list_posts(key, on=day)
            if post.unit
            and (key, fold_id(post.unit)) not in named
            and (agency is None or is_same_id(agency, post.unit))
        }:
            raise InputError(field="accused", code="accused_in_units_too", known=(*sorted(others),))

    def require_unit(self, key: str, day: date | None = None, *, field: str) -> Unit:
        """Return a unit by its id, or refuse one that is not known on that day."""
        return self.find_unit(key, on=day) or self._refuse(key, self.units, field, day)

    def _check_post(
        self, person: Person | Assignee, role: Role, unit: str | None, day: date, *, field: str
    ) -> None:
        """Refuse a person who has no such post in that unit on that day.

        Without the unit nobody knows whose colleague it is (R40), or whose lateness (R51).
        """
        posts = self.list_posts(person.id, on=day) or self._refuse(
            person.id, self.people, field, day
        )
        if not any(
            each.role is role and (each.unit == unit or is_same_id(each.unit, unit))
            for each in posts
        ):
            raise InputError(
                field=field,
                code="not_in_that_post",
                value=str(person),
                on=day,
                known=tuple(f"{each.role.value} {each.unit or ''}".strip() for each in posts),
            )

    def _refuse(
        self, key: str, known: Collection[Unit | Official], field: str, day: date | None
    ) -> NoReturn:
        """Raise the error of an unknown id, with those whose id or name is close to it."""
        told = {
            fold_marks(text): each
            for each in known
            for text in (each.name, each.id)
            if not is_same_id(each.id, key)
        }
        near = dict.fromkeys(
            f"{told[each].id} ({told[each].name})"
            for each in get_close_matches(fold_marks(key), told, n=5, cutoff=0.5)
        )
        code = (
            "not_in_directory"
            if day is None
            else "not_in_directory_now"  # in it on other days
            if any(is_same_id(each.id, key) for each in known)
            else "not_in_directory_then"
        )
        raise InputError(
            field=field,
            code=code,
            value=short_repr(key),
            known=tuple(near)[:3],
            **({"on": day} if day else {}),
        )
