"""The contract of a store of histories.

    atomic      a Change, or a list of them, is recorded whole or not at all
    exclusive   of two Changes on one version one is recorded, one is a ConflictError
    idempotent  a command id is recorded once. Again is a DuplicateError, before any conflict
    ordered     scan() shows no event behind a position that was already read
    leased      of several workers of one consumer one at a time reads the feed for it

Each is tested by phananh.testing.conformance. A store makes no decisions: it calls no rule and
reads no clock (time is an argument). It names the conflicts of its own keys, and wraps other errors
of the driver, once, in a StoreError. To write one, read memory.py first.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Literal, NamedTuple, Protocol, Self, TypedDict, get_args

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_value import PlainValue, Value
from phananh.regulation.cleaning import clean_id, clean_instant, is_same_id
from phananh.regulation.events import Event
from phananh.regulation.figures import Figure
from phananh.regulation.request import (
    Channel,
    Kind,
    KindSlug,
    Person,
    Role,
    RoleSlug,
    State,
    StateSlug,
    check_type,
    parse_slug,
)

Order = Literal["oldest", "newest", "due", "urgent"]
ORDERS: tuple[Order, ...] = get_args(Order)
Column = Literal["state", "holder", "unit", "kind", "channel", "late"]
COLUMNS: tuple[Column, ...] = get_args(Column)
Counts = dict[str | bool | None, int]


def check_limit(limit: int) -> int:
    """Return a number of rows, or refuse one below 1, and one that no store can count to."""
    if type(limit) is not int or not 1 <= limit < 2**31:
        raise InputError(field="limit", code="not_a_number_of_rows", value=short_repr(limit))
    return limit


def _parse_states(value: object) -> frozenset[State] | None:
    if value is None:
        return None
    if not isinstance(value, frozenset | set | list | tuple):
        raise InputTypeError(field="states", code="not_a_list", value=short_repr(value))
    return frozenset(parse_slug(State, each, field="states") for each in value)


def _parse_order(value: object) -> Order:
    if value not in ORDERS:
        raise InputError(field="order", code="unknown_value", value=short_repr(value), known=ORDERS)
    return value


def _checked_field(check: Callable[..., object], *first: object) -> Any:
    """Return an attrs field, None by default. A given value is checked as in an act."""

    def validate(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        check(*first, value, field=field.name)

    return attrs.field(default=None, validator=attrs.validators.optional(validate))


def _id_field() -> Any:
    """Return an attrs field of an id or unit, None by default, cleaned as in an act."""

    def convert(value: object, field: "attrs.Attribute[Any]") -> str | None:
        return None if value is None else clean_id(value, field=field.name)

    return attrs.field(default=None, converter=attrs.Converter(convert, takes_field=True))


def _typed_field(kind: type) -> Any:
    return attrs.field(default=None, validator=attrs.validators.optional(check_type(kind)))


def _text_field() -> Any:
    """Return an attrs field of text, None by default, that a database can be asked for."""

    def check(_: object, field: "attrs.Attribute[Any]", value: str) -> None:
        if "\0" in value:
            raise InputError(field=field.name, code="nul_character")
        half = next((i for i, char in enumerate(value, 1) if "\ud800" <= char <= "\udfff"), None)
        if half is not None:
            raise InputError(field=field.name, code="half_surrogate", position=half)

    both = attrs.validators.and_(check_type(str), check)
    return attrs.field(default=None, validator=attrs.validators.optional(both))


def list_duties(person: Person) -> tuple[dict[str, Any], ...]:
    """Return filters, one of which finds each open case that is for this person to see to.

    What lies with them, or with their role or unit. For officers and providers also what they wait
    for at an agency. The head of a unit names another person for whatever the unit has, or gets
    back from an agency (8.1.c2).
    The leadership steps in wherever a limit ran out (9.2, R50), and where another person must be
    named (8.1.c2, R33).
    """
    by_id = {"holder": person.role, "holder_id": person.id}
    by_unit = {"unit": person.unit}
    found: dict[Role, tuple[dict[str, Any], ...]] = {
        Role.OPERATOR: ({"holder": Role.OPERATOR},),
        Role.OFFICER: (by_id, {"officer_id": person.id}),
        Role.PROVIDER: (by_id, {"officer_id": person.id}),
        Role.LEADERSHIP: (
            {"late": True},
            {"late": False, "holder": Role.LEADERSHIP},
            {"late": False, "holder_accused": True},  # never one that the leadership has
        ),
        Role.AGENCY: ({"holder": Role.AGENCY, **by_unit},) if person.unit else (),
        Role.AGENCY_HEAD: (by_unit, {"officer_unit": person.unit}) if person.unit else (),
    }
    return tuple({**each, "is_open": True} for each in found.get(person.role, ()))


def _check_duties(_: object, field: "attrs.Attribute[Any]", person: Person) -> None:
    if not list_duties(person):
        raise InputError(field=field.name, code="no_duties", value=str(person))


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Query(PlainValue):
    """Which rows, and in which order. Every filter must match, and ids and units compare folded.

    Rows of one time come in the order of their ids, by code point. "newest" is the exact reverse of
    "oldest".

    Args:
        states: any of these states.
        holder, holder_id, unit: the role, person and unit that hold the case.
        kind: the kind of the request.
        is_open: neither rejected, nor answered, nor closed.
        late: some limit has run out, and was not lifted.
        due_before: a limit runs that ends before this aware datetime, not at it.
        received_since, received_before: received at this aware datetime or later, and before it.
        code: the digest of a tracking code.
        rules: the id of the rules.
        officer_id: who waits for an agency, if one has the case.
        officer_unit: the unit of who waits for an agency of another unit.
        holder_accused: another must be named in place of an accused (8.1.c2).
        for_: the open cases that are for this person to see to: see `list_duties`.
        order: "oldest" or "newest" received first, or "due": the limit that ends first comes
            first, and cases without a running limit come last, the oldest first. Or "urgent":
            among open cases a limit that ran out counts as well, so the longest overdue comes
            first. By default "due" if `due_before` is given, else "oldest".
        limit: rows per page, 1 or more.
        after: the `next` of the page before. Another string is an InputError.

    Raises:
        InputError: a filter that no case could meet: an unknown slug, a naive time, a blank id.

    Example:
        >>> query = Query(is_open=True, holder="operator", order="newest", limit=20)
        >>> [row.case for row in desk.store.find(query).rows] == [case.id]
        True
    """

    states: frozenset[State] | None = attrs.field(default=None, converter=_parse_states)
    holder: str | None = _checked_field(parse_slug, Role)
    holder_id: str | None = _id_field()
    unit: str | None = _id_field()
    kind: str | None = _checked_field(parse_slug, Kind)
    is_open: bool | None = _typed_field(bool)
    late: bool | None = _typed_field(bool)
    due_before: datetime | None = _checked_field(clean_instant)
    received_since: datetime | None = _checked_field(clean_instant)
    received_before: datetime | None = _checked_field(clean_instant)
    code: str | None = _text_field()
    rules: str | None = _text_field()
    officer_id: str | None = _id_field()
    officer_unit: str | None = _id_field()
    holder_accused: bool | None = _typed_field(bool)
    for_: Person | None = attrs.field(
        default=None,
        validator=attrs.validators.optional([check_type(Person), _check_duties]),
    )
    order: Order = attrs.field(converter=_parse_order)
    limit: int = attrs.field(default=100, converter=check_limit)
    after: str | None = _text_field()

    @order.default
    def _default_order(self) -> Order:
        return "oldest" if self.due_before is None else "due"


class Filters(TypedDict, total=False):
    """The filters of `Query`, as `Desk.count` takes them."""

    states: Collection[State | StateSlug] | None
    holder: Role | RoleSlug | None
    holder_id: str | None
    unit: str | None
    kind: Kind | KindSlug | None
    is_open: bool | None
    late: bool | None
    due_before: datetime | None
    received_since: datetime | None
    received_before: datetime | None
    code: str | None
    rules: str | None
    officer_id: str | None
    officer_unit: str | None
    holder_accused: bool | None
    for_: Person | None


class PageOptions(Filters, total=False):
    """The arguments of `Query`, as `Desk.find` takes them."""

    order: Order
    limit: int
    after: str | None


Capability = Literal[
    "durable", "multi_process", "multi_machine", "external_transaction", "sql_reports", "lists"
]


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)  # quicker to make
class IndexRow(PlainValue):
    """The summary of a case that lists, the sweep and reports read, as of `version`.

    `due` is the running limit's or None, and `calendar` and `calendar_version` name the calendar it
    was computed on. `since` is when the case came to its holder. `updated_at` is when its last
    event happened, and `recorded_at` when that was entered, or None in an older history (R49).
    `missed_due` is when the latest limit that ran out was due, if that still counts. Who answered
    is `answered_by`, a role, and `answered_unit`. While an agency has the case, `officer_id` and
    `officer_unit` are who asked it. `figures` are what a report counts (`regulation/figures.py`).
    `holder_accused` tells that another person must be named (8.1.c2). These are None where an
    earlier version of the library wrote the row.

    `code` is the digest of the tracking code. `rules` is the id of the rules. `case`,
    `received_at`, `channel` and `code` are those of the first event. No field names a citizen. Its
    instants are on the clock in Vietnam.

    Example:
        >>> print(desk.find().rows[0])
        IndexRow, case HB-2504-..., version 1, state received, holder operator, ...
    """

    case: str
    version: int
    state: State
    holder: Role | None
    holder_id: str | None
    unit: str | None
    kind: Kind
    channel: Channel
    received_at: datetime
    since: datetime
    updated_at: datetime
    recorded_at: datetime | None = None
    due: datetime | None
    is_open: bool
    late: bool
    code: str = attrs.field(repr=False)
    rules: str
    calendar: str | None
    calendar_version: str | None
    missed_due: datetime | None = None
    answered_at: datetime | None = None
    answered_by: Role | None = None
    answered_unit: str | None = None
    officer_id: str | None = None
    officer_unit: str | None = None
    figures: tuple[Figure, ...] | None = attrs.field(default=None, repr=False)
    holder_accused: bool | None = None

    @property
    def urgent_at(self) -> datetime | None:
        """When the limit that counts of an open case ends, or ended, or None without one."""
        return (self.due or self.missed_due) if self.is_open else None

    @property
    def waiting_unit(self) -> str | None:
        """The unit of who waits for an agency of another unit, or None."""
        return None if is_same_id(self.officer_unit, self.unit) else self.officer_unit


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Command(Value):
    """The caller's name for one act, the version that it led to, and its content.

    The content is not stored, only a digest of it. If it `is_personal`, the digest is keyed with
    the salt of that version's personal values, and is lost with them. That of the `outline`, the
    part of the content that names nobody, stays.
    """

    id: str
    version: int
    content: bytes = attrs.field(repr=False)
    is_personal: bool
    outline: bytes = attrs.field(default=b"", repr=False)


@cache
def _load_blake2b() -> Any:
    from hashlib import blake2b  # slow to load, and an act asks for it several times

    return blake2b


def digest_content(content: bytes, salt: bytes | None) -> str:
    """Return the digest of the content of an act, keyed with `salt` if there is one."""
    digest: str = _load_blake2b()(content, key=salt or b"", digest_size=16).hexdigest()
    return digest


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class CommandRecord(Value):
    """The record of a command: the case, the version it led to, and a digest to recognise it by.

    `salt` keys the digest of a personal act, and is None for others. After the case was erased
    (`is_erased`) only the act's outline is known, whose digest follows behind a dot.

    Example:
        >>> case = desk.note(case, text="Ghi chú mẫu", by=operator, command_id="form-1")
        >>> record = desk.store.find_command("form-1")
        >>> record.case == case.id, record.version
        (True, 2)
    """

    command: str
    case: str
    version: int
    digest: str = attrs.field(repr=False)
    salt: bytes | None = attrs.field(repr=False)
    is_erased: bool = False

    @classmethod
    def of(cls, command: Command, case: str, salt: bytes) -> Self:
        """Return the record of a command. That of a personal act is keyed with `salt`."""
        key = salt if command.is_personal else None
        digest = digest_content(command.content, key)
        if command.is_personal and command.outline:
            digest += f".{digest_content(command.outline, None)}"
        return cls(command=command.id, case=case, version=command.version, digest=digest, salt=key)

    def is_same(self, command: Command) -> bool:
        """Return whether this is the record of that act.

        An erased record is that of any act with the same outline, and one of an earlier version,
        which has no outline, that of any act.
        """
        whole, _, outline = self.digest.partition(".")
        if self.is_erased:
            return outline in ("", digest_content(command.outline, None))
        return digest_content(command.content, self.salt) == whole


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)  # quicker to make
class Change(Value):
    """All changes of one act as one value, so that it cannot be half done.

    `expected` is the version decided on (0: the case is new), and `events` continue it. Each of
    `commands` led to the version of one of the events.

    Example:
        >>> events, row = desk.history(case), desk.find().rows[0]
        >>> store = MemoryStore()
        >>> store.commit([Change(case=case.id, expected=0, events=events, row=row)])
        >>> store.load(case.id) == events
        True
    """

    case: str
    expected: int
    events: tuple[Event, ...]
    row: IndexRow
    commands: tuple[Command, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse events, a row and commands that do not continue `expected`."""
        n = self.expected
        for event in self.events:
            n += 1
            if event.n != n or event.case != self.case:
                self._refuse()
        if not self.events or self.row.version != n or self.row.case != self.case:
            self._refuse()
        for command in self.commands:
            if not self.expected < command.version <= n:
                self._refuse()

    def _refuse(self) -> None:
        versions = [event.n for event in self.events]
        raise InputError(
            field="change",
            code="change_does_not_continue",
            case=self.case,
            versions=versions,
            row=self.row.version,
            expected=self.expected,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Page(PlainValue):
    """Some rows, and the cursor of the next page, or None.

    `damaged` are the ids of cases with unreadable rows that perhaps belong here.

    Example:
        >>> another = a_case(desk=desk)
        >>> page = desk.find(limit=1)
        >>> len(page.rows), len(desk.find(limit=1, after=page.next).rows)
        (1, 1)
    """

    rows: tuple[IndexRow, ...]
    next: str | None
    damaged: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class FeedEntry(PlainValue):
    """One event in the feed. `position` is opaque, and the feed resumes after it.

    Example:
        >>> entry = desk.store.scan()[0]
        >>> entry.position, type(entry.event).__name__
        ('1', 'Received')
    """

    position: str
    event: Event


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Lease(PlainValue):
    """The right of one worker to read the feed for a consumer until a moment, and its position.

    `position` is that of the last entry that was dealt with. None is the beginning. `number` grows
    with each claim, so that an earlier lease is known by a lower one.

    Example:
        >>> lease = desk.store.claim("mail", desk.now(), desk.now() + timedelta(minutes=5))
        >>> print(lease, "| position", lease.position)
        Lease, consumer mail, number 1, until 2025-04-25 15:05:00+07:00 | position None
    """

    consumer: str
    number: int
    position: str | None
    until: datetime


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class CalendarUse(PlainValue):
    """The number of running limits that name a version of a calendar, for one role and unit.

    `rows` are some of their cases, the first of them by id.
    """

    calendar: str
    version: str
    holder: Role | None
    unit: str | None
    deadlines: int
    rows: tuple[IndexRow, ...]


class CaseFigures(NamedTuple):
    """What a report reads of a case: see `regulation/figures.py`. `received_at` is in seconds.

    `figures` is None if an earlier version of the library wrote the row.
    """

    case: str
    kind: str
    channel: str
    received_at: int
    figures: Sequence[Figure] | None


class Store(Protocol):
    """The methods that a Desk needs of a store. See the contract at the top of this file.

    Example:
        >>> def count_open(store: Store) -> int:
        ...     return store.count(Query(is_open=True))
        >>> count_open(MemoryStore()), count_open(desk.store)
        (0, 1)
    """

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities beyond the contract."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Return versions 1..n without a hole, empty for an unknown case.

        Raises:
            CorruptError: an event of this case is lost or changed. Other cases are not concerned.
        """

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record all the changes or none, with ConflictError, DuplicateError or StoreError.

        In the feed their events are in the order of `changes`, and of `events` in each.
        The commands of all the changes are new. A DuplicateError says that all are known. If one
        id comes twice in a list, that is a DuplicateError too, or a CommandReusedError if the two
        acts differ, and the store records none.
        Without the capability `lists`, more than one change is an InputError, and the store
        records none of them.
        """

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Return the record of a command id, or None if there is none."""

    def find(self, query: Query, /) -> Page:
        """Return committed rows that meet the query, a page at a time, in its order."""

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        """Return how many rows meet the query, or `limit` if there are as many or more.

        The query's own order, limit and cursor do not matter. A row that `find` names as damaged
        may be counted.
        """

    def count_by(self, query: Query, column: Column, /) -> Counts:
        """Return how many rows meet the query, for each value of a column, None where it has none.

        A unit is named as one of the rows spells it.
        """

    def load_many(self, cases: Collection[str], /) -> dict[str, tuple[Event, ...]]:
        """Return the history of each case, in one read, but for those unknown or damaged."""

    def iter_figures(self, since: datetime, before: datetime, /) -> Iterator[CaseFigures]:
        """Yield the cases received before a moment that are open, or had an event since another.

        Also if it was entered since then (R49), and reports on conduct of which no unit was
        notified (R36). They come by id. What is recorded meanwhile may be left out.
        """

    def iter_texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text that came in of each case, the latest ids first, to search through.

        A text holds at least the content, and name and contact of the sender, of a receipt or a
        completion, in any form. What was erased is left out.
        """

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        """Return which versions of calendars the running limits name, without reading each."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return events in commit order, after a position. Those of one commit are together.

        An event that cannot be read ends the page before it. If it is the first, CorruptError is
        raised, and its fact `position` resumes the feed after it.
        """

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        """Return the lease of a consumer, or None while another holds it past `now`.

        A consumer that is new begins after the position `start`: None is the beginning of the
        feed, "end" its end as of now. For one that is known `start` does not matter.
        """

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        """Record that all entries up to `position` were dealt with, and return the lease renewed.

        Without `until` the lease ends when it did, also if `lease` is an older one that says less.

        Raises:
            LeaseLostError: another claimed it since, or it was released. The position stays.
            InputError: a position before the one that was recorded.
        """

    def release(self, lease: Lease, /) -> None:
        """End a lease now, unless another worker claimed it since."""

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case. History and row stay. Safe to repeat.

        A StoreError says that bytes may be left, such as beside a reader: erase the case again.
        """

    def close(self) -> None:
        """Close files and connections. Safe to repeat.

        A call after it is an error, or is answered as ever. No acknowledged act is lost.
        """


class ClosableStore:
    """The methods of a `with` statement, for a store that has a `close`."""

    __slots__ = ()

    def close(self) -> None:
        """Close files and connections."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Close the store. Recorded acts stay recorded, whatever was raised."""
        self.close()
